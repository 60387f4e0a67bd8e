#!/usr/bin/env python3
"""CPU a document of each converter against the fastest native program that reads the format, in one run.

    tests/bench/rivals.py BUILD [--rounds N] [--most N] [--least N] [--corpus DIR] [FORMAT...]

A rival is a compiled program (or one that Debian packages) that writes a document's text, whatever it leaves
out; for PPTX there is none. Ours is one `sluice add` on one lane into a new knowledge base on the same file system, inside the
sandbox, one process a document, its start and all that makes a document durable included. A rival is one
process a document, its output thrown away. Documents that either refuses count for neither. Office suites
are no rivals: they take a hundred times as long.

The goal is 1.5 times less CPU than each. Where that is not reached, the last column says why. Exit code 1 if
a format misses it without a reason on record, 3 if there are no test documents."""
import argparse
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass

from converters import (Format, arguments, documents, laid_out, our_cpu, peer_cpu, without_refused,
                        working_folders)
from made_documents import make_csv, make_file

GOAL = 1.5


def pandoc(reader):
    return ["pandoc", "-f", reader, "-t", "gfm", "-o", "/dev/null", "{}"]


def to_output(*command):
    """A program that writes to its standard output, which is thrown away."""
    return [*command, "{}"]


@dataclass
class Contest:
    name: str
    folders: list            # below the corpus; empty: documents are made
    extensions: tuple
    rivals: list
    reason: str = ""         # why a rival may be nearer than the goal
    options: tuple = ()      # of our converter


# What our documents cost beyond their conversion: a process of their own (0.6 ms), and two files and a row
# that are durable. Programs of one millisecond have neither.
TEXT_ALONE = "writes words alone, no tables, lists, links and pictures"
PARSE_ALONE = "parses and prints; keeps nothing"

MUTOOL = ["mutool", "draw", "-q", "-F", "text", "-o", "/dev/null", "{}"]

# One row a format.
CONTESTS = [
    Contest("docx", ["pandoc/docx", "python-docx", "mammoth"], ("docx", "docm"),
            [["docx2txt", "{}", "-"], pandoc("docx")]),
    Contest("xlsx", ["calamine"], ("xlsx", "xlsm"), [["xlsx2csv", "{}", "/dev/null"]]),
    Contest("html", ["html-to-markdown", "readability"], ("html",), [to_output("html2text"), pandoc("html")]),
    Contest("pdf", ["pdfplumber", "pdfminer", "pypdf-samples"], ("pdf",),
            [["pdftotext", "-q", "{}", "/dev/null"], MUTOOL],
            TEXT_ALONE,
            ("pdf.ocr=off",)),  # no rival recognizes text in pictures
    Contest("epub", ["epub"], ("epub",), [MUTOOL, pandoc("epub")]),
    Contest("odt", ["odf"], ("odt",), [to_output("odt2txt"), pandoc("odt")], TEXT_ALONE),
    Contest("rtf", ["rtf"], ("rtf",), [to_output("unrtf", "--text"), pandoc("rtf")], TEXT_ALONE),
    Contest("doc", ["office-legacy"], ("doc",), [to_output("antiword"), to_output("catdoc")], TEXT_ALONE),
    Contest("xls", ["office-legacy", "calamine"], ("xls",), [to_output("xls2csv")], TEXT_ALONE),
    Contest("ppt", ["office-legacy"], ("ppt",), [to_output("catppt")], TEXT_ALONE),
    Contest("ipynb", ["ipynb"], ("ipynb",), [pandoc("ipynb")]),
    Contest("md", [], ("md",), [["cmark-gfm", "--to", "commonmark", "{}"], pandoc("gfm")], PARSE_ALONE),
    Contest("csv", [], ("csv",), [pandoc("csv")]),
]


def make_documents(name, folder):
    os.makedirs(folder)
    table = os.path.join(folder, "..", "table")
    if name == "csv":
        make_csv(table, 1)
    for i in range(60):
        path = os.path.join(folder, f"{i}.{name}")
        if name == "md":
            make_file(path, 4096, i)
        else:
            with open(table, encoding="utf-8") as all_rows, open(path, "w", encoding="utf-8") as file:
                lines = all_rows.readlines()
                file.writelines(lines[:1] + lines[1 + 100 * i:2001 + 100 * i])


def contend(contest, sluice, corpus, options, work):
    """Prints a row for each rival; False if one is nearer than the goal, and no reason is known."""
    good = True
    for rival in contest.rivals:
        if not shutil.which(rival[0]):
            print(f"| {contest.name} | {rival[0]} | not installed | | | |")
            continue
        place = tempfile.mkdtemp(dir=work)
        if not contest.folders:
            make_documents(contest.name, os.path.join(place, "made"))
        wanted = Format(contest.name, contest.folders or ["made"], contest.extensions, rival, GOAL,
                        options=list(contest.options))
        files = documents(corpus if contest.folders else place, wanted)
        if not files:
            print(f"| {contest.name} | {rival[0]} | no documents | | | |")
            continue
        tree = laid_out(files[::max(1, len(files) // options.most)], place, options.least)
        files = without_refused(sluice, tree, wanted, place)
        if not files:
            print(f"| {contest.name} | {rival[0]} | reads none of them | | | |")
            continue
        own, other = [], []
        for _ in range(options.rounds):
            own.append(our_cpu(sluice, tree, wanted, place, len(files)))
            other.append(peer_cpu(rival, files))
        ratio = statistics.median(b / a for a, b in zip(own, other))
        reached = ratio >= GOAL
        good = good and (reached or bool(contest.reason))
        print(f"| {contest.name} | {rival[0]} | {len(files)} | {statistics.median(own) * 1e3:.2f} ms, "
              f"{statistics.median(other) * 1e3:.2f} ms | {ratio:.1f} | {'' if reached else contest.reason or 'MISSED'} |",
              flush=True)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=60, help="documents of a format")
    options = arguments(parser, [contest.name for contest in CONTESTS])
    sluice = os.path.abspath(os.path.join(options.build, "bin", "sluice"))
    print("| format | rival | documents | CPU per document, ours and theirs | times | |")
    print("| --- | --- | --- | --- | --- | --- |")
    corpus = os.path.abspath(options.corpus)
    good = True
    with working_folders(options) as folders:
        for contest in CONTESTS:
            if not options.formats or contest.name in options.formats:
                work = tempfile.mkdtemp(dir=folders)
                os.chdir(work)  # some leave pictures where they run
                good = contend(contest, sluice, corpus, options, work) and good
        os.chdir(options.dir)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
