#include "operators/face_loads.hpp"

#include "fem/faces.hpp"

namespace tautband {

namespace {

/// Node positions of one face and the quadrature on it.
template <class E> struct FaceView {
  static constexpr int n = FaceOf<E>::n;
  FaceOf<E> face;
  Index node[n];

  KOKKOS_INLINE_FUNCTION FaceView(const Connectivity& nodes, const LocalFaces& faces, Index f) : face(faces.face(f)) {
    for (int k = 0; k < n; ++k) node[k] = nodes(faces.batch(f), face.node(k), faces.lane(f));
  }
  /// Tangents x,b and x,c at point q of X + scale * u.
  KOKKOS_INLINE_FUNCTION void tangents(const NodeVector& X, const NodeVector& u, double scale, int q, Vec3<double>& xb,
                                       Vec3<double>& xc) const {
    xb = xc = Vec3<double>{{0, 0, 0}};
    for (int k = 0; k < n; ++k) {
      const double sb = FaceOf<E>::slope(k, q, 0), sc = FaceOf<E>::slope(k, q, 1);
      for (int i = 0; i < 3; ++i) {
        const double x = X(node[k], i) + (scale == 0.0 ? 0.0 : scale * u(node[k], i));
        xb(i) += sb * x;
        xc(i) += sc * x;
      }
    }
  }
  /// Area times weight of point q in the reference configuration.
  KOKKOS_INLINE_FUNCTION double area(const NodeVector& X, int q) const {
    Vec3<double> xb, xc;
    tangents(X, X, 0.0, q, xb, xc);
    const Vec3<double> normal = cross(xb, xc);
    return FaceOf<E>::weight(q) * ::sqrt(dot(normal, normal));
  }
};

/// w of a FacePatch.
struct PatchWeight {
  Vec3<double> centre;
  double inverse_squared;  ///< of the radius, 1/m^2
  explicit PatchWeight(const FacePatch& patch)
      : centre{{patch.centre[0], patch.centre[1], patch.centre[2]}},
        inverse_squared(1.0 / (patch.radius * patch.radius)) {}

