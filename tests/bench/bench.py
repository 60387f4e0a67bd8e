#!/usr/bin/env python3
"""Benchmarks of the whole program: ratios taken in one run, interleaved with their baseline.

    tests/bench/bench.py BUILD [--quick] [--documents N] [--rounds N] [--dir DIR] [CASE...]

CASE is one or more of: small, large, unchanged, growth, sandbox (default: all).

small      documents/s for 4 KB Markdown files, and the time against `cp -r` + `sync` of the same tree
large      the same for 5 MB Markdown files
unchanged  CPU and reads of a run over documents that are all on record
growth     CPU per document in a knowledge base of 1,000 and of many documents
sandbox    documents/s and CPU per document in the default sandbox against none: 4 KB Markdown, and
           the PDF and Office files below --corpus

Every figure is the median over the rounds, with its range. Absolute figures depend on the machine and
on who else uses it: the ratios are what counts.
"""
import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

WORDS = ("sluice gate river stone document commit prepare staging owner journal publish water level "
         "table figure result measure report section chapter note plan draft final review").split()


def make_file(path, size, seed):
    """Markdown with headings, lists and links, about `size` bytes, different for every seed."""
    random_words = random.Random(seed)
    parts = [f"# Document {seed}\n\n"]
    length = len(parts[0])
    while length < size:
        kind = random_words.random()
        words = [random_words.choice(WORDS) for _ in range(random_words.randint(8, 40))]
        if kind < 0.1:
            part = "## " + " ".join(words[:5]) + "\n\n"
        elif kind < 0.25:
            part = "".join(f"- {w} *{w}*\n" for w in words[:6]) + "\n"
        elif kind < 0.3:
            part = f"See [{words[0]}](https://example.org/{words[1]}) and `{words[2]}`.\n\n"
        else:
            part = " ".join(words) + ".\n\n"
        parts.append(part)
        length += len(part)
    text = "".join(parts)[:size - 1] + "\n"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def make_tree(root, count, size, first=0):
    for i in range(first, first + count):
        folder = os.path.join(root, f"{i // 500:04d}")
        os.makedirs(folder, exist_ok=True)
        make_file(os.path.join(folder, f"note-{i:06d}.md"), size, i)
    os.sync()


class Run:
    """One timed command: wall seconds and CPU seconds of it and all its children."""

    def __init__(self, command, allowed=(0,), **options):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.wall = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.out = result.stdout.decode(errors="replace")
        if result.returncode not in allowed:
            sys.exit(f"{command} failed with {result.returncode}:\n"
                     + result.stderr.decode(errors="replace")[-2000:])


def copy_and_sync(tree, target):
    return Run(["sh", "-c", f"cp -r '{tree}' '{target}' && sync"])


def add(sluice, kb, tree, sandbox="best-effort"):
    run = Run([sluice, "-C", kb, "--json", "--progress", "never", "add", tree],
              allowed=(0, 3), env=dict(os.environ, SLUICE_SANDBOX_LEVEL=sandbox))
    lines = run.out.strip().splitlines()
    run.sandbox = json.loads(lines[0])["sandbox"]
    run.summary = json.loads(lines[-1])
    return run


def init(sluice, kb):
    os.makedirs(kb)
    Run([sluice, "init", kb])


def spread(values, digits=2):
    return (f"{statistics.median(values):.{digits}f} "
            f"({min(values):.{digits}f} to {max(values):.{digits}f})")


def against_copy(sluice, work, name, count, size, rounds):
    tree = os.path.join(work, name)
    make_tree(tree, count, size)
    ratios, rates, cpus = [], [], []
    for i in range(rounds):
        # Side by side in fresh folders; nothing is deleted in between, which would cost the next
        # run on ext4.
        copy = copy_and_sync(tree, os.path.join(work, f"{name}-copy-{i}"))
        kb = os.path.join(work, f"{name}-kb-{i}")
        init(sluice, kb)
        os.sync()
        run = add(sluice, kb, tree)
        if run.summary["added"] != count:
            sys.exit(f"{name}: {run.summary} instead of {count} added")
        ratios.append(run.wall / copy.wall)
        rates.append(count / run.wall)
        cpus.append(run.cpu / count * 1e6)
    print(f"{name}: {count} files of {size >> 10} KiB, {rounds} rounds")
    print(f"  documents/s                      {spread(rates, 0)}")
    print(f"  time against cp -r + sync        {spread(ratios)}")
    print(f"  CPU per document, microseconds   {spread(cpus, 0)}")


def unchanged(sluice, work, count, rounds):
    tree = os.path.join(work, "unchanged")
    make_tree(tree, count, 4096)
    kb = os.path.join(work, "unchanged-kb")
    init(sluice, kb)
    add(sluice, kb, tree)
    cpus = []
    for _ in range(rounds):
        run = add(sluice, kb, tree)
        if run.summary["unchanged"] != count:
            sys.exit(f"unchanged: {run.summary}")
        cpus.append(run.cpu)
    print(f"unchanged: a second run over {count} documents, {rounds} rounds")
    print(f"  CPU, seconds                     {spread(cpus)}")


