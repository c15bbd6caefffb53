#!/usr/bin/python3
"""Solves the block with dolfinx and writes dolfinx_SOLVER_CELLS.json.

Usage: [mpirun -n N] dolfinx_block.py FOLDER three_field|mumps|gamg CELLS [--newton N: stop after N Newton iterations]
three_field: Q2 displacement, discontinuous P1 pressure and dilatation, all in one matrix, MUMPS.
mumps, gamg: Q2 displacement alone, compressible; MUMPS, or CG with PETSc's algebraic multigrid.
Needs python3-dolfinx (0.5). MUMPS factorises as L D L^T, because the tangent is symmetric.
"""

import argparse
import resource
import time

import numpy as np
import ufl
from dolfinx import fem, la, mesh
from mpi4py import MPI
from petsc4py import PETSc

import problem

COMPILER = {"cffi_extra_compile_args": ["-O3", "-march=native"], "cffi_libraries": ["m"]}
MUMPS = {"ksp_type": "preonly", "pc_type": "cholesky", "pc_factor_mat_solver_type": "mumps"}
GAMG = {
    "ksp_type": "cg", "ksp_rtol": 1e-6, "ksp_norm_type": "unpreconditioned", "pc_type": "gamg",
    "mg_levels_ksp_type": "chebyshev", "mg_levels_pc_type": "jacobi", "mg_levels_ksp_max_it": 3,
    "mg_levels_esteig_ksp_type": "cg", "pc_gamg_threshold": 0.01,
}
NEWTON_LIMIT = 25
UPDATE_TOLERANCE, RESIDUAL_TOLERANCE = 1e-6, 1e-9  # against the first of a step, as in step-44


def unit_cube(cells):
    """The cube in mm, and its loaded faces marked 1."""
    box = [np.zeros(3), np.ones(3)]
    domain = mesh.create_box(MPI.COMM_WORLD, box, [cells] * 3, mesh.CellType.hexahedron)
    small = 1e-9
    loaded = lambda x: np.isclose(x[1], 1) & (x[0] < 0.5 + small) & (x[2] < 0.5 + small)
    faces = np.sort(mesh.locate_entities_boundary(domain, 2, loaded))
    return domain, mesh.meshtags(domain, 2, faces, np.full(len(faces), 1, np.int32))


def function_space(domain, three_field):
    displacement = ufl.VectorElement("Q", domain.ufl_cell(), 2)
    if not three_field:
        return fem.FunctionSpace(domain, displacement)
    linear = ufl.FiniteElement("DPC", domain.ufl_cell(), 1)
    return fem.FunctionSpace(domain, ufl.MixedElement([displacement, linear, linear]))


def supports(domain, displacement_space):
    """Homogeneous conditions on components: x on x = 0, y on y = 0, z on z = 0, x and z on y = 1."""
    conditions = []
    for component, axis, place in [(0, 0, 0), (1, 1, 0), (2, 2, 0), (0, 1, 1), (2, 1, 1)]:
        faces = mesh.locate_entities_boundary(domain, 2, lambda x: np.isclose(x[axis], place))
        part = displacement_space.sub(component)
        conditions.append(fem.dirichletbc(0.0, fem.locate_dofs_topological(part, 2, faces), part))
    return conditions


def energy(solution, three_field, nu, load, tags):
    """Potential energy in N mm; theta, the dilatation, is J where there is no field for it."""
    domain = solution.function_space.mesh
    displacement = ufl.split(solution)[0] if three_field else solution
    F = ufl.Identity(3) + ufl.grad(displacement)
    J = ufl.det(F)
    theta = ufl.split(solution)[2] if three_field else J
    stored = problem.MU / 2 * (J ** (-2 / 3) * ufl.inner(F, F) - 3)
    stored += problem.bulk_modulus(nu) / 4 * (theta**2 - 1 - 2 * ufl.ln(theta))
    if three_field:
        stored += ufl.split(solution)[1] * (J - theta)
    gauss = {"quadrature_degree": 5}  # 27 points, as in the other programs
    dx = ufl.Measure("dx", domain, metadata=gauss)
    ds = ufl.Measure("ds", domain, subdomain_data=tags, metadata=gauss)
    return stored * dx + load * displacement[1] * ds(1)


def rigid_motions(space):
    """Near-nullspace for algebraic multigrid: three translations, three rotations."""
    index_map, owned = space.dofmap.index_map, space.dofmap.index_map.size_local
    x = space.tabulate_dof_coordinates()[:owned]
    vectors = []
    for number in range(6):
        vector = la.create_petsc_vector(index_map, 3)
        with vector.localForm() as local:
            values = local.array_w[: 3 * owned].reshape(-1, 3)
            values[:] = np.eye(3)[number] if number < 3 else np.cross(np.eye(3)[number - 3], x)
        vectors.append(vector)
    la.orthonormalize(vectors)
    return PETSc.NullSpace().create(vectors=vectors)


