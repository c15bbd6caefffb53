#include "fem/sum_order.hpp"

#include "base/copies.hpp"
#include "fem/faces.hpp"

namespace tautband {
namespace {

OrderedSum over_elements(const LocalMesh& mesh) {
  const auto nodes = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.nodes);
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
  std::vector<Index> node_of_slot(nodes.size());
  for (Index b = 0; b < mesh.n_batches; ++b)
    for (int n = 0; n < nodes_per_element(mesh.kind); ++n)
      for (int lane = 0; lane < lanes; ++lane)
        node_of_slot[element_slot(nodes_per_element(mesh.kind), b, n, lane)] =
            cell(b, lane) < 0 ? -1 : nodes(b, n, lane);
  return OrderedSum(node_of_slot);
}

template <class E> OrderedSum over_faces(const LocalMesh& mesh, const LocalFaces& faces) {
  const auto nodes = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.nodes);
  const std::vector<Index> batch = to_host(faces.batch), lane = to_host(faces.lane);
  const std::vector<int> side = to_host(faces.face);
  std::vector<Index> node_of_slot;
  for (std::size_t f = 0; f < batch.size(); ++f)
    for (int k = 0; k < FaceOf<E>::n; ++k) node_of_slot.push_back(nodes(batch[f], FaceOf<E>(side[f]).node(k), lane[f]));
  return OrderedSum(node_of_slot);
}

}  // namespace

void fix_sum_order(LocalMesh& mesh) {
  mesh.sum = over_elements(mesh);
  for (auto& [name, faces] : mesh.face_sets)
    faces.sum = mesh.kind == ElementKind::hex8 ? over_faces<Hex8>(mesh, faces) : over_faces<Hex27>(mesh, faces);
}

}  // namespace tautband
