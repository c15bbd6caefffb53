// The list of all laws: the one place where a new law is entered.
#pragma once

#include "laws/blemker2005.hpp"
#include "laws/combo_active_strain.hpp"
#include "laws/guccione.hpp"
#include "laws/heidlauf2016.hpp"
#include "laws/mooney_rivlin.hpp"
#include "laws/neo_hookean.hpp"
#include "laws/tautband.hpp"
#include "laws/wakeling2020.hpp"
#include "laws/weickenmeier2014.hpp"
#include "laws/yeoh.hpp"

namespace tautband {

template <class... Types> struct TypeList {};

using AllLaws = TypeList<Tautband, NeoHookean, CoupledNeoHookean, MooneyRivlin, Yeoh, Guccione, Blemker2005,
                         Heidlauf2016, Wakeling2020, Weickenmeier2014, ComboActiveStrain>;

}  // namespace tautband
