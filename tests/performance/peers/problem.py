"""The block that all programs solve, and the record each of them leaves.

A cube of 1 mm; u_x = 0 on x = 0, u_y = 0 on y = 0, u_z = 0 on z = 0, u_x = u_z = 0 on y = 1 mm; a dead pressure on the
quarter x, z < 0.5 mm of y = 1 mm, raised in equal steps. It is the problem of deal.II's step-44 (Reese, Wriggers & Reddy
2000, Comput Struct 75:291). Psi = mu/2 (tr b_bar - 3) + kappa/4 (J^2 - 1 - 2 ln J).
"""

import json
import os
import resource
import time

MU = 80.194  # MPa, as in step-44
PRESSURE_RATIO = 20  # of step-44, which takes multiples of 4 MPa
PRESSURE = 4.0 * PRESSURE_RATIO  # MPa at the end
STEPS = 2
NEARLY_INCOMPRESSIBLE = 0.4995  # kappa / mu = 1000, docs/model.md 7.1
COMPRESSIBLE = 0.4  # kappa / mu = 4.7, for elements without pressure


def bulk_modulus(nu):
    """kappa in MPa."""
    return 2 * MU * (1 + nu) / (3 * (1 - 2 * nu))


def displacement_unknowns(cells):
    return 3 * (2 * cells + 1) ** 3


def write_record(folder, name, **values):
    """NAME.json in the folder. Times are wall times of the load steps in s, without set-up and output."""
    values["seconds_per_newton"] = values["seconds"] / max(values["newton"], 1)
    values["seconds_per_step"] = values["seconds"] / max(values["steps"], 1)
    values["load_average"] = os.getloadavg()[0]
    values["taken"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    with open(os.path.join(folder, name + ".json"), "w") as file:
        json.dump({"name": name, **values}, file, indent=2)
        file.write("\n")


def child_cpu_seconds():
    """Time of the processor that ended child processes have taken, all threads."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
