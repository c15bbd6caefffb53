// Bundles and fusiform bellies: volumes against exact ones, shape of cells, fibres, sets.
#include "base/error.hpp"
#include "mesh/mesh_check.hpp"
#include "meshes/body.hpp"
#include "meshes/spacing.hpp"
#include "meshes/voronoi.hpp"
#include "support/mesh_geometry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tautband::meshing {
namespace {

using std::numbers::pi;
constexpr double mm = 1e-3;

BundleOptions bundle(ElementKind kind, double edge) {
  BundleOptions o;
  o.kind = kind;
  o.length = 20 * mm;
  o.diameter = 6 * mm;
  o.edge = edge;
  o.axial_edge = 2.5 * mm;
  return o;
}

FusiformOptions fusiform(ElementKind kind) {
  FusiformOptions o;
  o.kind = kind;
  o.length = 100 * mm;
  o.diameter = 20 * mm;
  o.end_diameter = 5 * mm;
  o.tendon = 15 * mm;
  o.edge = 2.5 * mm;
  return o;
}

/// Area of the disc whose circle is replaced by `arcs` chords (hex8) or by parabolas through the middle of each arc
/// (hex27): a parabolic segment has 2/3 of the area of chord times height.
double discrete_disc_area(double radius, std::size_t arcs, ElementKind kind) {
  const double half = pi / static_cast<double>(arcs);
  const double polygon = std::sin(half) * std::cos(half);
  const double segment = kind == ElementKind::hex27 ? 2.0 / 3.0 * 2.0 * std::sin(half) * (1.0 - std::cos(half)) : 0.0;
  return static_cast<double>(arcs) * radius * radius * (polygon + segment);
}

/// The named sets cover the surface: every outer face is in one face set, and node sets hold the nodes of the faces.
void expect_sets_cover_surface(const Mesh& mesh) {
  auto uncovered = testing::surface(mesh);
  for (const auto& [name, faces] : mesh.face_sets) {
    std::set<GlobalIndex> nodes;
    for (const Face& face : faces) {
      EXPECT_EQ(uncovered.erase(testing::face_corners(mesh, face)), 1u) << name << " cell " << face.cell;
      for (GlobalIndex node : testing::face_nodes(mesh, face)) nodes.insert(node);
    }
    const std::vector<GlobalIndex>& set = mesh.node_sets.at(name);
    EXPECT_EQ(std::set<GlobalIndex>(set.begin(), set.end()), nodes) << name;
    EXPECT_EQ(set.size(), nodes.size()) << name;
  }
  EXPECT_TRUE(uncovered.empty()) << uncovered.size() << " outer faces are in no set";
}

void expect_sound(const Mesh& mesh, double least_jacobian) {
  const MeshReport report = inspect(mesh);
  EXPECT_TRUE(report.problems().empty()) << report.problems().front();
  EXPECT_GT(report.worst_jacobian, least_jacobian);
  EXPECT_LT(report.worst_fibre_error, 1e-14);
}

class BothElements : public ::testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(, BothElements, ::testing::Values(ElementKind::hex8, ElementKind::hex27),
                         [](const auto& info) { return info.param == ElementKind::hex8 ? "hex8" : "hex27"; });

TEST_P(BothElements, BundleHasTheVolumeOfItsDiscreteCircle) {
  for (double edge : {2.0 * mm, 1.0 * mm, 0.5 * mm}) {
    const Mesh mesh = make_bundle(bundle(GetParam(), edge));
    const std::size_t layers = inspect(mesh).n_cells / mesh.face_sets.at("end0").size();
    const std::size_t arcs = mesh.face_sets.at("side").size() / layers;
    const double exact = discrete_disc_area(3 * mm, arcs, GetParam()) * 20 * mm;
    EXPECT_NEAR(inspect(mesh).volume / exact, 1.0, 1e-12) << arcs;
  }
}

TEST(Bundle, Hex27VolumeIsTheCylindersWithin1e4) {
  const double exact = pi * 9 * mm * mm * 20 * mm;
  EXPECT_NEAR(inspect(make_bundle(bundle(ElementKind::hex27, 0.75 * mm))).volume / exact, 1.0, 1e-4);
}

TEST_P(BothElements, BundleCellsAreWellShapedForAllEdges) {
  for (double edge : {3.0 * mm, 1.5 * mm, 0.9 * mm, 0.6 * mm, 0.4 * mm}) {
    BundleOptions o = bundle(GetParam(), edge);
    o.axial_edge = 5 * mm;
    expect_sound(make_bundle(o), 0.75);  // corners of the inner square are at most 30 degrees off: cos 30 = 0.87
  }
}

TEST_P(BothElements, SetsOfABundleCoverItsSurface) {
  BundleOptions o = bundle(GetParam(), 1.2 * mm);
  expect_sets_cover_surface(make_bundle(o));
  o.quarter = o.half = true;
  const Mesh quarter = make_bundle(o);
  expect_sets_cover_surface(quarter);
  EXPECT_NEAR(testing::area(quarter, "x0"), 3 * mm * 10 * mm, 1e-12);
  EXPECT_NEAR(testing::area(quarter, "y0"), 3 * mm * 10 * mm, 1e-12);
}

TEST(Bundle, FaceSetsHaveTheAreasOfACylinder) {
  const Mesh mesh = make_bundle(bundle(ElementKind::hex27, 0.75 * mm));
  // 16 parabolas for a circle: relative errors of length and area are of the order (pi/16)^4 / 10 = 1.5e-4.
  EXPECT_NEAR(testing::area(mesh, "end0") / (pi * 9 * mm * mm), 1.0, 2e-4);
  EXPECT_NEAR(testing::area(mesh, "end1") / (pi * 9 * mm * mm), 1.0, 2e-4);
  EXPECT_NEAR(testing::area(mesh, "side") / (2 * pi * 3 * mm * 20 * mm), 1.0, 2e-4);
}

TEST(Bundle, AQuarterIsAQuarterAndAHalfIsAHalf) {
  BundleOptions o = bundle(ElementKind::hex27, 1.0 * mm);
  const double whole = inspect(make_bundle(o)).volume;
  o.quarter = o.half = true;
  const Mesh part = make_bundle(o);
  EXPECT_NEAR(inspect(part).volume / whole, 1.0 / 8.0, 1e-12);
  for (GlobalIndex node : part.node_sets.at("x0")) EXPECT_EQ(part.points[3 * node], 0.0);
  for (GlobalIndex node : part.node_sets.at("y0")) EXPECT_EQ(part.points[3 * node + 1], 0.0);
  for (GlobalIndex node : part.node_sets.at("end0")) {
    EXPECT_EQ(part.points[3 * node + 2], 0.0);
    EXPECT_EQ(part.point_arrays.at("fibre_position").values[node], 0.5);
  }
}

TEST(Bundle, TendonsHaveTheirRegionAndFibresEndAtThem) {
  BundleOptions o = bundle(ElementKind::hex8, 1.5 * mm);
  o.tendon = 4 * mm;
  const Mesh mesh = make_bundle(o);
  ASSERT_EQ(mesh.region_names, (std::vector<std::string>{"muscle", "tendon"}));
  const MeshReport report = inspect(mesh);
  EXPECT_NEAR(report.regions[1].volume / report.volume, 8.0 / 20.0, 1e-12);
  const std::vector<double>& position = mesh.point_arrays.at("fibre_position").values;
  for (GlobalIndex node = 0; node < mesh.n_nodes(); ++node) {
    const double expected = std::clamp((mesh.points[3 * node + 2] - 4 * mm) / (12 * mm), 0.0, 1.0);
    EXPECT_NEAR(position[node], expected, 1e-12);
  }
}

TEST(Bundle, GradingIsFineInTheEndPlateZoneAndSmooth) {
  const Grading grading{3 * mm, 0.3 * mm, 20 * mm, 5 * mm};
  const std::vector<double> z = spaced(0.0, 60 * mm, grading);
  EXPECT_EQ(z.front(), 0.0);
  EXPECT_EQ(z.back(), 60 * mm);
  for (std::size_t i = 1; i < z.size(); ++i) {
    const double length = z[i] - z[i - 1];
    EXPECT_GT(length, 0.0);
    EXPECT_LT(length, 3.1 * mm);
    const bool fine = z[i - 1] > 15 * mm && z[i] < 25 * mm;
    EXPECT_TRUE(!fine || std::abs(length - 0.3 * mm) < 0.01 * mm) << length;  // rounding of the number of cells
    if (i > 1) {
      const double ratio = length / (z[i - 1] - z[i - 2]);
      EXPECT_LT(std::max(ratio, 1.0 / ratio), 1.3);  // growth 0.25: exp(0.25) = 1.284
    }
  }
}

TEST(Bundle, CoreIsResolvedAndCoarseOutside) {
  BundleOptions o = bundle(ElementKind::hex8, 1.2 * mm);
  o.core_edge = 0.3 * mm;
  o.core_radius = 1.5 * mm;
  const Mesh mesh = make_bundle(o);
  expect_sound(mesh, 0.75);
  double longest_inside = 0.0, longest = 0.0;
  for (const Face& face : mesh.face_sets.at("end0")) {
    for (int i = 0; i < 4; ++i) {
      const double* p = &mesh.points[3 * mesh.connectivity[8 * face.cell + i]];
      const double* q = &mesh.points[3 * mesh.connectivity[8 * face.cell + (i + 1) % 4]];
      const double length = std::hypot(p[0] - q[0], p[1] - q[1]);
      longest = std::max(longest, length);
      if (std::max(std::hypot(p[0], p[1]), std::hypot(q[0], q[1])) < 1.2 * mm)
        longest_inside = std::max(longest_inside, length);
    }
  }
  EXPECT_LT(longest_inside, 0.31 * mm);
  EXPECT_GT(longest, 0.8 * mm);
}

TEST(Fascicles, AreApartAndFillTheDisc) {
  for (int count : {3, 4, 5, 6, 7, 9, 12, 19, 30}) {
    BundleOptions o = bundle(ElementKind::hex27, 0.5 * mm);
    o.axial_edge = 10 * mm;
    o.fascicles = count;
    o.perimysium = 0.08 * mm;
    const Mesh mesh = make_bundle(o);
    expect_sound(mesh, 0.3);
    expect_sets_cover_surface(mesh);
    ASSERT_EQ(mesh.region_names, (std::vector<std::string>{"muscle", "perimysium"}));
    EXPECT_EQ(testing::connected_parts(mesh, 0), count);
    EXPECT_EQ(testing::connected_parts(mesh, 1), 1);
    EXPECT_NEAR(inspect(mesh).volume / (pi * 9 * mm * mm * 20 * mm), 1.0, 1e-3) << count;
  }
}

TEST(Fascicles, HaveSimilarSizesAndLeaveNoGap) {
  for (int count : {3, 4, 5, 7, 10, 19, 37, 61}) {
    double total = 0.0, smallest = 1e300, largest = 0.0;
    for (const DiscCell& cell : divide_disc(1.0, count)) {
      double area = 0.0;
      for (std::size_t i = 0; i < cell.corners.size(); ++i) {
        const Point2 p = cell.corners[i], q = cell.corners[(i + 1) % cell.corners.size()];
        const double angle = std::atan2(cross(p, q), dot(p, q));
        area += 0.5 * (cell.arc[i] ? angle : cross(p, q));  // a sector of the unit circle, or a triangle
      }
      total += area;
      smallest = std::min(smallest, area);
      largest = std::max(largest, area);
    }
    EXPECT_NEAR(total / pi, 1.0, 1e-12) << count;
    EXPECT_LT(largest / smallest, 1.5) << count;
  }
}

TEST(Fascicles, LayersHaveTheThicknessAskedFor) {
  BundleOptions o = bundle(ElementKind::hex8, 0.5 * mm);
  o.fascicles = 7;
  o.perimysium = 0.1 * mm;
  const Mesh mesh = make_bundle(o);
  for (const Face& face : mesh.face_sets.at("end0")) {
    if (mesh.region[face.cell] != 1) continue;
    const auto point = [&](int i) { return &mesh.points[3 * mesh.connectivity[8 * face.cell + i]]; };
    const double *a = point(0), *d = point(3), *b = point(1), *c = point(2);  // inner side a-d, outer side b-c
    const double ex = c[0] - b[0], ey = c[1] - b[1], px = 0.5 * (a[0] + d[0]) - b[0], py = 0.5 * (a[1] + d[1]) - b[1];
    const double distance = std::abs(ex * py - ey * px) / std::hypot(ex, ey);
    const bool at_surface = std::hypot(b[0], b[1]) > 2.999 * mm && std::hypot(c[0], c[1]) > 2.999 * mm;
    EXPECT_NEAR(at_surface ? 3 * mm - std::hypot(a[0], a[1]) : distance, 0.05 * mm, 1e-12);
  }
}

double profile(double z) {  // of fusiform(): radius in m
  if (z <= 15 * mm || z >= 85 * mm) return 2.5 * mm;
  return 2.5 * mm + 7.5 * mm * std::pow(std::sin(pi * (z - 15 * mm) / (70 * mm)), 2);
}

TEST_P(BothElements, FusiformFollowsItsProfile) {
  const Mesh mesh = make_fusiform(fusiform(GetParam()));
  expect_sound(mesh, 0.7);
  expect_sets_cover_surface(mesh);
  for (GlobalIndex node : mesh.node_sets.at("side")) {
    const double* p = &mesh.points[3 * node];
    EXPECT_NEAR(std::hypot(p[0], p[1]), profile(p[2]), 1e-12);
  }
}

TEST(Fusiform, VolumeIsExactWithin1e4) {
  const Mesh mesh = make_fusiform(fusiform(ElementKind::hex27));
  // Integral of (e + d sin^2)^2 over a period: e^2 + e d + 3/8 d^2.
  const double muscle = pi * 70 * (2.5 * 2.5 + 2.5 * 7.5 + 0.375 * 7.5 * 7.5), tendons = pi * 30 * 2.5 * 2.5;
  const MeshReport report = inspect(mesh);
  EXPECT_NEAR(report.regions[0].volume / (muscle * 1e-9), 1.0, 1e-4);
  EXPECT_NEAR(report.regions[1].volume / (tendons * 1e-9), 1.0, 1e-4);
}

TEST(Fusiform, FibresAreTangentToTheLinesOfConstantCrossSection) {
  const Mesh mesh = make_fusiform(fusiform(ElementKind::hex27));
  const MeshArray& lines = mesh.point_arrays.at("cross_section");
  for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell) {
    const GlobalIndex centre = mesh.connectivity[27 * cell + 26];
    const double z = mesh.points[3 * centre + 2], h = 1e-4 * mm;
    const double slope = (profile(z + h) - profile(z - h)) / (2 * h) / (10 * mm);
    const double tx = lines.values[2 * centre] * slope, ty = lines.values[2 * centre + 1] * slope,
                 norm = std::hypot(tx, ty, 1.0);
    EXPECT_NEAR(mesh.fibre[3 * cell], tx / norm, 1e-6);  // central differences
    EXPECT_NEAR(mesh.fibre[3 * cell + 1], ty / norm, 1e-6);
    EXPECT_NEAR(mesh.fibre[3 * cell + 2], 1.0 / norm, 1e-6);
  }
}

