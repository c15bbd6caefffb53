// A small result with values that follow from node, cell, component and step, for the writer's tests.
#pragma once

#include "base/copies.hpp"
#include "io/history.hpp"
#include "io/result_file.hpp"
#include "mesh/partition.hpp"
#include "support/block_mesh.hpp"

namespace tautband::testing_support {

inline const std::string example_case = "[case]\ntitle = \"example\"\n";

/// 3 x 4 x 5 cells; two regions; standard point array `fibre_position`.
inline Mesh example_mesh(ElementKind kind) {
  Mesh mesh = block_mesh(kind, {3, 4, 5}, {3e-3, 4e-3, 5e-3}, 2);
  MeshArray& position = mesh.point_arrays["fibre_position"];
  position.long_name = "place along the fibre";
  for (GlobalIndex node = 0; node < mesh.n_nodes(); ++node) position.values.push_back(mesh.points[3 * node + 2] / 5e-3);
  return mesh;
}

inline double example_time(int step) { return 0.25 * step - 1.0; }
/// Not smooth, so that values in the wrong place are seen; from integers, so that they are the same in every program.
inline double example_value(GlobalIndex row, int component, int step) {
  return double((row * 7919 + component * 104729 + step * 1299709) % 10007) / 10007.0;
}
inline double example_territory(GlobalIndex node) { return double(node * 7919 % 101); }

inline std::vector<ResultField> example_fields() {
  return {{"displacement", 3, "m", "displacement", Centre::point, true, Stored::real},
          {"tension", 1, "Pa", "tension along the fibre", Centre::point, true, Stored::real},
          {"stress", 6, "Pa", "Cauchy stress", Centre::cell, true, Stored::real},
          {"volume_ratio", 1, "1", "volume ratio", Centre::cell, true, Stored::real},
          {"territory", 1, "1", "strongest motor unit", Centre::point, false, Stored::integer},
          {"end_plate", 1, "1", "end-plate mask", Centre::point, false, Stored::real}};
}

inline std::vector<HistoryColumn> example_columns() {
  return {{"time", "s", "time"}, {"force", "N", "reaction"}, {"rate", "1/s", "rate of a spindle", false}};
}
inline std::vector<double> example_row(int step) {
  return {example_time(step), example_value(0, 0, step), example_value(1, 0, step)};
}

inline Provenance example_provenance() {
  Provenance provenance;
  provenance.version = "1.2.3";
  provenance.command_line = "tautband run example.toml";
  return provenance;
}

/// Values of the example on this rank.
class ExampleFields {
 public:
  explicit ExampleFields(const LocalMesh& mesh)
      : node_(to_host(mesh.global_node)), cell_(Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell)) {}

  NodeVector vector(int step) const {
    NodeVector view("vector", node_.size());
    const auto host = Kokkos::create_mirror_view(view);
    for (std::size_t i = 0; i < node_.size(); ++i)
      for (int c = 0; c < 3; ++c) host(i, c) = example_value(node_[i], c, step);
    Kokkos::deep_copy(view, host);
    return view;
  }
  template <class Value> View1<double> scalar(const Value& value) const {
    std::vector<double> values;
    for (GlobalIndex node : node_) values.push_back(value(node));
    return to_device("scalar", values);
  }
  PointField cells(int components, int step) const {
    PointField view("cells", cell_.extent(0), components, lanes);
    const auto host = Kokkos::create_mirror_view(view);
    for (std::size_t batch = 0; batch < cell_.extent(0); ++batch)
      for (int c = 0; c < components; ++c)
        for (int lane = 0; lane < lanes; ++lane) host(batch, c, lane) = example_value(cell_(batch, lane), c, step);
    Kokkos::deep_copy(view, host);
    return view;
  }
  View2<double> cells(int step) const {
    View2<double> view("cells", cell_.extent(0), lanes);
    Kokkos::deep_copy(view, Kokkos::subview(cells(1, step), Kokkos::ALL, 0, Kokkos::ALL));
    return view;
  }

 private:
  std::vector<GlobalIndex> node_;
  HostMirror<View2<GlobalIndex>> cell_;
};

inline void write_example_statics(ResultFile& file, const ExampleFields& fields) {
  file.write("territory", fields.scalar(example_territory));
  file.write("end_plate", fields.scalar([](GlobalIndex node) { return example_value(node, 0, -1); }));
}

inline void write_example_step(ResultFile& file, const ExampleFields& fields, int step) {
  file.begin_step(example_time(step));
  file.write("displacement", fields.vector(step));
  file.write("tension", fields.scalar([&](GlobalIndex node) { return example_value(node, 0, step); }));
  file.write("stress", fields.cells(6, step));
  file.write("volume_ratio", fields.cells(step));
  file.end_step();
}

}  // namespace tautband::testing_support
