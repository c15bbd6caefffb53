#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace tautband {

namespace {

constexpr double terminal_interval = 0.2, log_interval = 10.0;  // s between lines

}  // namespace

std::string readable_duration(double seconds) {
  const long s = std::lround(seconds);
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, (s / 60) % 60);
}

std::string division_of(double seconds, const RunCounts& counts) {
  const double rest = counts.mechanics_seconds - counts.linear_seconds;
  const double other = seconds - counts.mechanics_seconds - counts.physiology_seconds - counts.output_seconds;
  const double percent = seconds > 0.0 ? 100.0 / seconds : 0.0;
  return fmt::format(
      "{:.1f} s: linear solves {:.0f} %, rest of mechanics {:.0f} %, physiology {:.0f} %, output {:.0f} %, "
      "set-up and the rest {:.0f} %",
      seconds, percent * counts.linear_seconds, percent * rest, percent * counts.physiology_seconds,
      percent * counts.output_seconds, percent * other);
}

Progress::Progress(double start, double end, bool print)
    : start_(start),
      end_(end),
      print_(print),
      terminal_(isatty(STDERR_FILENO) != 0),
      begin_(std::chrono::steady_clock::now()) {}

double Progress::elapsed() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void Progress::step(const StepSummary& s) {
  const double now = elapsed();
  if (!print_ || now - last_print_ < (terminal_ ? terminal_interval : log_interval)) return;
  last_print_ = now;
  const double share = (s.time - start_) / (end_ - start_);
  const std::string left = share > 0.0 && share < 1.0 ? readable_duration(now * (1.0 / share - 1.0)) : "-";
  const bool colour = terminal_ && std::getenv("NO_COLOR") == nullptr;
  const std::string line =
      fmt::format("{}{:3.0f} %{}  t = {:.4g} s of {:.4g} s  step {}  dt {:.3g} ms  Newton {}  Krylov {}  {} left",
                  colour ? "\033[1m" : "", 100.0 * share, colour ? "\033[0m" : "", s.time, end_, s.step, 1e3 * s.dt,
                  s.newton_iterations, s.krylov_iterations, left);
  std::fputs(terminal_ ? ("\r\033[K" + line).c_str() : (line + "\n").c_str(), stderr);
  std::fflush(stderr);
}

void Progress::note(const std::string& text) {
  if (print_) std::fprintf(stderr, "%s%s\n", terminal_ ? "\r\033[K" : "", text.c_str());
}

void Progress::finish() {
  if (print_ && terminal_ && last_print_ >= 0.0) std::fputs("\r\033[K", stderr);
}

}  // namespace tautband
