#!/usr/bin/env python3
"""Compares the instructions that fixed pieces of work take with a checked-in table.

    tests/bench/regress.py BUILD [--update] [WORKLOAD...]

A time says little on a machine that others use; the number of instructions that valgrind counts is the
same to some tenths of a percent each time. A workload that takes more than 3 % more than the table says
is an error: make it cheaper, or, if the work is worth it, write the new number with --update and say why
in the commit. One that takes more than 3 % less is an error, too: write the new number, so that the gain
is not lost again unseen.

The table holds for one compiler, one architecture and an optimized build. Elsewhere, and without
valgrind, the test is skipped and says so (exit code 77).
"""
import argparse
import concurrent.futures
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib

ROOM = 0.03
SKIPPED = 77
TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "regress.txt")


def made_with(build):
    """What the counts depend on besides the code: "gcc 12.2.0 x86_64 Release"."""
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as cache:
        values = dict(re.findall(r"^(CMAKE_BUILD_TYPE|CMAKE_CXX_COMPILER|CMAKE_CXX_FLAGS)(?::\w+)?=(.*)$",
                                 cache.read(), re.MULTILINE))
    version = subprocess.run([values["CMAKE_CXX_COMPILER"], "--version"], check=True, text=True,
                             capture_output=True).stdout.splitlines()[0]
    flags = values.get("CMAKE_CXX_FLAGS", "").strip()
    return " ".join([version, platform.machine(), values["CMAKE_BUILD_TYPE"]] + ([flags] if flags else []))


def read_table():
    """What it was made with, and the instructions of each workload."""
    with open(TABLE, encoding="utf-8") as table:
        lines = [line.rstrip("\n") for line in table if not line.startswith("#")]
    return lines[0], {name: int(count) for name, count in (line.split() for line in lines[1:])}


def write_table(made, counts):
    with open(TABLE, "w", encoding="utf-8") as table:
        table.write("# Instructions of each workload (bench_workloads), written by regress.py --update.\n")
        table.write(f"{made}\n")
        for name in sorted(counts):
            table.write(f"{name:<16} {counts[name]:>12}\n")


def default_options(build, workload):
    """Those of the converter that the workload is about, as its manifest has them."""
    plugin = {"csv-quoted": "csv", "json": "data"}.get(workload, workload)
    manifest = os.path.join(build, "lib", "sluice", "plugins", plugin, "plugin.toml")
    if not os.path.exists(manifest):
        return {}  # a workload of the host
    with open(manifest, "rb") as file:
        converters = tomllib.load(file)["converter"]
    converter = next((one for one in converters if one["id"] == workload), converters[0])
    # Lists, paths and secrets have none: nothing is given.
    return {name: option.get("default", [] if option["type"] == "list" else "")
            for name, option in converter.get("options", {}).items()}


def instructions(program, workload, options):
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no",
         "--toggle-collect=sluice_measured", program, workload, json.dumps(options)],
        capture_output=True, text=True, check=False)
    counted = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not counted or int(counted.group(1)) == 0:
        sys.exit(f"{workload} failed:\n{run.stderr[-2000:]}")
    return int(counted.group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("workloads", nargs="*")
    parser.add_argument("--update", action="store_true", help="write what was counted into the table")
    options = parser.parse_args()
    program = os.path.join(options.build, "tests", "bench_workloads")
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        sys.exit(SKIPPED)
    made = made_with(options.build)
    known_made, known = read_table() if os.path.exists(TABLE) else (made, {})
    if made != known_made and not options.update:
        print(f"skipped: the table was made with {known_made}, and this build with {made}")
        sys.exit(SKIPPED)
    names = subprocess.run([program], check=True, capture_output=True, text=True).stdout.split()
    names = [name for name in names if not options.workloads or name in options.workloads]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = dict(zip(names, pool.map(
            lambda name: instructions(program, name, default_options(options.build, name)), names)))
    wrong = 0
    for name in names:
        before = known.get(name)
        change = counts[name] / before - 1 if before else None
        is_wrong = change is None or abs(change) > ROOM
        wrong += is_wrong
        shown = "new" if change is None else f"{change:+.2%}"
        print(f"{name:<16} {counts[name]:>12} {shown:>9}{'  <--' if is_wrong else ''}")
    if options.update:
        write_table(made, {**known, **counts} if options.workloads else counts)
    elif wrong:
        sys.exit(f"{wrong} of {len(names)} workloads differ by more than {ROOM:.0%} from {TABLE}; "
                 "see the head of regress.py")


if __name__ == "__main__":
    main()
