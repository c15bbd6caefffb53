// The checkpoints of a run: RESULTS/checkpoint/step-00000042.h5, the last two.
#pragma once

#include "io/checkpoint.hpp"

#include <string>
#include <vector>

namespace tautband {

class CheckpointFolder {
 public:
  /// Of a folder of results; makes nothing. Collective members take the communicator of the run.
  CheckpointFolder(const std::string& results, MPI_Comm comm);

  /// The newest checkpoint that is intact, or nothing. What is damaged is added to `complaints`, one line each.
  /// Collective; the same on all ranks.
  std::string newest_intact(std::vector<std::string>& complaints) const;

  /// Brings the results to the disk, writes the checkpoint of a step, then removes all but the last two. Collective;
  /// throws FileError on all ranks, and the others are still there.
  void write(long step, const LocalMesh& mesh, const CheckpointOwner& owner,
             const std::function<void(StateArchive&)>& walk) const;
  /// Removes the folder; collective.
  void clear() const;

 private:
  std::vector<std::string> names() const;

  std::string folder_;
  MPI_Comm comm_;
  int rank_ = 0;
};

}  // namespace tautband
