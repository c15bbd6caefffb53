#include "app/point_experiment.hpp"
#include "laws/spindle_mileusnic2006.hpp"
#include "stages/point_trials.hpp"

namespace tautband {

namespace {

class SpindleExperiment final : public PointExperiment {
 public:
  explicit SpindleExperiment(const spec::Case& values) : point_(values.point) {}

  std::vector<HistoryColumn> columns() const override {
    return {{"time", "s", "time"},
            {"length", "1", "length of the spindle in rest lengths"},
            {"stretch_rate", "1/s", "rate of that length over the last step"},
            {"primary_rate", "1/s", "firing rate of the primary afferent, Ia"},
            {"secondary_rate", "1/s", "firing rate of the secondary afferent, II"},
            {"polar_length_bag1", "1", "length of the polar region of bag1"},
            {"polar_length_bag2", "1", "length of the polar region of bag2"},
            {"polar_length_chain", "1", "length of the polar region of the chain fibre"}};
  }

  /// From rest: nothing has changed for a long time at the first length and the given fusimotor rates.
  void run(const Rows& put) override {
    using Spindle = SpindleMileusnic2006;
    const Trial trial = trials_of(point_).front();
    const Spindle::Fusimotor drive{point_.fusimotor_static, point_.fusimotor_dynamic};
    double before = 0.0, length = trial.stretch_at(0.0), rate = 0.0;
    Spindle::State state = Spindle::settled(length, drive);
    for (double t : trial.multiples(point_.sample_step)) {
      const double now = trial.stretch_at(t), dt = t - before;
      if (dt > 0.0) {
        state = Spindle::advance(state, now, drive, dt);
        rate = (now - length) / dt;
      }
      const Spindle::Rates fired = Spindle::rates(state, now);
      put({t, now, rate, fired.primary, fired.secondary, state.bag1.polar_length, state.bag2.polar_length,
           state.chain.polar_length});
      before = t;
      length = now;
    }
  }

 private:
  const spec::Point& point_;
};

}  // namespace

std::unique_ptr<PointExperiment> make_spindle_experiment(const spec::Case& values) {
  return std::make_unique<SpindleExperiment>(values);
}

}  // namespace tautband
