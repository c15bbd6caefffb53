// What `tautband map` writes.
//   map.h5   /map/x (x), /map/y (y)                      values of the two parameters; attributes `key`, `units`,
//   `long_name`
//            /map/starts (start)                         names of the starts
//            /map/condition (start, y, x)                0 healthy, 1 latent, 2 active
//            /map/nociception, /map/memory (start, y, x) n and D at the end, 0..1
//            /map attribute `duration`, such as "12 h"; /provenance, /case as in result.vtkhdf
//   map.csv  one line per point: x, y, and the letters H, L, X of the starts
#pragma once

#include "io/provenance.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tautband {

/// Values of one parameter, in `unit`.
struct MapValues {
  std::string key, unit, long_name;
  std::vector<double> values;
};

struct MapTable {
  MapValues x, y;
  std::vector<std::string> starts;
  std::string duration;
  std::vector<std::int64_t> condition;      ///< (start, y, x): 0 healthy, 1 latent, 2 active
  std::vector<double> nociception, memory;  ///< (start, y, x)
};

/// Writes both files into `folder`, on one rank. Throws FileError.
void write_map(const std::string& folder, const MapTable& map, const Provenance& provenance,
               const std::string& resolved_case);

}  // namespace tautband
