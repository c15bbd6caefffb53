// Words for messages: lists, quotes and the nearest known name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tautband {

using Names = std::vector<std::string>;

/// Fewest insertions, deletions, substitutions and swaps of neighbouring letters that turn one word into the other.
int edit_distance(std::string_view a, std::string_view b);

/// The name nearest to `word`; empty when none is near enough (a third of the letters, at least one) to be meant.
std::string nearest_name(std::string_view word, const Names& names);

/// "; did you mean "x"?", or nothing.
std::string did_you_mean(std::string_view word, const Names& names);

/// a, b, c; "none" when there are none.
std::string list_names(const Names& names);

/// The text in double quotes.
std::string in_quotes(std::string_view text);

}  // namespace tautband
