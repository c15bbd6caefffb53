#include "io/explain.hpp"

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/section_reader.hpp"
#include "io/value_text.hpp"
#include "laws/registry.hpp"
#include "spec/case.hpp"
#include "spec/sweep.hpp"

#include <sstream>

namespace tautband {
namespace {

constexpr std::size_t text_width = 100;

/// Words in lines of `text_width`, each behind `indent`.
std::string wrapped(const std::string& text, const std::string& indent) {
  std::istringstream words(text);
  std::string result, line = indent;
  for (std::string word; words >> word;) {
    if (line.size() > indent.size() && line.size() + 1 + word.size() > text_width) {
      result += line + "\n";
      line = indent;
    }
    line += (line.size() > indent.size() ? " " : "") + word;
  }
  return result + line + "\n";
}

std::string source_text(std::string_view source) {
  if (source == "choice") return "a choice of the user";
  if (source == "numerical") return "a numerical setting";
  if (source.starts_with("calibrated")) return "calibrated, not measured" + std::string(source.substr(10));
  return "source: " + std::string(source);
}

// What a value of each type of member looks like.
std::string shape_of(const double&, const spec::About& about) { return about.unit == "1" ? "number" : "quantity"; }
std::string shape_of(const int&, const spec::About&) { return "whole number"; }
std::string shape_of(const std::uint64_t&, const spec::About&) { return "whole number"; }
std::string shape_of(const bool&, const spec::About&) { return "true or false"; }
std::string shape_of(const std::string&, const spec::About& about) {
  return about.names_curve ? "name of a [curve.NAME]" : "string";
}
std::string shape_of(const spec::Field&, const spec::About&) {
  return "value, { value, curve } or { array, scale, curve }";
}
std::string shape_of(const spec::AnyQuantity&, const spec::About&) { return "number or quantity"; }
std::string shape_of(const std::array<double, 3>&, const spec::About&) { return "[x, y, z]"; }
template <class Enum>
requires std::is_enum_v<Enum> std::string shape_of(const Enum&, const spec::About&) {
  return "one of " + list_names(enum_names<Enum>());
}
template <class T> std::string shape_of(const std::optional<T>&, const spec::About& about) {
  return shape_of(T{}, about);
}
template <class T> std::string shape_of(const std::vector<T>&, const spec::About& about) {
  return "list of " + shape_of(T{}, about);
}

std::string describe_key(const std::string& heading, const std::string& shape, const spec::About& about) {
  std::string facts = shape;
  const std::string range = range_text(about);
  if (!range.empty()) facts += "; " + range;
  if (range.empty() && about.unit != "1") facts += "; any " + std::string(about.unit);
  if (!about.unit_note.empty()) facts += "; " + std::string(about.unit_note);
  if (!about.when.empty()) facts += "; only if " + std::string(about.when);
  return "  " + heading + "\n" + wrapped(facts, "      ") + wrapped(std::string(about.meaning), "      ") +
         wrapped(source_text(about.source), "      ");
}

std::string describe_law(const LawInfo& law) {
  std::string text = "parameters of the law " + std::string(law.name) + (law.fibre ? " (needs fibres)" : "") + "\n";
  for (const ParameterInfo& row : law.parameters) {
    const spec::About about{
        .unit = row.unit, .lowest = row.lowest, .highest = row.highest, .meaning = row.meaning, .source = row.source};
    const std::string value = value_text(to_si(row.default_value, row.unit), about);
    const std::string heading = std::string(row.name) + (row.required ? ": required" : " = " + value);
    text += describe_key(heading, shape_of(spec::Field{}, about), about);
  }
  return text;
}

/// Visitor of `describe`.
class KeyExplainer {
 public:
  explicit KeyExplainer(std::string only) : only_(std::move(only)) {}

  template <class T> void operator()(std::string_view key, const T& member, const spec::About& about) {
    keys_.emplace_back(key);
    if (!only_.empty() && only_ != key) return;
    const std::string value = value_text(member, about);
    std::string heading = std::string(key);
    if (about.required)
      heading += ": required";
    else if (!about.default_text.empty())
      heading += ": default " + std::string(about.default_text);
    else
      heading += value.empty() ? ": default none" : " = " + value;
    text_ += describe_key(heading, shape_of(member, about), about);
  }

