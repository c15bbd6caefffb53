// Any text as a case: it is either refused with one of the project's errors, or read; and what was read is written,
// read again and written the same. Lines after a zero byte are overrides. Nothing is opened: the case stands in a
// folder that does not exist.
#include "base/error.hpp"
#include "io/case_file.hpp"
#include "io/case_writer.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr const char* path = "/nowhere/case.toml";

void require(bool good, const char* what, const std::string& first, const std::string& second) {
  if (good) return;
  std::fprintf(stderr, "%s:\n%s\n---\n%s\n", what, first.c_str(), second.c_str());
  std::abort();
}

void write_and_read_again(const tautband::spec::Case& values) {
  const std::string written = tautband::write_case(values);
  try {
    const std::string again = tautband::write_case(tautband::parse_case(written, path));
    require(again == written, "written differently the second time", written, again);
  } catch (const tautband::Error& error) {
    require(false, "refused when read again", written, error.what());
  }
}

std::vector<std::string> take_overrides(std::string& text) {
  std::vector<std::string> overrides;
  const std::size_t end = text.find('\0');
  if (end == std::string::npos) return overrides;
  const std::string rest = text.substr(end + 1);
  text.resize(end);
  for (std::size_t begin = 0; begin < rest.size();) {
    const std::size_t stop = std::min(rest.find('\n', begin), rest.size());
    overrides.push_back(rest.substr(begin, stop - begin));
    begin = stop + 1;
  }
  return overrides;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  const std::vector<std::string> overrides = take_overrides(text);
  try {
    write_and_read_again(tautband::parse_case(text, path, overrides));
  } catch (const tautband::Error&) {
  }
  return 0;
}
