#include "io/dakota_files.hpp"

#include "base/error.hpp"
#include "io/replace_file.hpp"
#include "io/toml_document.hpp"

#include <fmt/format.h>

#include <charconv>
#include <span>
#include <sstream>

namespace tautband {
namespace {

/// Lines of two words.
class Lines {
 public:
  explicit Lines(const std::string& path) : path_(path), stream_(read_text_file(path)) {}

  /// The next line that has words; false at the end.
  bool next() {
    for (std::string line; std::getline(stream_, line);) {
      ++number_;
      std::istringstream words(line);
      std::string more;
      if (!(words >> value)) continue;
      if (!(words >> name) || words >> more) fail("is not \"VALUE NAME\"");
      return true;
    }
    return false;
  }
  void need() {
    if (!next()) throw CaseError(path_ + ": ends too early");
  }
  /// The value as a count.
  std::size_t count() const {
    std::size_t number = 0;
    const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (status != std::errc{} || end != value.data() + value.size()) fail("does not begin with a whole number");
    return number;
  }
  [[noreturn]] void fail(const std::string& reason) const {
    throw CaseError(fmt::format("{}, line {}: {}", path_, number_, reason));
  }

  std::string value, name;

 private:
  std::string path_;
  std::istringstream stream_;
  int number_ = 0;
};

/// "ASV_1:NAME" or "ASV_1": what is wanted of one function, 1 being its value.
void take_function(const Lines& line, DakotaRequest& request) {
  const std::size_t wanted = line.count(), colon = line.name.find(':');
  if (!line.name.starts_with("ASV_") || colon == std::string::npos) line.fail("is not \"1 ASV_1:NAME\"");
  if (wanted > 1) line.fail("asks for derivatives of " + line.name.substr(colon + 1) + ", which there are none of");
  if (wanted == 1) request.functions.push_back(line.name.substr(colon + 1));
}

void write_text(const std::string& path, const std::string& text) {
  replace_file(path, std::as_bytes(std::span(text)));
}

}  // namespace

DakotaRequest read_dakota_parameters(const std::string& path) {
  DakotaRequest request;
  Lines line(path);
  line.need();
  if (line.name != "variables") line.fail("is not \"N variables\", with which a parameters file begins");
  for (std::size_t left = line.count(); left > 0; --left) {
    line.need();
    request.variables.emplace_back(line.name, line.value);
  }
  while (line.next())
    if (line.name == "functions")
      for (std::size_t left = line.count(); left > 0; --left) {
        line.need();
        take_function(line, request);
      }
  return request;
}

void write_dakota_results(const std::string& path, const std::vector<std::pair<std::string, double>>& values) {
  std::string text;
  for (const auto& [name, value] : values) text += fmt::format("{:.17g} {}\n", value, name);
  write_text(path, text);
}

void write_dakota_failure(const std::string& path) { write_text(path, "FAIL\n"); }

}  // namespace tautband
