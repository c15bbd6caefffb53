// A small sweep in a folder of its own, run as a user runs it.
#pragma once

#include "support/background_program.hpp"
#include "support/program.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace tautband::testing_support {

class SweepFolder : public testing::Test {
 protected:
  SweepFolder() : folder_(std::filesystem::temp_directory_path() / ("tautband_sweep." + std::to_string(getpid()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~SweepFolder() override { std::filesystem::remove_all(folder_); }

  /// Two values of the begin of a misfire by `ends` of its end; one row of a begin of 90 and an end of 60 min fails.
  /// `sample` decides how long a row takes: "1 s" about a second.
  void write_sweep(const std::string& sample, const std::string& ends = "\"60 min\", \"100 min\"") const {
    std::ofstream(folder_ / "case.toml")
        << "[point]\nprotocol = \"trigger_point\"\nduration = \"2 h\"\nsample_step = \"" << sample
        << "\"\n[motor_pool]\ntonic_drive = 0.02\n"
        << "[[misfire]]\ncentre = [\"0 mm\", \"0 mm\", \"0 mm\"]\nradius = \"1 mm\"\n"
        << "rate = \"20 pps\"\nstart = \"10 min\"\nend = \"110 min\"\n";
    std::ofstream(folder_ / "sweep.toml")
        << "[sweep]\ncase = \"case.toml\"\n"
        << "[[parameter]]\nkey = \"misfire.0.start\"\nname = \"begin\"\nvalues = [\"10 min\", \"90 min\"]\n"
        << "[[parameter]]\nkey = \"misfire.0.end\"\nname = \"finish\"\nvalues = [" << ends << "]\n"
        << "[[output]]\nname = \"lowest\"\nquantity = \"min(history.oxygen)\"\nunit = \"mmHg\"\n"
        << "[[output]]\nname = \"span\"\nquantity = \"finish - begin\"\nunit = \"min\"\n"
        << "[[output]]\nname = \"end_time\"\nquantity = \"last(history.time)\"\nunit = \"h\"\n";
  }

  std::string file(const std::string& name) const { return folder_ / name; }

  std::string command(const std::string& part, const std::string& options = "") const {
    return TAUTBAND_PROGRAM " sweep " + part + " " + quoted(file("sweep.toml")) + " -o " + quoted(file("out")) + " " +
           options;
  }
  Outcome sweep(const std::string& part, const std::string& options = "") const {
    return run_command(command(part, options));
  }

  /// Folders of the rows that were begun, in order.
  std::vector<std::string> rows() const {
    std::vector<std::string> found;
    if (!std::filesystem::exists(folder_ / "out/rows")) return found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "out/rows")) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }
  /// Rows of which row.json says so.
  long count(const std::string& status) const {
    const std::vector<std::string> all = rows();
    return std::count_if(all.begin(), all.end(), [&](const std::string& row) {
      return text_of(row + "/row.json").find("\"status\": \"" + status + "\"") != std::string::npos;
    });
  }
  /// How often a row was begun: its log has one line for each time.
  static long times_begun(const std::string& row) {
    const std::string log = text_of(row + "/row.log");
    long times = 0;
    for (std::size_t at = log.find("attempt  "); at != std::string::npos; at = log.find("attempt  ", at + 1)) ++times;
    return times;
  }

  std::filesystem::path folder_;
};

}  // namespace tautband::testing_support
