// A picture on white: panels with a scene each, and text, scale bars and colour bars over them. Written as PNG.
#pragma once

#include <vtkLookupTable.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkTextProperty.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace tautband::post {

/// A rectangle in pixels of the picture, from its lower left corner.
struct Box {
  double left, bottom, right, top;
  double width() const { return right - left; }
  double height() const { return top - bottom; }
};

enum class Align { left, centre, right };

/// Positions between `low` and `high` at a round distance, about `count` of them.
std::vector<double> round_ticks(double low, double high, int count);

/// "0.25": the shortest text of a tick.
std::string tick_text(double tick);

/// Gives text the sans-serif font of the system, where there is one.
void set_font(vtkTextProperty* style, double size);

/// Pixels that a line of text of `size` takes.
double text_width(const std::string& text, int size);

using Colour = std::array<double, 3>;
using Position = std::array<double, 2>;  ///< in pixels of the picture, from its lower left corner

/// Blue, vermillion, green, purple of Okabe & Ito 2008, which colour-blind readers tell apart.
constexpr Colour palette[4] = {{0.0, 0.447, 0.698}, {0.835, 0.369, 0.0}, {0.0, 0.620, 0.451}, {0.8, 0.475, 0.655}};

struct Tile {
  Box box;
  Colour colour;
};

/// A line through several points.
struct Stroke {
  std::vector<Position> points;
  Colour colour;
};

/// Drawn larger than written and averaged down, which smooths edges also where translucent surfaces overlap.
class Picture {
 public:
  /// Laid out for `width` x `height` pixels, written `written_width` pixels wide. Throws CommandError when it would be
  /// written more than 8000 pixels high, which is more than can be drawn.
  Picture(int width, int height, int written_width);

  int width() const { return width_; }
  int height() const { return height_; }
  double scale() const { return scale_; }  ///< pixels drawn for one of the layout
  /// A renderer with its own scene, whose camera is the caller's business.
  vtkRenderer* panel(const Box& box);
  /// `size`: font size in pixels; (x, y): the lower edge of the text.
  void text(const std::string& text, double x, double y, int size, Align align = Align::left, double grey = 0.1);
  void line(double x0, double y0, double x1, double y1, const Colour& colour = {0.1, 0.1, 0.1}, double thickness = 1.5);
  /// Through all points, and back to the first one when `closed`.
  void path(const std::vector<Position>& points, bool closed, const Colour& colour, double thickness);
  /// All at once, later ones over earlier ones; `opacity` 0..1.
  void strokes(const std::vector<Stroke>& strokes, double thickness, double opacity = 1.0);
  void rectangle(const Box& box, const Colour& colour);
  void tiles(const std::vector<Tile>& tiles);
  /// Filled; its sides may turn in but not cross.
  void polygon(const std::vector<Position>& corners, const Colour& colour);
  /// Horizontal, ticks and label below it.
  void colour_bar(vtkLookupTable* colours, const std::string& label, const Box& box);
  /// In the lower left corner of `box`; `pixels_per_mm` of the scene there.
  void scale_bar(const Box& box, double pixels_per_mm);
  /// Adds a prop in window coordinates over everything else.
  void overlay(vtkProp* prop);
  /// Throws RunError when the file cannot be written.
  void save(const std::filesystem::path& file);

 private:
  int width_, height_;
  double scale_;
  vtkSmartPointer<vtkRenderWindow> window_;
  vtkSmartPointer<vtkRenderer> overlay_;
};

}  // namespace tautband::post
