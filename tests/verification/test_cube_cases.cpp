// Homogeneous states of a cube of distorted elements, set up by case files: they check laws, both elements, boundary
// conditions, loads and observables together. Expected values are closed forms, evaluated independently to the printed
// digits, or another program's where said.
#include "verification/case_run.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tautband::verification {
namespace {

const Position corner{0.01, 0.01, 0.01};

/// The cube as a single hex8 cell.
Mesh one_element() {
  meshing::BlockOptions options;
  options.kind = ElementKind::hex8;
  options.corners = meshing::box_corners({0.01, 0.01, 0.01});
  options.cells = {1, 1, 1};
  return meshing::make_block(options);
}

/// Stretches of the cube along x, y, z.
Position stretches(const CaseRun& run) {
  Position l = run.at(corner).displacement;
  for (double& each : l) each = 1.0 + each / 0.01;
  return l;
}

/// Both elements, each on inner nodes that are moved.
class Cube : public testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(Elements, Cube, testing::Values(ElementKind::hex8, ElementKind::hex27),
                         [](const auto& kind) { return kind.param == ElementKind::hex8 ? "hex8" : "hex27"; });

struct ActiveCube {
  const char *file, *active, *kappa;
  double along, across;  ///< stretches, solved from the closed form
  double norm;           ///< of all nodal displacements of the unit cube, printed by FEBio
};

// FEBio's test suite, Verify/ma20 to ma25: T0 = 0.5 against E = 1 (coupled) or c1 = 1 (uncoupled).
constexpr ActiveCube active_cubes[] = {
    {"active_cube", "isotropic", "0.576923076923076923 kPa", 0.857565171621, 0.857565171621, 0.493408719039},
    {"active_cube", "transverse_isotropic", "0.576923076923076923 kPa", 1.19819813174, 0.790068451328, 0.713932797063},
    {"active_cube", "uniaxial", "0.576923076923076923 kPa", 0.723829147411, 1.09774125352, 0.61766348475},
    {"active_cube_uncoupled", "isotropic", "5000 kPa", 0.999966669444, 0.999966669444, 0.000115460432381},
    {"active_cube_uncoupled", "transverse_isotropic", "1000 kPa", 1.07709145191, 0.963399750357, 0.185712126746},
    {"active_cube_uncoupled", "uniaxial", "1000 kPa", 0.928279251972, 1.03783781834, 0.178966663838}};

TEST_P(Cube, ActiveStressesShortenItAsFebioSays) {
  for (const ActiveCube& c : active_cubes) {
    SCOPED_TRACE(std::string(c.file) + " " + c.active);
    CaseRun run(
        c.file, distorted_cube(GetParam()),
        {std::string("region.muscle.active=") + c.active, std::string("region.muscle.parameters.kappa=") + c.kappa});
    const Position l = stretches(run.run());
    // 12 printed digits; the residual is solved to 1e-11.
    EXPECT_NEAR(l[0], c.along, 2e-11);
    EXPECT_NEAR(l[1], c.across, 2e-11);
    EXPECT_NEAR(l[2], c.across, 2e-11);
    // Four nodes of the unit cube move along each axis. FEBio stops at a relative energy of 1e-2 and displacement of
    // 1e-3 per quadratic Newton step, which leaves its own last digits open.
    double sum = 0.0;
    for (double each : l) sum += (each - 1.0) * (each - 1.0);
    EXPECT_NEAR(2.0 * std::sqrt(sum), c.norm, 1e-8);
    const Observables o = run.simulation().observe();
    EXPECT_NEAR(o.fibre_stretch_min, c.along, 3e-11);
    EXPECT_NEAR(o.fibre_stretch_max, c.along, 3e-11);
  }
}

/// A cube pulled along e_x with a law of its own: overrides of tension.toml.
CaseRun tension(const Mesh& mesh, const std::string& law, double activation, std::vector<std::string> more) {
  more.push_back("region.muscle.law=" + law);
  more.push_back("region.muscle.activation=" + std::to_string(activation));
  return CaseRun("tension", mesh, more);
}

// FEBio's mu03. Blemker et al. 2005 with G3 = 0, kappa = 10 MPa, U = kappa/2 (ln J)^2. Active fibres of hundreds of kPa
// in a ground substance of 1 kPa are unstable under their own tension (Considere): only one hex8 element, which has no
// node between the ends, stays homogeneous.
void expect_blemker(const Mesh& mesh, double activation, double stretch, double kPa) {
  SCOPED_TRACE(activation);
  CaseRun run = tension(mesh, "blemker2005", activation,
                        {"region.muscle.volumetric=logarithmic", "region.muscle.parameters.G3=0 kPa",
                         "mechanics.newton_tolerance=1e-12", "curve.pull.values=[0, 0, 0.4]"});
  run.run_to(stretch == 1.0 ? 1.0 : 4.0);
  const Position l = stretches(run);
  EXPECT_NEAR(l[0], stretch, 1e-15);
  EXPECT_NEAR(run.at({0.005, 0.005, 0.005}).stress[0] / 1e3, kPa, 1e-6);
  // The same stress from the reaction on the deformed face.
  EXPECT_NEAR(run.force("x1")[0] / (l[1] * l[2] * 1e-4) / 1e3, kPa, 1e-6);
  if (stretch == 1.0) return;
  EXPECT_NEAR(l[1], 0.913617728641, 1e-11);
  EXPECT_NEAR(l[0] * l[1] * l[2] - 1.0, 1.63682e-3, 6e-9);
  EXPECT_NEAR(std::sqrt(8.0) * (1.0 - l[2]), 0.244325959214, 1e-9);  // FEBio, all eight lateral degrees of freedom
}

TEST_P(Cube, BlemkerMuscleAtRest) { expect_blemker(distorted_cube(GetParam()), 0.0, 1.2, 48.984424); }
TEST(OneElement, BlemkerMuscle) {
  expect_blemker(one_element(), 0.0, 1.2, 48.984424);
  expect_blemker(one_element(), 0.5, 1.0, 149.003341);
  expect_blemker(one_element(), 1.0, 1.0, 296.026787);
}

// Heidlauf et al. 2016, nominal stress in N/cm^2 of the incompressible bar. With kappa = 1e6 N/cm^2 the volume changes
// by about stress / kappa = 1e-5, and the stress by that times its slope against volume, of about 10 N/cm^2.
TEST_P(Cube, HeidlaufMuscle) {
  const double rows[3][3] = {
      {0.8, -3.4677336131, -1.2371780576}, {1.0, 0.0, 6.0326388889}, {1.2, 1.5663688655, 8.8663688655}};
  for (int activation : {0, 1}) {
    CaseRun run =
        tension(distorted_cube(GetParam()), "heidlauf2016", activation, {"region.muscle.parameters.kappa=1e6 N/cm^2"});
    for (const auto& row : rows) {
      run.run_to(1.0 + 10.0 * (row[0] - 0.8));
      EXPECT_NEAR(run.force("x1")[0], row[1 + activation], 1e-4) << row[0];  // the face is 1 cm^2
    }
  }
}

// Wakeling et al. 2020 (Flexodeal), Cauchy stress in kPa of the incompressible bar; no rate effects.
constexpr double wakeling_rows[7][3] = {{0.8, -73.590725, 98.434963}, {0.9, -26.817879, 166.547220},
                                        {1.0, 0.0, 198.819878},       {1.1, 31.151365, 204.067537},
                                        {1.2, 86.094505, 219.327059}, {1.3, 177.857108, 273.498438},
                                        {1.4, 321.201033, 381.503650}};

void expect_wakeling(const Mesh& mesh, int activation) {
  CaseRun run = tension(mesh, "wakeling2020", activation,
                        {"region.muscle.parameters.kappa=1e7 kPa", "region.muscle.parameters.highest_rate=1e9 s^-1"});
  for (const auto& row : wakeling_rows) {
    run.run_to(1.0 + 10.0 * (row[0] - 0.8));
    const PointValues v = run.at({0.004, 0.006, 0.003});
    // The volume changes by up to 321 kPa / 3 kappa = 1e-5, the stress by that times a slope of up to 1 MPa.
    EXPECT_NEAR(v.stress[0] / 1e3, row[1 + activation], 1e-2) << row[0];
    EXPECT_NEAR(v.tension, v.stress[0], 0.1) << row[0];
  }
}

TEST_P(Cube, WakelingMuscleAtRest) { expect_wakeling(distorted_cube(GetParam()), 0); }
// At full activation the falling part of the force-length curve localises on a patch.
TEST(OneElement, WakelingMuscle) { expect_wakeling(one_element(), 1); }

/// Passive fibre stress of the default law, kPa: sigma0 P1 (exp(P2 y) - 1) with the corner at 1 rounded over 0.02.
double passive_fibre(double stretch) {
  const double x = stretch - 1.0, y = 0.5 * (x + std::sqrt(x * x + 4e-4));
  return 200.0 * 0.05 * (std::exp(6.6 * y) - 1.0);
}

// Incompressible and transversely isotropic: sigma = mu (l^2 - 1/l) + sigma_f(l), lateral stretch l^-1/2.
TEST_P(Cube, TautbandMuscleAtRest) {
  CaseRun run = tension(distorted_cube(GetParam()), "tautband", 0.0,
                        {"region.muscle.parameters.kappa=1e7 kPa", "region.muscle.parameters.highest_rate=1e9 s^-1",
                         "region.muscle.parameters.fibre_viscosity=0 kPa s"});
  for (double l : {0.8, 0.9, 1.0, 1.1, 1.2, 1.3}) {
    run.run_to(1.0 + 10.0 * (l - 0.8));
    const double kPa = 5.0 * (l * l - 1.0 / l) + passive_fibre(l);
    EXPECT_NEAR(run.force("x1")[0] / 0.1, kPa / l, 1e-3) << l;
    EXPECT_NEAR(stretches(run)[1], 1.0 / std::sqrt(l), 1e-5) << l;
  }
}

// P = 2 (l - l^-2) (c1 + c2 / l) with c1 = c2 = 10 N/cm^2; at P = 40 the stretch is the golden ratio.
TEST_P(Cube, DeadTractionOnMooneyRivlin) {
  CaseRun run("dead_traction", distorted_cube(GetParam()));
  for (const auto& [time, extension] : {std::pair{1.0, 0.0951442379}, {2.0, 0.2207440846}, {4.0, 0.6180339887}})
    EXPECT_NEAR(stretches(run.run_to(time))[0] - 1.0, extension, 1e-5) << time;
  EXPECT_NEAR(run.at({0.005, 0.005, 0.005}).stress[0] / 1e4, 64.7213595500, 1e-3);
}

// F = I + g e_x e_z, J = 1: sigma = mu dev(b) + s n n without pressure. Fibres along the shear or across its plane keep
// their length and leave tau = mu g; fibres along e_z turn and are stretched to (1 + g^2)^1/2.
TEST(SimpleShear, AlongAndAcrossTheFibres) {
  constexpr double g = 0.3, mu = 5.0;
  meshing::BlockOptions plate;
  plate.kind = ElementKind::hex8;
  plate.corners = meshing::box_corners({0.01, 0.01, 0.01});
  plate.cells = {2, 2, 1};
  const Mesh mesh = meshing::make_block(plate);
  for (int axis = 0; axis < 3; ++axis) {
    SCOPED_TRACE(axis);
    Position a0{};
    a0[axis] = 1.0;
    CaseRun run("simple_shear", mesh, {fmt::format("region.muscle.fibre=[{}, {}, {}]", a0[0], a0[1], a0[2])});
    const Position f{a0[0] + g * a0[2], a0[1], a0[2]};  // F a0
    const double square = f[0] * f[0] + f[1] * f[1] + f[2] * f[2], s = passive_fibre(std::sqrt(square)) / square;
    const double expected[6] = {mu * 2.0 * g * g / 3.0 + s * f[0] * f[0],
                                -mu * g * g / 3.0 + s * f[1] * f[1],
                                -mu * g * g / 3.0 + s * f[2] * f[2],
                                s * f[0] * f[1],
                                s * f[1] * f[2],
                                mu * g + s * f[0] * f[2]};
    const PointValues v = run.run().at({0.003, 0.006, 0.004});
    // J = 1 to rounding, times kappa = 5 MPa.
    for (int i = 0; i < 6; ++i) EXPECT_NEAR(v.stress[i] / 1e3, expected[i], 1e-9) << i;
    EXPECT_NEAR(v.stretch, std::sqrt(square), 1e-14);
    EXPECT_NEAR(run.force("z1")[0] / 0.1, expected[5], 1e-9);  // 1 cm^2; the plate does not change its area
    EXPECT_NEAR(run.force("z1")[2] / 0.1, expected[2], 1e-9);
  }
}

}  // namespace
}  // namespace tautband::verification
