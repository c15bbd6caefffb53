#!/usr/bin/python3
"""Prints the records of a folder as one table and gathers them in peers.json. Usage: table.py FOLDER"""

import glob
import json
import os
import sys


def reference(record, records):
    """The displacement that a record is held against: the peer's for Tautband, Tautband's with exact solves for peers."""
    same = [r for r in records if (r["nu"], r["dof"]) == (record["nu"], record["dof"]) and r["centre_u_y"] is not None]
    others = [r for r in same if (r["program"] == "Tautband") != (record["program"] == "Tautband")]
    return others[-1]["centre_u_y"] if others else None


def difference(record, records):
    other = reference(record, records)
    if other is None or record["centre_u_y"] is None:
        return "-"
    return f"{abs(record['centre_u_y'] / other - 1):.0e}"


def main():
    folder = sys.argv[1]
    records, rates = [], {}
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(path) as file:
            content = json.load(file)
        if "newton" in content:
            records.append(content)
        elif "doubles_per_pack" in content:
            rates[os.path.basename(path)] = content
    records.sort(key=lambda r: (r["nu"] < 0.49, r["dof"], r["program"] != "Tautband", r["name"]))

    heads = ["s/step", "s/Newton", "cpu s"]
    print(f"{'nu':6} {'DoF':>7} {'program':15} {'linear solver':15} {'steps':>5} {'Newton':>6} {'linear':>6}", end=" ")
    print(f"{heads[0]:>8} {heads[1]:>8} {heads[2]:>7} {'u_y, mm':>12} {'rel. diff.':>10}")
    for r in records:
        u = "-" if r["centre_u_y"] is None else f"{r['centre_u_y']:.8f}"
        print(
            f"{r['nu']:<6} {r['dof']:7} {r['program']:15} {r['solver']:15} {r['steps']:5} {r['newton']:6} {r['linear']:6} "
            f"{r['seconds_per_step']:8.2f} {r['seconds_per_newton']:8.3f} {r['cpu_seconds']:7.1f} {u:>12} "
            f"{difference(r, records):>10}")
    for name, rate in rates.items():
        print(f"\n{name}: deal.II, one core, {rate['doubles_per_pack']} doubles per pack")
        for key, value in rate.items():
            if key != "doubles_per_pack":
                print(f"  {key.replace('_', ', '):20} DoF {value / 1e6:8.2f} MDoF/s")
    with open(os.path.join(folder, "peers.json"), "w") as file:
        json.dump({"block": records, "operators": rates}, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