  /// At point q of a face.
  template <class E>
  KOKKOS_INLINE_FUNCTION double operator()(const FaceView<E>& view, const NodeVector& X, int q) const {
    double squared = 0.0;
    for (int i = 0; i < 3; ++i) {
      double d = -centre(i);
      for (int k = 0; k < view.n; ++k) d += FaceOf<E>::shape(k, q) * X(view.node[k], i);
      squared += d * d;
    }
    const double left = 1.0 - squared * inverse_squared;
    return left > 0.0 ? left * left : 0.0;
  }
};

/// Runs f(face), which adds to `target`.
template <class Target, class F>
void for_each_face(const char* label, const LocalFaces& faces, const Target& target, const F& f) {
  Kokkos::parallel_for(label, Kokkos::RangePolicy<Execution>(0, static_cast<Index>(faces.batch.extent(0))), f);
  faces.sum.finish(target);
}

template <class E>
void traction(const LocalMesh& mesh, const LocalFaces& faces, const std::array<double, 3>& t, const NodeVector& r) {
  const Connectivity nodes = mesh.nodes;
  const NodeVector X = mesh.X;
  const Vec3<double> value{{t[0], t[1], t[2]}};
  const NodeTarget<3> target = faces.sum.target<3>(r.data());
  for_each_face(
      "tautband::traction", faces, target, KOKKOS_LAMBDA(const Index f) {
        const FaceView<E> view(nodes, faces, f);
        for (int q = 0; q < view.n; ++q) {
          const double w = view.area(X, q);
          for (int k = 0; k < view.n; ++k)
            for (int i = 0; i < 3; ++i)
              target.add(view.node[k], f * view.n + k, i, -w * FaceOf<E>::shape(k, q) * value(i));
        }
      });
}

template <class E>
void spring(const LocalMesh& mesh, const LocalFaces& faces, const FaceSpring& s, const NodeVector& u,
            const NodeVector& r) {
  const Connectivity nodes = mesh.nodes;
  const NodeVector X = mesh.X, anchor = s.anchor;
  const bool anchored = anchor.extent(0) > 0;
  const Vec3<double> stiffness{{s.stiffness[0], s.stiffness[1], s.stiffness[2]}};
  const NodeTarget<3> target = faces.sum.target<3>(r.data());
  for_each_face(
      "tautband::spring", faces, target, KOKKOS_LAMBDA(const Index f) {
        const FaceView<E> view(nodes, faces, f);
        for (int q = 0; q < view.n; ++q) {
          const double w = view.area(X, q);
          for (int i = 0; i < 3; ++i) {
            double stretch = 0.0;
            for (int k = 0; k < view.n; ++k)
              stretch += FaceOf<E>::shape(k, q) * (u(view.node[k], i) - (anchored ? anchor(view.node[k], i) : 0.0));
            for (int k = 0; k < view.n; ++k)
              target.add(view.node[k], f * view.n + k, i, w * FaceOf<E>::shape(k, q) * stiffness(i) * stretch);
          }
        }
      });
}

template <class E>
void spring_diagonal(const LocalMesh& mesh, const LocalFaces& faces, const std::array<double, 3>& stiffness,
                     const NodeBlocks& blocks) {
  const Connectivity nodes = mesh.nodes;
  const NodeVector X = mesh.X;
  const Vec3<double> value{{stiffness[0], stiffness[1], stiffness[2]}};
  const NodeTarget<9> target = faces.sum.target<9>(blocks.data());
  for_each_face(
      "tautband::spring_diagonal", faces, target, KOKKOS_LAMBDA(const Index f) {
        const FaceView<E> view(nodes, faces, f);
        for (int q = 0; q < view.n; ++q) {
          const double w = view.area(X, q);
          for (int k = 0; k < view.n; ++k) {
            const double N = FaceOf<E>::shape(k, q);
            for (int i = 0; i < 3; ++i) target.add(view.node[k], f * view.n + k, 4 * i, w * N * N * value(i));
          }
        }
      });
}

template <class E>
void pressure(const LocalMesh& mesh, const LocalFaces& faces, double p, const NodeVector& u, const NodeVector& r,
              const PatchWeight& weight) {
  const Connectivity nodes = mesh.nodes;
  const NodeVector X = mesh.X;
  const NodeTarget<3> target = faces.sum.target<3>(r.data());
  for_each_face(
      "tautband::pressure", faces, target, KOKKOS_LAMBDA(const Index f) {
        const FaceView<E> view(nodes, faces, f);
        for (int q = 0; q < view.n; ++q) {
          Vec3<double> xb, xc;
          view.tangents(X, u, 1.0, q, xb, xc);
          const Vec3<double> a = cross(xb, xc);
          const double w = weight(view, X, q) * p * view.face.sign() * FaceOf<E>::weight(q);
          for (int k = 0; k < view.n; ++k)
            for (int i = 0; i < 3; ++i) target.add(view.node[k], f * view.n + k, i, w * FaceOf<E>::shape(k, q) * a(i));
        }
      });
}

/// K x, K_ki = dR_k/du_i with R = p int N (x,b cross x,c); or half of K x + K^T x.
template <class E>
void pressure_tangent(const LocalMesh& mesh, const LocalFaces& faces, double p, const NodeVector& u,
                      const NodeVector& x, const NodeVector& y, const PatchWeight& weight, TangentPart part) {
  const Connectivity nodes = mesh.nodes;
  const NodeVector X = mesh.X;
  const NodeTarget<3> target = faces.sum.target<3>(y.data());
  const double own = part == TangentPart::whole ? 1.0 : 0.5, transposed = 1.0 - own;
  for_each_face(
      "tautband::pressure_tangent", faces, target, KOKKOS_LAMBDA(const Index f) {
        const FaceView<E> view(nodes, faces, f);
        for (int q = 0; q < view.n; ++q) {
          Vec3<double> xb, xc, db{{0, 0, 0}}, dc{{0, 0, 0}}, d{{0, 0, 0}};
          view.tangents(X, u, 1.0, q, xb, xc);
          for (int k = 0; k < view.n; ++k)
            for (int i = 0; i < 3; ++i) {
              const double xi = x(view.node[k], i);
              db(i) += FaceOf<E>::slope(k, q, 0) * xi;
              dc(i) += FaceOf<E>::slope(k, q, 1) * xi;
              d(i) += FaceOf<E>::shape(k, q) * xi;
            }
          const double w = weight(view, X, q) * p * view.face.sign() * FaceOf<E>::weight(q);
          // K x: N (db x xc + xb x dc).  K^T x: N,b (xc x d) + N,c (d x xb)
          const Vec3<double> a = cross(db, xc), b = cross(xb, dc), tb = cross(xc, d), tc = cross(d, xb);
          for (int k = 0; k < view.n; ++k)
            for (int i = 0; i < 3; ++i)
              target.add(view.node[k], f * view.n + k, i,
                         w * (own * FaceOf<E>::shape(k, q) * (a(i) + b(i)) +
                              transposed * (FaceOf<E>::slope(k, q, 0) * tb(i) + FaceOf<E>::slope(k, q, 1) * tc(i))));
        }
      });
}

template <class E> double area(const LocalMesh& mesh, const LocalFaces& faces, const PatchWeight& weight) {
  const Connectivity nodes = mesh.nodes;
  const NodeVector X = mesh.X;
  double sum = 0.0;
  Kokkos::parallel_reduce(
      "tautband::face_area", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(faces.batch.extent(0))),
      KOKKOS_LAMBDA(const Index f, double& s) {
        const FaceView<E> view(nodes, faces, f);
        for (int q = 0; q < view.n; ++q) s += weight(view, X, q) * view.area(X, q);
      },
      sum);
  return sum;
}

/// Calls f with a value of the mesh's element type.
template <class F> auto with_element(const LocalMesh& mesh, const F& f) {
  return mesh.kind == ElementKind::hex8 ? f(Hex8{}) : f(Hex27{});
}

}  // namespace

