// The text of a small case: a block of muscle on mesh.vtkhdf, held at z0 and pulled at z1.
#pragma once

#include <string>

namespace tautband::testing_support {

/// `time`: lines of [time]; `moved`: how far z1 is in the end, as in value = [...]; `ramp`: when it is there; `more`:
/// sections after these.
inline std::string pulled_block(const std::string& time, const std::string& moved, const std::string& ramp,
                                const std::string& more = "") {
  return "[mesh]\nfile = \"mesh.vtkhdf\"\n[time]\n" + time + R"([[region]]
name = "muscle"
law = "tautband"
[[boundary]]
set = "z0"
kind = "displacement"
[[boundary]]
set = "z1"
kind = "displacement"
value = [)" +
         moved + "]\ncurve = \"pull\"\n[curve.pull]\nkind = \"ramp\"\nend = \"" + ramp + "\"\n" + more;
}

}  // namespace tautband::testing_support
