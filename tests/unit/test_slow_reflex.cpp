// The slow form of the reflex against its formula and against the network.
#include "stages/slow_reflex.hpp"

#include "support/reflex_block.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using testing_support::ReflexBlock;

ReflexStage::Tonic constant(double drive) {
  return [drive](double) { return drive; };
}

spec::Physiology misfiring() {
  spec::Physiology p;
  p.spindles.count = 8;
  p.motor_pool.territories = 3;
  p.reflex.global_weight = 0.6;
  p.reflex.local_weight = 0.4;
  p.reflex.local_length = 1e-3;
  p.misfires.push_back({{0.0, 0.0, 0.0}, 3e-3, 120.0, 10.0, 20.0, 1.0});
  return p;
}

TEST(SlowReflex, IsTheFormulaInTheLinearModel) {
  const spec::Physiology p = misfiring();
  ReflexBlock arc(p, constant(0.015));
  SlowReflex slow(arc.reflex, p.activation);
  arc.sample(0.0, 1.0);
  const NeuralInfluence now{.strength = 0.8,
                            .load_factor = 0.9,
                            .reflex_factor = 0.7,
                            .central = 0.6,
                            .fusimotor = 0.35,
                            .fusimotor_offset = 0.05,
                            .botulinum = 0.25,
                            .misfire_factor = 0.5};
  const auto weight = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), arc.reflex.network().weight);
  const auto ectopic = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), arc.reflex.network().ectopic);
  for (double time : {5.0, 15.0, 25.0}) {
    Excitation excitation;
    slow.steady(arc.state, time, now, excitation);
    ASSERT_TRUE(excitation.activated && excitation.steps == 1);
    const auto found = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), excitation.unit);
    for (int j = 0; j < 3; ++j) {
      double heard = 0.0;  // in 100 pps
      for (int i = 0; i < 8; ++i)
        heard += weight(j, i) * (1.0 * (0.4 - 0.2) + (time > 10.0 && time < 20.0 ? 0.5 * ectopic(0, i) / 100.0 : 0.0));
      const double drive = 0.9 * 0.015 / 0.8 + 0.7 * 0.05 * (1.0 + 0.5 * 0.6) * heard;
      EXPECT_NEAR(found(0, j), 0.75 * std::min(1.0, 4.0 * drive), 1e-13) << time << " " << j;
    }
  }
}

/// A network that has settled 15 s after its start, at a stretch, with a painful muscle's influences.
void expect_agreement(spec::Physiology p, double drive, double stretch) {
  ReflexBlock arc(p, constant(drive));
  SlowReflex slow(arc.reflex, p.activation);
  const NeuralInfluence now{.strength = 0.9, .central = 0.4, .fusimotor = 0.3, .botulinum = 0.1};
  arc.sample(0.0, 1.0);
  arc.reflex.settle(15.0, arc.stretched(stretch), {}, now, arc.state);
  const double steady = slow.steady_mean(arc.state, now), fast = slow.fast_mean(arc.state, now);
  EXPECT_GT(steady, 0.01);
  EXPECT_NEAR(fast, steady, 0.05 * steady);
  EXPECT_NE(fast, steady);
}

TEST(SlowReflex, AgreesWithTheNetworkWithNoise) {
  for (const auto model : {spec::SpindleModel::linear, spec::SpindleModel::mileusnic2006})
    for (const auto pool : {spec::PoolModel::linear, spec::PoolModel::fuglevand1993})
      for (const auto activation : {spec::ActivationModel::first_order, spec::ActivationModel::two_stage}) {
        spec::Physiology p = misfiring();
        p.spindles.model = model;
        p.motor_pool.model = pool;
        p.activation.model = activation;
        p.motor_pool.noise = 0.2;
        expect_agreement(p, 0.03, 1.02);
      }
}

TEST(SlowReflex, LooksAtTheNetworkWithoutChangingIt) {
  spec::Physiology p = misfiring();
  p.spindles.model = spec::SpindleModel::mileusnic2006;
  p.motor_pool.model = spec::PoolModel::fuglevand1993;
  ReflexBlock looked(p, constant(0.05)), blind(p, constant(0.05));
  SlowReflex slow(looked.reflex, p.activation);
  for (ReflexBlock* arc : {&looked, &blind}) {
    arc->sample(0.0, 1.0);
    for (int n = 1; n <= 10; ++n) {
      arc->reflex.advance(arc->state, 5e-3, {}, arc->excitation);
      if (arc == &looked) slow.fast_mean(arc->state, {});
      arc->sample(n * 5e-3, 1.0 + 1e-3 * n);
    }
    arc->reflex.advance(arc->state, 5e-3, {}, arc->excitation);
  }
  EXPECT_EQ(looked.excitations(), blind.excitations());
}

TEST(SlowReflex, ASettledNetworkStaysWhereItIs) {
  for (const auto model : {spec::SpindleModel::linear, spec::SpindleModel::mileusnic2006}) {
    spec::Physiology p = misfiring();
    p.spindles.model = model;
    p.golgi.push_back({"end", 1.0});
    ReflexBlock arc(p, constant(0.02));
    arc.sample(0.0, 1.0, {2.0});
    arc.reflex.settle(15.0, arc.stretched(1.03), {9.0}, {}, arc.state);
    const ReflexStage::Report before = arc.reflex.report(arc.state);
    arc.reflex.advance(arc.state, 0.5, {}, arc.excitation);
    for (double u : arc.excitations()) EXPECT_NEAR(u, before.excitation[0], 1e-9);
    arc.sample(15.5, 1.03, {9.0});
    const ReflexStage::Report after = arc.reflex.report(arc.state);
    for (int i = 0; i < 8; ++i) EXPECT_NEAR(after.afferent_rate[i], before.afferent_rate[i], 1e-6);
    EXPECT_NEAR(after.tendon_rate[0], 60.0 * std::log(9.0 / 4.0 + 1.0), 1e-9);
  }
}

}  // namespace
}  // namespace tautband
