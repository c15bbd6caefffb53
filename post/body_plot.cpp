#include "post/body_plot.hpp"

#include "post/body_outline.hpp"
#include "post/case_facts.hpp"
#include "post/colour_map.hpp"
#include "post/errors.hpp"
#include "post/history.hpp"
#include "post/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>

namespace tautband::post {
namespace {

constexpr double page_width = 1600, page_height = 1210, unit = 9.0, ground = 165;
constexpr double middles[2] = {570, 1030};  // of the two figures
constexpr Colour skin = {0.955, 0.945, 0.93}, border = {0.80, 0.78, 0.75}, ink = {0.25, 0.25, 0.25};
constexpr size_t most_labels = 8;

/// Referred pain of one row of the history.
struct Pain {
  double time;
  std::map<std::string, double> regions;
  double highest;  ///< of any region at any time
  std::string local;
};

std::string words_of(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

std::string time_text(double seconds) {
  constexpr double minute = 60, hour = 3600, day = 86400;
  if (std::abs(seconds) < 2 * minute) return fmt::format("{:.3g} s", seconds);
  if (std::abs(seconds) < 2 * hour) return fmt::format("{:.3g} min", seconds / minute);
  if (std::abs(seconds) < 2 * day) return fmt::format("{:.3g} h", seconds / hour);
  return fmt::format("{:.4g} days", seconds / day);
}

size_t row_at(const History& history, const std::optional<double>& time) {
  const std::vector<double>& times = history.time();
  if (!time) return times.size() - 1;
  const auto nearer = [&](double a, double b) { return std::abs(a - *time) < std::abs(b - *time); };
  return static_cast<size_t>(std::min_element(times.begin(), times.end(), nearer) - times.begin());
}

/// What the muscle itself feels, where the history tells.
std::string local_text(const History& history, size_t row) {
  const struct {
    const char* column;
    const char* words;
    double factor;
    const char* unit;
  } wanted[] = {{"pain_local", "pain in the muscle itself", 1.0, ""},
                {"nociception", "nociception", 1.0, ""},
                {"central_sensitisation", "central sensitisation", 1.0, ""},
                {"pressure_pain_threshold", "pressure pain threshold", 1e-3, " kPa"}};
  std::string text;
  for (const auto& [name, words, factor, unit_name] : wanted)
    if (const HistoryColumn* column = history.find(name))
      text += fmt::format("{}{} {:.3g}{}", text.empty() ? "" : ",  ", words, factor * column->values[row], unit_name);
  return text;
}

bool known(const std::string& key) {
  return std::any_of(body_shapes().begin(), body_shapes().end(), [&](const BodyShape& s) { return s.key == key; });
}

Pain read_pain(const History& history, const std::filesystem::path& file, const std::optional<double>& time) {
  const size_t row = row_at(history, time);
  Pain pain{history.time()[row], {}, 0.0, local_text(history, row)};
  const std::string prefix = "pain_";
  for (const HistoryColumn& column : history.columns()) {
    if (!column.name.starts_with(prefix) || column.name == "pain_local" || column.name == "pain_total") continue;
    const std::string key = column.name.substr(prefix.size());
    if (!known(key)) throw FileError(file.string() + ": the body has no region '" + key + "'");
    pain.regions[key] = column.values[row];
    for (const double value : column.values) pain.highest = std::max(pain.highest, value);
  }
  if (pain.regions.empty())
    throw FileError(file.string() + ": has no referred pain; it needs [chemistry], and `muscle` in [pain]");
  return pain;
}

/// One figure on the page. The side that hurts faces outward: on the left figure to the left, on the right to the
/// right.
class Figure {
 public:
  Figure(Picture& picture, BodyView view, bool left_one)
      : picture_(picture), view_(view), middle_(middles[left_one ? 0 : 1]), outward_(left_one ? -1.0 : 1.0) {}

  void draw(const Pain& pain, vtkLookupTable* colours);
  void label(const Pain& pain, const std::vector<const BodyShape*>& shapes);

 private:
  Position place(const BodyPoint& p, double side) const {
    return {middle_ + outward_ * side * unit * p.x, ground + unit * p.y};
  }
  std::vector<Position> places(const std::vector<BodyPoint>& line, double side) const {
    std::vector<Position> all;
    for (const BodyPoint& p : line) all.push_back(place(p, side));
    return all;
  }
  void region(const BodyShape& shape, const Pain& pain, vtkLookupTable* colours);
  void sole(const Pain& pain, vtkLookupTable* colours);

  Picture& picture_;
  BodyView view_;
  double middle_, outward_;
};

void Figure::region(const BodyShape& shape, const Pain& pain, vtkLookupTable* colours) {
  const std::vector<BodyPoint> line = rounded(shape.corners, 3, 0.15, true);
  const double side = shape.other_side ? -1.0 : 1.0;
  const auto felt = pain.regions.find(shape.key);
  if (felt != pain.regions.end() && felt->second > 0.0) {
    Colour colour;
    colours->GetColor(felt->second, colour.data());
    picture_.polygon(places(line, side), colour);
  }
  picture_.path(places(line, side), true, border, 1.2);
  if (shape.view != BodyView::sole && !shape.other_side) picture_.path(places(line, -1.0), true, border, 1.2);
}

void Figure::sole(const Pain& pain, vtkLookupTable* colours) {
  const std::vector<BodyPoint> line = rounded(sole_outline(), 3, 0.25, true);
  picture_.polygon(places(line, 1.0), skin);
  for (const BodyShape& shape : body_shapes())
    if (shape.view == BodyView::sole) region(shape, pain, colours);
  picture_.path(places(line, 1.0), true, ink, 2.0);
  const Position below = place({14.6, -3.2}, 1.0);
  picture_.text("sole", below[0], below[1], 16, Align::centre, 0.45);
}

void Figure::draw(const Pain& pain, vtkLookupTable* colours) {
  const std::vector<BodyPoint> half = rounded(body_half_outline(), 3, 0.25, false);
  for (const double side : {1.0, -1.0}) picture_.polygon(places(half, side), skin);
  for (const BodyShape& shape : body_shapes())
    if (shape.view == view_) region(shape, pain, colours);
  // White outside the outline cuts off what reaches beyond it.
  std::vector<BodyPoint> outside{{0, 103}, {24, 103}, {24, -3}, {0, -3}};
  outside.insert(outside.end(), half.rbegin(), half.rend());
  for (const double side : {1.0, -1.0}) {
    picture_.polygon(places(outside, side), {1, 1, 1});
    picture_.path(places(half, side), false, ink, 2.0);
  }
  if (view_ == BodyView::back) sole(pain, colours);
  const Position foot = place({0, -6.5}, 1.0);
  picture_.text(view_ == BodyView::front ? "front" : "back", foot[0], foot[1], 22, Align::centre);
  const bool hurts_left = (view_ == BodyView::front) == (outward_ > 0.0);
  for (const double side : {1.0, -1.0}) {
    const Position at = place({11, -6.5}, side);
    picture_.text(hurts_left == (side > 0.0) ? "left" : "right", at[0], at[1], 18, Align::centre, 0.45);
  }
}

/// Names and values beside the figure, each with a line to its region.
void Figure::label(const Pain& pain, const std::vector<const BodyShape*>& shapes) {
  double lowest = 1e9;
  for (const BodyShape* shape : shapes) {
    const Position region = place(centre_of(shape->corners), shape->other_side ? -1.0 : 1.0);
    const double y = std::min(region[1], lowest - 44);
    const double edge = middle_ + outward_ * 235;
    lowest = y;
    picture_.path({{edge, y}, {edge - outward_ * 24, y}, region}, false, ink, 1.2);
    picture_.text(fmt::format("{}  {:.2g}", words_of(shape->key), pain.regions.at(shape->key)), edge + outward_ * 8,
                  y - 13, 21, outward_ < 0 ? Align::right : Align::left);
  }
}

/// The regions that hurt most, each in the view where it is largest; from above to below.
std::vector<const BodyShape*> strongest(const Pain& pain) {
  std::vector<std::pair<double, std::string>> order;
  for (const auto& [key, value] : pain.regions)
    if (value > 0.0) order.emplace_back(-value, key);
  std::sort(order.begin(), order.end());
  order.resize(std::min(order.size(), most_labels));
  std::vector<const BodyShape*> shapes;
  for (const auto& entry : order) {
    const BodyShape* largest = nullptr;
    for (const BodyShape& shape : body_shapes())
      if (shape.key == entry.second && (!largest || area_of(shape.corners) > area_of(largest->corners)))
        largest = &shape;
    shapes.push_back(largest);
  }
  std::sort(shapes.begin(), shapes.end(),
            [](const BodyShape* a, const BodyShape* b) { return centre_of(a->corners).y > centre_of(b->corners).y; });
  return shapes;
}

/// The smallest round number that is not below `value`.
double round_up(double value) {
  for (const double round : {0.05, 0.1, 0.2, 0.5, 1.0})
    if (value <= round) return round;
  return std::ceil(value);
}

}  // namespace

std::filesystem::path plot_body(const std::filesystem::path& result, const std::optional<double>& time,
                                const std::filesystem::path& folder, int width) {
  const std::filesystem::path source = result / "history.csv";
  const Pain pain = read_pain(History(source), source, time);
  std::ifstream resolved(result / "case.resolved.toml");
  const CaseFacts facts = read_case_facts({std::istreambuf_iterator<char>(resolved), {}}, "");
  const auto colours = sequential_map({0.0, round_up(pain.highest)});
  Picture picture(page_width, page_height, width);
  const std::vector<const BodyShape*> labelled = strongest(pain);
  for (const BodyView view : {BodyView::front, BodyView::back}) {
    Figure figure(picture, view, (view == BodyView::front) != facts.left_side);
    figure.draw(pain, colours);
    std::vector<const BodyShape*> here;
    std::copy_if(labelled.begin(), labelled.end(), std::back_inserter(here),
                 [&](const BodyShape* shape) { return (shape->view == BodyView::front) == (view == BodyView::front); });
    figure.label(pain, here);
  }
  picture.colour_bar(colours, labelled.empty() ? "referred pain (none at this time)" : "referred pain",
                     {550, 84, 1050, 102});
  picture.text(fmt::format("Referred pain,  t = {}", time_text(pain.time)), 40, page_height - 60, 34);
  picture.text(fmt::format("{}, {} side", facts.muscle, facts.left_side ? "left" : "right"), page_width - 40,
               page_height - 56, 24, Align::right, 0.35);
  picture.text(pain.local, 40, page_height - 98, 22, Align::left, 0.35);
  picture.save(folder / "body.png");
  return folder / "body.png";
}

}  // namespace tautband::post
