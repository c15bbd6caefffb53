#include "io/checkpoint_info.hpp"

#include "io/array_range.hpp"
#include "io/seal.hpp"

#include <fmt/format.h>

namespace tautband {
namespace {

using hdf5::InputFile;

std::string number_line(const InputFile& file, const char* label, const std::string& name) {
  const std::string dataset = "/numbers/" + name;
  return file.exists(dataset) ? fmt::format("{:<8}{:g}\n", label, file.reals(dataset).at(0)) : "";
}

std::string field_lines(const InputFile& file, const std::string& group, const std::string& title) {
  std::string text;
  for (const std::string& name : file.children(group)) {
    const std::string dataset = group + "/" + name;
    const hdf5::Shape shape = file.shape(dataset);
    const hdf5::Range range = hdf5::range_of(file.path(), dataset, shape.empty() ? 0 : shape[0]);
    text +=
        fmt::format("  {:<30} {:.6g} to {:.6g}\n", name + " " + hdf5::to_string(shape), range.lowest, range.highest);
  }
  return text.empty() ? "" : title + " (SI)\n" + text;
}

}  // namespace

bool is_checkpoint(const InputFile& file) { return file.text_attribute("/", "format", "") == checkpoint_format; }

std::string describe_checkpoint(const InputFile& file) {
  const std::string damage = broken_seal(file.path());
  return fmt::format("{}: checkpoint\nseal    {}\n", file.path(), damage.empty() ? "intact" : damage) +
         number_line(file, "step", "step") + number_line(file, "time, s", "time") +
         number_line(file, "rows", "history_rows") + number_line(file, "fields", "result_steps") +
         field_lines(file, "/nodes", "at nodes") + field_lines(file, "/points", "at quadrature points of cells");
}

}  // namespace tautband
