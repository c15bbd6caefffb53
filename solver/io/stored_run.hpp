// What a directory of results says of the run that made it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace tautband {

/// The resolved case of an earlier run, and how it was made.
struct StoredRun {
  std::string folder;
  std::string case_path;                          ///< the file that holds the case
  std::string resolved_case;                      ///< as it was then: its hash is the one of the provenance
  std::map<std::string, std::string> provenance;  ///< keys as those of Provenance::entries(), and `status`
  std::vector<std::string> complaints;            ///< files that could not be used, and why
};

/// Reads case.resolved.toml and run.json of the directory; where one is missing, or the hash does not match, what
/// result.vtkhdf, history.h5 or map.h5 keep of both. `result`: the directory or a file in it. On one rank; throws
/// FileError when no case is found with its provenance.
StoredRun read_stored_run(const std::string& result);

}  // namespace tautband
