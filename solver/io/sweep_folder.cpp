#include "io/sweep_folder.hpp"

#include "base/error.hpp"
#include "io/csv.hpp"
#include "io/json_values.hpp"
#include "io/replace_file.hpp"
#include "io/run_record.hpp"
#include "io/sections_writer.hpp"
#include "io/toml_document.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <span>

namespace tautband {
namespace {

namespace fs = std::filesystem;

constexpr std::array state_names{"missing", "running", "stopped", "done", "failed"};

std::string plan_text(const SweepPlan& plan) {
  std::string text = "index,id";
  for (const SweepColumn& column : plan.columns)
    text += "," + csv_cell(column.name + (column.unit == "1" ? "" : " [" + column.unit + "]"));
  text += "\n";
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    text += std::to_string(i) + "," + plan.rows[i].id;
    for (std::size_t c = 0; c < plan.columns.size(); ++c)
      text += "," + (plan.columns[c].words.empty() ? fmt::format("{}", plan.rows[i].numbers[c])
                                                   : csv_cell(plan.rows[i].texts[c]));
    text += "\n";
  }
  return text;
}

std::string text_if_there(const std::string& path) { return fs::exists(path) ? read_text_file(path) : std::string(); }

void replace_if_other(const std::string& path, const std::string& text) {
  if (text_if_there(path) != text) replace_file(path, std::as_bytes(std::span(text)));
}

/// Rows that were begun and the plan does not have.
std::size_t orphans(const SweepPlan& plan, const std::string& folder, std::size_t& begun) {
  std::set<std::string> planned;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) planned.insert(plan.row_name(i));
  std::size_t count = 0;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder + "/rows", none)) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != 5) continue;  // no row of a plan
    ++begun;
    count += planned.count(name) == 0;
  }
  return count;
}

struct flock whole_file(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

std::string base_file(const std::string& folder) { return folder + "/case.resolved.toml"; }

void make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw FileError("cannot make the folder " + folder + ": " + error.message());
}

std::string claim_file(const std::string& folder) { return folder + "/row.lock"; }

}  // namespace

std::string_view name_of(RowState state) { return state_names.at(static_cast<std::size_t>(state)); }

std::string crash_file(const std::string& folder) { return folder + "/row.crash"; }

std::string row_folder(const SweepPlan& plan, const std::string& folder, std::size_t index) {
  return folder + "/rows/" + plan.row_name(index);
}

void keep_base(const SweepPlan& plan, const std::string& folder) {
  if (fs::exists(base_file(folder)) && read_text_file(base_file(folder)) != plan.resolved_base)
    throw CaseError("the base case " + plan.sweep.sweep.case_file + " is not the one of the rows in " + folder +
                    "; give the sweep another folder (-o), or remove that one");
  make_folder(folder);
  replace_if_other(base_file(folder), plan.resolved_base);
}

void write_plan(const SweepPlan& plan, const std::string& folder) {
  std::size_t begun = 0;
  const std::size_t lost = orphans(plan, folder, begun);
  if (lost > 0)
    throw CaseError(fmt::format("{} has {} rows of another plan; give this one another folder (-o), or remove that one",
                                folder, lost));
  make_folder(folder);
  if (begun > 0)
    keep_base(plan, folder);
  else
    replace_if_other(base_file(folder), plan.resolved_base);
  replace_if_other(folder + "/sweep.resolved.toml", write_sections(plan.sweep));
  replace_if_other(folder + "/plan.csv", plan_text(plan));
}

RowRecord read_row(const std::string& folder, bool mine) {
  RowRecord record;
  const bool held = !mine && RowClaim::is_held(folder);
  if (fs::exists(folder + "/row.json")) {
    const std::map<std::string, std::string> said = read_json(folder + "/row.json");
    for (std::size_t i = 0; i < state_names.size(); ++i)
      if (said.count("status") > 0 && said.at("status") == state_names[i]) record.state = static_cast<RowState>(i);
    if (said.count("reason") > 0) record.reason = said.at("reason");
    if (said.count("attempts") > 0) record.attempts = std::stoi(said.at("attempts"));
    if (said.count("seconds") > 0) record.seconds = std::stod(said.at("seconds"));
  }
  if (held) record.state = RowState::running;
  if (held || record.state != RowState::running) return record;
  record.state = RowState::failed;
  if (const std::string signal = text_if_there(crash_file(folder)); !signal.empty())
    record.reason = "died by signal " + signal;
  else if (record.attempts >= most_attempts)
    record.reason = fmt::format("its process vanished {} times", record.attempts);
  else
    record.state = RowState::stopped;
  return record;
}

void write_row(const std::string& folder, const RowRecord& record, const std::vector<std::string>& overrides) {
  std::string parameters;
  for (const std::string& option : overrides) {
    const std::size_t equals = option.find('=');
    parameters += fmt::format("{}\n    {}: {}", parameters.empty() ? "" : ",", json_string(option.substr(0, equals)),
                              json_string(option.substr(equals + 1)));
  }
  const std::string text = fmt::format(
      "{{\n  \"status\": \"{}\",\n  \"reason\": {},\n  \"attempts\": {},\n  \"seconds\": {:.3f},\n  \"time\": {},\n"
      "  \"parameters\": {{{}\n  }}\n}}\n",
      name_of(record.state), json_string(record.reason), record.attempts, record.seconds, json_string(time_stamp()),
      parameters);
  replace_file(folder + "/row.json", std::as_bytes(std::span(text)));
}

std::optional<RowClaim> RowClaim::take(const std::string& folder) {
  make_folder(folder);
  RowClaim claim(open(claim_file(folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (claim.file_ < 0) throw FileError("cannot write " + claim_file(folder) + ": " + std::strerror(errno));
  struct flock lock = whole_file(F_WRLCK);
  if (fcntl(claim.file_, F_OFD_SETLK, &lock) == 0) return claim;
  if (errno == EAGAIN || errno == EACCES) return std::nullopt;
  throw FileError("cannot lock " + claim_file(folder) + ": " + std::strerror(errno));
}

bool RowClaim::is_held(const std::string& folder) {
  const RowClaim look(open(claim_file(folder).c_str(), O_RDWR | O_CLOEXEC));
  if (look.file_ < 0) return false;
  struct flock lock = whole_file(F_WRLCK);
  return fcntl(look.file_, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

RowClaim::RowClaim(RowClaim&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

RowClaim& RowClaim::operator=(RowClaim&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

RowClaim::~RowClaim() {
  if (file_ >= 0) close(file_);
}

}  // namespace tautband
