#include "post/region.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace tautband::post {
namespace {

constexpr int samples_per_edge = 4;
constexpr int samples_per_cell = samples_per_edge * samples_per_edge * samples_per_edge;
constexpr int cell_edge[12][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6},
                                  {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}};
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

const std::vector<std::array<double, 8>>& sample_shapes() {
  static const std::vector<std::array<double, 8>> shapes = [] {
    std::vector<std::array<double, 8>> all;
    const auto place = [](int i) { return (i + 0.5) / samples_per_edge; };
    for (int k = 0; k < samples_per_edge; ++k)
      for (int j = 0; j < samples_per_edge; ++j)
        for (int i = 0; i < samples_per_edge; ++i) all.push_back(trilinear(place(i), place(j), place(k)));
    return all;
  }();
  return shapes;
}

int find_root(std::vector<int>& link, int node) {
  while (link[node] != node) node = link[node] = link[link[node]];
  return node;
}

double extent_along(const LinearMesh& mesh, int cell) {
  double low = std::numeric_limits<double>::max(), high = -low;
  for (const int node : mesh.cells[cell]) {
    low = std::min(low, mesh.along[node]);
    high = std::max(high, mesh.along[node]);
  }
  return high - low;
}

double equivalent_diameter(double area) { return 2.0 * std::sqrt(area / std::numbers::pi); }

}  // namespace

std::vector<int> label_components(const LinearMesh& mesh, const std::vector<char>& inside) {
  std::vector<int> link(mesh.n_points());
  std::iota(link.begin(), link.end(), 0);
  for (size_t c = 0; c < mesh.cells.size(); ++c) {
    if (!mesh.muscle[c]) continue;
    int first = -1;
    for (const int node : mesh.cells[c])
      if (inside[node]) {
        if (first < 0) first = find_root(link, node);
        link[find_root(link, node)] = first;
      }
  }
  std::vector<int> number(mesh.n_points(), -1), label(mesh.n_points(), -1);
  int count = 0;
  for (size_t i = 0; i < mesh.n_points(); ++i) {
    if (!inside[i] || mesh.muscle_volume[i] <= 0.0) continue;
    const int root = find_root(link, static_cast<int>(i));
    if (number[root] < 0) number[root] = count++;
    label[i] = number[root];
  }
  return label;
}

Region::Region(const LinearMesh& mesh, std::vector<double> level, std::vector<char> member)
    : mesh_(&mesh), level_(std::move(level)), member_(std::move(member)) {
  collect_samples();
  if (!samples_.empty()) measure();
}

void Region::collect_samples() {
  for (size_t c = 0; c < mesh_->cells.size(); ++c) {
    const std::array<int, 8>& cell = mesh_->cells[c];
    if (!mesh_->muscle[c] || std::none_of(cell.begin(), cell.end(), [&](int node) { return member_[node]; })) continue;
    for (int point = 0; point < samples_per_cell; ++point) {
      const Sample sample{static_cast<int>(c), point, mesh_->volume[c] / samples_per_cell};
      if (at(sample, level_) > 0.0) samples_.push_back(sample);
    }
  }
}

double Region::at(const Sample& sample, const std::vector<double>& field) const {
  const std::array<double, 8>& shape = sample_shapes()[sample.point];
  double value = 0.0;
  for (int i = 0; i < 8; ++i) value += shape[i] * field[mesh_->cells[sample.cell][i]];
  return value;
}

double Region::mean(const std::vector<double>& field) const {
  double sum = 0.0, volume = 0.0;
  for (const Sample& sample : samples_) {
    sum += sample.volume * at(sample, field);
    volume += sample.volume;
  }
  return volume > 0.0 ? sum / volume : nan;
}

double Region::mean_where(const std::vector<double>& field, const std::vector<double>& keep) const {
  double sum = 0.0, volume = 0.0;
  for (const Sample& sample : samples_) {
    if (at(sample, keep) <= 0.0) continue;
    sum += sample.volume * at(sample, field);
    volume += sample.volume;
  }
  return volume > 0.0 ? sum / volume : nan;
}

double Region::smallest(const std::vector<double>& field) const {
  double value = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < member_.size(); ++i)
    if (member_[i]) value = std::min(value, field[i]);
  return value;
}

