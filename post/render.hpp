// Pictures of the tissue at one step: fibre stretch in the bundle cut open, tension with band and fibres, and the
// cross-section through the knot.
#pragma once

#include "post/analysis.hpp"
#include "post/picture.hpp"
#include "post/tissue.hpp"

#include <functional>
#include <optional>

namespace tautband::post {

struct RenderOptions {
  std::optional<double> time;       ///< s; empty = the analysis' peak step when there is a band, else the last step
  std::vector<std::string> fields;  ///< point arrays to show in the cut bundle instead of the three standard pictures
  std::filesystem::path folder;     ///< where the PNGs go
  int width = 1600;                 ///< pixels; everything scales with it
};

/// What the pictures of one step share.
struct Subject {
  const ResultReader& result;
  const LinearMesh& mesh;
  const BandAnalysis& analysis;
  size_t step;
  std::string title;    ///< of the case
  double rest_stretch;  ///< fibre stretch at rest in situ
  double section;       ///< coordinate along the fibre of the knot's middle, or of the end-plate zone's, mm
  double cut;           ///< coordinate across_1 of the lengthwise cut, mm

  const KnotState& knot() const { return analysis.knots[step]; }
  const BandState& band() const { return analysis.bands[step]; }
};

/// Files written. Throws RunError, FileError.
std::vector<std::filesystem::path> render(const ResultReader& result, const LinearMesh& mesh,
                                          const BandAnalysis& analysis, const RenderOptions& options);

/// The colours of a point array over the muscle: diverging about rest for fibre_stretch, else sequential.
vtkSmartPointer<vtkLookupTable> colours_of(const Subject& subject, const std::string& array);
/// "tension along the fibre [kPa]".
std::string label_of(const Subject& subject, const std::string& array);

/// Title line at the top of the picture, with the time, and a line of explanation below it.
void add_heading(Picture& picture, const Subject& subject, const std::string& what, const std::string& explanation);

/// The two panels of a lengthwise picture, which frame the shape `whole` (above) and the neighbourhood of the knot in
/// `tissue` (below); `fill` puts the actors into a panel. The colour bar is at the foot.
void draw_panels(Picture& picture, const Subject& subject, vtkPolyData* whole, vtkUnstructuredGrid* tissue,
                 const std::function<void(vtkRenderer*)>& fill);
Box colour_bar_box(const Picture& picture);

void draw_cut(Picture& picture, const Subject& subject, const std::string& array);
void draw_tension(Picture& picture, const Subject& subject);
void draw_section(Picture& picture, const Subject& subject);

}  // namespace tautband::post
