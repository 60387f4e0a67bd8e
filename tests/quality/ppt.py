#!/usr/bin/env python3
"""How faithful PowerPoint 97-2003 presentations are: their words against those of LibreOffice's pages.

    tests/quality/quality.py BUILD ppt               all of the test documents
    tests/quality/ppt.py [--sluice PROGRAM] [--verbose] FILE...

Notes are left out on both sides, and what the master puts on nearly every page. Exits with 1 below the promise: words .98 (F1 over all presentations).
"""
import collections
import os
import pathlib
import subprocess
import tempfile

import office_words

# File stem -> why its words differ.
KNOWN = {
    "tika-quick_corrupted": "is no presentation; LibreOffice shows its bytes",
    "ecdl paris": "PowerPoint 4, which is not read",
    "PPTtoPPTX": "LibreOffice's pages show numbers of slides",
    "Presentation1": "LibreOffice's pages show numbers of slides",
    "presentation": "LibreOffice's pages show the footer of the master",
    "Sample_00_01": "LibreOffice breaks a word at the end of a line",
    "Sample_00_04": "LibreOffice breaks a word at the end of a line",
    "Sample_12": "LibreOffice breaks a word at the end of a line",
    "embedded-simple-2007": "LibreOffice's pages show the text of an embedded object's picture",
    "ApacheHeaderFooter": "LibreOffice's pages show the footer of the master",
}


def own_lines(text):
    """Without what the master puts on nearly every page: its footer, and numbers of pages."""
    pages = [page.split("\n") for page in text.split("\f") if page.strip()]
    counts = collections.Counter(line.strip() for page in pages for line in set(page))
    def is_own(line):
        line = line.strip()
        return len(pages) < 4 or (not line.isdigit() and counts[line] < 0.6 * len(pages))
    return "\n".join(line for page in pages for line in page if is_own(line))


def to_text(files, folder):
    texts = {}
    for path in office_words.run_office(files, folder, "pdf").glob("*.pdf"):
        done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        texts[path.stem] = own_lines(done.stdout.decode("utf-8", "replace"))
    return texts


def evaluate(program, files, verbose):
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "sluice"
        config.mkdir()
        (config / "config.toml").write_text("[plugin.ppt]\nnotes = false\n")
        environment = dict(os.environ, XDG_CONFIG_HOME=folder)
        return office_words.evaluate(program, files, to_text, KNOWN, verbose, environment)


def run(context):
    """For quality.py."""
    files = [pathlib.Path(path) for path in context.files("office-legacy", extensions=("ppt",))]
    return evaluate(context.sluice, files, context.verbose)


if __name__ == "__main__":
    office_words.main(evaluate, __doc__)
