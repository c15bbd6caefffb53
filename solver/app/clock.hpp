// Model time: how long the next step is, and where it has to stop.
#pragma once

#include "spec/case.hpp"
#include "state/state_archive.hpp"

#include <vector>

namespace tautband {

/// Chooses mechanics steps: they end exactly on events (output times, t = 0 after a pre-stretch, misfires, corners of
/// curves and of treatments), follow the strokes of a massage, grow while steps are easy, and shrink when a step fails
/// or changes too much.
class Clock {
 public:
  explicit Clock(const spec::Case& spec);

  double now() const { return now_; }
  double end() const { return end_; }
  bool done() const { return now_ >= end_; }
  /// Length of the next step, s.
  double step() const;
  /// Time at the end of a step of that length: the event itself when it ends on one.
  double after(double step) const;
  /// The step was accepted. `change`: largest change of activation or contracture in it; `easy`: few iterations.
  void accept(double step, double change, bool easy);
  /// The step failed: the next one is `factor` as long. Returns false when that is shorter than allowed.
  bool cut(double step, double factor);
  void archive(StateArchive& archive);
  double shortest_step() const { return spec_.shortest_step; }

 private:
  /// A massage that rubs: steps in it follow the strokes.
  struct Stroke {
    double start, end, longest_step;  ///< s
  };
  double next_event() const;

  spec::Time spec_;
  double now_, end_, step_, longest_;
  double prestretch_step_ = 0.0;  ///< length of steps before t = 0, 0 = as the others
  std::vector<double> events_;    ///< ascending
  std::vector<double> changes_;   ///< ascending: events after which something else acts; steps begin small again
  std::vector<Stroke> strokes_;
};

}  // namespace tautband
