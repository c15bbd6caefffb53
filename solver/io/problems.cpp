#include "io/problems.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <sstream>
#include <tuple>

namespace tautband {
namespace {

/// Blanks as wide as the first `characters` of a UTF-8 line; tabs stay tabs so that the caret stands under its letter.
std::string blanks_like(std::string_view line, int characters) {
  std::string blanks;
  for (const char c : line) {
    const bool continues_character = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (continues_character) continue;
    if (characters-- <= 0) break;
    blanks += c == '\t' ? '\t' : ' ';
  }
  return blanks;
}

}  // namespace

Problems::Problems(std::string path, std::string_view text) : path_(std::move(path)) {
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    lines_.push_back(std::move(line));
  }
}

void Problems::add(const spec::Place& place, const std::string& message) { problems_.push_back({place, message}); }

std::string Problems::show(const Problem& problem) const {
  const spec::Place& place = problem.place;
  if (!place.option.empty()) return place.option + ": " + problem.message + "\n";
  if (place.line == 0) return path_ + ": " + problem.message + "\n";
  std::string result =
      path_ + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + problem.message + "\n";
  if (place.line > static_cast<int>(lines_.size())) return result;
  const std::string& line = lines_[static_cast<std::size_t>(place.line) - 1];
  const std::string number = std::to_string(place.line);
  result += "  " + number + " | " + line + "\n";
  result += "  " + std::string(number.size(), ' ') + " | " + blanks_like(line, place.column - 1) + "^" +
            std::string(static_cast<std::size_t>(std::max(place.width, 1)) - 1, '~') + "\n";
  return result;
}

void Problems::throw_if_any() const {
  if (problems_.empty()) return;
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  std::string message;
  for (const Problem& problem : sorted) message += show(problem);
  message += sorted.size() == 1 ? "1 problem" : std::to_string(sorted.size()) + " problems";
  throw CaseError(message + " in " + path_);
}

}  // namespace tautband
