// What a piece of work asks of a device, counted: kernels, copies and the memory of views.
#pragma once

namespace tautband::performance {

/// Of this rank.
struct KernelCount {
  double kernels = 0.0;     ///< started
  double reductions = 0.0;  ///< of them, those whose result the host waits for
  double copies = 0.0;      ///< between views
  double bytes = 0.0;       ///< most that was held at one time by views made since
};

/// From here on, until count_kernels_end(). Counting takes time: nothing is timed meanwhile.
void count_kernels_begin();
KernelCount count_kernels_end();

}  // namespace tautband::performance
