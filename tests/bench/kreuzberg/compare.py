#!/usr/bin/env python3
"""CPU a document of each converter against kreuzberg's native binding, in one run.

    tests/bench/kreuzberg/compare.py BUILD --root DIR [--rounds N] [--most N] [--least N] [--corpus DIR] [FORMAT...]

make_root.sh makes DIR. The binding does the same work as we: Markdown, with the pictures, without text
recognition (binding.js). It gets its best case: all documents of a format in one process, nothing written, and
the start of Node and of the binding, with a first word, is taken off. Ours is one `sluice add` on one lane into
a new knowledge base, inside the sandbox, its start and all that makes a document durable included: with one
document in each process (the default), and with 60. Documents that either refuses count for neither; formats
with few documents get copies of them in other bytes.

The goal is 1.5 times less CPU with the default. Exit code 1 if a format misses it without a reason on record, 3 if
there are no test documents or no such root."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from converters import (FORMATS, Format, add, arguments, cpu_of, documents, laid_out,  # noqa: E402
                        originals, without_refused, working_folders)
from rivals import CONTESTS, make_documents  # noqa: E402

GOAL = 1.5
BINDING = "binding.js"

# Why a format misses the goal: of a small document, about half of our CPU is a process of its own (0.6 ms) and two
# files and a row that are durable. The binding has neither: one process for all documents, without a sandbox.
SMALL = "a process for each document, and durable files"
REASONS = dict.fromkeys(["docx", "xlsx", "pptx", "odt", "ods", "doc", "xls", "ipynb", "eml"], SMALL)
# The binding reads words alone. We make a PPTX of each deck first, with its pictures, and of each embedded file a
# document of its own.
REASONS["ppt"] = SMALL + ", pictures and embedded files"


@dataclass
class Figures:
    """Seconds of CPU, one number for each round."""
    single: list = field(default_factory=list)    # ours, one document in a process
    together: list = field(default_factory=list)  # ours, 60 in a process
    theirs: list = field(default_factory=list)    # without the start
    start: list = field(default_factory=list)


def wanted_formats():
    """The formats of the other two comparisons, by name, without their peers."""
    known = {}
    for one in FORMATS:
        known[one.name] = Format(one.name, one.folders, one.extensions, [], GOAL, options=one.options, make=one.make)
    for one in CONTESTS:
        known.setdefault(one.name, Format(one.name, one.folders, one.extensions, [], GOAL, options=list(one.options)))
    del known["zip"]  # we make a document of each file in it, the binding one list of all
    return known


def binding(root, folder):
    """What binding.js says of a folder of the root; of one that ended the process, its name among those that failed."""
    script = ('mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" && '
              f'exec chroot "$1" /usr/bin/node /tmp/{BINDING} "$2"')
    done = subprocess.run(["unshare", "--mount", "sh", "-c", script, "sh", root, folder], check=False,
                          capture_output=True, stdin=subprocess.DEVNULL)
    lines = done.stdout.splitlines()
    if done.returncode == 0:
        return json.loads(lines[-1])
    if not lines:
        sys.exit(f"the binding does not start: {done.stderr.decode(errors='replace')}")
    return {"failed": [lines[-1].decode()]}


def our_cpu(sluice, tree, wanted, work, together):
    kb = os.path.join(tempfile.mkdtemp(dir=work), "kb")
    subprocess.run([sluice, "init", kb], check=True, stdout=subprocess.DEVNULL)
    settings = dict(os.environ, SLUICE_SANDBOX_DOCUMENTS_PER_PROCESS=str(together))
    return cpu_of(add(sluice, kb, wanted, tree, "-j", "1"), env=settings)[0]


def compare(wanted, sluice, options, work):
    """Prints a row; False if the format misses the goal, and no reason is known."""
    corpus, folders = options.corpus, wanted.folders
    if not folders:
        corpus, folders = os.path.join(work, "made"), [""]
        if wanted.make:
            os.makedirs(corpus)
            wanted.make(corpus)
        else:
            make_documents(wanted.name, corpus)
    files = documents(corpus, Format(wanted.name, folders, wanted.extensions, [], GOAL))
    tree = laid_out(files[::max(1, len(files) // options.most)], work, options.least)
    without_refused(sluice, tree, wanted, work)
    inside = tempfile.mkdtemp(prefix="documents-", dir=os.path.join(options.root, "tmp"))
    try:
        shown = os.path.join("/tmp", os.path.basename(inside))
        for path in originals(os.path.join(tree, name) for name in os.listdir(tree)):
            shutil.copy(path, inside)
        refused = set()
        while failed := binding(options.root, shown)["failed"]:
            refused |= {name.split("-", 1)[1] for name in failed}
            for name in failed:
                os.remove(os.path.join(inside, name))
        for name in os.listdir(tree):
            if name.split("-", 1)[1] in refused:
                os.remove(os.path.join(tree, name))
        shutil.copytree(tree, inside, dirs_exist_ok=True)
        count = len(os.listdir(tree))
        if count == 0:
            print(f"| {wanted.name} | reads none of them | | | | |")
            return True
        figures = Figures()
        for _ in range(options.rounds):
            figures.single.append(our_cpu(sluice, tree, wanted, work, 1))
            run = binding(options.root, shown)
            figures.theirs.append(run["files"])
            figures.start.append(run["start"])
            figures.together.append(our_cpu(sluice, tree, wanted, work, 60))
    finally:
        shutil.rmtree(inside)
    return print_row(wanted.name, count, figures)


def print_row(name, count, figures):
    def each(values):
        return f"{statistics.median(values) / count * 1e3:.2f} ms"

    times = statistics.median(b / a for a, b in zip(figures.single, figures.theirs))
    together = statistics.median(b / a for a, b in zip(figures.together, figures.theirs))
    reached = times >= GOAL
    with_start = [a + b for a, b in zip(figures.theirs, figures.start)]
    print(f"| {name} | {count} | {each(figures.single)}, {each(figures.together)} | {each(figures.theirs)}, "
          f"{each(with_start)} | {times:.1f}, {together:.1f} | {'' if reached else REASONS.get(name, 'MISSED')} |",
          flush=True)
    return reached or name in REASONS


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True, help="the root that make_root.sh made")
    parser.add_argument("--most", type=int, default=60, help="documents of a format")
    known = wanted_formats()
    options = arguments(parser, known)
    if not os.path.isdir(os.path.join(options.root, "opt", "kreuzberg")):
        parser.exit(3, f"{parser.prog}: there is no binding in {options.root}; make_root.sh makes one\n")
    sluice = os.path.abspath(os.path.join(options.build, "bin", "sluice"))
    shutil.copy(os.path.join(HERE, BINDING), os.path.join(options.root, "tmp", BINDING))
    print("| format | documents | CPU per document, ours: one in a process, 60 | theirs: without start, with it "
          "| times | |")
    print("| --- | --- | --- | --- | --- | --- |")
    good = True
    with working_folders(options) as folders:
        for name, wanted in known.items():
            if not options.formats or name in options.formats:
                good = compare(wanted, sluice, options, tempfile.mkdtemp(dir=folders)) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
