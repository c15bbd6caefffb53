// Files that are either whole or not there: written beside the target, then renamed.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace tautband {

/// Puts `bytes` at `path`: writes a temporary file in the same folder, syncs it to the disk and renames it, so that a
/// reader sees the old file or the new one. Throws FileError (missing folder, no permission, full disk) and leaves
/// nothing behind.
void replace_file(const std::string& path, std::span<const std::byte> bytes);

}  // namespace tautband
