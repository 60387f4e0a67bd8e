#!/usr/bin/env python3
"""What decides the numbers of the PDF converter: each is tried at other values, and the first page that breaks is named.

    thresholds.py BUILD [--only NAME...] [--jobs N] [--write]
                                       tries them; --write renews plugins/pdf/thresholds.md
    thresholds.py --check [--write]    fails if that page has not the numbers of the sources; --write renews
                                       its names and comments

A copy of the converter is built in which each number can be changed. A number is tried smaller and larger, step by
step, until something breaks: a unit test, or a page that a reader has written down (see ../pdf.py). What changes only
other documents is counted: the samples of three PDF libraries, and these pages. BUILD is a build with plugin_pdf_test."""
import argparse
import os
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(HERE.parent)]
import pdf  # noqa: E402
import sources  # noqa: E402
import table  # noqa: E402

SMALLER, LARGER = (0.8, 0.5, 0), (1.25, 2, 1000)  # times the number; the last steps turn a rule off


@dataclass
class Trial:
    """What came of one number at one value."""
    value: float
    tests: list = field(default_factory=list)
    pages: list = field(default_factory=list)
    changed: set = field(default_factory=set)
    end: str = ""  # of a process that did not get to its end

    @property
    def breaks(self):
        return self.tests + self.pages + ([self.end] if self.end else [])


class Judge:
    """Documents, in order; and what is wrong with the Markdown of one."""

    def __init__(self, corpus):
        self.corpus = corpus
        self.pages = {}
        for expectations, path in pdf.expected_documents(self):
            if os.path.exists(path):
                self.pages.setdefault(path, []).extend(expectations["pages"])
        others = (path for folder in pdf.FOLDERS for path in sorted(pathlib.Path(corpus, folder).rglob("*.pdf")))
        self.documents = sorted(self.pages, key=os.path.getsize)
        self.judged = len(self.documents)
        self.documents += [str(path) for path in others if str(path) not in self.pages and path.stat().st_size < 300_000]
        self.wrong_before = set()

    def wrong_pages(self, number, markdown):
        """Names of its pages that are not as a reader wrote them down."""
        path = self.documents[number]
        names = [f"{os.path.basename(path)} {page['page']}" for page in self.pages.get(path, [])
                 if pdf.check_page(page, markdown)]
        return [name for name in names if name not in self.wrong_before]


class Trials:
    """A process that tries numbers."""

    def __init__(self, program, list_, judge):
        self.judge = judge
        self.process = subprocess.Popen([program, list_], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, bufsize=-1)
        assert self._line() == "ready"

    def _line(self):
        return self.process.stdout.readline().decode().rstrip("\n")

    def _send(self, text):
        self.process.stdin.write(f"{text}\n".encode())
        self.process.stdin.flush()

    def run(self, change, value=0, to_the_end=False):
        """`change`: FILE NAME=VALUE, "=" or "all" (see trials.cpp). `to_the_end`: though a page is wrong."""
        trial = Trial(value)
        self._send(change)
        while True:
            kind, *rest = self._line().split(" ", 1)
            if kind == "end":
                status = int(rest[0])
                trial.end = "" if status == 0 else "it takes too long" if os.WTERMSIG(status) == 24 else "it crashes"
                return trial
            if kind == "test":
                trial.tests.append(rest[0])
            elif kind == "document":
                number, size = map(int, rest[0].split())
                markdown = self.process.stdout.read(size).decode("utf-8", "replace")
                trial.changed.add(number)
                trial.pages += self.judge.wrong_pages(number, markdown)
                self._send("go" if to_the_end or not trial.breaks else "stop")
            else:
                raise RuntimeError(f"the program that tries numbers ended: {kind}")


def steps(constant, factors):
    """Values further and further from the number."""
    seen = {constant.value}
    for factor in factors:
        value = constant.value * factor
        if constant.is_whole:
            value = float(round(value))
            if value == constant.value and factor not in (0, 1000):
                value += 1 if factor > 1 else -1
        if value not in seen and value >= 0:
            seen.add(value)
            yield value


def try_side(trials, constant, values):
    """Trials of one side, from the number on: the first that breaks is the last. If the furthest value breaks nothing,
    no nearer one is tried."""
    furthest = trials.run(f"{constant.id}={values[-1]!r}", values[-1]) if values else None
    if not furthest or not furthest.breaks:
        return [furthest] if furthest else []
    side = []
    for value in values[:-1]:
        side.append(trials.run(f"{constant.id}={value!r}", value))
        if side[-1].breaks:
            return side
    return [*side, furthest]


def try_constant(trials, constant):
    """The trials of both sides, smaller and larger."""
    return [try_side(trials, constant, list(steps(constant, factors))) for factors in (SMALLER, LARGER)]


def try_all(constants, program, judge, jobs, folder):
    list_ = pathlib.Path(folder, "documents")
    list_.write_text("".join(f"{path}\n" for path in judge.documents))
    parts = [constants[i::jobs] for i in range(jobs)]

    def try_part(part):
        trials = Trials(program, str(list_), judge)
        results = {}
        for constant in part:
            results[constant.id] = smaller, larger = try_constant(trials, constant)
            print(table.row_of(constant, smaller, larger), flush=True)
        return results

    first = Trials(program, str(list_), judge)
    judge.wrong_before = set(first.run("all", to_the_end=True).pages)
    for name in sorted(judge.wrong_before):
        print(f"not right with the numbers as they are, and left out: {name}")
    again = first.run("=", to_the_end=True)
    if again.breaks or again.changed:
        sys.exit(f"the converter does not do the same twice: {again}")
    with ThreadPoolExecutor(jobs) as pool:
        return {name: sides for results in pool.map(try_part, parts) for name, sides in results.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?")
    parser.add_argument("--check", action="store_true", help="only whether the page has the numbers of the sources")
    parser.add_argument("--only", nargs="+", help="numbers, or files below plugins/pdf")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="renew the page")
    parser.add_argument("--corpus", default=os.environ.get("SLUICE_CORPUS", PROJECT.parent / "shared" / "corpus"))
    arguments = parser.parse_args()
    page = PROJECT / sources.FOLDER / "thresholds.md"
    constants = sources.constants_of(PROJECT)
    if arguments.check:
        if arguments.write:
            page.write_text(table.page_of(page.read_text(), constants, {}))
        faults = table.faults_of(page.read_text(), constants)
        print("".join(f"{fault}\n" for fault in faults), end="")
        return 1 if faults else 0
    if not arguments.build:
        parser.error("BUILD is missing")
    if not os.path.isdir(arguments.corpus):
        parser.exit(3, f"there are no test documents in {arguments.corpus}; set SLUICE_CORPUS\n")
    wanted = [one for one in constants if not arguments.only or {one.name, one.file} & set(arguments.only)]
    judge = Judge(os.path.abspath(arguments.corpus))
    folder = pathlib.Path(arguments.build, "thresholds").absolute()
    program = sources.Copy(PROJECT, os.path.abspath(arguments.build), folder, arguments.jobs).program
    results = try_all(wanted, program, judge, arguments.jobs, folder)
    if arguments.write:
        page.write_text(table.page_of(page.read_text() if page.exists() else "", constants, results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
