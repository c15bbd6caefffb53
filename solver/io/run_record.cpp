#include "io/run_record.hpp"

#include "io/replace_file.hpp"

#include <fmt/format.h>

#include <span>

namespace tautband {
namespace {

const char* name_of(RunStatus status) {
  switch (status) {
    case RunStatus::running:
      return "running";
    case RunStatus::done:
      return "done";
    case RunStatus::stopped:
      return "stopped";
    default:
      return "failed";
  }
}

/// Bytes of the UTF-8 sequence that begins the text; 0 when it is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text[0]);
  const std::size_t length = byte < 0x80   ? 1
                             : byte < 0xc2 ? 0
                             : byte < 0xe0 ? 2
                             : byte < 0xf0 ? 3
                             : byte < 0xf5 ? 4
                                           : 0;
  if (length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  return length;
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const std::string_view letter = text.substr(0, std::max<std::size_t>(length, 1));
    if (length == 0)
      quoted += '?';
    else if (letter == "\"" || letter == "\\")
      quoted += fmt::format("\\{}", letter);
    else if (length == 1 && static_cast<unsigned char>(letter[0]) < 0x20)
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(letter[0]));
    else
      quoted += letter;
    text.remove_prefix(letter.size());
  }
  return quoted + "\"";
}

RunRecord::RunRecord(const std::string& path, const Provenance& provenance)
    : path_(path), provenance_(provenance), start_(std::chrono::steady_clock::now()) {
  write(RunStatus::running, "null", "");
}

void RunRecord::update(const RunCounts& counts) {
  counts_ = counts;
  write(RunStatus::running, "null", "");
}

void RunRecord::finish(RunStatus status, ExitCode code, const std::string& reason) {
  write(status, std::to_string(static_cast<int>(code)), reason);
}

void RunRecord::write(RunStatus status, const std::string& exit_code, const std::string& reason) const {
  std::string text = fmt::format("{{\n  \"status\": \"{}\",\n  \"exit_code\": {},\n  \"reason\": {},\n",
                                 name_of(status), exit_code, json_string(reason));
  for (const auto& [key, value] : provenance_.entries())
    text += fmt::format("  \"{}\": {},\n", key, key == "ranks" ? value : json_string(value));
  const std::chrono::duration<double> wall_time = std::chrono::steady_clock::now() - start_;
  const double seconds = counts_.earlier_seconds + wall_time.count();
  text += fmt::format("  \"end_time\": {},\n  \"wall_time\": {:.3f},\n",
                      status == RunStatus::running ? "null" : json_string(time_stamp()), seconds);
  text += fmt::format(
      "  \"simulated_time\": {},\n  \"steps\": {},\n  \"newton_iterations\": {},\n  \"krylov_iterations\": {},\n"
      "  \"flexible_solves\": {},\n  \"switched\": {},\n"
      "  \"degrees_of_freedom\": {},\n  \"mechanics_seconds\": {:.3f},\n  \"linear_seconds\": {:.3f},\n"
      "  \"physiology_seconds\": {:.3f},\n  \"output_seconds\": {:.3f},\n  \"resumed\": {}\n}}\n",
      counts_.time, counts_.steps, counts_.newton_iterations, counts_.krylov_iterations, counts_.flexible_solves,
      json_string(counts_.switched), counts_.degrees_of_freedom, counts_.mechanics_seconds, counts_.linear_seconds,
      counts_.physiology_seconds, counts_.output_seconds, counts_.resumed);
  replace_file(path_, std::as_bytes(std::span(text)));
}

}  // namespace tautband
