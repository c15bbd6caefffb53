// The arithmetic of outputs and checks.
#include "base/error.hpp"
#include "io/expression.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace tautband {
namespace {

constexpr double pi = std::numbers::pi;

double value_of(const std::string& text) { return evaluate(text, {{"near", 5.0}, {"far", 1.0}, {"peak", 3.0}}); }

std::string complaint(const std::string& text) {
  try {
    value_of(text);
  } catch (const CaseError& error) {
    return error.what();
  }
  return "none";
}

TEST(Expression, FollowsTheRulesOfArithmetic) {
  EXPECT_DOUBLE_EQ(value_of("(near - far) / (peak - far)"), 2.0);
  EXPECT_DOUBLE_EQ(value_of("near - far - 2 * -peak"), 10.0);
  EXPECT_DOUBLE_EQ(value_of("2 ^ 3 ^ 2"), 512.0);
  EXPECT_DOUBLE_EQ(value_of("-peak^2"), -9.0);
  EXPECT_DOUBLE_EQ(value_of("4^-0.5 + 1.5e1"), 15.5);
  EXPECT_DOUBLE_EQ(value_of("12 / 2 / 3"), 2.0);
}

TEST(Expression, KnowsFunctionsAndPi) {
  EXPECT_DOUBLE_EQ(value_of("sin(pi / 6) + cos(pi)"), -0.5);
  EXPECT_DOUBLE_EQ(value_of("log(exp(peak)) + sqrt(16) + abs(far - near)"), 11.0);
  // The function of Ishigami & Homma 1990, equation 2, at (1, 2, 3).
  EXPECT_DOUBLE_EQ(value_of("sin(far) + 7 * sin(2)^2 + 0.1 * peak^4 * sin(far)"),
                   std::sin(1.0) + 7.0 * std::pow(std::sin(2.0), 2) + 8.1 * std::sin(1.0));
}

TEST(Expression, ShowsThePlaceOfAMistake) {
  EXPECT_NE(complaint("near - fra").find("did you mean \"far\"?"), std::string::npos) << complaint("near - fra");
  EXPECT_NE(complaint("(near").find("character 6: a parenthesis is not closed"), std::string::npos);
  EXPECT_NE(complaint("near far").find("character 6: not understood"), std::string::npos) << complaint("near far");
  EXPECT_NE(complaint("near +").find("a number or a name is missing"), std::string::npos);
  EXPECT_NE(complaint("near + sine(far)").find("character 8: no function is called \"sine\"; did you mean \"sin\"?"),
            std::string::npos)
      << complaint("near + sine(far)");
  EXPECT_NE(complaint("5 [furlong").find("a bracket is not closed"), std::string::npos);
  EXPECT_NE(complaint("").find("missing"), std::string::npos);
}

TEST(Expression, RefusesDepthWithoutEnd) {
  EXPECT_NE(complaint(std::string(100000, '(')).find("inside each other"), std::string::npos);
  EXPECT_NE(complaint(std::string(100000, '-')).find("inside each other"), std::string::npos);
}

/// A history of three rows.
Quantity lookup(const std::string& name) {
  if (name == "history.time") return {{0.0, 1.0, 4.0}, "s"};
  if (name == "history.stress") return {{2000.0, 4000.0, 1000.0}, "Pa"};
  if (name == "history.pressure") return {{1.0, 2.0, 3.0}, "kPa"};
  if (name == "history.share") return {{10.0, 20.0, 30.0}, "%"};
  return {{0.5}, "1"};
}

double of_history(const std::string& text, const std::string& unit) { return Expression(text).number(lookup, unit); }

TEST(Expression, TakesColumnsToNumbers) {
  EXPECT_DOUBLE_EQ(of_history("first(history.stress)", "Pa"), 2000.0);
  EXPECT_DOUBLE_EQ(of_history("last(history.stress)", "Pa"), 1000.0);
  EXPECT_DOUBLE_EQ(of_history("min(history.stress)", "Pa"), 1000.0);
  EXPECT_DOUBLE_EQ(of_history("max(history.stress) - first(history.stress)", "kPa"), 2.0);
  // Trapezoids: (3000 * 1 + 2500 * 3) / 4.
  EXPECT_DOUBLE_EQ(of_history("mean(history.stress)", "Pa"), 2625.0);
  EXPECT_DOUBLE_EQ(of_history("max(2 * history.stress - history.stress)", "Pa"), 4000.0);
  EXPECT_DOUBLE_EQ(of_history("max('history.stress')", "Pa"), 4000.0);
}

TEST(Expression, KeepsTrackOfUnits) {
  EXPECT_DOUBLE_EQ(of_history("max(history.stress) + max(history.pressure)", "kPa"), 7.0);
  EXPECT_DOUBLE_EQ(of_history("max(history.stress) / 2 [kPa]", "1"), 2.0);
  EXPECT_DOUBLE_EQ(of_history("max(history.stress) * last(history.time)", "kPa ms"), 16000.0);
  EXPECT_DOUBLE_EQ(of_history("last(history.time)^2", "s2"), 16.0);
  EXPECT_DOUBLE_EQ(of_history("max(history.share) + 1", "1"), 1.3);
  EXPECT_DOUBLE_EQ(of_history("exp(0 * bands.x) * 3", "mm"), 3.0);  // a pure number is taken as it is
  for (const char* wrong : {"max(history.stress)", "max(history.stress) + 1", "sin(max(history.stress))",
                            "2^max(history.time)", "max(history.time)^0.5", "history.share"})
    EXPECT_THROW(of_history(wrong, "1"), CaseError) << wrong;
  EXPECT_THROW(of_history("5 [parsnip]", "1"), CaseError);
}

TEST(Expression, ListsItsNames) {
  EXPECT_EQ(Expression("max(history.a) / gain + pi").names(), (std::vector<std::string>{"history.a", "gain"}));
}

}  // namespace
}  // namespace tautband
