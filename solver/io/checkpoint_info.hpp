// What a checkpoint holds, in words.
#pragma once

#include "io/hdf5.hpp"

#include <string>

namespace tautband {

/// The attribute `format` of checkpoints.
inline constexpr const char* checkpoint_format = "tautband checkpoint";

/// True for a file that says that it is a checkpoint.
bool is_checkpoint(const hdf5::InputFile& file);

/// Where the run stood, whether the file is whole, and every field with its range. Throws FileError.
std::string describe_checkpoint(const hdf5::InputFile& file);

}  // namespace tautband
