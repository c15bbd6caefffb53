#include "mesh/mesh_report.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace tautband {
namespace {

constexpr double mm = 1e3, mm3 = 1e9;  // in 1 m and 1 m^3

std::string bounds(const Mesh& mesh) {
  std::string text;
  for (int c = 0; c < 3; ++c) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (std::size_t i = c; i < mesh.points.size(); i += 3) {
      low = std::min(low, mesh.points[i]);
      high = std::max(high, mesh.points[i]);
    }
    text += fmt::format("{}{} {:.6g} to {:.6g}", c == 0 ? "" : ", ", "xyz"[c], low * mm, high * mm);
  }
  return text + " mm";
}

template <class Sets> std::string set_sizes(const Sets& sets) {
  std::string text;
  for (const auto& [name, members] : sets)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", name, members.size());
  return text.empty() ? "none" : text;
}

std::string array_names(const std::map<std::string, MeshArray>& arrays) {
  std::string text;
  for (const auto& [name, array] : arrays)
    text += fmt::format("{}{} ({} x {})", text.empty() ? "" : ", ", name, array.components, array.unit);
  return text.empty() ? "none" : text;
}

}  // namespace

std::string to_text(const Mesh& mesh, const MeshReport& report) {
  std::string text;
  const auto line = [&text](std::string_view label, const std::string& value) {
    text += fmt::format("{:<16}{}\n", label, value);
  };
  line("cells", fmt::format("{} {}", report.n_cells, mesh.kind == ElementKind::hex8 ? "hex8" : "hex27"));
  line("nodes", fmt::format("{} ({} displacement DoF)", report.n_nodes, 3 * report.n_nodes));
  line("extent", bounds(mesh));
  line("volume", fmt::format("{:.9g} mm^3", report.volume * mm3));
  for (const RegionSize& region : report.regions)
    line("  " + region.name, fmt::format("{:.9g} mm^3 in {} cells", region.volume * mm3, region.cells));
  line("worst Jacobian",
       fmt::format("{:.4f} (scaled; 1 = brick) in cell {}", report.worst_jacobian, report.worst_cell));
  if (!report.has_fibres) {
    line("fibres", "none");
  } else if (report.bad_fibres == 0) {
    line("fibres", fmt::format("all of unit length within {:.0e}", fibre_length_tolerance));
  } else {
    line("fibres", fmt::format("{} not of unit length", report.bad_fibres));
  }
  line("node sets", set_sizes(mesh.node_sets));
  line("face sets", set_sizes(mesh.face_sets));
  line("node arrays", array_names(mesh.point_arrays));
  line("cell arrays", array_names(mesh.cell_arrays));
  for (const std::string& problem : report.problems()) text += "problem: " + problem + "\n";
  return text;
}

}  // namespace tautband
