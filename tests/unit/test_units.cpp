// Quantities with units: exact values, refused slips, and text that reads back to the last bit.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/units.hpp"

namespace tautband {
namespace {

TEST(Units, QuantitiesAreReadInSi) {
  EXPECT_EQ(parse_quantity("300 kPa", "Pa"), 3e5);
  EXPECT_EQ(parse_quantity("300 kPa", "kPa"), 3e5);  // SI whatever the wanted unit is called
  EXPECT_EQ(parse_quantity("40 ms", "s"), 0.04);     // the double nearest to 0.04, not 40 * 0.001
  EXPECT_EQ(parse_quantity(" -2.5e-3 m/s ", "mm/s"), -2.5e-3);
  EXPECT_EQ(parse_quantity("+1 cm", "m"), 0.01);
  EXPECT_EQ(parse_quantity("0.3 kPa/mm", "Pa/m"), 3e5);
  EXPECT_EQ(parse_quantity("0.5 kPa s", "Pa s"), 500.0);
  EXPECT_EQ(parse_quantity("1060 kg/m^3", "g/cm3"), 1060.0);
  EXPECT_EQ(parse_quantity("5 µm", "m"), 5e-6);
  EXPECT_EQ(parse_quantity("120 pps", "Hz"), 120.0);
  EXPECT_EQ(parse_quantity("2 1/s", "Hz"), 2.0);
  EXPECT_EQ(parse_quantity("inf s", "s"), std::numeric_limits<double>::infinity());
  EXPECT_DOUBLE_EQ(parse_quantity("760 mmHg", "Pa"), 101325.0144354);  // 13595.1 kg/m^3 * 9.80665 m/s^2 * 0.76 m
  EXPECT_DOUBLE_EQ(parse_quantity("37 degC", "K"), 310.15);
}

TEST(Units, DimensionlessTakesPlainNumbersAndPercent) {
  EXPECT_EQ(parse_quantity("0.13", "1"), 0.13);
  EXPECT_EQ(parse_quantity("13 %", "1"), 0.13);
  EXPECT_DOUBLE_EQ(parse_quantity("90 deg", "rad"), std::numbers::pi / 2);
  EXPECT_TRUE(is_dimensionless("1"));
  EXPECT_TRUE(is_dimensionless("rad"));
  EXPECT_FALSE(is_dimensionless("kPa"));
  EXPECT_TRUE(same_dimension("Pa", "mmHg"));
  EXPECT_FALSE(same_dimension("s", "Hz"));
}

std::string error_of(const std::string& text, const std::string& unit) {
  try {
    parse_quantity(text, unit);
  } catch (const CaseError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Units, SlipsAreRefusedWithTheReason) {
  const auto expect = [](const std::string& text, const std::string& unit, const std::string& reason) {
    EXPECT_NE(error_of(text, unit).find(reason), std::string::npos) << text << ": " << error_of(text, unit);
  };
  expect("3", "Pa", "has no unit; write a number and a unit such as \"1 Pa\"");
  expect("3 mm", "Pa", "wrong dimension: \"mm\" cannot be converted to \"Pa\"");
  expect("40 ms", "1/s", "wrong dimension");  // udunits would take the reciprocal
  expect("3 foo", "Pa", "\"foo\" in \"3 foo\" is not a unit");
  expect("3 mm 5", "m", "is not a unit");  // udunits would multiply by 5
  expect("3 K @ 273", "K", "is not a unit");
  expect("3 s since 1990", "s", "is not a unit");
  expect("3 lg(re 1 mW)", "W", "is not a unit");
  expect("kPa", "Pa", "does not begin with a number");
  expect("", "Pa", "does not begin with a number");
  expect("nan s", "s", "does not begin with a number");
  expect("1e999 s", "s", "too large or too small");
  expect("3 " + std::string(1000, 'm'), "m", "is not a unit");
}

TEST(Units, TextReadsBackToTheLastBit) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> mantissa(-10.0, 10.0);
  std::uniform_int_distribution<int> exponent(-12, 12);
  for (const std::string unit : {"kPa", "mm", "ms", "pps", "1/pps", "kPa/mm", "mmHg", "1", "rad", "deg", "degC"})
    for (int i = 0; i < 500; ++i) {
      const double value = mantissa(random) * std::pow(10.0, exponent(random));
      const std::string text = format_quantity(value, unit);
      EXPECT_EQ(parse_quantity(text, unit), value) << text;
    }
}

TEST(Units, TextIsShort) {
  EXPECT_EQ(format_quantity(5000.0, "kPa"), "5 kPa");
  EXPECT_EQ(format_quantity(0.3e-3, "mm"), "0.3 mm");
  EXPECT_EQ(format_quantity(0.1, "1"), "0.1");
  EXPECT_EQ(format_number(1e300), "1e+300");
}

TEST(Text, NearestNames) {
  EXPECT_EQ(edit_distance("density", "density"), 0);
  EXPECT_EQ(edit_distance("densty", "density"), 1);
  EXPECT_EQ(edit_distance("dnesity", "density"), 1);  // a swap is one slip
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(did_you_mean("Stepp", {"start", "step", "end"}), "; did you mean \"step\"?");
  EXPECT_EQ(did_you_mean("viscosity", {"start", "step", "end"}), "");
  EXPECT_EQ(list_names({}), "none");
}

}  // namespace
}  // namespace tautband
