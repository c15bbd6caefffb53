// Which files a case may name. A case can come from anybody; what it names is opened with the rights of whoever runs
// it, and messages show lines of it.
#pragma once

#include <filesystem>
#include <string>

namespace tautband {

struct CaseReading;

/// Where the paths of a file may lead, symbolic links followed.
enum class Reach {
  folder,             ///< into the folder of the file that names them, or below
  folder_or_options,  ///< the same, but what the user typed as an option may lead anywhere
  anywhere            ///< `--allow-outside`
};

/// Makes the path that the key `section`.`key` names relative to `folder`, that of the file it stands in, and absolute;
/// an empty one stays empty. Reports one that leads out of reach, and counts it as failed.
void resolve_path(std::string& path, const std::string& section, const std::string& key,
                  const std::filesystem::path& folder, Reach reach, CaseReading& reading);

}  // namespace tautband