  void parameters(std::string_view key, const std::string&, const std::map<std::string, spec::Field>&,
                  const spec::About& about) {
    keys_.emplace_back(key);
    if (!only_.empty() && only_ != key) return;
    Names names;
    for (const LawInfo& law : law_table) names.emplace_back(law.name);
    text_ +=
        describe_key(std::string(key), "table; tautband explain LAW lists its keys; laws: " + list_names(names), about);
  }

  const std::string& text() const { return text_; }
  const Names& keys() const { return keys_; }

 private:
  std::string only_, text_;
  Names keys_;
};

/// Visitor of `describe_sections` over a case of defaults.
class SectionExplainer {
 public:
  SectionExplainer(std::string section, std::string key) : only_(std::move(section)), key_(std::move(key)) {}

  template <class T> void section(std::string_view name, const T& member, const spec::SectionAbout& about) {
    add(name, "[" + std::string(name) + "]", member, about);
  }
  template <class T> void list(std::string_view name, const std::vector<T>&, const spec::SectionAbout& about) {
    add(name, "[[" + std::string(name) + "]], any number of times", T{}, about);
  }
  template <class T>
  void named(std::string_view name, const std::map<std::string, T>&, const spec::SectionAbout& about) {
    add(name, "[" + std::string(name) + ".NAME], any number of times", T{}, about);
  }

  const std::string& text() const { return text_; }
  const Names& sections() const { return sections_; }

 private:
  template <class T>
  void add(std::string_view name, const std::string& header, const T& member, const spec::SectionAbout& about) {
    sections_.emplace_back(name);
    if (!only_.empty() && only_ != name) return;
    KeyExplainer keys(key_);
    describe(member, keys);
    if (keys.text().empty())
      throw CaseError("no key " + in_quotes(key_) + " in [" + std::string(name) + "]" +
                      did_you_mean(key_, keys.keys()) + " (keys: " + list_names(keys.keys()) + ")");
    const std::string required = about.required ? " (required)" : "";
    text_ += (text_.empty() ? "" : "\n") + header + required + "\n" + wrapped(std::string(about.meaning), "  ") +
             keys.text();
  }

  std::string only_, key_, text_;
  Names sections_;
};

std::string describe_all_laws() {
  std::string text;
  for (const LawInfo& law : law_table) text += (text.empty() ? "" : "\n") + describe_law(law);
  return text;
}

/// A sweep is a file of its own: "sweep" tells all of it, [[output]] too, which is also a section of cases.
std::string describe_sweep(const std::string& section, const std::string& key) {
  SectionExplainer sections(key.empty() && section == "sweep" ? "" : section, key);
  const spec::Sweep defaults;
  describe_sections(defaults, sections);
  return sections.text();
}

}  // namespace

std::string explain(std::string_view topic) {
  if (topic == "laws") return describe_all_laws();
  if (const LawInfo* law = find_law(topic)) return describe_law(*law);
  const std::size_t dot = std::min(topic.find('.'), topic.size());
  const std::string section(topic.substr(0, dot));
  const std::string key(topic.substr(std::min(dot + 1, topic.size())));
  if (section == "sweep" || section == "parameter") return describe_sweep(section, key);
  SectionExplainer sections(section, key);
  const spec::Case defaults;
  describe_sections(defaults, sections);
  describe_sections(defaults.physiology, sections);
  if (!sections.text().empty()) return topic.empty() ? sections.text() + "\n" + describe_all_laws() : sections.text();
  Names topics = sections.sections();
  topics.emplace_back("sweep");
  topics.emplace_back("laws");
  for (const LawInfo& law : law_table) topics.emplace_back(law.name);
  throw CaseError("nothing to explain about " + in_quotes(topic) + did_you_mean(section, topics) +
                  " (topics: " + list_names(topics) + ")");
}

}  // namespace tautband
