#include "post/display.hpp"

#include "post/errors.hpp"

#include <X11/Xlib.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace tautband::post {
namespace {

constexpr const char* restarted = "TAUTBAND_POST_UNDER_XVFB";  // set in the second life, which must not start a third

/// The connection stays open as long as the program: when its last client leaves, a server like Xvfb starts anew, and
/// refuses clients meanwhile.
bool display_opens() {
  static Display* const display = XOpenDisplay(nullptr);
  return display != nullptr;
}

std::string find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::stringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = folder + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return "";
}

}  // namespace

void require_display(char** arguments) {
  if (display_opens()) return;
  const std::string advice =
      "pictures need an X display: log in with one, or install xvfb (Debian: apt-get install xvfb)";
  if (std::getenv(restarted)) throw RunError("no X display opens, not even under xvfb-run; " + advice);
  std::string xvfb = find_program("xvfb-run");
  if (xvfb.empty()) throw RunError("no X display opens and xvfb-run is not installed; " + advice);
  setenv(restarted, "1", 1);
  std::string self = std::filesystem::read_symlink("/proc/self/exe").string(), automatic = "-a";
  std::vector<char*> command{xvfb.data(), automatic.data(), self.data()};
  for (char** argument = arguments + 1; *argument; ++argument) command.push_back(*argument);
  command.push_back(nullptr);
  execv(xvfb.c_str(), command.data());
  throw RunError(xvfb + " cannot be started; " + advice);
}

}  // namespace tautband::post
