#include "app/run_control.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>

namespace tautband {
namespace {

enum Bit : unsigned { checkpoint = 1, signal = 2, walltime = 4, file = 8 };

}  // namespace

RunControl::RunControl(const std::string& folder, const Limits& limits, MPI_Comm comm)
    : stop_path_((std::filesystem::path(folder) / "STOP").string()),
      limits_(limits),
      comm_(comm),
      begin_(Clock::now()),
      last_ask_(begin_),
      last_checkpoint_(begin_) {
  MPI_Comm_rank(comm_, &rank_);
}

double RunControl::seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Whether another step like the longest so far, and a checkpoint, might take too long.
bool RunControl::time_is_up() {
  longest_step_ = std::max(longest_step_, seconds_since(last_ask_));
  const double needed = 1.2 * longest_step_ + 2.0 * longest_checkpoint_;
  return seconds_since(begin_) + needed >= limits_.longest;
}

bool RunControl::stop_file() const {
  std::error_code error;
  return std::filesystem::remove(stop_path_, error);
}

RunControl::Request RunControl::ask() {
  unsigned bits = 0;
  if (StopSignals::stop() != 0) bits |= signal;
  if (StopSignals::take_checkpoint()) bits |= checkpoint;
  if (rank_ == 0) {
    if (time_is_up()) bits |= walltime;
    if (stop_file()) bits |= file;
    if (seconds_since(last_checkpoint_) >= limits_.checkpoint_interval) bits |= checkpoint;
  }
  last_ask_ = Clock::now();
  MPI_Allreduce(MPI_IN_PLACE, &bits, 1, MPI_UNSIGNED, MPI_BOR, comm_);
  Request request{bits != 0, ""};
  if (bits & walltime)
    request.stop = fmt::format("the time allowed by --max-walltime, {:g} s, is over", limits_.longest);
  if (bits & file) request.stop = "there was a file " + stop_path_;
  if (bits & signal) request.stop = "a signal asked for it";
  return request;
}

void RunControl::checkpoint_written() {
  longest_checkpoint_ = std::max(longest_checkpoint_, seconds_since(last_ask_));
  last_checkpoint_ = last_ask_ = Clock::now();
}

}  // namespace tautband
