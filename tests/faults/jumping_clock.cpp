// A library to be loaded before others (LD_PRELOAD): the time of day jumps by weeks, back and forth, with every look at
// it, as when a clock is set. The steady clock goes on as it does.
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>

namespace {

/// s, another one with every call.
long jump() {
  static unsigned calls = 0;
  constexpr long week = 604800;
  constexpr long jumps[] = {0, 3 * week, -2 * week, week, -5 * week};
  return jumps[++calls % 5];
}

using ClockGettime = int (*)(clockid_t, timespec*);

int true_time(clockid_t clock, timespec* now) {
  static const auto real = reinterpret_cast<ClockGettime>(dlsym(RTLD_NEXT, "clock_gettime"));
  return real(clock, now);
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const int result = true_time(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += jump();
  return result;
}

int gettimeofday(timeval* now, void*) noexcept {
  timespec real{};
  const int result = true_time(CLOCK_REALTIME, &real);
  *now = {real.tv_sec + jump(), real.tv_nsec / 1000};
  return result;
}

time_t time(time_t* now) noexcept {
  timespec real{};
  true_time(CLOCK_REALTIME, &real);
  const time_t result = real.tv_sec + jump();
  if (now) *now = result;
  return result;
}
}
