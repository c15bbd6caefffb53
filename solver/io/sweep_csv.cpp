#include "io/sweep_csv.hpp"

#include "base/error.hpp"
#include "io/case_rules.hpp"
#include "io/sweep_columns.hpp"

#include <algorithm>

namespace tautband {
namespace {

/// The header "name [unit]" in two.
std::pair<std::string, std::string> split_header(const std::string& header) {
  const std::size_t bracket = header.find('[');
  if (bracket == std::string::npos || !header.ends_with(']')) return {header, ""};
  const std::size_t end = header.find_last_not_of(' ', bracket == 0 ? 0 : bracket - 1);
  return {header.substr(0, end + 1), header.substr(bracket + 1, header.size() - bracket - 2)};
}

class TableTaker {
 public:
  TableTaker(const CsvTable& table, SweepPlan& plan, CaseReading& reading)
      : table_(table), plan_(plan), reading_(reading), parameters_(sweep_columns(plan, reading)) {}

  void take() {
    plan_.rows.resize(table_.rows.size());
    for (std::size_t c = 0; c < table_.names.size(); ++c)
      if (table_.names[c] != "index" && table_.names[c] != "id") take_column(c);
    for (std::size_t i = 0; i < parameters_.size(); ++i)
      if (!has_key(parameters_[i].key))
        reading_.problems.add(find_place(reading_.places, "parameter." + std::to_string(i)),
                              plan_.sweep.sweep.file + " has no column " + in_quotes(parameters_[i].name));
    if (table_.rows.empty()) problem(0, "has no rows");
  }

 private:
  bool has_key(const std::string& key) const {
    return std::any_of(plan_.columns.begin(), plan_.columns.end(), [&](const SweepColumn& c) { return c.key == key; });
  }

  void problem(int line, const std::string& message) {
    const std::string where = line > 0 ? ", line " + std::to_string(line) : "";
    reading_.problems.add({}, plan_.sweep.sweep.file + where + ": " + message);
  }

  SweepColumn named(const std::string& name) const {
    for (const SweepColumn& known : parameters_)
      if (known.name == name || known.key == name) return known;
    SweepColumn column;
    column.key = name;
    column.name = name.substr(name.rfind('.') + 1);
    return column;
  }

  /// In the header, the line of units or else the first row.
  std::string unit_of(std::size_t c, const std::string& in_header) const {
    if (!in_header.empty()) return in_header;
    if (!table_.units.empty()) return table_.units[c];
    const auto first = split_quantity(table_.rows.front()[c]);
    return first ? first->unit : "";
  }

  void take_column(std::size_t c) {
    const auto [name, unit] = split_header(table_.names[c]);
    SweepColumn column = named(name);
    if (has_key(column.key)) return problem(0, "has two columns of " + column.key);
    if (table_.rows.empty()) return;
    column.unit = unit_of(c, unit);
    if (column.unit.empty()) take_words(c, column);
    for (std::size_t r = 0; r < table_.rows.size(); ++r) try {
        const auto [number, text] = value_in(column, with_unit(table_.rows[r][c], column));
        plan_.rows[r].numbers.push_back(number);
        plan_.rows[r].texts.push_back(text);
        column.from = r == 0 ? number : std::min(column.from, number);
        column.to = r == 0 ? number : std::max(column.to, number);
      } catch (const CaseError& error) {
        return problem(table_.lines[r], table_.names[c] + ": " + error.what());
      }
    check(column);
    plan_.columns.push_back(column);
  }

  void take_words(std::size_t c, SweepColumn& column) const {
    column.unit = "1";
    for (const auto& row : table_.rows)
      if (std::find(column.words.begin(), column.words.end(), row[c]) == column.words.end())
        column.words.push_back(row[c]);
  }

  /// The lowest and the highest value, or every word, has to fit the case.
  void check(const SweepColumn& column) {
    std::vector<std::string> texts = column.words;
    if (texts.empty()) texts = {quantity_text(column.from, column.unit), quantity_text(column.to, column.unit)};
    for (const std::string& text : texts)
      if (const std::string reason = objection(plan_, column.key, text); !reason.empty())
        return problem(0, column.key + " = " + text + ": " + reason);
  }

  const CsvTable& table_;
  SweepPlan& plan_;
  CaseReading& reading_;
  std::vector<SweepColumn> parameters_;
};

}  // namespace

void take_table(const CsvTable& table, SweepPlan& plan, CaseReading& reading) {
  TableTaker(table, plan, reading).take();
}

std::string with_unit(const std::string& text, const SweepColumn& column) {
  const auto parts = split_quantity(text);
  return column.words.empty() && parts && parts->unit == "1" ? quantity_text(parts->number, column.unit) : text;
}

}  // namespace tautband
