// Pressure on a soft-edged, moving patch and stretches of the ends: forces, tangent, and cases run through.
#include "operators/face_loads.hpp"
#include "verification/block_problem.hpp"
#include "verification/case_run.hpp"

#include <cmath>
#include <numbers>

namespace tautband::verification {
namespace {

constexpr double pi = std::numbers::pi, mm = 1e-3;

using Function = double (*)(const Position&);

double sum_over_ranks(double value) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  return value;
}

/// Sum over all nodes of r_i f(X), N or N m.
double moment(const BlockProblem& p, const NodeVector& r, int i, Function f) {
  const auto force = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), r);
  const auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), p.local.X);
  double sum = 0.0;
  for (Index n = 0; n < p.local.n_owned; ++n) sum += force(n, i) * f({X(n, 0), X(n, 1), X(n, 2)});
  return sum_over_ranks(sum);
}
double one(const Position&) { return 1.0; }
double x_of(const Position& X) { return X[0]; }
double y_of(const Position& X) { return X[1]; }

/// A cube of 10 mm under a patch of 3 mm on its upper face; 0.5 mm elements.
BlockProblem pressed_cube(ElementKind kind, const spec::Event& event) {
  spec::Case c;
  c.regions.push_back(default_region("neo_hookean"));
  c.events.push_back(event);
  return BlockProblem(kind, {20, 20, 1}, 0.0, c);
}

spec::Event patch() {
  spec::Event event{.kind = spec::EventKind::pressure, .start = 1.0, .duration = 10.0, .ramp = 2.0};
  event.set = "z1";
  event.centre = {4 * mm, 5 * mm, 10 * mm};
  event.radius = 3 * mm;
  event.pressure = 1000.0;
  event.velocity = {0.2 * mm, 0.1 * mm, 0};
  return event;
}

// The integral of p (1 - (d/R)^2)^2 is p pi R^2 / 3. Gauss's rule on faces of R/6 leaves 2e-4 of it with 2 x 2 points
// and less with 3 x 3, since only the second derivative jumps, at the rim.
TEST(Patch, ForceIsAThirdOfPressureTimesAreaAndFollowsTheCentre) {
  for (const ElementKind kind : {ElementKind::hex8, ElementKind::hex27}) {
    BlockProblem p = pressed_cube(kind, patch());
    const NodeSpace space = p.system->space();
    const NodeVector u = space.vector("u"), r = space.vector("r");
    const double full = 1000.0 * pi * 9e-6 / 3.0;
    for (const auto& [time, share] :
         {std::pair{1.0, 0.0}, {2.0, 0.5}, {3.0, 1.0}, {9.0, 1.0}, {10.5, 0.25}, {12., 0.}}) {
      p.system->set_time(time, 0.0, p.tissue);
      p.system->loads(u, r);
      EXPECT_NEAR(moment(p, r, 2, one), share * full, 3e-4 * full) << time;  // pushes down: r is minus the force
      EXPECT_NEAR(moment(p, r, 0, one), 0.0, 1e-12 * full);
      if (share == 0.0) continue;
      const double force = moment(p, r, 2, one);
      EXPECT_NEAR(moment(p, r, 2, x_of) / force, (4.0 + 0.2 * (time - 1.0)) * mm, 3e-4 * 3 * mm) << time;
      EXPECT_NEAR(moment(p, r, 2, y_of) / force, (5.0 + 0.1 * (time - 1.0)) * mm, 3e-4 * 3 * mm) << time;
    }
  }
}

TEST(Patch, BeyondTheEdgeOfTheFaceNothingIsPressed) {
  spec::Event event = patch();
  event.centre = {0.0, 5 * mm, 10 * mm};
  event.velocity = {0, 0, 0};
  BlockProblem p = pressed_cube(ElementKind::hex27, event);
  const NodeSpace space = p.system->space();
  const NodeVector u = space.vector("u"), r = space.vector("r");
  p.system->set_time(5.0, 0.0, p.tissue);
  p.system->loads(u, r);
  EXPECT_NEAR(moment(p, r, 2, one), 0.5 * 1000.0 * pi * 9e-6 / 3.0, 1e-6);  // half of the patch
}

TEST(Patch, OffTheFaceIsAnError) {
  spec::Event event = patch();
  event.centre = {4 * mm, 5 * mm, 4 * mm};  // 6 mm below the face
  try {
    pressed_cube(ElementKind::hex8, event);
    FAIL();
  } catch (const CaseError& error) {
    EXPECT_STREQ(error.what(),
                 "the pressure at 1 s presses on nothing: within 3 mm of (4, 5, 4) mm the face set 'z1' has "
                 "no quadrature point");
  }
}

// Turned by a quarter about x, with the patch at the same material points, the force has turned with the face.
TEST(Patch, PressureFollowsTheSurface) {
  BlockProblem p = pressed_cube(ElementKind::hex8, patch());
  const NodeSpace space = p.system->space();
  const NodeVector turned = p.nodal([](const std::array<double, 3>& X, int i) {
    const double x[3] = {X[0], -X[2], X[1]};
    return x[i] - X[i];
  });
  const NodeVector rest = space.vector("rest"), r = space.vector("r"), t = space.vector("t");
  p.system->set_time(5.0, 0.0, p.tissue);
  p.system->loads(rest, r);
  p.system->loads(turned, t);
  const double force = moment(p, r, 2, one);
  EXPECT_NEAR(moment(p, t, 1, one), -force, 1e-12 * force);
  EXPECT_NEAR(moment(p, t, 2, one), 0.0, 1e-12 * force);
}

