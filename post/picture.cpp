#include "post/picture.hpp"

#include "post/errors.hpp"

#include <fmt/format.h>
#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkImageShrink3D.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkProperty2D.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>
#include <vtkTextRenderer.h>
#include <vtkTriangleFilter.h>
#include <vtkUnsignedCharArray.h>
#include <vtkWindowToImageFilter.h>

#include <cmath>

namespace tautband::post {
namespace {

constexpr int oversampling = 2;  // pixels drawn for one written
constexpr int highest = 8000;    // with oversampling just below what OpenGL draws, 16384
constexpr int background_layer = 0, panel_layer = 1, overlay_layer = 2;

vtkSmartPointer<vtkActor2D> flat_actor(vtkPolyData* shape) {
  vtkNew<vtkPolyDataMapper2D> mapper;
  mapper->SetInputData(shape);
  auto actor = vtkSmartPointer<vtkActor2D>::New();
  actor->SetMapper(mapper);
  return actor;
}

vtkSmartPointer<vtkPoints> scaled(const std::vector<Position>& positions, double scale) {
  auto points = vtkSmartPointer<vtkPoints>::New();
  for (const Position& at : positions) points->InsertNextPoint(scale * at[0], scale * at[1], 0);
  return points;
}

void add_colour(vtkUnsignedCharArray* colours, const Colour& colour) {
  colours->InsertNextTuple3(255 * colour[0], 255 * colour[1], 255 * colour[2]);
}

vtkSmartPointer<vtkUnsignedCharArray> no_colours() {
  auto colours = vtkSmartPointer<vtkUnsignedCharArray>::New();
  colours->SetNumberOfComponents(3);
  return colours;
}

/// The largest 1, 2 or 5 times a power of ten up to `room`.
double round_length(double room) {
  const double power = std::pow(10.0, std::floor(std::log10(room)));
  for (const double factor : {5.0, 2.0})
    if (factor * power <= room) return factor * power;
  return power;
}

}  // namespace

std::vector<double> round_ticks(double low, double high, int count) {
  const double raw = (high - low) / count, power = std::pow(10.0, std::floor(std::log10(raw)));
  double step = 10.0 * power;
  for (const double factor : {5.0, 2.5, 2.0, 1.0})
    if (factor * power >= raw) step = factor * power;
  std::vector<double> ticks;
  const double slack = 1e-9 * (high - low);
  for (double tick = std::ceil((low - slack) / step); tick * step <= high + slack; ++tick) ticks.push_back(tick * step);
  return ticks;
}

std::string tick_text(double tick) { return fmt::format("{:.6g}", std::abs(tick) < 1e-12 ? 0.0 : tick); }

void set_font(vtkTextProperty* style, double size) {
  static const char* const sans_serif = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
  static const bool installed = std::filesystem::exists(sans_serif);
  if (installed) {
    style->SetFontFamily(VTK_FONT_FILE);
    style->SetFontFile(sans_serif);
  }
  style->SetFontSize(static_cast<int>(std::lround(size)));
}

double text_width(const std::string& text, int size) {
  constexpr int points_per_inch = 72;  // of every renderer, unless told otherwise
  vtkNew<vtkTextProperty> style;
  set_font(style, size);
  int box[4] = {0, 0, 0, 0};
  vtkTextRenderer::GetInstance()->GetBoundingBox(style, text, box, points_per_inch);
  return box[1] - box[0] + 1;
}

Picture::Picture(int width, int height, int written_width)
    : width_(width), height_(height), scale_(oversampling * written_width / static_cast<double>(width)) {
  const double written_height = static_cast<double>(written_width) * height / width;
  if (written_height > highest)
    throw CommandError(
        fmt::format("the picture would be {:.0f} pixels high, at most {} can be drawn: choose less to be "
                    "drawn or a smaller --width",
                    written_height, highest));
  window_ = vtkSmartPointer<vtkRenderWindow>::New();
  window_->SetOffScreenRendering(1);
  window_->SetMultiSamples(0);  // depth peeling of translucent surfaces needs plain samples
  window_->SetAlphaBitPlanes(1);
  window_->SetNumberOfLayers(3);
  window_->SetSize(oversampling * written_width, oversampling * static_cast<int>(written_width * height / width));
  vtkNew<vtkRenderer> background;
  background->SetBackground(1, 1, 1);
  background->SetLayer(background_layer);
  window_->AddRenderer(background);
  overlay_ = vtkSmartPointer<vtkRenderer>::New();
  overlay_->SetLayer(overlay_layer);
  window_->AddRenderer(overlay_);
}

vtkRenderer* Picture::panel(const Box& box) {
  vtkNew<vtkRenderer> renderer;
  renderer->SetLayer(panel_layer);
  renderer->SetViewport(box.left / width_, box.bottom / height_, box.right / width_, box.top / height_);
  renderer->SetUseDepthPeeling(1);
  renderer->SetMaximumNumberOfPeels(20);
  renderer->SetOcclusionRatio(0.0);
  window_->AddRenderer(renderer);
  return renderer;
}

void Picture::overlay(vtkProp* prop) { overlay_->AddViewProp(prop); }

void Picture::text(const std::string& text, double x, double y, int size, Align align, double grey) {
  vtkNew<vtkTextActor> actor;
  actor->SetInput(text.c_str());
  actor->SetPosition(scale_ * x, scale_ * y);
  vtkTextProperty* style = actor->GetTextProperty();
  set_font(style, scale_ * size);
  style->SetColor(grey, grey, grey);
  style->SetVerticalJustificationToBottom();
  if (align == Align::centre) style->SetJustificationToCentered();
  if (align == Align::right) style->SetJustificationToRight();
  overlay(actor);
}

void Picture::line(double x0, double y0, double x1, double y1, const Colour& colour, double thickness) {
  path({{x0, y0}, {x1, y1}}, false, colour, thickness);
}

void Picture::path(const std::vector<Position>& points, bool closed, const Colour& colour, double thickness) {
  const auto shape = vtkSmartPointer<vtkPolyData>::New();
  vtkNew<vtkCellArray> lines;
  lines->InsertNextCell(static_cast<int>(points.size()) + (closed ? 1 : 0));
  shape->SetPoints(scaled(points, scale_));
  for (size_t i = 0; i < points.size(); ++i) lines->InsertCellPoint(static_cast<vtkIdType>(i));
  if (closed) lines->InsertCellPoint(0);
  shape->SetLines(lines);
  const auto actor = flat_actor(shape);
  actor->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
  actor->GetProperty()->SetLineWidth(static_cast<float>(thickness * scale_));
  overlay(actor);
}

void Picture::polygon(const std::vector<Position>& corners, const Colour& colour) {
  vtkNew<vtkCellArray> polygons;
  polygons->InsertNextCell(static_cast<int>(corners.size()));
  for (size_t i = 0; i < corners.size(); ++i) polygons->InsertCellPoint(static_cast<vtkIdType>(i));
  vtkNew<vtkPolyData> shape;
  shape->SetPoints(scaled(corners, scale_));
  shape->SetPolys(polygons);
  vtkNew<vtkTriangleFilter> triangles;
  triangles->SetInputData(shape);
  triangles->Update();
  const auto actor = flat_actor(triangles->GetOutput());
  actor->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
  overlay(actor);
}

void Picture::strokes(const std::vector<Stroke>& strokes, double thickness, double opacity) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> lines;
  const auto colours = no_colours();
  for (const Stroke& stroke : strokes) {
    lines->InsertNextCell(static_cast<int>(stroke.points.size()));
    for (const Position& at : stroke.points)
      lines->InsertCellPoint(points->InsertNextPoint(scale_ * at[0], scale_ * at[1], 0));
    add_colour(colours, stroke.colour);
  }
  vtkNew<vtkPolyData> shape;
  shape->SetPoints(points);
  shape->SetLines(lines);
  shape->GetCellData()->SetScalars(colours);
  const auto actor = flat_actor(shape);
  actor->GetProperty()->SetLineWidth(static_cast<float>(thickness * scale_));
  actor->GetProperty()->SetOpacity(opacity);
  overlay(actor);
}