void add_traction(const LocalMesh& mesh, const LocalFaces& faces, const std::array<double, 3>& t, const NodeVector& r) {
  with_element(mesh, [&](auto e) { traction<decltype(e)>(mesh, faces, t, r); });
}
void add_spring(const LocalMesh& mesh, const LocalFaces& faces, const FaceSpring& s, const NodeVector& u,
                const NodeVector& r) {
  with_element(mesh, [&](auto e) { spring<decltype(e)>(mesh, faces, s, u, r); });
}
void add_spring_diagonal(const LocalMesh& mesh, const LocalFaces& faces, const std::array<double, 3>& k,
                         const NodeBlocks& blocks) {
  with_element(mesh, [&](auto e) { spring_diagonal<decltype(e)>(mesh, faces, k, blocks); });
}
void add_pressure(const LocalMesh& mesh, const LocalFaces& faces, double p, const NodeVector& u, const NodeVector& r,
                  const FacePatch& patch) {
  with_element(mesh, [&](auto e) { pressure<decltype(e)>(mesh, faces, p, u, r, PatchWeight(patch)); });
}
void add_pressure_tangent(const LocalMesh& mesh, const LocalFaces& faces, double p, const NodeVector& u,
                          const NodeVector& x, const NodeVector& y, const FacePatch& patch, TangentPart part) {
  with_element(mesh, [&](auto e) { pressure_tangent<decltype(e)>(mesh, faces, p, u, x, y, PatchWeight(patch), part); });
}
double face_area(const LocalMesh& mesh, const LocalFaces& faces, const FacePatch& patch) {
  return with_element(mesh, [&](auto e) { return area<decltype(e)>(mesh, faces, PatchWeight(patch)); });
}

}  // namespace tautband
