// Any two texts as a quantity and a unit, one per line: refused with CaseError, or a number that survives being written
// and read.
#include "base/error.hpp"
#include "base/units.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

void write_and_read_again(double value, const std::string& unit) {
  const std::string written = tautband::format_quantity(value, unit);
  try {
    const double again = tautband::parse_quantity(written, unit);
    if (again == value) return;
    std::fprintf(stderr, "%.17g was written \"%s\" and read as %.17g\n", value, written.c_str(), again);
  } catch (const tautband::CaseError& error) {
    std::fprintf(stderr, "%.17g was written \"%s\" and refused: %s\n", value, written.c_str(), error.what());
  }
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t split = input.find('\n');
  const std::string unit(split == std::string_view::npos ? "kPa" : input.substr(split + 1));
  double value = 0.0;
  try {
    value = tautband::parse_quantity(input.substr(0, split), unit);
  } catch (const tautband::CaseError&) {
    return 0;
  }
  write_and_read_again(value, unit);
  return 0;
}