def copy_corpus(corpus, target, extensions, most):
    """Different files of ordinary size below `corpus`, by their content."""
    os.makedirs(target)
    seen, taken = set(), 0
    for folder, folders, names in os.walk(corpus):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            size = os.path.getsize(path)
            if not name.lower().endswith(extensions) or not 8 << 10 <= size <= 4 << 20:
                continue
            with open(path, "rb") as file:
                content = hashlib.sha256(file.read()).hexdigest()
            if content in seen:
                continue
            seen.add(content)
            taken += 1
            shutil.copyfile(path, os.path.join(target, f"{taken:04d}-{name}"))
            if taken == most:
                return taken
    return taken


def sandboxed_against_none(sluice, work, name, tree, rounds):
    rates, cpus, ratios, extra = {}, {}, [], []
    levels = ("best-effort", "off")
    for i in range(rounds):
        times = {}
        # The order changes from round to round, so that neither profits from a warm cache.
        for level in levels if i % 2 == 0 else reversed(levels):
            kb = os.path.join(work, f"sandbox-{name}-kb-{level}-{i}")
            init(sluice, kb)
            os.sync()
            run = add(sluice, kb, tree, level)
            if run.sandbox != ("full" if level == "best-effort" else "off"):
                sys.exit(f"sandbox: level {level} gave {run.sandbox}")
            times[level] = run
            done = run.summary["added"]
            rates.setdefault(level, []).append(done / run.wall)
            cpus.setdefault(level, []).append(run.cpu / done * 1e6)
        ratios.append(times["off"].wall / times["best-effort"].wall)
        extra.append(times["off"].cpu / times["best-effort"].cpu)
    print(f"sandbox: {done} {name} documents, {rounds} rounds")
    for level in levels:
        print(f"  documents/s, {level:<12}        {spread(rates[level], 0)}")
        print(f"  CPU per document, {level:<12}   {spread(cpus[level], 0)}")
    print(f"  throughput kept                  {spread(ratios)}")
    print(f"  the same by CPU                  {spread(extra)}")


def sandbox(sluice, work, documents, corpus, rounds):
    tree = os.path.join(work, "sandbox-markdown")
    make_tree(tree, documents, 4096)
    sandboxed_against_none(sluice, work, "Markdown", tree, rounds)
    for name, extensions in (("PDF", (".pdf",)), ("Office", (".docx", ".xlsx", ".pptx"))):
        tree = os.path.join(work, f"sandbox-{name}")
        if not corpus or copy_corpus(corpus, tree, extensions, 300) == 0:
            print(f"sandbox: no {name} files; give --corpus a folder that has some")
            continue
        sandboxed_against_none(sluice, work, name, tree, rounds)


def growth(sluice, work, few, many, rounds):
    """CPU per document of the same 1,000 new documents, in a small and in a large KB, interleaved."""
    step = 1000
    small_kb = os.path.join(work, "growth-small")
    large_kb = os.path.join(work, "growth-large")
    for kb, count, first in ((small_kb, few, 0), (large_kb, many, few)):
        tree = os.path.join(work, f"growth-fill-{count}")
        make_tree(tree, count, 1024, 10_000_000 + first)
        init(sluice, kb)
        run = add(sluice, kb, tree)
        print(f"growth: filled with {count} documents, {run.cpu / count * 1e6:.0f} microseconds of CPU each")
    small, large = [], []
    for i in range(rounds):
        tree = os.path.join(work, f"growth-step-{i}")
        make_tree(tree, step, 4096, 20_000_000 + i * step)
        for kb, cpus in ((small_kb, small), (large_kb, large)):
            cpus.append(add(sluice, kb, tree).cpu / step * 1e6)
    print(f"growth: {step} more documents, {rounds} rounds")
    print(f"  CPU per document beside {few:>7}  {spread(small, 0)}")
    print(f"  CPU per document beside {many:>7}  {spread(large, 0)}")
    print(f"  ratio of the medians             {statistics.median(large) / statistics.median(small):.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--quick", action="store_true", help="a tenth of the documents, one round")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--corpus", help="real PDF and Office files for the case sandbox")
    parser.add_argument("--dir", help="where to work (default: below the build folder, on its disk)")
    options = parser.parse_args()
    if options.quick:
        options.documents //= 10
        options.rounds = 1
    sluice = os.path.abspath(os.path.join(options.build, "bin", "sluice"))
    cases = options.cases or ["small", "large", "unchanged", "growth", "sandbox"]
    work = tempfile.mkdtemp(prefix="bench-", dir=options.dir or options.build)
    try:
        if "small" in cases:
            against_copy(sluice, work, "small", options.documents, 4096, options.rounds)
        if "large" in cases:
            against_copy(sluice, work, "large", max(4, options.documents // 50), 5 << 20,
                         max(1, options.rounds // 2))
        if "unchanged" in cases:
            unchanged(sluice, work, options.documents, options.rounds)
        if "growth" in cases:
            growth(sluice, work, 1000, options.documents * 10, options.rounds)
        if "sandbox" in cases:
            sandbox(sluice, work, options.documents // 2, options.corpus, options.rounds)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