def linear_solver(matrix, settings):
    solver = PETSc.KSP().create(MPI.COMM_WORLD)
    options = PETSc.Options()
    for key, value in settings.items():
        options[key] = value
    solver.setOperators(matrix)
    solver.setFromOptions()
    return solver


class Block:
    def __init__(self, method, cells, nu):
        three_field = method == "three_field"
        domain, tags = unit_cube(cells)
        self.space = function_space(domain, three_field)
        self.solution = fem.Function(self.space)
        if three_field:
            self.solution.sub(2).interpolate(lambda x: np.ones(x.shape[1]))
        self.load = fem.Constant(domain, 0.0)
        potential = energy(self.solution, three_field, nu, self.load, tags)
        residual = ufl.derivative(potential, self.solution)
        self.residual = fem.form(residual, jit_params=COMPILER)
        self.tangent = fem.form(ufl.derivative(residual, self.solution), jit_params=COMPILER)
        self.conditions = supports(domain, self.space.sub(0) if three_field else self.space)
        self.matrix = fem.petsc.create_matrix(self.tangent)
        if not three_field:
            self.matrix.setBlockSize(3)
            self.matrix.setNearNullSpace(rigid_motions(self.space))
        self.solver = linear_solver(self.matrix, GAMG if method == "gamg" else MUMPS)
        self.displacement = self.solution.sub(0) if three_field else self.solution

    def right_hand_side(self):
        vector = fem.petsc.assemble_vector(self.residual)
        vector.ghostUpdate(PETSc.InsertMode.ADD, PETSc.ScatterMode.REVERSE)
        fem.petsc.set_bc(vector, self.conditions, scale=0.0)
        return vector

    def step(self, load, newton_limit):
        """One load step by Newton's method; linear iterations of each Newton iteration."""
        self.load.value = load
        first_update, first_residual, iterations = None, None, []
        update = self.solution.vector.duplicate()
        while len(iterations) < newton_limit:
            right = self.right_hand_side()
            first_residual = first_residual or right.norm()
            if iterations and update.norm() < UPDATE_TOLERANCE * first_update:
                if right.norm() < RESIDUAL_TOLERANCE * first_residual:
                    break
            self.matrix.zeroEntries()
            fem.petsc.assemble_matrix(self.matrix, self.tangent, bcs=self.conditions)
            self.matrix.assemble()
            self.solver.setOperators(self.matrix)
            self.solver.solve(right, update)
            if self.solver.getConvergedReason() <= 0:
                raise SystemExit("the linear solver failed")
            first_update = first_update or update.norm()
            self.solution.vector.axpy(-1.0, update)
            self.solution.x.scatter_forward()
            iterations.append(self.solver.getIterationNumber())
        return iterations

    def centre_displacement(self):
        """u_y in mm of the corner (0, 1, 0)."""
        values = self.displacement.collapse() if self.displacement is not self.solution else self.solution
        space = values.function_space
        x = space.tabulate_dof_coordinates()[: space.dofmap.index_map.size_local]
        here = np.flatnonzero(np.linalg.norm(x - [0, 1, 0], axis=1) < 1e-9)
        own = values.x.array[3 * here[0] + 1] if len(here) else 0.0
        return MPI.COMM_WORLD.allreduce(float(own))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("method", choices=["three_field", "mumps", "gamg"])
    parser.add_argument("cells", type=int)
    parser.add_argument("--newton", type=int, default=0)
    options = parser.parse_args()
    nu = problem.NEARLY_INCOMPRESSIBLE if options.method == "three_field" else problem.COMPRESSIBLE
    block = Block(options.method, options.cells, nu)

    usage = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    MPI.COMM_WORLD.barrier()
    begin, cpu, newton, steps = time.monotonic(), usage(), [], 0
    for step in range(1, problem.STEPS + 1):
        limit = options.newton - len(newton) if options.newton else NEWTON_LIMIT
        iterations = block.step(problem.PRESSURE * step / problem.STEPS, limit)
        newton += iterations
        steps += len(iterations) < limit
        if len(iterations) == NEWTON_LIMIT:
            raise SystemExit("Newton's method did not converge")
        if len(iterations) == limit:
            break
    MPI.COMM_WORLD.barrier()
    seconds, cpu = time.monotonic() - begin, MPI.COMM_WORLD.allreduce(usage() - cpu)
    centre = block.centre_displacement()
    if MPI.COMM_WORLD.rank == 0:
        solver = "CG, GAMG" if options.method == "gamg" else "MUMPS"
        problem.write_record(
            options.folder, f"dolfinx_{options.method}_{options.cells}", program="dolfinx", solver=solver, nu=nu,
            dof=problem.displacement_unknowns(options.cells), steps=steps, newton=len(newton),
            linear=sum(newton) if options.method == "gamg" else 0, seconds=seconds, cpu_seconds=cpu,
            centre_u_y=None if options.newton else centre)


if __name__ == "__main__":
    main()
