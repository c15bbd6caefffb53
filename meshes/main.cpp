// tautband-mesh: makes and checks meshes.
#include "app/file_trial.hpp"
#include "base/error.hpp"
#include "meshes/command_line.hpp"

#include <cstdio>
#include <exception>
#include <string>

int main(int argc, char** argv) {
  using tautband::ExitCode;
  if (const auto code = tautband::file_trial(argc, argv)) return *code;
  tautband::meshing::CommandLine command_line;
  try {
    command_line.app().parse(argc, argv);
    return static_cast<int>(ExitCode::done);
  } catch (const CLI::ConfigError& error) {
    const std::string text = error.what();  // ends with the key
    std::fprintf(stderr, "error: the file given by --config has the unknown option %s\n",
                 text.substr(text.rfind(' ') + 1).c_str());
    return static_cast<int>(ExitCode::bad_case);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return command_line.app().exit(error);  // --help and --version
    std::fprintf(stderr, "error: %s\nRun with --help for more information.\n", error.what());
    return static_cast<int>(ExitCode::bad_case);
  } catch (const tautband::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return static_cast<int>(error.code);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return static_cast<int>(ExitCode::failed);
  }
}