void Picture::rectangle(const Box& box, const Colour& colour) { tiles({{box, colour}}); }

void Picture::tiles(const std::vector<Tile>& tiles) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> quads;
  const auto colours = no_colours();
  for (const auto& [box, colour] : tiles) {
    quads->InsertNextCell(4);
    for (const Position& at : {Position{box.left, box.bottom}, Position{box.right, box.bottom},
                               Position{box.right, box.top}, Position{box.left, box.top}})
      quads->InsertCellPoint(points->InsertNextPoint(scale_ * at[0], scale_ * at[1], 0));
    add_colour(colours, colour);
  }
  vtkNew<vtkPolyData> shape;
  shape->SetPoints(points);
  shape->SetPolys(quads);
  shape->GetCellData()->SetScalars(colours);
  overlay(flat_actor(shape));
}

void Picture::colour_bar(vtkLookupTable* colours, const std::string& label, const Box& box) {
  const auto n = static_cast<double>(colours->GetNumberOfTableValues());
  std::vector<Tile> strip;
  for (vtkIdType i = 0; i < colours->GetNumberOfTableValues(); ++i) {
    const double* const rgba = colours->GetTableValue(i);
    const auto edge = [&](vtkIdType at) { return box.left + box.width() * static_cast<double>(at) / n; };
    strip.push_back({{edge(i), box.bottom, edge(i + 1), box.top}, {rgba[0], rgba[1], rgba[2]}});
  }
  tiles(strip);
  const double low = colours->GetTableRange()[0], high = colours->GetTableRange()[1];
  for (const double tick : round_ticks(low, high, 6)) {
    const double x = box.left + box.width() * (tick - low) / (high - low);
    line(x, box.bottom - 6, x, box.bottom);
    text(tick_text(tick), x, box.bottom - 32, 20, Align::centre);
  }
  text(label, 0.5 * (box.left + box.right), box.bottom - 64, 22, Align::centre);
}

