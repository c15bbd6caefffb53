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
  PhysiologyRecord(Physiology& physiology, const LocalMesh& mesh, const Geometry& geometry,
                   const std::vector<RegionBatches>& muscle);

  std::vector<HistoryColumn> columns() const;
  /// One value per column; collective.
  std::vector<double> row();

  std::vector<ResultField> fields() const;
  /// Before the first step.
  void write_static(ResultFile& result, NodalAverage& average) const;
  void write(ResultFile& result, NodalAverage& average) const;

 private:
  Physiology& physiology_;
  const LocalMesh& mesh_;
  const Geometry& geometry_;
  const std::vector<RegionBatches>& muscle_;
};

}  // namespace tautband
