#!/usr/bin/env python3
"""Words of `pdftotext` that Sluice has not, document by document: each has 99 of 100, or stands here with the reason.

    tests/quality/pdf_recall.py BUILD [--verbose] [--corpus DIR]     or quality.py BUILD pdf

Headers and footers are kept, which a warning names when they are left out. A document that loses more than is written
here, or is here though it loses nothing, fails. Scanned pages are not recognized."""
import argparse
import os
import sys
import tempfile
from collections import Counter

import pdf

FOLDERS = ("ocr", "pdf-structure", "pdf-tables", "pdfminer", "pdfplumber", "pypdf-samples")
LARGEST = 3_000_000  # bytes
FEWEST = 20          # words
BAR = 0.99
SLACK = 0.005

_LETTERS = "pdftotext parts letter-spaced words into letters"
_RAISED = "which of the letters of a formula are a word is a matter of taste"
# name -> recall, and why it is no better.
LOSSES = {
    "ascii85_filter.pdf": (0.117, _LETTERS),
    "simple1.pdf": (0.583, _LETTERS),
    "us-022.pdf": (0.949, _LETTERS),
    "habibi-rotated.pdf": (0.200, "a glyph stands for a whole phrase, which pdftotext turns around"),
    "issue-848.pdf": (0.638, "turned upside down and mirrored: pdftotext reads it backwards"),
    "issue-842-example.pdf": (0.800, "the text of narrow columns, of which pdftotext breaks other words"),
    "issue-192-example.pdf": (0.925, "words were replaced by wider ones that overlap"),
    "GeoTopo-komprimiert.pdf": (0.946, _RAISED),
    "us-040.pdf": (0.989, _RAISED),
    "stem-article-2col-af.pdf": (0.984, "the raised A in the name of LaTeX"),
    "stem-article-2col-se.pdf": (0.984, "the raised A in the name of LaTeX"),
    "Document1_pdfxchange.pdf": (0.948, "pdftotext breaks slanted words"),
    "pdffill-demo.pdf": (0.950, "pdftotext breaks slanted words"),
    "AnimalSounds1.pdf": (0.949, "pdftotext joins words over hyphens of their own"),
    "issue_288.pdf": (0.968, "a cell's text is drawn over the next one"),
    "i1040nr.pdf": (0.975, "text outside of the crop box, which nobody sees"),
    "issue-912.pdf": (0.976, "a date and an amount overlap: pdftotext glues them"),
    "Issue608.pdf": (0.983, "pdftotext parts words at ligatures"),
    "Issue398.pdf": (0.985, "Hebrew and Latin letters without a blank between them"),
    "issue-71-duplicate-chars-2.pdf": (0.987, "text that is drawn twice: pdftotext doubles letters"),
}


def recall_of(reference, markdown):
    """The share of pdftotext's words that are in the Markdown, whichever way raised letters count."""
    expected = Counter(pdf.words(reference))
    found = (Counter(pdf.words(pdf.plain(markdown, raised))) for raised in ("", " "))
    return max((expected & words).total() for words in found) / expected.total()


def recalls(context):
    """Documents with enough words, and the share of them that is found; what was said if none is converted."""
    with tempfile.TemporaryDirectory() as folder:
        environment = pdf.kept_headers(folder, 'ocr = "off"\n')
        for path in context.files(*FOLDERS, extensions=("pdf",)):
            if os.path.getsize(path) > LARGEST:
                continue
            reference = pdf.pdftotext(path)
            if not reference or len(pdf.words(reference)) < FEWEST:
                continue
            code, markdown, said = context.convert(path, environment=environment)
            if code == 0:
                yield path, recall_of(reference, markdown), ""
            else:
                yield path, 0.0, said.splitlines()[0] if said else f"exit code {code}"


def run(context):
    print("\nPDF against pdftotext, words that are not found")
    faults, count, seen = [], 0, set()
    for path, recall, said in recalls(context):
        name = os.path.basename(path)
        count += 1
        seen.add(name)
        least, why = LOSSES.get(name, (BAR, ""))
        if said:
            faults.append(f"{name}: {said}")
        elif recall < least - (SLACK if why else 0):
            faults.append(f"{name}: {recall:.4f} of its words, not {least}")
        elif why and recall >= BAR:
            faults.append(f"{name}: {recall:.4f} of its words; take it off the list")
        if context.verbose or (why and not said):
            print(f"{recall:7.4f}  {os.path.relpath(path, context.corpus)}" + (f"  ({why})" if why else ""))
    faults += [f"{name} is not among the documents" for name in LOSSES if name not in seen]
    print(f"{count} documents, {len(LOSSES)} below {BAR} for a reason that is written down")
    for fault in faults:
        print(f"LOST {fault}")
    return not faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    from quality import parsed
    return 0 if run(parsed(parser)[1]) else 1


if __name__ == "__main__":
    sys.exit(main())
