// Laws by name at run time: what they are called, their parameters, and how to get from a name to the type. Host only.
#pragma once

#include "base/error.hpp"
#include "laws/all_laws.hpp"

#include <span>
#include <string>
#include <utility>

namespace tautband {

struct LawInfo {
  std::string_view name;
  std::span<const ParameterInfo> parameters;  ///< in the order of the law's enum Parameter; 0 is the bulk modulus
  bool fibre;                                 ///< needs a fibre direction and has fibre_stress
  bool reduced;                               ///< has reduced_tangent
};

template <class Type> struct TypeTag { using type = Type; };

namespace detail {
template <class... Laws> constexpr std::array<LawInfo, sizeof...(Laws)> law_table(TypeList<Laws...>) {
  return {{{Laws::name, Laws::parameters, Laws::fibre, Laws::reduced}...}};
}
}  // namespace detail

inline constexpr auto law_table = detail::law_table(AllLaws{});

/// The law of that name, or nullptr.
inline const LawInfo* find_law(std::string_view name) {
  for (const LawInfo& law : law_table)
    if (law.name == name) return &law;
  return nullptr;
}

/// Names of all laws, "a, b, c".
inline std::string law_names() {
  std::string names;
  for (const LawInfo& law : law_table) names.append(names.empty() ? "" : ", ").append(law.name);
  return names;
}

namespace detail {
template <class Visitor, class First, class... Rest>
auto visit_law(std::string_view name, Visitor&& visit, TypeList<First, Rest...>) {
  if (First::name == name) return visit(TypeTag<First>{});
  if constexpr (sizeof...(Rest) > 0)
    return visit_law(name, std::forward<Visitor>(visit), TypeList<Rest...>{});
  else
    throw CaseError("unknown law \"" + std::string(name) + "\"; known are " + law_names());
}
}  // namespace detail

/// visit(TypeTag<Law>{}) for the law of that name; every law has to give the same type. Throws CaseError.
template <class Visitor> auto visit_law(std::string_view name, Visitor&& visit) {
  return detail::visit_law(name, std::forward<Visitor>(visit), AllLaws{});
}

}  // namespace tautband
