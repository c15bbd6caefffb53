// Checkpoints: everything a run remembers, in an HDF5 file with a seal (io/seal.hpp).
//   /            attributes format = "tautband checkpoint", version; /case: the resolved case; /mesh: hash of the mesh
//   /numbers/NAME (n)            what is the same on every rank
//   /nodes/NAME   (node, m)      in the numbering of the mesh file
//   /points/NAME  (cell, points m)
// All values are float64; units are those of the state they belong to, SI.
#pragma once

#include "fem/ordering.hpp"
#include "io/collective_file.hpp"
#include "state/state_archive.hpp"

#include <functional>
#include <memory>
#include <string>

namespace tautband {

/// What a checkpoint belongs to.
struct CheckpointOwner {
  std::string resolved_case;
  std::string mesh;  ///< hash of the mesh
};

/// Writes `path` as a whole: it has its name when all of it is on the disk. `walk` is called twice and hands everything
/// to the archive. Collective; throws FileError on all ranks, and then nothing is left at `path`.
void write_checkpoint(const std::string& path, const LocalMesh& mesh, const CheckpointOwner& owner,
                      const std::function<void(StateArchive&)>& walk);

/// What owns the checkpoint. Throws FileError.
CheckpointOwner owner_of_checkpoint(const std::string& path);

/// Brings a state back from an intact checkpoint, on any number of ranks. Every member throws FileError when the file
/// lacks what is asked for or has it in another shape.
class CheckpointReader final : public StateArchive {
 public:
  CheckpointReader(const std::string& path, const LocalMesh& mesh);
  ~CheckpointReader() override;

  void numbers(const std::string& name, std::span<double> values) override;
  void nodes(const std::string& name, const View1<double>& values) override;
  void nodes(const std::string& name, const NodeVector& values) override;
  void points(const std::string& name, const PointField& values) override;
  void points(const std::string& name, const PointArray& values) override;

 private:
  class Input;
  std::unique_ptr<Input> input_;
};

}  // namespace tautband