double dot(const BlockProblem& p, const NodeVector& a, const NodeVector& b) {
  const auto x = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), a);
  const auto y = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), b);
  double sum = 0.0;
  for (Index n = 0; n < p.local.n_nodes; ++n)
    for (int i = 0; i < 3; ++i) sum += x(n, i) * y(n, i);
  return sum_over_ranks(sum);
}

// d . K d of a matrix K is that of its symmetric part. Central differences are exact: the force is quadratic in u.
TEST(Patch, TangentIsTheSymmetricPartOfTheDerivative) {
  for (const ElementKind kind : {ElementKind::hex8, ElementKind::hex27}) {
    BlockProblem p(kind, {4, 4, 1}, 0.2, pressed_cube(ElementKind::hex8, patch()).spec);
    const LocalFaces& faces = p.local.face_sets.at("z1");
    const FacePatch place{{4 * mm, 5 * mm, 10 * mm}, 6 * mm};
    const NodeSpace space = p.system->space();
    const NodeVector u = p.wavy(0.15), y = space.vector("y"), r = space.vector("r"), v = space.vector("v");
    const NodeVector d = p.nodal([](const std::array<double, 3>& x, int c) {
      return 1e-3 * std::cos(700.0 * x[(c + 1) % 3] + 300.0 * x[c] + c);
    });
    add_pressure_tangent(p.local, faces, 1e4, u, d, y, place);
    double difference = 0.0;
    for (const double sign : {1.0, -1.0}) {
      copy(v, u);
      axpby(space, sign, d, 1.0, v);
      fill(r, 0.0);
      add_pressure(p.local, faces, 1e4, v, r, place);
      difference += 0.5 * sign * dot(p, d, r);
    }
    EXPECT_NEAR(dot(p, d, y), difference, 1e-12 * std::abs(difference));
    EXPECT_GT(std::abs(difference), 1e-8);
  }
}

Mesh slab() {
  meshing::BlockOptions options;
  options.kind = ElementKind::hex8;
  options.corners = meshing::box_corners({0.020, 0.020, 0.008});
  options.cells = {10, 10, 3};
  return meshing::make_block(options);
}

/// Deepest point of the upper face below it, m, along the line through the middle of the patches' paths.
Position deepest(const CaseRun& run) {
  std::vector<Position> line;
  for (int i = 0; i <= 40; ++i)
    for (int j = 0; j <= 40; ++j) line.push_back({0.5 * mm * i, 0.5 * mm * j, 8 * mm});
  const std::vector<PointValues> values = run.at(line);
  std::size_t lowest = 0;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (values[i].displacement[2] < values[lowest].displacement[2]) lowest = i;
  return {line[lowest][0], line[lowest][1], values[lowest].displacement[2]};
}

// The floor carries what the thumb presses: p pi R^2 / 3, within 3 %: faces of R/3 integrate it to 1 %, and the dented
// surface looks a little smaller from above. The dent is deepest under the thumb, within an element's 2 mm.
TEST(Massage, TheDentFollowsTheThumb) {
  CaseRun run("massage", slab());
  const double force = 2000.0 * pi * 36e-6 / 3.0;
  run.run_to(0.5);
  const double rest = deepest(run)[2];
  run.run_to(0.75);
  EXPECT_NEAR(run.force("z0")[2], force, 0.03 * force);
  EXPECT_NEAR(deepest(run)[0], 8.5 * mm, 2 * mm);
  run.run_to(2.25);
  EXPECT_NEAR(run.force("z0")[2], force, 0.03 * force);
  const Position dent = deepest(run);
  EXPECT_NEAR(dent[0], 11.5 * mm, 2 * mm);
  EXPECT_NEAR(dent[1], 10.0 * mm, 2 * mm);
  EXPECT_LT(dent[2], -0.1 * mm);
  run.run_to(2.5);
  EXPECT_NEAR(run.force("z0")[2], 0.0, 1e-3 * force);
  run.run_to(3.25);  // a quarter of a stroke: 3 mm to the side
  EXPECT_NEAR(deepest(run)[1], 13.0 * mm, 2 * mm);
  int steps = 0;
  for (; run.simulation().clock().now() < 4.75 - 1e-9; ++steps) run.simulation().advance();
  EXPECT_GE(steps, 12);  // eight in each of 1.5 strokes
  EXPECT_NEAR(deepest(run)[1], 7.0 * mm, 2 * mm);
  run.run();
  EXPECT_NEAR(deepest(run)[2], rest, 1e-3 * mm);
}

// Edge 10 mm: 0.3 mm of the boundary itself, 5 % of the extent twice, 0.2 mm more the second time.
TEST(Stretching, FibresGetTheStretchOfTheEnds) {
  for (const bool spring : {false, true}) {
    std::vector<std::string> overrides;
    if (spring)  // stiff enough for 1e-4 of the edge against the 50 kPa of the muscle
      overrides = {
          "boundary.x1={set = \"x1\", kind = \"spring\", stiffness = [\"1e6 kPa/mm\", \"0 Pa/m\", \"0 Pa/m\"], "
          "anchor = [\"0.3 mm\", \"0 mm\", \"0 mm\"]}"};
    CaseRun run("stretching", distorted_cube(ElementKind::hex8), overrides);
    const Position middle{5 * mm, 5 * mm, 5 * mm};
    for (const auto& [time, stretch] : {std::pair{1.0, 1.03},
                                        {1.5, 1.08},
                                        {4.0, 1.08},
                                        {4.5, 1.03},
                                        {5.5, 1.03},
                                        {6.0, 1.10},
                                        {8.5, 1.10},
                                        {9.0, 1.03},
                                        {10.0, 1.03}})
      EXPECT_NEAR(run.run_to(time).at(middle).stretch, stretch, spring ? 1e-4 : 1e-9) << time;
  }
}

}  // namespace
}  // namespace tautband::verification
