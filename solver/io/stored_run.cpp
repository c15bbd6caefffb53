#include "io/stored_run.hpp"

#include "base/error.hpp"
#include "io/hdf5.hpp"
#include "io/json_values.hpp"
#include "io/provenance.hpp"
#include "io/toml_document.hpp"

#include <filesystem>

namespace tautband {
namespace {

namespace fs = std::filesystem;

void take_files(StoredRun& run) {
  run.case_path = (fs::path(run.folder) / "case.resolved.toml").string();
  run.resolved_case = read_text_file(run.case_path);
  run.provenance = read_json((fs::path(run.folder) / "run.json").string());
}

void take_hdf5(StoredRun& run, const std::string& name) {
  const hdf5::InputFile file((fs::path(run.folder) / name).string());
  const std::vector<std::string> text = file.strings("/case");
  if (text.size() != 1) file.fail("/case", "is not one text");
  run.case_path = file.path();
  run.resolved_case = text[0];
  run.provenance.clear();
  for (const auto& [key, unused] : Provenance{}.entries())
    run.provenance[key] = file.text_attribute("/provenance", key, "");
}

}  // namespace

StoredRun read_stored_run(const std::string& result) {
  StoredRun run;
  std::error_code error;
  const bool is_file = fs::is_regular_file(result, error);
  run.folder = (is_file ? fs::absolute(result).parent_path() : fs::path(result)).lexically_normal().string();
  if (!fs::is_directory(run.folder, error)) throw FileError(result + ": no such directory of results");
  for (const char* source : {"", "result.vtkhdf", "history.h5", "map.h5"}) try {
      if (*source == '\0')
        take_files(run);
      else
        take_hdf5(run, source);
      if (hash_of(run.resolved_case) == run.provenance["case_hash"]) return run;
      run.complaints.push_back(run.case_path + ": the case is not the one that was run: its hash is " +
                               hash_of(run.resolved_case) + ", not " + run.provenance["case_hash"]);
    } catch (const FileError& failure) {
      run.complaints.emplace_back(failure.what());
    }
  std::string reasons;
  for (const std::string& complaint : run.complaints) reasons += "\n  " + complaint;
  throw FileError(result + ": holds no case with its provenance" + reasons);
}

}  // namespace tautband
