#include "io/number_key.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/units.hpp"
#include "io/section_reader.hpp"

#include <type_traits>

namespace tautband {
namespace {

/// Visitor of `describe`.
class KeyFinder {
 public:
  KeyFinder(std::string section, std::string_view wanted, NumberKey& found, Names& names)
      : section_(std::move(section)), wanted_(wanted), found_(found), names_(names) {}

  template <class T> void operator()(std::string_view key, T& member, const spec::About& about) {
    if constexpr (std::is_same_v<T, double>) {
      names_.push_back(section_ + "." + std::string(key));
      if (names_.back() == wanted_) found_ = {names_.back(), &member, about};
    }
  }

 private:
  std::string section_;
  std::string_view wanted_;
  NumberKey& found_;
  Names& names_;
};

/// Visitor of `describe_sections`.
class SectionFinder {
 public:
  explicit SectionFinder(std::string_view wanted) : wanted_(wanted) {}

  template <class T> void section(std::string_view name, T& member, const spec::SectionAbout&) {
    KeyFinder keys(std::string(name), wanted_, found, names);
    describe(member, keys);
  }
  template <class T> void list(std::string_view, std::vector<T>&, const spec::SectionAbout&) {}

  NumberKey found;
  Names names;

 private:
  std::string_view wanted_;
};

}  // namespace

NumberKey find_number(spec::Physiology& physiology, std::string_view name) {
  SectionFinder finder(name);
  describe_sections(physiology, finder);
  if (finder.found.value) return finder.found;
  throw CaseError("the physiology has no number called " + in_quotes(name) + did_you_mean(name, finder.names) +
                  "; see tautband explain");
}

double number_for(const NumberKey& key, std::string_view text) {
  const double value = parse_quantity(text, key.about.unit);
  const bool inside =
      value >= to_si(key.about.lowest, key.about.unit) && value <= to_si(key.about.highest, key.about.unit);
  if (!inside) throw CaseError(in_quotes(text) + " is not in the range of " + key.name + ": " + range_text(key.about));
  return value;
}

}  // namespace tautband
