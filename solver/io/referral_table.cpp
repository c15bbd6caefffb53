#include "io/referral_table.hpp"

#include "base/body.hpp"
#include "base/error.hpp"
#include "io/section_reader.hpp"

#include <algorithm>

namespace tautband {
namespace {

/// C1 .. Co1, in the order of their numbers.
Names segment_names() {
  Names names;
  const auto add = [&](const std::string& part, int count) {
    for (int i = 1; i <= count; ++i) names.push_back(part + std::to_string(i));
  };
  add("C", 8);
  add("T", 12);
  add("L", 5);
  add("S", 5);
  add("Co", 1);
  return names;
}

/// [[region]] and [[muscle]] as they are written.
struct RegionRow {
  int id = -1;  // also when it cannot be read
  std::string key, name;
};

struct MuscleRow {
  int number = 0;
  std::string name, nerve, note;
  Names aliases, segments, essential, spill_over;
  bool confirmed = false;
};

template <class Visitor> void describe(RegionRow& row, Visitor& visit) {
  visit("id", row.id, {.lowest = 0, .highest = body_regions - 1, .required = true});
  visit("key", row.key, {.required = true});
  visit("name", row.name, {.required = true});
}

template <class Visitor> void describe(MuscleRow& row, Visitor& visit) {
  visit("number", row.number, {.lowest = 1, .highest = 100000, .required = true});
  visit("name", row.name, {.required = true});
  visit("aliases", row.aliases, {});
  visit("nerve", row.nerve, {});
  visit("segments", row.segments, {.required = true});
  visit("essential", row.essential, {.required = true});
  visit("spill_over", row.spill_over, {});
  visit("confirmed", row.confirmed, {.required = true});
  visit("note", row.note, {});
}

int index_in(const Names& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

/// Turns the tables of a document into a ReferralTable and reports what is wrong with them.
class TableReader {
 public:
  explicit TableReader(Problems& problems) : reading_{problems, places_, {}, {}} {}

  ReferralTable read(const TomlValue& root);

 private:
  template <class Row> void read_rows(const TomlValue& root, const std::string& name);
  void problem(const TomlValue& value, const std::string& message) { reading_.problems.add(value.place, message); }
  void add(const TomlValue& value, const RegionRow& row);
  void add(const TomlValue& value, const MuscleRow& row);
  void add_zones(const TomlValue& value, const Names& keys, bool essential, spec::ReferralPattern& pattern);

  std::map<std::string, spec::Place> places_;
  CaseReading reading_;
  const Names segments_ = segment_names();
  Names region_keys_ = Names(body_regions);
  ReferralTable table_;
};

ReferralTable TableReader::read(const TomlValue& root) {
  table_.regions.resize(body_regions);
  read_rows<RegionRow>(root, "region");
  for (int id = 0; id < body_regions; ++id) {
    region_keys_[id] = table_.regions[id].key;
    if (region_keys_[id].empty()) reading_.problems.add({}, "there is no [[region]] with id = " + std::to_string(id));
  }
  read_rows<MuscleRow>(root, "muscle");
  for (const TomlEntry& entry : root.entries)
    if (entry.key != "region" && entry.key != "muscle")
      reading_.problems.add(entry.place, "unknown section " + in_quotes(entry.key) + " (sections: region, muscle)");
  return std::move(table_);
}

template <class Row> void TableReader::read_rows(const TomlValue& root, const std::string& name) {
  const TomlEntry* entry = root.find(name);
  if (!entry || entry->value.kind != TomlValue::Kind::array) {
    reading_.problems.add({}, "there is no [[" + name + "]]");
    return;
  }
  for (std::size_t i = 0; i < entry->value.items.size(); ++i) {
    const TomlValue& item = entry->value.items[i];
    if (item.kind != TomlValue::Kind::table) {
      problem(item, in_quotes(name) + " is written as tables [[" + name + "]]");
      continue;
    }
    SectionReader reader(item, name + "." + std::to_string(i), "[[" + name + "]]", reading_);
    Row row;
    describe(row, reader);
    reader.finish();
    add(item, row);
  }
}

void TableReader::add(const TomlValue& value, const RegionRow& row) {
  if (row.id < 0) return;
  if (!table_.regions[row.id].key.empty()) problem(value, "a second region " + std::to_string(row.id));
  for (const BodyRegion& other : table_.regions)
    if (other.key == row.key) problem(value, "a second region called " + in_quotes(row.key));
  table_.regions[row.id] = {row.key, row.name};
}

void TableReader::add_zones(const TomlValue& value, const Names& keys, bool essential, spec::ReferralPattern& pattern) {
  for (const std::string& key : keys) {
    const int region = index_in(region_keys_, key);
    if (region < 0)
      problem(value, "unknown region " + in_quotes(key) + did_you_mean(key, region_keys_));
    else if (std::any_of(pattern.zones.begin(), pattern.zones.end(), [&](const auto& z) { return z.region == region; }))
      problem(value, "the region " + in_quotes(key) + " is named twice");
    else
      pattern.zones.push_back({region, key, table_.regions[region].name, essential});
  }
}

void TableReader::add(const TomlValue& value, const MuscleRow& row) {
  ReferralMuscle muscle{row.number, row.name, row.aliases, {row.name, {}, {}}, row.confirmed};
  if (row.segments.empty() || row.essential.empty())
    problem(value, in_quotes(row.name) + " needs at least one segment and one essential zone");
  for (const std::string& name : row.segments) {
    const int segment = index_in(segments_, name);
    if (segment < 0) problem(value, "unknown segment " + in_quotes(name) + " (C1-C8, T1-T12, L1-L5, S1-S5, Co1)");
    muscle.pattern.segments.push_back(segment);
  }
  add_zones(value, row.essential, true, muscle.pattern);
  add_zones(value, row.spill_over, false, muscle.pattern);
  Names names = row.aliases;
  names.push_back(row.name);
  for (const std::string& name : names)
    if (table_.find(name)) problem(value, "a second muscle called " + in_quotes(name));
  for (const ReferralMuscle& other : table_.muscles)
    if (other.number == row.number) problem(value, "a second muscle with number " + std::to_string(row.number));
  table_.muscles.push_back(std::move(muscle));
}

}  // namespace

const ReferralMuscle* ReferralTable::find(std::string_view name) const {
  for (const ReferralMuscle& muscle : muscles)
    if (muscle.name == name || std::find(muscle.aliases.begin(), muscle.aliases.end(), name) != muscle.aliases.end())
      return &muscle;
  return nullptr;
}

ReferralTable parse_referral_table(std::string_view text, const std::string& path) {
  const TomlValue root = parse_toml(text, path);
  Problems problems(path, text);
  ReferralTable table = TableReader(problems).read(root);
  problems.throw_if_any();
  return table;
}

ReferralTable referral_table_of(const spec::Pain& pain) {
  if (pain.referral_file.empty()) return parse_referral_table(built_in_referral_text(), "data/referral.toml");
  return parse_referral_table(read_text_file(pain.referral_file), pain.referral_file);
}

std::string muscle_fault(const ReferralTable& table, std::string_view name) {
  if (table.find(name)) return {};
  Names all, near;
  for (const ReferralMuscle& muscle : table.muscles) {
    all.push_back(muscle.name);
    all.insert(all.end(), muscle.aliases.begin(), muscle.aliases.end());
  }
  for (const std::string& known : all)
    if (!name.empty() && (known.find(name) != std::string::npos || name.find(known) != std::string_view::npos))
      near.push_back(known);
  if (const std::string nearest = nearest_name(name, all); near.empty() && !nearest.empty()) near.push_back(nearest);
  std::string fault = "no muscle " + in_quotes(name) + " in the table of referred pain";
  if (!near.empty()) return fault + "; did you mean " + list_names(near) + "?";
  return fault + " (muscles: " + list_names(all) + ")";
}

spec::ReferralPattern referral_pattern_of(const spec::Pain& pain) {
  if (pain.muscle.empty()) return {};
  const ReferralTable table = referral_table_of(pain);
  if (const std::string fault = muscle_fault(table, pain.muscle); !fault.empty())
    throw CaseError("pain.muscle: " + fault);
  return table.find(pain.muscle)->pattern;
}

}  // namespace tautband
