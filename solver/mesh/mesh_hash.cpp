#include "mesh/mesh_hash.hpp"

#include "base/hash.hpp"

namespace tautband {
namespace {

template <class T> void add(Hash& hash, const std::vector<T>& values) { hash.add_list(std::span<const T>(values)); }

void add_arrays(Hash& hash, const std::map<std::string, MeshArray>& arrays) {
  for (const auto& [name, array] : arrays) {
    hash.add(name + ' ' + array.unit + ' ' + std::to_string(array.components));
    add(hash, array.values);
  }
}

}  // namespace

std::string mesh_hash(const Mesh& mesh) {
  Hash hash;
  add(hash, mesh.points);
  add(hash, mesh.connectivity);
  add(hash, mesh.region);
  add(hash, mesh.fibre);
  for (const std::string& name : mesh.region_names) hash.add(name + '\n');
  for (const auto& [name, nodes] : mesh.node_sets) {
    hash.add(name);
    add(hash, nodes);
  }
  for (const auto& [name, faces] : mesh.face_sets) {
    hash.add(name);
    for (const Face& face : faces) hash.add(std::to_string(face.cell) + ' ' + std::to_string(face.face) + '\n');
  }
  add_arrays(hash, mesh.point_arrays);
  add_arrays(hash, mesh.cell_arrays);
  return hash.text();
}

}  // namespace tautband
