#include "post/render.hpp"
#include "post/view.hpp"

#include <fmt/format.h>

namespace tautband::post {

void draw_cut(Picture& picture, const Subject& subject, const std::string& array) {
  const auto tissue = deformed_tissue(subject.result, subject.mesh, subject.step, {array, "fibre_stretch"}, Cells::all);
  const auto half = cut_away(tissue, across_array[1], subject.cut);
  const auto surface = outer_surface(half);
  const auto rim = sharp_edges(surface);
  const auto colours = colours_of(subject, array);
  const double threshold = subject.analysis.method.knot_threshold;
  const auto knot = subject.knot().found ? level_set(surface, "fibre_stretch", threshold) : nullptr;
  draw_panels(picture, subject, surface, half, [&](vtkRenderer* renderer) {
    renderer->AddActor(coloured(surface, array, colours, 0.25));
    renderer->AddActor(outline(rim, 1.2 * picture.scale(), 0.45));
    if (knot) renderer->AddActor(outline(knot, 2.0 * picture.scale(), 0.05));
  });
  add_heading(picture, subject, array,
              knot
                  ? fmt::format("cut open through the knot; black line: the knot's edge, fibre stretch {:g}", threshold)
                  : "cut open lengthwise; there is no knot");
  picture.colour_bar(colours, label_of(subject, array), colour_bar_box(picture));
}

}  // namespace tautband::post
