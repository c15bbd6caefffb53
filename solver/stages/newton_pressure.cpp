#include "stages/newton_pressure.hpp"

namespace tautband {

NewtonPressure::NewtonPressure(const LocalMesh& mesh) {
  for (PointField* field : {&now_, &predicted_, &accepted_})
    *field = PointField("tautband::newton_pressure", mesh.n_batches, nodes_per_element(mesh.kind), lanes);
}

void NewtonPressure::restore() {
  known_ = accepted_known_;
  if (known_) Kokkos::deep_copy(now_, accepted_);
}

void NewtonPressure::accept() {
  accepted_known_ = known_;
  if (known_) Kokkos::deep_copy(accepted_, now_);
}

void NewtonPressure::predict(const MechanicsSystem& system, const NodeVector& d, double factor) {
  system.predict_pressure(d, factor, predicted_);
}

void NewtonPressure::move(double length) {
  const double share = known_ ? length : 1.0;
  double* const now = now_.data();
  const double* const predicted = predicted_.data();
  Kokkos::parallel_for(
      "tautband::move_pressure", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(now_.size())),
      KOKKOS_LAMBDA(const Index i) { now[i] += share * (predicted[i] - now[i]); });
  known_ = true;
}

void NewtonPressure::archive(StateArchive& archive) {
  archive.number("newton_pressure_known", accepted_known_);
  archive.points("newton_pressure", accepted_);
}

}  // namespace tautband
