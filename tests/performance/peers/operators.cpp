// Rate of deal.II's matrix-free operators on Q2 hexahedra, on one core.
//   laplace: the operator of the installed tutorial step-37, one unknown per node, one coefficient per point
//   tangent: the tangent of finite elasticity, three unknowns per node, with the spatial tangent (36 doubles) and the
//            Kirchhoff stress (6) stored per point: the variant with a tensor of fourth order of Davydov, Pelteret,
//            Arndt, Kronbichler & Steinmann 2020, Int J Numer Methods Eng 121:2874
// Usage: operators, prints one JSON object. STEP_37 names the source of the tutorial.
#define main step_37_main
#include STEP_37
#undef main

#include <deal.II/fe/fe_system.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace {

using namespace dealii;
using Pack = VectorizedArray<double>;
using Vector = LinearAlgebra::distributed::Vector<double>;

/// Product with the tangent of a state that is the same everywhere, read from memory at each point as a real one is.
class Tangent {
 public:
  explicit Tangent(const MatrixFree<3, double>& cells) : cells_(cells) {
    const std::size_t points = std::size_t(cells.n_cell_batches()) * FEEvaluation<3, 2, 3, 3>::static_n_q_points;
    const SymmetricTensor<2, 3, Pack> one = unit_symmetric_tensor<3, Pack>();
    const SymmetricTensor<4, 3, Pack> stiffness = outer_product(one, one) + 2.0 * identity_tensor<3, Pack>();
    elasticity_.resize(points, stiffness);
    stress_.resize(points, 0.1 * one);
  }

  void vmult(Vector& product, const Vector& u) const { cells_.cell_loop(&Tangent::apply, this, product, u, true); }

 private:
  void apply(const MatrixFree<3, double>& cells, Vector& product, const Vector& u,
             const std::pair<unsigned, unsigned>& range) const {
    FEEvaluation<3, 2, 3, 3> field(cells);
    for (unsigned cell = range.first; cell < range.second; ++cell) {
      field.reinit(cell);
      field.gather_evaluate(u, EvaluationFlags::gradients);
      for (unsigned q = 0; q < field.n_q_points; ++q) {
        const std::size_t point = std::size_t(cell) * field.n_q_points + q;
        const Tensor<2, 3, Pack> gradient = field.get_gradient(q);
        const SymmetricTensor<2, 3, Pack> material = elasticity_[point] * symmetrize(gradient);
        field.submit_gradient(Tensor<2, 3, Pack>(material) + gradient * Tensor<2, 3, Pack>(stress_[point]), q);
      }
      field.integrate_scatter(EvaluationFlags::gradients, product);
    }
  }

  const MatrixFree<3, double>& cells_;
  AlignedVector<SymmetricTensor<4, 3, Pack>> elasticity_;
  AlignedVector<SymmetricTensor<2, 3, Pack>> stress_;
};

/// Q2 on n x n x n cells of a cube, one face held.
struct Problem {
  Problem(const FiniteElement<3>& element, unsigned n) {
    GridGenerator::subdivided_hyper_cube(mesh, n);
    dofs.reinit(mesh);
    dofs.distribute_dofs(element);
    VectorTools::interpolate_boundary_values(dofs, 0, Functions::ZeroFunction<3>(element.n_components()), held);
    held.close();
    MatrixFree<3, double>::AdditionalData options;
    options.tasks_parallel_scheme = MatrixFree<3, double>::AdditionalData::none;
    options.mapping_update_flags = update_gradients | update_JxW_values | update_quadrature_points;
    cells = std::make_shared<MatrixFree<3, double>>();
    cells->reinit(MappingQ1<3>(), dofs, held, QGauss<1>(3), options);
  }

  Triangulation<3> mesh;
  DoFHandler<3> dofs;
  AffineConstraints<double> held;
  std::shared_ptr<MatrixFree<3, double>> cells;
};

/// Unknowns per second: the best of several products, so that other programs disturb little.
template <class Operator> double rate(const Operator& matrix, const Problem& problem) {
  Vector u, product;
  problem.cells->initialize_dof_vector(u);
  problem.cells->initialize_dof_vector(product);
  for (unsigned i = 0; i < u.size(); ++i) u(i) = problem.held.is_constrained(i) ? 0.0 : 1.0 + i % 7;
  double best = 1e30;
  for (int repeat = 0; repeat < 30; ++repeat) {
    const auto begin = std::chrono::steady_clock::now();
    matrix.vmult(product, u);
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return u.size() / best;
}

void print(const char* name, unsigned size, double dof_per_s, const char* end) {
  std::printf("  \"%s_%u\": %.3e%s\n", name, size, dof_per_s, end);
}

void laplace(unsigned n) {
  const Problem problem(FE_Q<3>(2), n);
  Step37::LaplaceOperator<3, 2, double> matrix;
  matrix.initialize(problem.cells);
  matrix.evaluate_coefficient(Step37::Coefficient<3>());
  print("laplace", problem.dofs.n_dofs(), rate(matrix, problem), ",");
}

void tangent(unsigned n, const char* end) {
  const Problem problem(FESystem<3>(FE_Q<3>(2), 3), n);
  print("tangent", problem.dofs.n_dofs(), rate(Tangent(*problem.cells), problem), end);
}

}  // namespace

int main(int argc, char** argv) {
  const Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  std::printf("{\n  \"doubles_per_pack\": %zu,\n", Pack::size());
  laplace(23);
  laplace(41);
  tangent(16, ",");
  tangent(28, "");
  std::printf("}\n");
}
