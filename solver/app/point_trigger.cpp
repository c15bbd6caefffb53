#include "app/point_experiment.hpp"
#include "stages/trigger_point_run.hpp"

namespace tautband {

namespace {

class TriggerExperiment final : public PointExperiment {
 public:
  explicit TriggerExperiment(const spec::Case& values) : point_(values.point), run_(values) {}

  std::vector<HistoryColumn> columns() const override {
    return {{"time", "s", "time"},
            {"calcium", "umol/L", "cytosolic calcium in the end-plate zone"},
            {"energy", "1", "filled share of the store of phosphate energy"},
            {"oxygen", "mmHg", "oxygen pressure of the tissue"},
            {"acid", "1", "acid load: pH units below 7.1"},
            {"sensitiser", "1", "sensitising substances"},
            {"acetylcholine", "1", "excess acetylcholine"},
            {"contracture_memory", "1", "contracture memory"},
            {"fusimotor", "1", "fusimotor level, 1 = 100 pulses per second"},
            {"central_sensitisation", "1", "central sensitisation"},
            {"strength", "1", "strength left after disuse"},
            {"drive", "1", "tonic drive with what events do to it, fraction of MVC"},
            {"activation", "1", "activation of the fibres"},
            {"contracture_activation", "1", "share of the end-plate zone that is contracted"},
            {"capillary_pressure", "Pa", "pressure on capillaries"},
            {"perfusion", "1", "perfusion, 1 = free"},
            {"nociceptor_activity", "1", "activity of nociceptors"},
            {"pain", "1", "pain"},
            {"condition", "1", "0 healthy, 1 latent, 2 active"}};
  }

  void run(const Rows& put) override {
    const double step = point_.sample_step, end = point_.duration;
    put(row());
    for (double k = 1.0; run_.time() < end; ++k) {
      const double next = k * step;
      run_.advance(next < end * (1.0 - 1e-12) ? next : end);
      put(row());
    }
  }

 private:
  std::vector<double> row() const {
    using T = TriggerPoint;
    const T::State& s = run_.state();
    const T::Signals<double> now = run_.signals();
    return {run_.time(),
            s[T::calcium],
            s[T::energy],
            s[T::oxygen],
            s[T::acid],
            s[T::sensitiser],
            s[T::acetylcholine],
            s[T::memory],
            s[T::fusimotor],
            s[T::sensitisation],
            s[T::strength],
            run_.influence(run_.time()).tonic_drive,
            now.activation,
            now.contracture_activation,
            now.capillary_pressure,
            now.perfusion,
            now.nociception,
            now.pain,
            static_cast<double>(run_.condition())};
  }

  const spec::Point& point_;
  TriggerPointRun run_;
};

}  // namespace

std::unique_ptr<PointExperiment> make_trigger_point_experiment(const spec::Case& values) {
  return std::make_unique<TriggerExperiment>(values);
}

}  // namespace tautband
