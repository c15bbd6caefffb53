#include "io/case_writer.hpp"

#include "io/sections_writer.hpp"

namespace tautband {

std::string write_case(const spec::Case& values) {
  SectionsWriter writer;
  describe_sections(values, writer);
  if (values.physiology.active) describe_sections(values.physiology, writer);
  return writer.text();
}

}  // namespace tautband