double Region::largest(const std::vector<double>& field) const {
  double value = -std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < member_.size(); ++i)
    if (member_[i]) value = std::max(value, field[i]);
  return value;
}

/// Which symmetry planes cut the region, whose other half is then a mirror image.
std::array<bool, 2> Region::cut_planes() const {
  std::array<bool, 2> cut{false, false};
  for (int k = 0; k < 2; ++k) {
    double nearest = std::numeric_limits<double>::max(), farthest = 0.0;
    for (size_t i = 0; i < member_.size(); ++i) {
      farthest = std::max(farthest, std::abs(mesh_->across[i][k]));
      if (member_[i]) nearest = std::min(nearest, std::abs(mesh_->across[i][k]));
    }
    cut[k] = mesh_->mirrored[k] && nearest < 1e-6 * farthest;
  }
  return cut;
}

void Region::measure_ends() {
  shape_.low = std::numeric_limits<double>::max();
  shape_.high = -shape_.low;
  const auto include = [&](double along) {
    shape_.low = std::min(shape_.low, along);
    shape_.high = std::max(shape_.high, along);
  };
  for (size_t c = 0; c < mesh_->cells.size(); ++c) {
    if (!mesh_->muscle[c]) continue;
    for (const auto& edge : cell_edge) {
      const int a = mesh_->cells[c][edge[0]], b = mesh_->cells[c][edge[1]];
      if (!member_[a] && !member_[b]) continue;
      if (member_[a]) include(mesh_->along[a]);
      if (member_[b]) include(mesh_->along[b]);
      if ((level_[a] > 0.0) == (level_[b] > 0.0)) continue;
      const double fraction = level_[a] / (level_[a] - level_[b]);
      include(mesh_->along[a] + fraction * (mesh_->along[b] - mesh_->along[a]));
    }
  }
}

void Region::measure_widths(double mean_cell_length, double mirror) {
  const int n_slices = std::max(1, static_cast<int>(std::lround(shape_.length / mean_cell_length)));
  const double thickness = shape_.length / n_slices;
  std::vector<double> volume(n_slices, 0.0);
  for (const Sample& sample : samples_) {
    const double half = 0.5 * extent_along(*mesh_, sample.cell) / samples_per_edge, centre = at(sample, mesh_->along);
    const double low = (centre - half - shape_.low) / thickness, high = (centre + half - shape_.low) / thickness;
    const int first = std::clamp(static_cast<int>(low), 0, n_slices - 1);
    const int last = std::clamp(static_cast<int>(high), 0, n_slices - 1);
    for (int slice = first; slice <= last; ++slice) {
      const double from = slice == first ? low : slice, to = slice == last ? high : slice + 1.0;
      volume[slice] += sample.volume * (to - from) / (high - low);
    }
  }
  for (const double slice : volume) {
    const double diameter = equivalent_diameter(mirror * slice / thickness);
    shape_.width += diameter / n_slices;
    shape_.largest_width = std::max(shape_.largest_width, diameter);
    shape_.volume += mirror * slice;
  }
}

void Region::measure() {
  measure_ends();
  shape_.length = shape_.high - shape_.low;
  double volume = 0.0, cell_length = 0.0;
  for (const Sample& sample : samples_) {
    volume += sample.volume;
    cell_length += sample.volume * extent_along(*mesh_, sample.cell);
    shape_.centre_along += sample.volume * at(sample, mesh_->along);
    const std::array<double, 8>& weight = sample_shapes()[sample.point];
    for (int i = 0; i < 8; ++i)
      for (int k = 0; k < 2; ++k)
        shape_.centre_across[k] += sample.volume * weight[i] * mesh_->across[mesh_->cells[sample.cell][i]][k];
  }
  shape_.centre_along /= volume;
  double mirror = 1.0;
  const std::array<bool, 2> cut = cut_planes();
  for (int k = 0; k < 2; ++k) {
    shape_.centre_across[k] = cut[k] ? 0.0 : shape_.centre_across[k] / volume;
    if (cut[k]) mirror *= 2.0;
  }
  measure_widths(cell_length / volume, mirror);
}

}  // namespace tautband::post