TEST(Fusiform, CrossSectionIsThePositionInTheBelly) {
  const Mesh mesh = make_fusiform(fusiform(ElementKind::hex27));
  const MeshArray& lines = mesh.point_arrays.at("cross_section");
  ASSERT_EQ(lines.components, 2);
  for (GlobalIndex node = 0; node < mesh.n_nodes(); ++node) {
    const double scale = profile(mesh.points[3 * node + 2]) / (10 * mm);
    EXPECT_NEAR(lines.values[2 * node] * scale, mesh.points[3 * node], 1e-12);
    EXPECT_NEAR(lines.values[2 * node + 1] * scale, mesh.points[3 * node + 1], 1e-12);
  }
}

TEST(Bodies, RefuseOptionsThatContradictEachOther) {
  const auto refuses = [](auto change) {
    BundleOptions o = bundle(ElementKind::hex8, 1 * mm);
    change(o);
    EXPECT_THROW(make_bundle(o), CaseError);
  };
  refuses([](BundleOptions& o) { o.tendon = 10 * mm; });
  refuses([](BundleOptions& o) { o.core_edge = 0.3 * mm; });
  refuses([](BundleOptions& o) { o.core_edge = 2 * mm, o.core_radius = 1 * mm; });
  refuses([](BundleOptions& o) { o.core_edge = 0.3 * mm, o.core_radius = 2.9 * mm; });
  refuses([](BundleOptions& o) { o.grade = 3 * mm; });
  refuses([](BundleOptions& o) { o.grade_width = 3 * mm; });
  refuses([](BundleOptions& o) { o.fascicles = 7; });
  refuses([](BundleOptions& o) { o.fascicles = 2, o.perimysium = 0.1 * mm; });
  refuses([](BundleOptions& o) { o.fascicles = 7, o.perimysium = 2 * mm; });
  refuses([](BundleOptions& o) { o.fascicles = 7, o.perimysium = 0.1 * mm, o.quarter = true; });
  refuses([](BundleOptions& o) { o.axial_edge = 1e-9 * mm; });
  refuses([](BundleOptions& o) { o.edge = 0.05 * mm, o.axial_edge = 1e-4 * mm; });  // over 2^31 nodes
  refuses([](BundleOptions& o) { o.edge = 1e-4 * mm; });  // over 2e7 nodes in the cross-section
  FusiformOptions wide = fusiform(ElementKind::hex8);
  wide.end_diameter = 30 * mm;
  EXPECT_THROW(make_fusiform(wide), CaseError);
}

}  // namespace
}  // namespace tautband::meshing
