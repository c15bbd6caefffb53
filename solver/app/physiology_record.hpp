// What the records say of the physiology: history columns of reflex, chemistry and pain, and the fields of chemistry.
#pragma once

#include "app/physiology.hpp"
#include "io/history.hpp"
#include "io/result_file.hpp"
#include "operators/observables.hpp"

namespace tautband {

class PhysiologyRecord {
 public:
  /// Keeps references.
  PhysiologyRecord(Physiology& physiology, const MuscleState& state, const LocalMesh& mesh, const Geometry& geometry,
                   const std::vector<RegionBatches>& muscle);

  std::vector<HistoryColumn> columns() const;
  /// One value per column; collective.
  std::vector<double> row();

  std::vector<ResultField> fields() const;
  /// Before the first step.
  void write_static(ResultFile& result, NodalAverage& average) const;
  void write(ResultFile& result, NodalAverage& average) const;

 private:
  /// A field of chemistry at quadrature points, and which of its extremes the history shows.
  struct ChemistryField {
    const char* name;
    const char* unit;
    const char* long_name;
    PointField values;
    bool lowest;
  };
  /// Empty without [chemistry].
  std::vector<ChemistryField> chemistry_fields() const;

  Physiology& physiology_;
  const MuscleState& state_;
  const LocalMesh& mesh_;
  const Geometry& geometry_;
  const std::vector<RegionBatches>& muscle_;
};

}  // namespace tautband
