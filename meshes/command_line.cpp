#include "meshes/command_line.hpp"

#include "app/file_trial.hpp"
#include "base/build_info.hpp"
#include "base/error.hpp"
#include "io/mesh_file.hpp"
#include "mesh/mesh_report.hpp"
#include "meshes/quantities.hpp"
#include "meshes/spacing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>
#include <type_traits>

namespace tautband::meshing {
namespace {

/// An option such as --length "60 mm", kept in m.
template <class Target>
CLI::Option* add_length(CLI::App& command, const std::string& name, Target& target, const std::string& help) {
  return command
      .add_option_function<std::string>(
          name, [&target, name](const std::string& text) { target = positive_length(name, text); }, help)
      ->type_name("LENGTH");
}

/// An option whose value is a list with commas; a TOML array is joined to one.
CLI::Option* add_list(CLI::App& command, const std::string& name, std::string& target, const std::string& help) {
  return command.add_option(name, target, help)
      ->multi_option_policy(CLI::MultiOptionPolicy::Join)
      ->delimiter(',')
      ->type_name("LIST");
}

ElementKind element_kind(const std::string& name) {
  if (name == "hex8") return ElementKind::hex8;
  if (name == "hex27") return ElementKind::hex27;
  throw CaseError(fmt::format("--element: '{}' is not known; hex8 and hex27 are", name));
}

/// Checks what was made before anything is written, writes it and says what it is.
void deliver(const Mesh& mesh, const std::string& path) {
  const MeshReport report = inspect(mesh);
  if (const auto problems = report.problems(); !problems.empty())
    throw CaseError(fmt::format("these options give a mesh that cannot be used: {}", fmt::join(problems, "; ")));
  write_mesh(path, mesh);
  fmt::print("{}written to {}\n", to_text(mesh, report), path);
}

void check(const std::string& path) {
  try_file(path, FileTrial::mesh);
  const Mesh mesh = read_mesh(path);
  const MeshReport report = inspect(mesh);
  fmt::print("{}", to_text(mesh, report));
  if (const auto problems = report.problems(); !problems.empty())
    throw FileError(fmt::format("{}: {} problem{}", path, problems.size(), problems.size() == 1 ? "" : "s"));
}

}  // namespace

CommandLine::CommandLine() : app_("Makes and checks the meshes of tautband.", "tautband-mesh") {
  app_.set_config("--config", "", "TOML file with options, in sections such as [make.bundle]")->type_name("FILE");
  app_.set_version_flag("--version", fmt::format("tautband-mesh {} (commit {}, {}, HDF5 {})", build_info::version,
                                                 build_info::git_hash, build_info::compiler, build_info::hdf5));
  app_.allow_config_extras(CLI::config_extras_mode::error);
  app_.require_subcommand(1);
  // CLI11 calls a command's callback once for each of its keys in a configuration file, this one once.
  app_.final_callback([this] { work_(); });
  CLI::App* make = app_.add_subcommand("make", "Make a mesh")->require_subcommand(1)->configurable()->fallthrough();
  declare_block(*make);
  declare_bundle(*make);
  declare_fusiform(*make);
  declare_check();
}

void CommandLine::declare_common(CLI::App& command) {
  command.configurable()->fallthrough();
  command.add_option("-o,--output", output_, "Mesh file to write (VTKHDF)")->required()->type_name("FILE");
  command
      .add_option_function<std::string>(
          "--element", [this](const std::string& name) { kind_ = element_kind(name); }, "hex8 or hex27 (default)")
      ->type_name("NAME");
}

void CommandLine::declare_block(CLI::App& make) {
  CLI::App* command = make.add_subcommand("block", "A block with faces x0 x1 y0 y1 z0 z1, region muscle");
  declare_common(*command);
  CLI::Option* size = add_list(*command, "--size", size_, "Lengths along x, y, z from the origin: \"60,10,10 mm\"");
  add_list(*command, "--corners", corners_,
           "Instead of --size: the 24 coordinates of 8 corners in the order of a VTK hexahedron, \"0,0,0,...,1 mm\"; "
           "the grid "
           "is mapped trilinearly between them")
      ->excludes(size);
  CLI::Option* cells = add_list(*command, "--cells", cells_, "Cells along x, y, z: 8,8,1");
  add_list(*command, "--edge", edge_, "Instead of --cells: target edge length")->type_name("LENGTH")->excludes(cells);
  add_list(*command, "--fibre", fibre_, "Fibre direction, of any length (default 1,0,0)");
  command
      ->add_option("--distort", block_.distort,
                   "Move interior corners of cells at random by up to this part of an edge")
      ->check(CLI::Range(0.0, 0.4));
  command->add_option("--seed", block_.seed, "Seed of --distort (default 1)");
  command->callback([this] { work_ = [this] { finish_block(); }; });
}

void CommandLine::finish_block() {
  block_.kind = kind_;
  if (size_.empty() == corners_.empty()) throw CaseError("make block needs --size or --corners");
  if (cells_.empty() == edge_.empty()) throw CaseError("make block needs --cells or --edge");
  if (corners_.empty()) {
    const std::vector<double> size = lengths("--size", size_, 3);
    if (!(*std::min_element(size.begin(), size.end()) > 0.0))
      throw CaseError("--size: '" + size_ + "' is not greater than 0");
    block_.corners = box_corners({size[0], size[1], size[2]});
  } else {
    const std::vector<double> all = lengths("--corners", corners_, 24);
    for (int n = 0; n < 24; ++n) block_.corners[n / 3][n % 3] = all[n];
  }
  const std::vector<double> fibre = numbers("--fibre", fibre_, 3);
  block_.fibre = {fibre[0], fibre[1], fibre[2]};

  constexpr std::array<int, 3> neighbour{1, 3, 4};  // of corner 0 along x, y, z
  const std::vector<double> wanted = cells_.empty() ? std::vector<double>() : numbers("--cells", cells_, 3);
  for (int a = 0; a < 3; ++a) {
    const Vector3 &p = block_.corners[0], &q = block_.corners[neighbour[a]];
    const double cells = wanted.empty()
                             ? std::hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]) / positive_length("--edge", edge_)
                             : wanted[a];
    if (!wanted.empty() && (cells < 1.0 || cells != std::round(cells)))
      throw CaseError("--cells: '" + cells_ + "' has an entry that is not a count of at least 1");
    block_.cells[a] = cell_count(cells, 1);
  }
  deliver(make_block(block_), output_);
}

