// Weak and strong scaling that the model of scaling_model.hpp predicts for an iteration of conjugate gradients with
// p-multigrid on up to 1000 H200, as tables: tautband_scaling_prediction
// Nothing here was measured on a device. Numbers marked "assumed" are round guesses of the right order.
#include "performance/scaling_model.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace {

using namespace tautband::performance;

// One H200. The data sheet has 4.8 TB/s of memory, of which 90 % is what STREAM reaches on such devices (assumed).
constexpr double stream_rate = 4.3e12;
// Bounds by bytes of the operator, docs/performance.md 4, and the share of them that is reached (assumed).
constexpr double bytes_double = 239.0, bytes_single = 122.0, reached = 0.6;
// A launch and the wait for the kernel before it (assumed).
constexpr double kernel_latency = 4e-6;
// Sparse products of the coarse level on the device: half of the bandwidth (assumed, irregular access).
constexpr double coarse_on_device = 0.5 * stream_rate;
// On the host: two processors with eight channels of DDR5-4800 each serve eight devices, 80 % reached (assumed), and
// PCI Express 5 with 16 lanes has 64 GB/s, of which 55 are reached (assumed).
constexpr double coarse_on_host = 0.8 * 2 * 8 * 38.4e9 / 8, host_link = 55e9;

// InfiniBand NDR, one port of 400 Gbit/s per device as in NVIDIA's DGX H200, 80 % reached (assumed). Latency between
// devices on different nodes with MPI that reads device memory, and the gap between messages (assumed); a sum adds a
// launch and a copy of its result to the host once, spread over ten doublings here.
constexpr Network infiniband{5e-6, 1.5e-6, 0.8 * 50e9, 6e-6};

// Chebyshev of degree 3 before and after the coarse level, from zero before it: 2 + 3 products and one residual. Bytes:
// vectors of conjugate gradients (104), and 48 of each step: x, d, y read and written, b and the block read, in single
// precision.
constexpr Iteration multigrid{1, 6, 4, 2, 104.0 + 6 * 48.0, 24, true};

constexpr double hidden = 0.8;  // share of a product that is interior work: the halo travels meanwhile (assumed)
constexpr int counts[] = {1, 8, 64, 512, 1000};

Worker device(bool coarse_here) {
  return {reached * stream_rate / bytes_double,
          reached * stream_rate / bytes_single,
          stream_rate,
          kernel_latency,
          coarse_here ? coarse_on_device : coarse_on_host,
          coarse_here ? 0.0 : host_link};
}

std::array<double, 3> cube(double dofs) {
  const double side = std::cbrt(dofs / 3.0);
  return {side, side, side};
}

void row(double dofs, int devices, const Cost& c, double efficiency) {
  fmt::print("| {} | {:.1f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.0f} % |\n", devices,
             dofs / devices / 1e6, 1e3 * c.total(), 1e3 * c.work, 1e3 * c.halo, 1e3 * c.sums, 1e3 * c.coarse_work,
             1e3 * c.coarse_network, dofs / devices / c.total() / 1e9, 100.0 * efficiency);
}

void table(const std::string& title, bool weak, double dofs, bool coarse_here) {
  fmt::print("\n{}:\n\n", title);
  fmt::print(
      "| GPUs | MDoF per GPU | iteration, ms | work | halo | sums | coarse work | coarse network | GDoF/s per GPU | "
      "efficiency |\n");
  fmt::print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
  const double one = cost(multigrid, device(coarse_here), infiniband, cube(dofs), 1, hidden).total();
  for (int devices : counts) {
    const double all = weak ? dofs * devices : dofs;
    const Cost c = cost(multigrid, device(coarse_here), infiniband, cube(all), devices, hidden);
    row(all, devices, c, weak ? one / c.total() : one / devices / c.total());
  }
}

}  // namespace

int main() {
  table("Weak scaling, 20 MDoF per GPU, algebraic multigrid on the device", true, 20e6, true);
  table("Strong scaling, 100 MDoF, algebraic multigrid on the device", false, 100e6, true);
  table("Weak scaling, 20 MDoF per GPU, algebraic multigrid on the host", true, 20e6, false);
}
