// [diffusion]: what spreads through the tissue between capillaries and cells.
#pragma once

#include "spec/describe.hpp"

namespace tautband::spec {

struct Diffusion {
  double oxygen = 2.4e-9;       ///< D_O, m^2/s
  double acid = 1e-9;           ///< D_H, m^2/s
  double sensitiser = 3e-10;    ///< D_S, m^2/s
  bool pull_back = true;        ///< diffusion follows the deformed shape
  double tolerance = 1e-7;      ///< of the residual
  int krylov_iterations = 500;  ///< most in one linear solve
  int newton_iterations = 200;  ///< most in one step of a nonlinear field

  bool operator==(const Diffusion&) const = default;
};

template <Of<Diffusion> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("oxygen", self.oxygen,
        {.unit = "mm^2/s",
         .lowest = 0.0,
         .highest = 1.0,
         .meaning = "D_O: diffusivity of oxygen",
         .source = "McGuire & Secomb 2001, J Appl Physiol 91:2255: 2.41e-5 cm^2/s"});
  visit("acid", self.acid,
        {.unit = "mm^2/s",
         .lowest = 0.0,
         .highest = 1.0,
         .meaning = "D_H: diffusivity of acid, carried by buffers",
         .source = "calibrated: docs/model.md 9.2, about 1e-5 cm^2/s"});
  visit("sensitiser", self.sensitiser,
        {.unit = "mm^2/s",
         .lowest = 0.0,
         .highest = 1.0,
         .meaning = "D_S: diffusivity of sensitising substances",
         .source = "calibrated: docs/model.md 9.2, peptides 1-3e-6 cm^2/s"});
  visit("pull_back", self.pull_back,
        {.meaning = "true: diffusion in the deformed shape; false: in the reference shape", .source = "numerical"});
  visit("tolerance", self.tolerance,
        {.lowest = 1e-14,
         .highest = 1e-2,
         .meaning = "residual of a step against its right-hand side",
         .source = "numerical"});
  visit("krylov_iterations", self.krylov_iterations,
        {.lowest = 1, .highest = 1000000, .meaning = "a linear solve that needs more fails", .source = "numerical"});
  visit("newton_iterations", self.newton_iterations,
        {.lowest = 1, .highest = 1000, .meaning = "an oxygen step that needs more fails", .source = "numerical"});
}

}  // namespace tautband::spec
