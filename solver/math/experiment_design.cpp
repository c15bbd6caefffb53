#include "math/experiment_design.hpp"

#include "base/counter_random.hpp"
#include "base/error.hpp"
#include "math/design_layout.hpp"
#include "math/low_discrepancy.hpp"

#include <fmt/format.h>

#include <numeric>
#include <string>
#include <utility>

namespace tautband {
namespace {

using Rows = std::vector<std::vector<double>>;

/// Random numbers one after the other.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : seed_(seed) {}
  double uniform() { return random_uniform(seed_, counter_++); }
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(uniform() * static_cast<double>(end)); }
  /// 0 ... count - 1 in random order. Durstenfeld 1964, CACM 7:420.
  std::vector<std::size_t> order(std::size_t count) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[below(i)]);
    return order;
  }

 private:
  std::uint64_t seed_, counter_ = 0;
};

void require(bool truth, const std::string& message) {
  if (!truth) throw CaseError(message);
}

/// Throws unless groups * rows_per_group is a number of rows that a design may have.
void require_rows(std::size_t groups, std::size_t rows_per_group) {
  require(groups >= 1, "a design needs at least 1 sample");
  require(rows_per_group <= most_design_rows && groups <= most_design_rows / rows_per_group,
          fmt::format("the design would have {:.4g} rows; at most {} are allowed",
                      static_cast<double>(groups) * static_cast<double>(rows_per_group), most_design_rows));
}

Rows grid(const DesignRequest& request) {
  require(request.counts.size() == request.factors, "a grid of " + std::to_string(request.factors) +
                                                        " parameters has " + std::to_string(request.counts.size()) +
                                                        " counts");
  std::size_t n_rows = 1;
  for (const std::size_t count : request.counts) {
    require(count >= 1, "a parameter of a grid has at least 1 value");
    require_rows(n_rows, count);
    n_rows *= count;
  }
  Rows rows(n_rows, std::vector<double>(request.factors, 0.0));
  for (std::size_t row = 0; row < n_rows; ++row)
    for (std::size_t factor = request.factors, rest = row; factor-- > 0; rest /= request.counts[factor]) {
      const std::size_t count = request.counts[factor];
      if (count > 1) rows[row][factor] = static_cast<double>(rest % count) / static_cast<double>(count - 1);
    }
  return rows;
}

Rows latin_hypercube(const DesignRequest& request) {
  require_rows(request.samples, 1);
  Rows rows(request.samples, std::vector<double>(request.factors));
  Draws draws(request.seed);
  for (std::size_t factor = 0; factor < request.factors; ++factor) {
    const std::vector<std::size_t> interval = draws.order(request.samples);
    for (std::size_t row = 0; row < request.samples; ++row)
      rows[row][factor] = (static_cast<double>(interval[row]) + draws.uniform()) / static_cast<double>(request.samples);
  }
  return rows;
}

Rows sobol(const DesignRequest& request) {
  require_rows(request.samples, 1);
  return scrambled_sobol_points(request.samples, request.factors, request.seed);
}

Rows saltelli(const DesignRequest& request) {
  const std::size_t factors = request.factors;
  const SaltelliLayout layout{factors, request.second_order};
  require_rows(request.samples, layout.rows_per_sample());
  Rows rows(request.samples * layout.rows_per_sample());
  const Rows pairs = scrambled_sobol_points(request.samples, 2 * factors, request.seed);
  for (std::size_t sample = 0; sample < request.samples; ++sample) {
    const auto begin = pairs[sample].begin(), middle = begin + static_cast<std::ptrdiff_t>(factors);
    const std::vector<double> a(begin, middle), b(middle, pairs[sample].end());
    rows[layout.a(sample)] = a;
    rows[layout.b(sample)] = b;
    for (std::size_t factor = 0; factor < factors; ++factor) {
      (rows[layout.a_b(sample, factor)] = a)[factor] = b[factor];
      if (request.second_order) (rows[layout.b_a(sample, factor)] = b)[factor] = a[factor];
    }
  }
  return rows;
}

Rows morris(const DesignRequest& request) {
  const std::size_t levels = request.levels;
  require(levels >= 2 && levels % 2 == 0,
          fmt::format("a Morris design has an even number of levels, at least 2, not {}", levels));
  require_rows(request.samples, MorrisLayout{request.factors}.rows_per_trajectory());
  const std::size_t step = levels / 2;
  Rows rows;
  Draws draws(request.seed);
  for (std::size_t trajectory = 0; trajectory < request.samples; ++trajectory) {
    // Every level is a start as often as any other: the lower half can only go up, the upper half only down.
    std::vector<std::size_t> level(request.factors);
    for (std::size_t& each : level) each = draws.below(levels);
    const auto add_row = [&] {
      std::vector<double>& row = rows.emplace_back();
      for (const std::size_t each : level) row.push_back(static_cast<double>(each) / static_cast<double>(levels - 1));
    };
    add_row();
    for (const std::size_t factor : draws.order(request.factors)) {
      level[factor] = level[factor] < step ? level[factor] + step : level[factor] - step;
      add_row();
    }
  }
  return rows;
}

}  // namespace

std::vector<std::vector<double>> design(const DesignRequest& request) {
  require(request.factors >= 1, "a design needs at least 1 parameter");
  switch (request.kind) {
    case DesignKind::grid:
      return grid(request);
    case DesignKind::latin_hypercube:
      return latin_hypercube(request);
    case DesignKind::sobol:
      return sobol(request);
    case DesignKind::saltelli:
      return saltelli(request);
    case DesignKind::morris:
      return morris(request);
  }
  throw CaseError("unknown kind of design");
}

}  // namespace tautband
