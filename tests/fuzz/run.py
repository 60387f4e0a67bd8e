#!/usr/bin/env python3
"""Runs the libFuzzer programs of a build one after another and prints a line for each.

    run.py BUILD [--seconds N] [TARGET...]

What a run learns stays in BUILD/fuzz/corpus/<target> for the next one. An input that crashes is kept
in BUILD/fuzz/findings and belongs into tests/fuzz/seeds/<target>/ together with the fix."""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
MOST_DOCUMENTS = 400  # of the collections: the smallest, since small inputs are run more often


def corpus_root():
    return pathlib.Path(os.environ.get("SLUICE_CORPUS", SOURCE.parent / "shared" / "corpus"))


def documents(collections, extensions, max_bytes):
    found = []
    for collection in filter(None, collections.split(",")):
        for path in sorted((corpus_root() / collection).rglob("*")):
            wanted = not extensions or path.suffix[1:] in extensions.split(",")
            if wanted and path.is_file() and 0 < path.stat().st_size <= max_bytes:
                found.append(path)
    return sorted(found, key=lambda path: path.stat().st_size)[:MOST_DOCUMENTS]


def fuzz(build, line, seconds):
    name, own, collections, extensions, max_bytes = line.split("\t")
    learned = build / "fuzz" / "corpus" / name
    findings = build / "fuzz" / "findings"
    learned.mkdir(parents=True, exist_ok=True)
    findings.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(documents(collections, extensions, int(max_bytes))):
        shutil.copyfile(path, learned / f"document-{number}")
    folders = [learned] + [pathlib.Path(own)] * pathlib.Path(own).is_dir()
    log = build / "fuzz" / f"{name}.log"
    program = build / "tests" / f"fuzz_{name}"
    # Libraries may ask for as much as a file declares (LZMA: 4 GB): a worker refuses it. What is used counts.
    limits = ["-timeout=20", "-rss_limit_mb=2048", "-malloc_limit_mb=8192"]
    end = time.monotonic() + seconds
    runs, edges, code, left = 0, "?", 0, seconds
    with open(log, "wb") as out:
        while left >= 1 and code == 0:
            begin = log.stat().st_size
            code = subprocess.run(
                [program, f"-max_total_time={round(left)}", f"-max_len={max_bytes}", *limits, "-print_final_stats=1",
                 f"-artifact_prefix={findings}/{name}-"] + folders,
                stdout=out, stderr=subprocess.STDOUT).returncode
            text = log.read_bytes()[begin:].decode("utf-8", "replace")
            runs += sum(map(int, re.findall(r"stat::number_of_executed_units: *(\d+)", text)))
            edges = (re.findall(r" cov: (\d+)", text) or [edges])[-1]
            slow = re.findall(r"Test unit written to (\S*-timeout-\w+)", text)
            if code != 0 and slow and is_quick(program, limits, slow[-1]):
                os.remove(slow[-1])
                code = 0
            left = end - time.monotonic()
    state = "no finding" if code == 0 else f"FOUND SOMETHING: see {log}"
    print(f"{name}: {runs} runs, {edges} edges, {seconds} s: {state}", flush=True)
    return code == 0


def is_quick(program, limits, path):
    """Whether an input that took too long is done in time when it runs by itself: libFuzzer looks at the clock,
    and a machine that stood still is no finding."""
    return subprocess.run([program, *limits, path], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("targets", nargs="*")
    arguments = parser.parse_intermixed_args()
    build = arguments.build.resolve()
    lines = (build / "tests" / "fuzz" / "targets.txt").read_text().splitlines()
    known = [line.split("\t")[0] for line in lines]
    for target in arguments.targets:
        if target not in known:
            sys.exit(f"there is no fuzz target '{target}'; there are: {' '.join(known)}")
    chosen = [line for line in lines if not arguments.targets or line.split("\t")[0] in arguments.targets]
    sys.exit(0 if all([fuzz(build, line, arguments.seconds) for line in chosen]) else 1)


main()
