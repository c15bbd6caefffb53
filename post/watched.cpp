#include "post/watched.hpp"

#include "post/errors.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace tautband::post {

std::optional<int> watch_child() {
  const pid_t parent = getpid(), child = fork();
  if (child < 0) return std::nullopt;  // unwatched
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(static_cast<int>(ExitCode::failed));  // it died before it could be watched
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    return std::nullopt;
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return static_cast<int>(ExitCode::failed);
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  const int signal = WTERMSIG(status);
  if (signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGKILL) return 128 + signal;
  std::fprintf(stderr, "error: reading or drawing the result ended with \"%s\": most likely a file of it is damaged\n",
               strsignal(signal));
  return static_cast<int>(ExitCode::bad_file);
}

}  // namespace tautband::post
