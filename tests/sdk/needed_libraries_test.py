#!/usr/bin/env python3
"""No plugin, and no program, names a shared library that it takes nothing from.

    needed_libraries_test.py BUILD

A library that is loaded costs up to a millisecond at each start of a worker, and its mappings are copied with
each document's process. The linker keeps those that only a dropped section refers to. For the program itself, the
list is written down: a library that joins it is loaded by every command."""
import pathlib
import re
import subprocess
import sys

PROGRAM = {"libc", "libgcc_s", "libicuuc", "libnettle", "libsqlite3", "libstdc++", "libtomlplusplus", "ld-linux-x86-64"}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def symbols(file, which):
    """Without their versions."""
    return {line.split()[-1].split("@")[0] for line in output("nm", "-D", which, file).splitlines() if line}


def needed(file):
    return re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "-d", file))


def in_vain(file):
    """The libraries that define nothing of what the file is missing."""
    places = dict(re.findall(r"^\s*(\S+) => (\S+)", output("ldd", file), re.MULTILINE))
    missing = symbols(file, "--undefined-only")
    return [name for name in needed(file)
            if name in places and not missing & symbols(places[name], "--defined-only")]


def main():
    build = pathlib.Path(sys.argv[1])
    files = sorted(build.glob("lib/sluice/plugins/*/*.so"))
    files += [build / "bin" / "sluice", *sorted((build / "libexec" / "sluice").iterdir())]
    if len(files) < 10:
        sys.exit(f"{build} has no plugins")
    wrong = [f"{file} needs {name}, and takes nothing from it" for file in files for name in in_vain(file)]
    more = {name.split(".so")[0] for name in needed(build / "bin" / "sluice")} - PROGRAM
    wrong += [f"the program needs {name}, which is not on the list in this test" for name in sorted(more)]
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
