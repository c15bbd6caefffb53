#include "app/point_experiment.hpp"
#include "laws/activation.hpp"
#include "stages/bar.hpp"
#include "stages/point_trials.hpp"
#include "stages/stimulated_pool.hpp"

#include <cmath>
#include <optional>

namespace tautband {

namespace {

constexpr double longest_activation_step = 1e-3;  // s, a fifteenth of the time constant of activation

Fuglevand1993 make_pool(const spec::MotorPool& pool) {
  return {pool.units,           pool.recruitment_range,   pool.lowest_rate,
          pool.first_peak_rate, pool.peak_rate_range,     pool.drive_gain,
          pool.force_range,     pool.longest_contraction, pool.contraction_range};
}

class BarExperiment final : public PointExperiment {
 public:
  explicit BarExperiment(const spec::Case& values)
      : point_(values.point),
        activation_(values.physiology.activation),
        bar_(make_bar(region_of(values), values, point_.volume)) {
    const spec::Protocol protocol = point_.protocol;
    if (protocol == spec::Protocol::twitch)
      pool_.emplace(make_pool(values.physiology.motor_pool), point_.start, 1.0, 0.0);
    if (protocol == spec::Protocol::tetanus)
      pool_.emplace(make_pool(values.physiology.motor_pool), point_.start, point_.stimulus_rate,
                    point_.stimulus_duration);
  }

  std::vector<HistoryColumn> columns() const override {
    std::vector<HistoryColumn> all{{"time", "s", "time, running over all trials"},
                                   {"trial", "1", "number of the trial, from 0"},
                                   {"trial_time", "s", "time since the begin of the trial"},
                                   {"fibre_stretch", "1", "fibre stretch"},
                                   {"stretch_rate", "1/s", "rate of the fibre stretch over the last step"},
                                   {"lateral_stretch", "1", "stretch across the fibre"},
                                   {"volume_ratio", "1", "determinant of the deformation gradient"},
                                   {"activation", "1", "activation"},
                                   {"tension", "Pa", "Cauchy stress along the fibre"},
                                   {"nominal_stress", "Pa", "force along the fibre per reference area"},
                                   {"fibre_stress", "Pa", "Cauchy stress of the fibre part along the fibre"}};
    if (!pool_) all.push_back({"excitation", "1", "excitation of the motor units"});
    return all;
  }

  void run(const Rows& put) override {
    double begin = 0.0;
    int number = 0;
    for (const Trial& trial : trials_of(point_)) {
      perform(trial, number++, begin, put);
      begin += trial.duration;
    }
  }

 private:
  static const spec::Region& region_of(const spec::Case& values) {
    for (const spec::Region& region : values.regions)
      if (region.name == values.point.region) return region;
    return values.regions.front();
  }

  void perform(const Trial& trial, int number, double begin, const Rows& put) {
    bar_->reset();
    double before = 0.0, activation = 0.0;
    for (double t : trial.samples(point_.sample_step)) {
      const double middle = 0.5 * (before + t);
      const double excitation = middle >= trial.onset && middle < trial.offset ? point_.excitation : 0.0;
      activation = pool_ ? pool_->activation(t) : activated(activation, excitation, t - before);
      const BarState& s = bar_->stretch_to(trial.stretch_at(t), activation, t, t - before);
      std::vector<double> row{
          begin + t,      double(number), t,        s.stretch,        s.rate,        s.lateral_stretch,
          s.volume_ratio, s.activation,   s.stress, s.nominal_stress, s.fibre_stress};
      if (!pool_) row.push_back(excitation);
      put(row);
      before = t;
    }
  }

  double activated(double a, double excitation, double dt) const {
    if (activation_.gain == 0.0) return 0.0;
    const ActivationTimes<double> times{activation_.time_up, activation_.time_down, activation_.smoothing};
    const int steps = std::max(1, static_cast<int>(std::ceil(dt / longest_activation_step)));
    const double e = std::min(activation_.gain * excitation, 1.0);
    for (int k = 0; k < steps; ++k) a = advance_activation(times, a, e, dt / steps);
    return a;
  }

  const spec::Point& point_;
  const spec::Activation& activation_;
  std::unique_ptr<Bar> bar_;
  std::optional<StimulatedPool> pool_;
};

}  // namespace

std::unique_ptr<PointExperiment> make_bar_experiment(const spec::Case& values) {
  return std::make_unique<BarExperiment>(values);
}

}  // namespace tautband
