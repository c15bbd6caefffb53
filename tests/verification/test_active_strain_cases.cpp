// A cube of tissue with a generalised active strain, set up by case files: the closed form of passive tissue and the
// numbers of 4C's tests of the muscle laws Weickenmeier and Combo, on distorted elements.
#include "verification/case_run.hpp"

namespace tautband::verification {
namespace {

const Position corner{0.01, 0.01, 0.01};

class ActiveStrainCube : public testing::TestWithParam<ElementKind> {};
INSTANTIATE_TEST_SUITE_P(Elements, ActiveStrainCube, testing::Values(ElementKind::hex8, ElementKind::hex27),
                         [](const auto& kind) { return kind.param == ElementKind::hex8 ? "hex8" : "hex27"; });

// Stretched by 40 % along the fibres, sides free: the closed form, to its printed digits.
TEST_P(ActiveStrainCube, PassiveMuscleStretchedBy40Percent) {
  CaseRun run(
      "tension", distorted_cube(GetParam()),
      {"mesh.formulation=displacement", "region.muscle.law=weickenmeier2014", "region.muscle.parameters.alpha=15",
       "region.muscle.parameters.beta=1", "region.muscle.parameters.gamma=5 kPa", "region.muscle.parameters.omega0=0.8",
       "curve.pull.values=[0, 0, 0.4]", "mechanics.newton_tolerance=1e-12"});
  run.run_to(7.0);
  const PointValues v = run.at({0.004, 0.006, 0.003});
  EXPECT_NEAR(v.stress[0] / 1e3, 144.03795001847, 1e-9);
  EXPECT_NEAR(v.volume_ratio, 0.986472245581, 1e-12);
  EXPECT_NEAR(1.0 + run.at(corner).displacement[1] / 0.01, 0.839418270326, 1e-12);
}

// Displacements of the top of 4C's unit cube, printed to 16 digits and converged to about 1e-11.
TEST_P(ActiveStrainCube, ComboContractsFreely) {
  CaseRun run("active_strain", distorted_cube(GetParam()));
  EXPECT_NEAR(run.run().at(corner).displacement[0] / 0.01, -0.3164071611633652, 1e-9);
}

TEST_P(ActiveStrainCube, WeickenmeierContractsFreely) {
  CaseRun run("active_strain_twitches", distorted_cube(GetParam()));
  EXPECT_NEAR(run.run().at(corner).displacement[0] / 0.01, -0.3023875096843267, 1e-9);
}

// With a force-velocity factor no fibre shortens faster than its highest rate of 10/s; without a load it comes near.
TEST_P(ActiveStrainCube, ForceVelocityLimitsTheContraction) {
  CaseRun run("active_strain_twitches", distorted_cube(GetParam()),
              {"region.muscle.parameters.d_c=1", "region.muscle.parameters.d_e=0.4", "time.step=1 ms"});
  const double shortened = run.run().at(corner).displacement[0] / 0.01;
  EXPECT_GT(shortened, -10.0 * 0.015);
  EXPECT_LT(shortened, -0.8 * 10.0 * 0.015);
}

}  // namespace
}  // namespace tautband::verification
