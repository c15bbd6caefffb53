#!/usr/bin/python3
"""Runs Tautband on the block and writes tautband_FORMULATION_CELLS[_exact].json.

Usage: tautband_block.py FOLDER mixed|displacement CELLS [--build FOLDER] [--ranks N] [--exact]
--exact solves every linear system to 1e-6 as the peers do, instead of only as far as Newton's method can use it.
Needs python3-h5py: the loaded quarter is a face set that tautband-mesh does not make.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess

import h5py

import problem


def make_mesh(program, path, cells):
    size = ["--size", "1,1,1 mm", "--cells", f"{cells},{cells},{cells}"]
    subprocess.run([program, "make", "block", *size, "-o", path], check=True, stdout=subprocess.DEVNULL)
    with h5py.File(path, "a") as file:
        points, cell_nodes = file["VTKHDF/Points"][:], file["VTKHDF/Connectivity"][:].reshape(-1, 27)
        top = file["sets/faces/y1"][:]
        centres = points[cell_nodes[top[:, 0]]].mean(axis=1)
        file["sets/faces/loaded"] = top[(centres[:, 0] < 0.5e-3) & (centres[:, 2] < 0.5e-3)]


def settings(formulation, nu, exact):
    values = {
        "mesh.formulation": f'"{formulation}"',
        "time.step": f'"{1 / problem.STEPS} s"',
        "region.muscle.parameters.mu": f'"{problem.MU} MPa"',
        "region.muscle.parameters.kappa": f'"{problem.bulk_modulus(nu)} MPa"',
        "boundary.loaded.value": f'["0 MPa", "{-problem.PRESSURE} MPa", "0 MPa"]',
    }
    if exact:
        values |= {"mechanics.krylov_first": "1e-6", "mechanics.krylov_tolerance": "1e-6"}
    return [word for key, value in values.items() for word in ("--set", f"{key}={value}")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("formulation", choices=["mixed", "displacement"])
    parser.add_argument("cells", type=int)
    parser.add_argument("--build", default="build")
    parser.add_argument("--ranks", type=int, default=os.cpu_count())
    parser.add_argument("--exact", action="store_true")
    options = parser.parse_args()
    name = f"tautband_{options.formulation}_{options.cells}" + ("_exact" if options.exact else "")
    folder = os.path.join(options.folder, name)
    os.makedirs(folder, exist_ok=True)
    make_mesh(f"{options.build}/bin/tautband-mesh", f"{folder}/block.vtkhdf", options.cells)
    shutil.copy(os.path.join(os.path.dirname(os.path.abspath(__file__)), "block.toml"), folder)
    nu = problem.NEARLY_INCOMPRESSIBLE if options.formulation == "mixed" else problem.COMPRESSIBLE

    cpu = problem.child_cpu_seconds()
    command = ["mpirun", "--oversubscribe", "-n", str(options.ranks), f"{options.build}/bin/tautband", "run"]
    command += [f"{folder}/block.toml", "-o", f"{folder}/result", *settings(options.formulation, nu, options.exact)]
    with open(f"{folder}/log", "w") as log:
        subprocess.run(command, check=True, stdout=log, stderr=log)
    cpu = problem.child_cpu_seconds() - cpu
    with open(f"{folder}/result/run.json") as file:
        run = json.load(file)
    with open(f"{folder}/result/history.csv") as file:
        last = list(csv.DictReader(file))[-1]
    problem.write_record(
        options.folder, name, program="Tautband", solver="Krylov to 1e-6" if options.exact else "as shipped", nu=nu,
        dof=run["degrees_of_freedom"], steps=run["steps"], newton=run["newton_iterations"],
        linear=run["krylov_iterations"], seconds=run["mechanics_seconds"], cpu_seconds=cpu,
        centre_u_y=1e3 * float(last["centre_u_y"]))


if __name__ == "__main__":
    main()
