// `tautband explain`: every key of a case, from the tables that parse it.
#pragma once

#include <string>
#include <string_view>

namespace tautband {

/// What a case may say about `topic`: everything (""), a section ("time"), a key ("time.step"), all laws ("laws"), a
/// law ("tautband"), or a sweep ("sweep", "sweep.design", "parameter.from"). For every key: default or that it is
/// required, unit, range or choices, meaning, and whether its number comes from a paper, is calibrated, numerical or a
/// choice. Throws CaseError for an unknown topic.
std::string explain(std::string_view topic);

}  // namespace tautband