void Picture::scale_bar(const Box& box, double pixels_per_mm) {
  const double length = round_length(0.16 * width_ / pixels_per_mm);
  const double x = box.left + 40, y = box.bottom + 10, end = x + length * pixels_per_mm;
  line(x, y, end, y);
  line(x, y - 5, x, y + 5);
  line(end, y - 5, end, y + 5);
  text(fmt::format("{:g} mm", length), end + 14, y - 12, 20);
}

void Picture::save(const std::filesystem::path& file) {
  window_->Render();
  vtkNew<vtkWindowToImageFilter> grab;
  grab->SetInput(window_);
  grab->ReadFrontBufferOff();
  grab->SetInputBufferTypeToRGB();
  vtkNew<vtkImageShrink3D> smaller;
  smaller->SetInputConnection(grab->GetOutputPort());
  smaller->SetShrinkFactors(oversampling, oversampling, 1);
  smaller->MeanOn();
  const std::filesystem::path temporary = file.string() + ".tmp";
  vtkNew<vtkPNGWriter> writer;
  writer->SetInputConnection(smaller->GetOutputPort());
  writer->SetFileName(temporary.c_str());
  writer->Write();
  std::error_code problem;
  if (writer->GetErrorCode() == 0) std::filesystem::rename(temporary, file, problem);
  if (writer->GetErrorCode() != 0 || problem) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw RunError(file.string() + ": the picture cannot be written (permission, missing folder or full disk)");
  }
}

}  // namespace tautband::post
