#!/usr/bin/env python3
"""Compiles the code of the SDK's manual: guide_snippets.py DOCS INCLUDE CC CXX WORK.

Whole programs, in C and C++, as they stand; and each example of the reference as the body of a function that
has what the reference says its examples have.
"""
import pathlib
import re
import subprocess
import sys

docs, include, cc, cxx, work = sys.argv[1:]
folder = pathlib.Path(work)
folder.mkdir(parents=True, exist_ok=True)

EXAMPLE = """#define SLUICE_ABI_TARGET 100
#include <sluice/abi.h>
#include <string.h>
#include <unistd.h>
#define STR(text) ((sluice_str){{text, sizeof(text) - 1}})
int32_t example(const sluice_host *host, sluice_job *job, const sluice_probe *input);
int32_t example(const sluice_host *host, sluice_job *job, const sluice_probe *input) {{
  (void)host;
  (void)job;
  (void)input;
{}
  return 0;
}}
"""


def compile_source(name, language, code):
    source = folder / f"{name}.{language}"
    source.write_text(code)
    command = [cc, "-std=c11"] if language == "c" else [cxx, "-std=c++20"]
    # An example may get a value and leave it at that.
    unused = ["-Wno-unused-variable", "-Wno-unused-but-set-variable"] if name.startswith("reference") else []
    result = subprocess.run(
        [*command, "-D_DEFAULT_SOURCE", "-Wall", "-Wextra", "-Werror", *unused, "-fsyntax-only", "-I", include,
         str(source)], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{source}:\n{result.stderr}")


programs = examples = 0
for page in sorted(pathlib.Path(docs).glob("*.md")):
    for number, (language, code) in enumerate(re.findall(r"```(c|cpp)\n(.*?)```", page.read_text(), re.S)):
        name = f"{page.stem}{number}"
        if "sluice_plugin_v1" in code or "SLUICE_PLUGIN(" in code:
            compile_source(name, language, code)
            programs += 1
        elif page.stem == "reference":
            compile_source(name, language, EXAMPLE.format(code))
            examples += 1
if programs < 4 or examples < 20:
    sys.exit(f"the manual has {programs} whole programs and {examples} examples of calls: some are missing")
print(f"{programs} programs and {examples} examples compile")
