// What a case has to satisfy beyond each key on its own: names, references, orders, and keys that need each other.
#pragma once

#include "io/section_reader.hpp"
#include "spec/case.hpp"

namespace tautband {

/// Fills in the defaults that depend on other keys: the start of a run with pre-stretch, the longest step.
void resolve_defaults(spec::Case& values, const CaseReading& reading);

/// Reports every broken rule among the keys that were read well.
void check_rules(const spec::Case& values, CaseReading& reading);

/// Where the key at `path` was given, or else the table around it; an unknown place when neither was.
spec::Place find_place(const std::map<std::string, spec::Place>& places, std::string path);

}  // namespace tautband
