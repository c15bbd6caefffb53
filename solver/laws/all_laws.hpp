// The list of all laws: the one place where a new law is entered.
#pragma once

#include "laws/neo_hookean.hpp"
#include "laws/tautband.hpp"

namespace tautband {

template <class... Types> struct TypeList {};

using AllLaws = TypeList<Tautband, NeoHookean, CoupledNeoHookean>;

}  // namespace tautband
