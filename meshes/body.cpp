#include "meshes/body.hpp"

#include "base/error.hpp"
#include "meshes/fascicles.hpp"
#include "meshes/spacing.hpp"

#include <fmt/format.h>
#include <cmath>
#include <numbers>

namespace tautband::meshing {
namespace {

int line_of(ElementKind kind) { return kind == ElementKind::hex8 ? 2 : 3; }
double millimetres(double length) { return 1e3 * length; }

void require(bool holds, const std::string& message) {
  if (!holds) throw CaseError(message);
}

void require_consistent(const BodyOptions& o) {
  require(2.0 * o.tendon < o.length, fmt::format("two tendons of {:.6g} mm leave no muscle in a length of {:.6g} mm",
                                                 millimetres(o.tendon), millimetres(o.length)));
  require((o.core_edge > 0.0) == (o.core_radius > 0.0), "--core-edge and --core-radius go together");
  if (o.core_edge > 0.0) {
    require(o.core_edge <= o.edge, fmt::format("--core-edge {:.6g} mm is longer than --edge {:.6g} mm",
                                               millimetres(o.core_edge), millimetres(o.edge)));
    require(o.core_radius <= 0.45 * o.diameter,
            fmt::format("--core-radius {:.6g} mm is over 0.9 of the radius {:.6g} mm: "
                        "no room for the rings of the O-grid",
                        millimetres(o.core_radius), millimetres(0.5 * o.diameter)));
  }
  const double axial = o.axial_edge > 0.0 ? o.axial_edge : o.edge;
  require(o.grade <= axial, fmt::format("--grade {:.6g} mm is longer than the edge length {:.6g} mm along the axis",
                                        millimetres(o.grade), millimetres(axial)));
  require(o.grade > 0.0 || !(o.grade_centre || o.grade_width), "--grade-centre and --grade-width need --grade");
}

/// Interval of z, and of the muscle in it.
struct Extent {
  double from, to, muscle_from, muscle_to;
};

Extent extent_of(const BodyOptions& o) {
  if (o.half) return {0.0, 0.5 * o.length, 0.0, 0.5 * o.length - o.tendon};
  return {0.0, o.length, o.tendon, o.length - o.tendon};
}

std::vector<double> layers_of(const BodyOptions& o, const Extent& extent) {
  Grading edge{o.axial_edge > 0.0 ? o.axial_edge : o.edge, 0.0};
  edge.fine = o.grade > 0.0 ? o.grade : edge.coarse;
  edge.centre = o.grade_centre.value_or(o.half ? 0.0 : 0.5 * o.length);
  edge.half_width = 0.5 * o.grade_width.value_or(0.1 * o.length);
  std::vector<double> layers{extent.from};
  for (double end : {extent.muscle_from, extent.muscle_to, extent.to}) {
    if (end <= layers.back()) continue;
    const std::vector<double> part = spaced(layers.back(), end, edge);
    layers.insert(layers.end(), part.begin() + 1, part.end());
  }
  return layers;
}

Sweep sweep_of(const BodyOptions& o) {
  const Extent extent = extent_of(o);
  Sweep sweep;
  sweep.layers = layers_of(o, extent);
  sweep.section_regions = {"muscle"};
  sweep.muscle_from = extent.muscle_from;
  sweep.muscle_to = extent.muscle_to;
  sweep.position_from = o.half ? 0.5 : 0.0;
  return sweep;
}

CrossSection disc_of(const BodyOptions& o) {
  return make_disc({0.5 * o.diameter, o.edge, o.core_edge, o.core_radius, o.quarter}, line_of(o.kind));
}

}  // namespace

Mesh make_bundle(const BundleOptions& options) {
  require_consistent(options);
  require((options.fascicles > 0) == (options.perimysium > 0.0), "--fascicles and --perimysium go together");
  Sweep sweep = sweep_of(options);
  if (options.fascicles == 0) return make_sweep(disc_of(options), sweep);
  require(!options.quarter, "--quarter does not go with --fascicles, whose pattern has no such symmetry");
  require(options.core_edge == 0.0, "--core-edge does not go with --fascicles");
  sweep.section_regions.push_back("perimysium");
  const FascicleOptions fascicles{0.5 * options.diameter, options.edge, options.fascicles, options.perimysium};
  return make_sweep(make_fascicles(fascicles, line_of(options.kind)), sweep);
}

Mesh make_fusiform(const FusiformOptions& options) {
  require_consistent(options);
  require(options.end_diameter <= options.diameter,
          fmt::format("--end-diameter {:.6g} mm is over --belly-diameter {:.6g} mm", millimetres(options.end_diameter),
                      millimetres(options.diameter)));
  Sweep sweep = sweep_of(options);
  const double end = options.end_diameter / options.diameter, muscle = options.length - 2.0 * options.tendon;
  const double origin = options.half ? -0.5 * muscle : sweep.muscle_from;
  sweep.width = [=](double z) {
    const double s = (z - origin) / muscle;
    if (s <= 0.0 || s >= 1.0) return Width{end, 0.0};
    const double wave = std::sin(std::numbers::pi * s);
    return Width{end + (1.0 - end) * wave * wave,
                 (1.0 - end) * std::numbers::pi / muscle * std::sin(2.0 * std::numbers::pi * s)};
  };
  return make_sweep(disc_of(options), sweep);
}

}  // namespace tautband::meshing
