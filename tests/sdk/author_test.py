#!/usr/bin/env python3
"""Does what the author of a plugin does, from nothing to an installed plugin: author_test.py BUILD CMAKE

Installs Sluice and its SDK into an empty prefix; then, for a plugin in C and for one in C++: scaffold,
build, test, validate, pack, install, convert a document. Each step is a command of the manual.
"""
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

build, cmake = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]


def run(*command, folder, environment):
    result = subprocess.run(command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {result.returncode}\n{result.stdout}")
    return result.stdout


def make_plugin(language, work, environment):
    """The steps of one author; returns what the installed plugin makes of its sample."""
    name, extension = f"my-{'c' if language == 'c' else 'cxx'}-notes", "note"

    def here(*command, folder=work / name):
        return run(*command, folder=folder, environment=environment)

    here("sluice-sdk", "new", name, "--language", language, "--format", extension, folder=work)
    here(cmake, "-B", "build", f"-DCMAKE_PREFIX_PATH={work / 'prefix'}")
    here(cmake, "--build", "build")
    tested = here("ctest", "--test-dir", "build", "--output-on-failure", "--no-tests=error")
    if "100% tests passed" not in tested or ".conformance." not in tested:
        sys.exit(f"the tests of {name}:\n{tested}")
    plugin = f"build/lib/sluice/plugins/{name}"
    validated = here("sluice-sdk", "validate", plugin, "--samples", "samples")
    if ", 0 failed" not in validated:
        sys.exit(f"{name} is not valid:\n{validated}")
    here("sluice-sdk", "package", plugin)
    here("sluice", "plugin", "install", f"{name}-1.0.0.tar")
    converted = here("sluice", "convert", f"samples/hello.{extension}")
    here("sluice", "plugin", "remove", name)
    return converted


def check_links(docs):
    """Each link between the pages of the installed manual, and to the examples, leads somewhere."""
    pages = list(docs.rglob("*.md"))
    for page in pages:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose):
            if "://" not in link and not (page.parent / link).exists():
                sys.exit(f"{page} links to {link}, which is not installed")
    if len(pages) < 8:
        sys.exit(f"only {len(pages)} pages of the manual are installed")


def main():
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sluice-author-") as folder:
        work = pathlib.Path(folder)
        os.chmod(work, 0o755)
        subprocess.run([cmake, "--install", build, "--prefix", work / "prefix"], check=True,
                       stdout=subprocess.DEVNULL)
        check_links(work / "prefix/share/doc/sluice-sdk")
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("SLUICE_", "XDG_"))}
        environment |= {"HOME": str(work / "home"), "PATH": f"{work}/prefix/bin:{os.environ['PATH']}"}
        (work / "home").mkdir()
        for language in "c", "c++":
            converted = make_plugin(language, work, environment)
            for line in "# Hello", r"It has \*two\* paragraphs.":
                if line not in converted.split("\n"):
                    sys.exit(f"the plugin in {language} made no line {line}:\n{converted}")
    work_time = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"a plugin in C and one in C++, from nothing to installed: {time.monotonic() - start:.0f} s, "
          f"of these {work_time.ru_utime + work_time.ru_stime:.0f} s of the processor")


main()
