// What a run leaves on disk while it goes: fields against time and the history.
#pragma once

#include "app/physiology_record.hpp"
#include "app/simulation.hpp"
#include "io/history.hpp"
#include "io/result_file.hpp"

#include <memory>
#include <optional>

namespace tautband {

class Recorder {
 public:
  /// How much of earlier results stays.
  struct Kept {
    long steps = 0, rows = 0;
  };
  /// Makes result.vtkhdf, history.csv and history.h5 in `folder`, or goes on after what is `kept` of them; collective.
  Recorder(const std::string& folder, const Simulation& simulation, const Provenance& provenance,
           const std::string& resolved_case, std::optional<Kept> kept = {});
  /// What the results of a checkpoint held.
  static Kept kept_by(StateArchive& archive);

  /// Writes what is due at the accepted state: a row of history, and fields at output times. Collective.
  void record(const StepSummary& step);
  void archive(StateArchive& archive);
  void close();
  int n_steps() const { return result_->n_steps(); }

 private:
  std::vector<ResultField> fields() const;
  std::vector<HistoryColumn> columns() const;
  std::vector<double> row(const StepSummary& step);
  void write_fields(double time);
  bool fields_due(double time);
  bool row_due(double time);

  const Simulation& simulation_;
  NodalAverage average_;
  std::unique_ptr<PhysiologyRecord> physiology_;
  std::unique_ptr<PointSampler> probes_;
  std::unique_ptr<ResultFile> result_;
  std::unique_ptr<History> history_;
  PointField probe_fields_[2];
  ElementVector cell_vector_, cell_tensor_;
  View2<double> cell_scalar_;
  double next_fields_, next_row_;
  long n_rows_ = 0;
};

}  // namespace tautband
