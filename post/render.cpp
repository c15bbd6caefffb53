#include "post/render.hpp"

#include "post/case_facts.hpp"
#include "post/colour_map.hpp"
#include "post/errors.hpp"
#include "post/knot.hpp"
#include "post/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace tautband::post {
namespace {

constexpr double mm = 1e3;
constexpr double tilt = 22.0;  // degrees: shows the cut face and a little of the outside

struct Wording {
  const char* array;
  const char* words;
};
constexpr Wording wordings[] = {{"fibre_stretch", "fibre stretch"},
                                {"tension", "tension along the fibre"},
                                {"cross_section", "cross-section"},
                                {"fibre_stress", "stress of the fibres"},
                                {"lateral_pressure", "lateral pressure"},
                                {"activation", "activation"},
                                {"contracture_stretch", "contracture stretch"},
                                {"pressure", "pressure"}};

std::string words_for(const std::string& array) {
  for (const Wording& wording : wordings)
    if (array == wording.array) return wording.words;
  std::string words = array;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

/// Middle of the end-plate zone, or of the muscle where there is none, m.
double middle_of_zone(const ResultReader& result, const LinearMesh& mesh) {
  const std::vector<double> zone = end_plate_zone(result);
  double sum = 0.0, volume = 0.0;
  for (size_t i = 0; i < mesh.n_points(); ++i) {
    const double weight = zone.empty() || zone[i] > 0.5 ? mesh.muscle_volume[i] : 0.0;
    sum += weight * mesh.along[i];
    volume += weight;
  }
  return volume > 0.0 ? sum / volume : 0.0;
}

/// The cut runs through the knot; without one, and without a symmetry plane, through the middle of the cross-section.
double cut_coordinate(const LinearMesh& mesh, const BandAnalysis& analysis) {
  if (mesh.mirrored[1]) return -std::numeric_limits<double>::infinity();  // the mesh is cut already
  if (analysis.has_knot()) return mm * analysis.column.centre[1];
  double low = std::numeric_limits<double>::max(), high = -low;
  for (const auto& across : mesh.across) {
    low = std::min(low, across[1]);
    high = std::max(high, across[1]);
  }
  return mm * 0.5 * (low + high);
}

Subject make_subject(const ResultReader& result, const LinearMesh& mesh, const BandAnalysis& analysis,
                     const std::optional<double>& time) {
  const size_t strongest = analysis.bands[analysis.peak_step].found ? analysis.peak_step : result.n_steps() - 1;
  const size_t step = time ? result.step_at(*time) : strongest;
  const CaseFacts facts = read_case_facts(result.resolved_case(), analysis.method.muscle_region);
  const auto largest =
      std::max_element(analysis.knots.begin(), analysis.knots.end(),
                       [](const KnotState& a, const KnotState& b) { return a.shape.volume < b.shape.volume; });
  const double section = largest->found ? largest->shape.centre_along : middle_of_zone(result, mesh);
  return {result, mesh, analysis, step, facts.title, facts.prestretch, mm * section, cut_coordinate(mesh, analysis)};
}

}  // namespace

std::string label_of(const Subject& subject, const std::string& array) {
  const std::string unit = display_unit(subject.result, array).name;
  return words_for(array) + (unit.empty() ? "" : " [" + unit + "]");
}

vtkSmartPointer<vtkLookupTable> colours_of(const Subject& subject, const std::string& array) {
  const std::vector<double> values = displayed(subject.result, array, subject.step);
  double low = std::numeric_limits<double>::max(), high = -low;
  for (size_t i = 0; i < values.size(); ++i)
    if (subject.mesh.muscle_volume[i] > 0.0) {
      low = std::min(low, values[i]);
      high = std::max(high, values[i]);
    }
  constexpr double narrowest = 0.02;  // relative: a uniform field shall not show round-off in full colour
  const double least = std::max(1e-6, narrowest * std::max(std::abs(low), std::abs(high)));
  if (array != "fibre_stretch") return sequential_map({low, std::max(high, low + least)});
  const double rest = subject.rest_stretch;
  return diverging_map(rest, {std::min(low, rest - least), std::max(high, rest + least)});
}

void add_heading(Picture& picture, const Subject& subject, const std::string& what, const std::string& explanation) {
  std::string words = words_for(what);
  words[0] = static_cast<char>(std::toupper(words[0]));
  const double time = subject.result.times()[subject.step];
  picture.text(fmt::format("{},  t = {:.3g} s", words, time), 40, picture.height() - 60, 34);
  picture.text(subject.title, picture.width() - 40, picture.height() - 56, 24, Align::right, 0.35);
  picture.text(explanation, 40, picture.height() - 98, 22, Align::left, 0.35);
}

void draw_panels(Picture& picture, const Subject& subject, vtkPolyData* whole, vtkUnstructuredGrid* tissue,
                 const std::function<void(vtkRenderer*)>& fill) {
  const auto draw = [&](vtkPolyData* framed, const Box& box, double part) {
    Camera camera = lengthwise(subject.mesh, tilt);
    fit(camera, framed->GetBounds(), box, part);
    vtkRenderer* renderer = picture.panel(box);
    fill(renderer);
    aim(renderer, camera);
    picture.scale_bar(box, pixels_per_mm(camera, box));
  };
  draw(whole, {0, 570, 1.0 * picture.width(), 780}, 0.94);
  draw(level_set(tissue, along_array, subject.section), {0, 125, 1.0 * picture.width(), 560}, 0.80);
}

Box colour_bar_box(const Picture& picture) { return {0.25 * picture.width(), 78, 0.75 * picture.width(), 102}; }

std::vector<std::filesystem::path> render(const ResultReader& result, const LinearMesh& mesh,
                                          const BandAnalysis& analysis, const RenderOptions& options) {
  const Subject subject = make_subject(result, mesh, analysis, options.time);
  std::vector<std::filesystem::path> files;
  const auto save = [&](const std::string& name, int height, const std::function<void(Picture&)>& draw) {
    Picture picture(1600, height, options.width);
    draw(picture);
    files.push_back(options.folder / (name + ".png"));
    picture.save(files.back());
  };
  for (const std::string& field : options.fields) {
    if (!result.has(Centring::point, field)) throw CommandError("the result has no point array '" + field + "'");
    save(field, 900, [&](Picture& picture) { draw_cut(picture, subject, field); });
  }
  if (!options.fields.empty()) return files;
  save("fibre_stretch", 900, [&](Picture& picture) { draw_cut(picture, subject, "fibre_stretch"); });
  save("tension", 900, [&](Picture& picture) { draw_tension(picture, subject); });
  save("cross_section", 1000, [&](Picture& picture) { draw_section(picture, subject); });
  return files;
}

}  // namespace tautband::post