void CommandLine::declare_body(CLI::App& command, BodyOptions& options) {
  declare_common(command);
  add_length(command, "--length", options.length, "Length along z, tendons included: \"60 mm\"")->required();
  add_length(command, "--edge", options.edge, "Target edge length in the cross-section")->required();
  add_length(command, "--axial-edge", options.axial_edge, "Target edge length along the axis (default: --edge)");
  add_length(command, "--grade", options.grade,
             "Edge length along the axis in the end-plate zone; outside it edges grow by a quarter of the distance up "
             "to --axial-edge");
  command
      .add_option_function<std::string>(
          "--grade-centre",
          [&options](const std::string& text) { options.grade_centre = lengths("--grade-centre", text, 1)[0]; },
          "z of the end-plate zone (default: the middle of the body)")
      ->type_name("LENGTH");
  add_length(command, "--grade-width", options.grade_width,
             "Length of the end-plate zone (default: a tenth of --length)");
  add_length(command, "--core-edge", options.core_edge, "Edge length in the cross-section inside --core-radius");
  add_length(command, "--core-radius", options.core_radius,
             "Radius on which the corners of the inner square of the O-grid lie; outside it edges grow to --edge");
  add_length(command, "--tendon", options.tendon, "Length of the tendon at each end, region tendon (default: none)");
  command.add_flag("--quarter", options.quarter, "Only x >= 0, y >= 0, with sets x0 and y0");
  command.add_flag("--half", options.half,
                   "Only the upper half: z from 0, the middle of the body, to half of --length");
}

void CommandLine::declare_bundle(CLI::App& make) {
  CLI::App* command = make.add_subcommand("bundle", "A round bundle of fibres along z, sets end0 end1 side");
  declare_body(*command, bundle_);
  add_length(*command, "--diameter", bundle_.diameter, "Diameter")->required();
  command
      ->add_option(
          "--fascicles", bundle_.fascicles,
          "Divide the bundle into this many fascicles (3 to 150) with layers of region perimysium between them. The "
          "mesh "
          "follows the outlines: a layer is two cells thick between fascicles, and one of half its thickness at "
          "the surface of the bundle, whatever the edge length")
      ->check(CLI::Range(3, 150));
  add_length(*command, "--perimysium", bundle_.perimysium, "Thickness of the layers between fascicles");
  command->callback([this] {
    work_ = [this] {
      bundle_.kind = kind_;
      deliver(make_bundle(bundle_), output_);
    };
  });
}

void CommandLine::declare_fusiform(CLI::App& make) {
  CLI::App* command = make.add_subcommand(
      "fusiform", "A spindle-shaped belly along z whose fibres follow the shape, sets end0 end1 side");
  declare_body(*command, fusiform_);
  add_length(*command, "--belly-diameter", fusiform_.diameter, "Diameter of the belly")->required();
  add_length(*command, "--end-diameter", fusiform_.end_diameter, "Diameter where the belly meets the tendons")
      ->required();
  command->callback([this] {
    work_ = [this] {
      fusiform_.kind = kind_;
      deliver(make_fusiform(fusiform_), output_);
    };
  });
}

void CommandLine::declare_check() {
  CLI::App* command = app_.add_subcommand("check", "Read a mesh, report on it, and exit with 3 if it cannot be used");
  command->configurable(false);
  command->add_option("file", checked_file_, "Mesh file")->required()->type_name("FILE");
  command->callback([this] { work_ = [this] { check(checked_file_); }; });
}

}  // namespace tautband::meshing
