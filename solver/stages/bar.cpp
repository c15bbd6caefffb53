#include "stages/bar.hpp"

#include "base/error.hpp"
#include "laws/active.hpp"
#include "laws/registry.hpp"
#include "laws/volumetric.hpp"
#include "math/dual.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace tautband {

namespace {

/// A field of the region at a point: a constant times a curve.
class PointValue {
 public:
  PointValue(const spec::Field& field, const spec::Case& values, const std::string& name) : constant_(field.constant) {
    if (!field.array.empty())
      throw CaseError(
          fmt::format("{} is the array \"{}\" of a mesh, and a point has none: give it a value", name, field.array));
    if (!field.curve.empty()) curve_ = &values.curves.at(field.curve);
  }
  double curve(double t) const { return curve_ ? spec::evaluate(*curve_, t) : 1.0; }
  double at(double t) const { return constant_ * curve(t); }
  double constant() const { return constant_; }

 private:
  double constant_;
  const spec::Curve* curve_ = nullptr;
};

template <class Law> class BarOf final : public Bar {
 public:
  BarOf(const spec::Region& region, const spec::Case& values, spec::BarVolume volume)
      : region_(region),
        volume_(volume),
        activation_(region.activation, values, "activation"),
        active_stress_(region.active_stress, values, "active_stress"),
        contracture_(region.contracture_stretch, values, "contracture_stretch") {
    for (const ParameterInfo& info : Law::parameters) {
      const std::string name(info.name);
      parameters_.emplace_back(region.parameters.at(name), values, name);
    }
  }

  void reset() override { state_ = {}; }

  const BarState& stretch_to(double stretch, double activation, double time, double dt) override {
    Instant now;
    for (int i = 0; i < Law::n_parameters; ++i) now.parameters[i] = parameters_[i].at(time);
    now.activation = std::min(1.0, activation + activation_.at(time));
    now.active_stress = region_.active == Active::none ? 0.0 : now.activation * active_stress_.at(time);
    now.contracture = 1.0 + contracture_.curve(time) * (contracture_.constant() - 1.0);
    now.previous_stretch = state_.stretch;
    now.inverse_dt = dt > 0.0 ? 1.0 / dt : 0.0;
    const double across = balanced(now, stretch, time);
    finish(now, stretch, across);
    return state_;
  }

 private:
  struct Instant {
    double parameters[Law::n_parameters];
    double activation, active_stress, contracture, previous_stretch, inverse_dt;
  };
  /// Kirchhoff stresses along and across, Pa, and the fibre part of the first.
  template <class V> struct Stresses { V along, across, fibre, J; };

  template <class V> Stresses<V> stresses(const Instant& now, double stretch, V across) const {
    V p[Law::n_parameters];
    for (int i = 0; i < Law::n_parameters; ++i) p[i] = V(now.parameters[i]);
    const Mat3<V> F = {{V(stretch), V(0.0), V(0.0), V(0.0), across, V(0.0), V(0.0), V(0.0), across}};
    // F_e = F F_c^-1, F_c = lambda_c a0 a0 + lambda_c^-1/2 (I - a0 a0)
    LawPoint<V> in{F,
                   determinant(F),
                   {{V(1.0), V(0.0), V(0.0)}},
                   V(now.activation),
                   V(now.contracture),
                   V(now.previous_stretch),
                   V(now.inverse_dt)};
    in.F(0, 0) = V(stretch / now.contracture);
    in.F(1, 1) = in.F(2, 2) = V(std::sqrt(now.contracture)) * across;
    Sym3<V> tau;
    Law::stress(p, in, tau);
    tau = tau + active_stress(region_.active, V(now.active_stress), F, in.a0);
    V fibre = V(region_.active == Active::uniaxial ? now.active_stress * stretch * stretch : 0.0);
    if constexpr (Law::fibre) fibre += Law::fibre_stress(p, in);
    const V pressure = volume_ == spec::BarVolume::compressible
                           ? in.J * volumetric_pressure(region_.volumetric, p[Law::kappa], in.J)
                           : -tau.s[1];
    return {tau.s[0] + pressure, tau.s[1] + pressure, fibre, in.J};
  }

  /// The lateral stretch without lateral stress: Newton's method from the last one, moved at constant volume.
  double balanced(const Instant& now, double stretch, double time) const {
    if (volume_ == spec::BarVolume::incompressible) return 1.0 / std::sqrt(stretch);
    double across = state_.lateral_stretch * std::sqrt(state_.stretch / stretch), residual = 0.0;
    for (int i = 0; i < 200; ++i) {
      const Stresses<Dual<1>> s = stresses(now, stretch, Dual<1>::variable(across, 0));
      residual = s.across.value;
      if (!std::isfinite(residual)) break;
      const double wanted = -residual / s.across.d[0], most = 0.05 * across;
      const double change = s.across.d[0] > 0.0 ? std::clamp(wanted, -most, most) : std::copysign(most, -residual);
      across += change;
      if (std::abs(change) <= 1e-14 * across) return across;
    }
    throw RunError(
        fmt::format("no lateral stretch is in equilibrium at {:g} s, stretch {:g}: a lateral stress of {:g} Pa "
                    "is left",
                    time, stretch, residual));
  }

  void finish(const Instant& now, double stretch, double across) {
    const Stresses<double> s = stresses(now, stretch, across);
    const double J = s.J;
    state_ = {stretch,
              (stretch - now.previous_stretch) * now.inverse_dt,
              across,
              J,
              now.activation,
              s.along / J,
              s.along / stretch,
              s.fibre / J,
              -s.across / J};
  }

  const spec::Region& region_;
  spec::BarVolume volume_;
  std::vector<PointValue> parameters_;
  PointValue activation_, active_stress_, contracture_;
  BarState state_;
};

}  // namespace

std::unique_ptr<Bar> make_bar(const spec::Region& region, const spec::Case& values, spec::BarVolume volume) {
  return visit_law(region.law, [&](auto tag) -> std::unique_ptr<Bar> {
    return std::make_unique<BarOf<typename decltype(tag)::type>>(region, values, volume);
  });
}

}  // namespace tautband
