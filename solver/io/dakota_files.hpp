// The files by which Dakota and programs like it ask for one run: its standard parameters and results files.
//   parameters   "3 variables", then lines "VALUE NAME"; perhaps "2 functions" with lines "1 ASV_1:NAME" of what is
//                asked for; other blocks are left out
//   results      lines "VALUE NAME", or FAIL
// Dakota 6.19 user's manual, "Dakota Parameters File Data Format" and "Dakota Results File Data Format".
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tautband {

struct DakotaRequest {
  std::vector<std::pair<std::string, std::string>> variables;  ///< name and value as written
  std::vector<std::string> functions;                          ///< names of the values asked for; none: all there are
};

/// Throws FileError for a file that cannot be read, and CaseError with the line for one that is no such file or asks
/// for derivatives.
DakotaRequest read_dakota_parameters(const std::string& path);

/// Throws FileError.
void write_dakota_results(const std::string& path, const std::vector<std::pair<std::string, double>>& values);
void write_dakota_failure(const std::string& path);

}  // namespace tautband
