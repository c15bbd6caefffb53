// The source files of this repository, for tests that read them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tautband::style {

struct SourceFile {
  std::string path;  ///< relative to the repository, for example solver/laws/tautband.hpp
  std::vector<std::string> lines;
};

/// Every file under the given folders of the repository with one of the given extensions (".cpp", ...), sorted by path.
/// Throws std::runtime_error when there is none: a test over no file would pass whatever happened.
std::vector<SourceFile> source_files(const std::vector<std::string>& folders,
                                     const std::vector<std::string>& extensions);

/// A file as tests make it up.
SourceFile made_up(std::string path, std::string_view text);

/// All lines, each ended by a newline.
std::string text_of(const SourceFile& file);

/// One finding per line.
std::string join(const std::vector<std::string>& findings);

}  // namespace tautband::style
