#!/usr/bin/env python3
"""How faithful Word 97-2003 documents are: their words against LibreOffice's.

    tests/quality/quality.py BUILD doc               all of the test documents
    tests/quality/doc.py [--sluice PROGRAM] [--verbose] FILE...

Exits with 1 below the promise: words .98 (F1 over all documents).
"""
import pathlib

import office_words

# File stem -> why its words differ.
KNOWN = {
    "tika-quick_corrupted": "is no Word document; LibreOffice shows its bytes",
    "NEWSSLID": "Word 2, which is not read",
    "simple": "two documents of that name; LibreOffice's result is the other's",
    "test13": "LibreOffice leaves notes out of its text",
    "test16": "LibreOffice leaves text boxes out of its text",
    "test01": "LibreOffice keeps deletions in its text",
    "test14": "LibreOffice keeps deletions in its text",
}


def to_text(files, folder):
    out = office_words.run_office(files, folder, "txt:Text")
    return {path.stem: path.read_text(errors="replace") for path in out.glob("*.txt")}


def evaluate(program, files, verbose):
    return office_words.evaluate(program, files, to_text, KNOWN, verbose)


def run(context):
    """For quality.py."""
    files = [pathlib.Path(path) for path in context.files("office-legacy", extensions=("doc",))]
    return evaluate(context.sluice, files, context.verbose)


if __name__ == "__main__":
    office_words.main(evaluate, __doc__)
