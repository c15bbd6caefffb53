// tautband: simulates contracture knots and taut bands in skeletal muscle. See app/command_line.hpp for what it can do
// and app/run.hpp for a run.
#include "app/command_line.hpp"
#include "app/file_trial.hpp"
#include "app/processes.hpp"

#include <exception>

int main(int argc, char** argv) {
  using namespace tautband;
  if (const auto code = file_trial(argc, argv)) return *code;
  Processes processes(argc, argv, CommandLine::is_parallel(argc, argv));
  const auto fail = [&](const std::exception& error, ExitCode code) {
    return static_cast<int>(processes.fail(error.what(), code));
  };
  try {
    return static_cast<int>(CommandLine().execute(argc, argv, processes.rank()));
  } catch (const Error& error) {
    return fail(error, error.code);
  } catch (const std::exception& error) {
    return fail(error, ExitCode::failed);
  }
}
