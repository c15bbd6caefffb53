// A program that runs beside the test, to be signalled and killed.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace tautband::testing_support {

class BackgroundProgram {
 public:
  /// Starts a shell command in a process group of its own; what it says goes to the file.
  explicit BackgroundProgram(const std::string& command, const std::string& said = "/dev/null") : process_(fork()) {
    if (process_ != 0) return;
    setpgid(0, 0);
    execl("/bin/sh", "sh", "-c", ("exec " + command + " >'" + said + "' 2>&1").c_str(), nullptr);
    _exit(127);
  }
  ~BackgroundProgram() {
    if (process_ < 0) return;
    ::kill(-process_, SIGKILL);
    wait();
  }
  BackgroundProgram(const BackgroundProgram&) = delete;
  BackgroundProgram& operator=(const BackgroundProgram&) = delete;

  pid_t id() const { return process_; }
  bool signal(int number) const { return ::kill(process_, number) == 0; }

  /// The exit code, or minus the number of the signal that ended it.
  int wait() {
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  /// Programs that it has started.
  std::vector<pid_t> children() const {
    const std::string id = std::to_string(process_);
    std::ifstream file("/proc/" + id + "/task/" + id + "/children");
    return {std::istream_iterator<pid_t>(file), {}};
  }

 private:
  pid_t process_;
};

/// Waits, a minute at most, until something is true.
template <class Condition> bool wait_until(const Condition& condition) {
  using namespace std::chrono_literals;
  for (int i = 0; i < 6000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return condition();
}

inline long lines_of(const std::string& path) {
  std::ifstream file(path);
  return std::count(std::istreambuf_iterator<char>(file), {}, '\n');
}

inline std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace tautband::testing_support
