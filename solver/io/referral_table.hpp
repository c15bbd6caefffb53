// The table of referred pain, data/referral.toml or a file of the same form: regions of the body, and of each muscle
// its spinal segments and the zones in which its pain is felt.
#pragma once

#include "base/text.hpp"
#include "spec/pain.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tautband {

struct BodyRegion {
  std::string key, name;  ///< "back_of_neck", "back of the neck"
};

struct ReferralMuscle {
  int number = 0;
  std::string name;
  Names aliases;
  spec::ReferralPattern pattern;
  bool confirmed = false;  ///< a second published account agreed
};

struct ReferralTable {
  std::vector<BodyRegion> regions;  ///< body_regions of them
  std::vector<ReferralMuscle> muscles;

  /// The muscle of that name or alias; null when there is none.
  const ReferralMuscle* find(std::string_view name) const;
};

/// The text of data/referral.toml, compiled in.
std::string_view built_in_referral_text();

/// Throws CaseError with every line that is wrong: a region twice or missing, a muscle twice, without segment or
/// essential zone, an unknown segment or region, a zone both essential and spill-over.
ReferralTable parse_referral_table(std::string_view text, const std::string& path);

/// The table a case asks for; throws CaseError, and FileError when its `referral_file` cannot be read.
ReferralTable referral_table_of(const spec::Pain& pain);

/// What is wrong with a muscle's name, with the names it may mean; empty when the table has it.
std::string muscle_fault(const ReferralTable& table, std::string_view name);

/// The pattern of the case's muscle; without zones when it names none. Throws as above.
spec::ReferralPattern referral_pattern_of(const spec::Pain& pain);

}  // namespace tautband
