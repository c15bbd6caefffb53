#!/usr/bin/python3
"""Builds and runs the installed example step-44 of deal.II on the block, and writes step_44_SOLVER_CELLS.json.

Usage: step_44.py FOLDER CG|Direct REFINEMENTS [--newton N: stop after N Newton iterations]
Needs libdeal.ii-dev and libdeal.ii-doc. The example is compiled where it is installed, unchanged; only its file of
parameters is ours. Times are taken from the moments at which its lines arrive.
"""

import argparse
import base64
import os
import re
import struct
import subprocess
import time
import zlib

import problem

EXAMPLE = "/usr/share/doc/libdeal.ii-doc/examples/step-44"

PARAMETERS = """\
subsection Geometry
  set Global refinement    = {refinements}
  set Pressure ratio p/p0  = {ratio}
end
subsection Material properties
  set Poisson's ratio = {nu}
  set Shear modulus   = {mu}e6
end
subsection Linear solver
  set Solver type = {solver}
end
subsection Time
  set End time       = 1
  # A little short, because the example takes no step that ends at or after the end.
  set Time step size = {step}
end
"""


def build(folder):
    program = os.path.join(folder, "step-44")
    if not os.path.exists(program):
        flags = ["-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS=-O3 -march=native"]
        for command in (["cmake", "-S", EXAMPLE, "-B", folder, *flags], ["cmake", "--build", folder]):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return program


def vtu_array(text, pattern):
    """Array of float32 whose tag matches, from a VTU file with inline zlib blocks."""
    encoded = re.search("<DataArray" + pattern + "[^>]*>\\s*([A-Za-z0-9+/=]+)", text).group(1)
    blocks = struct.unpack("<I", base64.b64decode(encoded[:8])[:4])[0]
    header = 4 * (3 + blocks)
    letters = 4 * ((header + 2) // 3)
    sizes = struct.unpack(f"<{blocks}I", base64.b64decode(encoded[:letters])[12:header])
    data, begin, values = base64.b64decode(encoded[letters:]), 0, b""
    for size in sizes:
        values += zlib.decompress(data[begin : begin + size])
        begin += size
    return struct.unpack(f"<{len(values) // 4}f", values)


def centre_displacement(path):
    """u_y in mm of the corner (0, 1, 0) mm; the file holds deformed positions, in m."""
    with open(path) as file:
        text = file.read()
    x = vtu_array(text, ' type="Float32" NumberOfComponents')
    u = vtu_array(text, '[^>]*Name="displacement"')
    reference = (0.0, 1e-3, 0.0)
    nearest = min(range(0, len(x), 3), key=lambda i: sum(abs(x[i + k] - u[i + k] - reference[k]) for k in range(3)))
    return 1e3 * u[nearest + 1]


def run(program, folder, newton_limit):
    """Follows the output: seconds in load steps, steps done, and linear iterations of each Newton iteration."""
    begin, seconds, steps, linear = 0.0, 0.0, 0, []
    process = subprocess.Popen([program], cwd=folder, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("Timestep"):
            begin = time.monotonic()
        elif "CONVERGED" in line:
            seconds += time.monotonic() - begin
            steps += 1
        elif iteration := re.search(r"UQPH +\| +(\d+)", line):
            linear.append(int(iteration.group(1)))
            if len(linear) == newton_limit:
                seconds += time.monotonic() - begin
                process.kill()
                break
    if process.wait() != 0 and not newton_limit:
        raise SystemExit("step-44 failed")
    return seconds, steps, linear


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("solver", choices=["CG", "Direct"])
    parser.add_argument("refinements", type=int)
    parser.add_argument("--newton", type=int, default=0)
    options = parser.parse_args()
    cells = 2**options.refinements
    name = f"step_44_{options.solver}_{cells}".lower()
    folder = os.path.abspath(os.path.join(options.folder, name))
    os.makedirs(folder, exist_ok=True)
    program = build(os.path.abspath(os.path.join(options.folder, "step-44-build")))
    values = {"refinements": options.refinements, "ratio": problem.PRESSURE_RATIO, "solver": options.solver}
    values |= {"nu": problem.NEARLY_INCOMPRESSIBLE, "mu": problem.MU, "step": 1 / problem.STEPS - 1e-10}
    with open(os.path.join(folder, "parameters.prm"), "w") as file:
        file.write(PARAMETERS.format(**values))

    cpu = problem.child_cpu_seconds()
    seconds, steps, linear = run(program, folder, options.newton)
    cpu = problem.child_cpu_seconds() - cpu
    end = os.path.join(folder, f"solution-3d-{problem.STEPS}.vtu")
    problem.write_record(
        options.folder, name, program="deal.II step-44", solver={"CG": "CG, SSOR", "Direct": "UMFPACK"}[options.solver],
        nu=problem.NEARLY_INCOMPRESSIBLE, dof=problem.displacement_unknowns(cells), steps=steps, newton=len(linear),
        linear=sum(linear) if options.solver == "CG" else 0, seconds=seconds, cpu_seconds=cpu,
        centre_u_y=None if options.newton else centre_displacement(end))


if __name__ == "__main__":
    main()
