// The experiments of [point]: each makes rows of a history, without a mesh.
#pragma once

#include "io/history.hpp"
#include "spec/case.hpp"

#include <functional>
#include <memory>

namespace tautband {

class PointExperiment {
 public:
  using Rows = std::function<void(const std::vector<double>&)>;

  virtual ~PointExperiment() = default;
  /// The first is `time`, s; with several trials it runs on over all of them.
  virtual std::vector<HistoryColumn> columns() const = 0;
  /// Calls `put` with one value per column, in order of time. Throws RunError with the time.
  virtual void run(const Rows& put) = 0;
};

/// The experiment that [point] names; the case is kept by reference. Throws CaseError for a case it cannot work with.
std::unique_ptr<PointExperiment> make_point_experiment(const spec::Case& values);

/// Protocols of a bar of one region's law.
std::unique_ptr<PointExperiment> make_bar_experiment(const spec::Case& values);
/// spindle_ramp_and_hold.
std::unique_ptr<PointExperiment> make_spindle_experiment(const spec::Case& values);
/// trigger_point: docs/model.md 9.3.
std::unique_ptr<PointExperiment> make_trigger_point_experiment(const spec::Case& values);

}  // namespace tautband
