#include "post/render.hpp"
#include "post/view.hpp"

#include <fmt/format.h>

namespace tautband::post {
namespace {

/// The section coloured by one array, its colour bar below, with the two region outlines that exist.
void draw_panel(Picture& picture, const Subject& subject, vtkPolyData* section, const std::string& array,
                const Box& box) {
  const auto colours = colours_of(subject, array);
  vtkRenderer* renderer = picture.panel(box);
  renderer->AddActor(coloured(section, array, colours, 0.0));
  renderer->AddActor(outline(sharp_edges(section), 1.2 * picture.scale(), 0.45));
  const double knot_grey = array == "tension" ? 1.0 : 0.05;  // the knot lies where its tension is darkest
  if (subject.knot().found)
    renderer->AddActor(outline(level_set(section, "fibre_stretch", subject.analysis.method.knot_threshold),
                               2.5 * picture.scale(), knot_grey));
  if (subject.band().found)
    renderer->AddActor(
        outline(level_set(section, "tension", 1e-3 * subject.band().threshold), 1.2 * picture.scale(), 0.05));
  Camera camera = crosswise(subject.mesh);
  fit(camera, section->GetBounds(), box, 0.92);
  aim(renderer, camera);
  picture.scale_bar(box, pixels_per_mm(camera, box));
  const double margin = 0.12 * box.width();
  picture.colour_bar(colours, label_of(subject, array), {box.left + margin, 78, box.right - margin, 102});
}

std::string explanation(const Subject& subject) {
  if (!subject.knot().found) return "through the middle of the end-plate zone; there is no knot";
  std::string text = "through the middle of the knot; thick line: the knot's edge";
  if (subject.band().found) text += fmt::format(", thin line: the band's, {:.3g} kPa", 1e-3 * subject.band().threshold);
  return text;
}

}  // namespace

void draw_section(Picture& picture, const Subject& subject) {
  const auto tissue =
      deformed_tissue(subject.result, subject.mesh, subject.step, {"fibre_stretch", "tension"}, Cells::all);
  const auto section = level_set(tissue, along_array, subject.section);
  const double middle = 0.5 * picture.width();
  draw_panel(picture, subject, section, "fibre_stretch", {0, 120, middle, 880});
  draw_panel(picture, subject, section, "tension", {middle, 120, picture.width() + 0.0, 880});
  add_heading(picture, subject, "cross_section", explanation(subject));
}

}  // namespace tautband::post
