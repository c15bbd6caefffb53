// [mesh] and [[region]]: what the tissue is made of.
#pragma once

#include "laws/active.hpp"
#include "laws/volumetric.hpp"
#include "spec/describe.hpp"

#include <array>
#include <map>
#include <optional>

namespace tautband::spec {

enum class Formulation { mixed, displacement };
using Active = tautband::Active;
enum class TangentForm { automatic, full, reduced };

template <>
inline constexpr std::array enum_table<Formulation> = {
    EnumEntry<Formulation>{"mixed", Formulation::mixed},
    EnumEntry<Formulation>{"displacement", Formulation::displacement}};
template <>
inline constexpr std::array enum_table<Active> = {
    EnumEntry<Active>{"none", Active::none}, EnumEntry<Active>{"isotropic", Active::isotropic},
    EnumEntry<Active>{"transverse_isotropic", Active::transverse_isotropic},
    EnumEntry<Active>{"uniaxial", Active::uniaxial}};
template <>
inline constexpr std::array enum_table<TangentForm> = {EnumEntry<TangentForm>{"automatic", TangentForm::automatic},
                                                       EnumEntry<TangentForm>{"full", TangentForm::full},
                                                       EnumEntry<TangentForm>{"reduced", TangentForm::reduced}};
template <>
inline constexpr std::array enum_table<Volumetric> = {EnumEntry<Volumetric>{"quadratic", Volumetric::quadratic},
                                                      EnumEntry<Volumetric>{"logarithmic", Volumetric::logarithmic},
                                                      EnumEntry<Volumetric>{"simo_taylor", Volumetric::simo_taylor}};

/// [mesh]
struct MeshSection {
  std::string file;     ///< as the program opens it: relative paths of a case file are relative to that file
  std::string made_by;  ///< command that makes the file, told when it is missing
  Formulation formulation = Formulation::mixed;

  bool operator==(const MeshSection&) const = default;
};

/// [[region]]
struct Region {
  std::string name;
  std::string law;
  Volumetric volumetric = Volumetric::quadratic;
  double density = 1060.0;                  ///< kg/m^3
  std::map<std::string, Field> parameters;  ///< by name as in the law's table, SI; a case that was read has all
  TangentForm tangent = TangentForm::automatic;
  std::optional<std::array<double, 3>> fibre;  ///< constant unit direction; otherwise the mesh's
  std::string fibre_array;                     ///< other 3-component cell array as fibre
  Active active = Active::none;
  Field active_stress;                     ///< T0 of the active addition, Pa
  Field activation;                        ///< constant activation where the drive does not set it
  Field contracture_stretch{1.0, "", ""};  ///< imposed lambda_c (multiplies the one of the contracture stage)

  bool operator==(const Region&) const = default;
};

template <Of<MeshSection> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("file", self.file,
        {.meaning = "mesh file (VTKHDF) made by tautband-mesh; relative to the case file, in its folder or below "
                    "unless --allow-outside is given",
         .required = true});
  visit("made_by", self.made_by,
        {.meaning = "command that makes the mesh file, told when the file is missing", .default_text = "none"});
  visit("formulation", self.formulation,
        {.meaning = "mixed: displacement and discontinuous pressure, for nearly incompressible tissue; displacement: "
                    "displacement only",
         .source = "numerical"});
}

template <Of<Region> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("name", self.name, {.meaning = "region of the mesh", .required = true});
  visit("law", self.law,
        {.meaning = "constitutive law; `tautband explain laws` lists them with their parameters", .required = true});
  visit("volumetric", self.volumetric,
        {.meaning = "energy of volume change: quadratic kappa/2 (J-1)^2; logarithmic kappa/2 (ln J)^2; simo_taylor "
                    "kappa/4 (J^2 - 1 - 2 ln J)",
         .source = "Simo & Taylor 1982, Comput Methods Appl Mech Eng 33:685; Blemker 2005, J Biomech 38:657"});
  visit("density", self.density,
        {.unit = "kg/m^3",
         .lowest = 1e-3,
         .highest = 1e5,
         .meaning = "mass density",
         .source = "Mendez & Keys 1960, Metabolism 9:184"});
  visit("tangent", self.tangent,
        {.meaning = "form of the tangent stored at quadrature points: full (45 numbers) for any law; reduced (23) for "
                    "laws that have it; automatic takes reduced where it exists",
         .source = "numerical"});
  visit("fibre", self.fibre,
        {.lowest = -1.0,
         .highest = 1.0,
         .meaning = "one fibre direction for the whole region (unit vector)",
         .default_text = "the mesh's fibres"});
  visit("fibre_array", self.fibre_array,
        {.meaning = "cell array of the mesh with 3 components to take as fibre direction",
         .default_text = "the mesh's fibres"});
  visit("active", self.active,
        {.meaning = "active stress T0 a added to the law as second Piola-Kirchhoff stress: isotropic I; "
                    "transverse_isotropic I - a0 a0; uniaxial a0 a0"});
  visit("active_stress", self.active_stress,
        {.unit = "kPa",
         .lowest = 0.0,
         .highest = 1e6,
         .meaning = "T0: active stress at full activation",
         .required = true,
         .used = self.active != Active::none,
         .when = "active is not none"});
  visit("activation", self.activation,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "activation of the law's fibre part or of the active stress; adds to what the drive sets"});
  visit("contracture_stretch", self.contracture_stretch,
        {.lowest = 0.1,
         .highest = 10.0,
         .meaning = "imposed eigen-stretch along the fibre, 1 = none; multiplies that of [contracture]"});
  visit.parameters("parameters", self.law, self.parameters,
                   {.meaning = "parameters of the law; those not given take the law's default"});
}

}  // namespace tautband::spec
