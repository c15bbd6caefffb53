// `--set section.key=value`: puts a value into the tree of a case before it is read.
#pragma once

#include "io/problems.hpp"
#include "io/toml_document.hpp"

namespace tautband {

/// Applies one override. The path's parts are keys; in an array of tables, a number from 0 or the name (or set) of an
/// entry. The value is TOML, or else taken as a string. Places of what it sets name the option.
void apply_override(TomlValue& root, const std::string& text, Problems& problems);

}  // namespace tautband
