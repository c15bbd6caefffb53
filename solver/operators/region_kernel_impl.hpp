// RegionKernel for one element and one law.
#pragma once

#include "base/large_pages.hpp"
#include "operators/diagonal.hpp"
#include "operators/mass_op.hpp"
#include "operators/mode_tangent.hpp"
#include "operators/pressure_op.hpp"
#include "operators/region_kernel.hpp"
#include "operators/team_sweep.hpp"

namespace tautband {

template <class Law> ParameterSource<Law> parameter_source(const std::vector<ParameterValue>& p) {
  ParameterSource<Law> s;
  for (int i = 0; i < Law::n_parameters; ++i) {
    s.constant[i] = p[i].constant;
    s.mapped[i] = p[i].field.size() > 0;
    s.field[i] = p[i].field;
  }
  return s;
}

template <class E, class Law> class RegionKernelOf final : public RegionKernel {
 public:
  RegionKernelOf(const RegionContext& context, const RegionBatches& range, bool reduced)
      : context_(context), range_(range), reduced_(reduced && Law::reduced) {
    data_ = large_page_view<PointArray>("tautband::tangent_data", range.n_batches, E::points,
                                        reduced_ ? int(reduced_form::size) : int(full_form::size), lanes);
  }

  void residual(const LawInputs& in, const std::vector<ParameterValue>& p, const NodeVector& u, const NodeVector& r,
                const InversionFlag& inverted) const override {
    const ResidualOp<E, Law> op{{in, parameter_source<Law>(p), inverted}};
    sweep<E>("tautband::residual", context_.mesh, range_, op, in.geometry.inverse_mass, u, r);
  }

  void linearise(const LawInputs& in, const std::vector<ParameterValue>& p, const NodeVector& u,
                 const InversionFlag& inverted) override {
    const LinearisationOp<E, Law> common{
        {in, parameter_source<Law>(p), inverted}, data_.data(), range_.first_batch, context_.mode_tangent};
    if constexpr (Law::reduced) {
      if (reduced_) {
        const ReducedLinearisationOp<E, Law> op{common};
        sweep<E>("tautband::linearise_reduced", context_.mesh, range_, op, in.geometry.inverse_mass, u, u);
      }
    }
    if (!reduced_) {
      const FullLinearisationOp<E, Law> op{common};
      sweep<E>("tautband::linearise_full", context_.mesh, range_, op, in.geometry.inverse_mass, u, u);
    }
    if (in.projected)
      mode_tangent_matrix<E>(range_, in.geometry.inverse_mass, context_.mode_tangent, context_.tangent_modes);
  }

  void apply(const NodeVector& x, const NodeVector& y, Part part) const override {
    with_tangent(inertia_, [&](const auto& op) {
      sweep<E>("tautband::tangent", context_.mesh, part_of(range_, part), op, context_.tangent_modes, x, y);
    });
  }

  void diagonal(const NodeBlocks& blocks) const override {
    with_tangent(inertia_,
                 [&](const auto& op) { add_diagonal<E>(context_.mesh, range_, op, context_.tangent_modes, blocks); });
  }

  void predict_pressure(const NodeVector& d, double factor, const PointField& from,
                        const PointField& to) const override {
    with_tangent(0.0, [&](const auto& tangent) {
      using Op = PressureOp<std::decay_t<decltype(tangent)>>;
      sweep<E>("tautband::predict_pressure", context_.mesh, range_, Op{tangent, factor, from, to},
               context_.tangent_modes, d, d);
    });
  }

  void add_mass(double factor, const NodeVector& a, const NodeVector& r) const override {
    const MassOp op{WithInertia{context_.geometry.jacobian, factor}};
    sweep<E>("tautband::mass", context_.mesh, range_, op, context_.tangent_modes, a, r);
  }

  void report(const LawInputs& in, const std::vector<ParameterValue>& p, const NodeVector& u,
              const PointArray& out) const override {
    const InversionFlag ignored("tautband::inversion");
    const ReportOp<E, Law> op{{in, parameter_source<Law>(p), ignored}, out};
    sweep<E>("tautband::report", context_.mesh, range_, op, in.geometry.inverse_mass, u, u);
  }

  void set_inertia(double factor) override { inertia_ = factor; }

  RegionTangent tangent() const override { return {range_, data_, reduced_, inertia_}; }

  std::size_t bytes() const override { return sizeof(double) * data_.size(); }

 private:
  /// Calls f with the tangent operation of the stored form.
  template <class F> void with_tangent(double inertia, const F& f) const {
    with_tangent_op<E, double>(data_.data(), range_.first_batch, reduced_, inertia, context_.geometry.jacobian, f);
  }

  RegionContext context_;
  RegionBatches range_;
  bool reduced_;
  PointArray data_;
  double inertia_ = 0.0;
};

}  // namespace tautband
