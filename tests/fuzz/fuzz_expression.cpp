// Any text as an expression over a column and a number: refused with CaseError, or it has a value.
#include "base/error.hpp"
#include "io/expression.hpp"

#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    tautband::evaluate(text, {{"gain", 2.0}, {"history.tension", -1.5}});
  } catch (const tautband::CaseError&) {
  }
  return 0;
}
