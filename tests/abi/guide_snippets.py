#!/usr/bin/env python3
"""Compiles each whole program of the plugin guide: guide_snippets.py GUIDE INCLUDE CC CXX WORK."""
import pathlib
import re
import subprocess
import sys

guide, include, cc, cxx, work = sys.argv[1:]
text = pathlib.Path(guide).read_text()
folder = pathlib.Path(work)
folder.mkdir(parents=True, exist_ok=True)
compiled = 0
for number, (language, code) in enumerate(re.findall(r"```(c|cpp)\n(.*?)```", text, re.S)):
    if "sluice_plugin_v1" not in code and "SLUICE_PLUGIN(" not in code:
        continue  # a fragment
    source = folder / f"snippet{number}.{language}"
    source.write_text(code)
    command = [cc, "-std=c11"] if language == "c" else [cxx, "-std=c++20"]
    result = subprocess.run(
        [*command, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", include, str(source)],
        capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{source}:\n{result.stderr}")
    compiled += 1
if compiled < 2:
    sys.exit(f"the guide has {compiled} whole programs: one in C and one in C++ are missing")
print(f"{compiled} programs compile")
