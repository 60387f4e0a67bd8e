#!/usr/bin/env python3
"""The examples of the SDK, each built against an installed SDK alone: examples_test.py BUILD CMAKE EXAMPLES

Configures, builds and tests each; then converts its samples in the host, where the lines of its
expected.txt (a sample's name, then lines of its Markdown, in order) must come out.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

build, cmake, examples = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], pathlib.Path(sys.argv[3]).resolve()


def run(*command, environment):
    result = subprocess.run(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {result.returncode}\n{result.stdout}")
    return result.stdout


def expectations(example):
    """The lines that each sample must become."""
    samples, lines = {}, None
    for line in (example / "expected.txt").read_text(encoding="utf-8").splitlines():
        if (example / "samples" / line).is_file():
            lines = samples.setdefault(line, [])
        else:
            lines.append(line)
    return samples


def check_sample(example, plugin, name, lines, environment):
    converted = run("sluice", "convert", "--plugin", plugin, example / "samples" / name, environment=environment)
    rest = converted.split("\n")
    for line in lines:
        if line not in rest:
            sys.exit(f"{name} of {example.name} becomes no line\n{line}\nbehind those before it:\n{converted}")
        rest = rest[rest.index(line) + 1:]


def check_children(example, plugin, work, environment):
    """Members of the archive become documents of their own, and the list links to them."""
    kb = work / "kb"
    run("sluice", "init", kb, environment=environment)
    run("sluice", "-C", kb, "add", "--plugin", plugin, example / "samples/two.tar", environment=environment)
    sources = kb / "wiki/sources"
    listed = (sources / "two.md").read_text(encoding="utf-8")
    for member, name, line in ("readme.md", "two-readme.md", "Hello."), ("folder/table.csv", "two-table.md", "| 1 | 2 |"):
        if f"[{member}]({name})" not in listed or line not in (sources / name).read_text(encoding="utf-8"):
            sys.exit(f"{member} is not what the list leads to:\n{listed}")


def check_example(example, work, environment):
    folder = work / example.name
    run(cmake, "-S", example, "-B", folder, f"-DCMAKE_PREFIX_PATH={work / 'prefix'}", environment=environment)
    run(cmake, "--build", folder, environment=environment)
    tested = run("ctest", "--test-dir", folder, "--output-on-failure", "--no-tests=error", environment=environment)
    if "100% tests passed" not in tested:
        sys.exit(tested)
    samples = expectations(example)
    for name, lines in samples.items():
        check_sample(example, folder / "lib/sluice/plugins" / example.name, name, lines, environment)
    if example.name == "archive":
        check_children(example, folder / "lib/sluice/plugins/archive", work, environment)
    return len(samples)


def main():
    folders = sorted(path.parent for path in examples.glob("*/plugin.toml"))
    with tempfile.TemporaryDirectory(prefix="sluice-examples-") as folder:
        work = pathlib.Path(folder)
        os.chmod(work, 0o755)
        subprocess.run([cmake, "--install", build, "--prefix", work / "prefix"], check=True, stdout=subprocess.DEVNULL)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLUICE_", "XDG_"))}
        environment |= {"HOME": str(work), "PATH": f"{work}/prefix/bin:{os.environ['PATH']}"}
        samples = sum(check_example(example, work, environment) for example in folders)
    if len(folders) < 4 or samples < 6:
        sys.exit(f"only {len(folders)} examples with {samples} samples")
    print(f"{len(folders)} examples, {samples} samples")


main()
