#!/usr/bin/env python3
"""Recognition of text in pictures, against the truth.

    tests/quality/ocr.py BUILD [--verbose] [--corpus DIR] [--only TEXT] [--rendered N]

`pictures`: the pictures of the test documents whose text somebody wrote down (`ocr/truth.json`, `X.gt.txt`).
`scanned PDFs`: those among them. `drawn`: pages of PDF documents with text, drawn by pdftoppm at 300 dpi, with no text in them: the words against
pdftotext, the structure (headings, lists, tables) against what Sluice makes of the page's own text. These are clean scans of 300 dpi where the page
shows no picture of a square inch or more: the text in a picture is in no truth. The other pages are counted by themselves.

Beside each figure stands that of plain tesseract for the same picture. Its order is its own, so that its characters suffer on tables, too.
A row of dashes, dots or underscores counts as one: it is a line drawn with signs, and how many there are is not read but counted.
Words: F1 over counted words. Characters: 1 - edit distance / length, blanks and line ends counted as one blank."""
import argparse
import glob
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import pdf  # noqa: E402

# Pages for which no language data is installed, or that are no text in Latin letters of today.
OTHER_LANGUAGES = re.compile(r"arabic|hebrew|deva|viet|raaj|chinese|ocrd-gt|rtl-|hebtypo|kraken")
# Pages whose text is not what they show: it is no truth for what is read in a picture. They are counted by themselves.
OWN_TEXT_IS_OFF = {
    "issue-912": "the text of cells runs on behind the edge of their column, where it is not drawn",
    "issue-192": "letters were replaced by others of another width, and lie on each other: people cannot read them",
}
PDF_FOLDERS = ("pdfplumber", "pdf-tables/icdar2013", "pdf-structure/wcag", "pypdf-samples")


def convert(build, path, *options):
    """Markdown, the exit code, what it cost in seconds of processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = dict(os.environ, SLUICE_LIMITS_LOAD_TIME="300", SLUICE_LIMITS_TIMEOUT="900")  # other work may be going on
    run = subprocess.run([os.path.join(build, "bin/sluice"), "convert", *options, path], capture_output=True,
                         env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return run.stdout.decode(), run.returncode, cost, run.stderr.decode()


def plain(markdown):
    text = re.sub(r"^\|(?: --- \|)+$", "", pdf.plain(markdown), flags=re.M)
    text = re.sub(r"^\s*#+ ", "", text, flags=re.M)
    text = re.sub(r"^\s*- ", "", text, flags=re.M)
    return " ".join(text.replace("|", " ").split())


def characters(text):
    """What all agree on: one form of quotes, dashes and blanks."""
    text = re.sub("[\u201c\u201d\u201e\u2033]", '"', text)
    text = re.sub("[\u2018\u2019\u201a\u2032]", "'", text)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\ufb01", "fi").replace("\ufb02", "fl")
    text = re.sub(r"([-._])(?:[ \t]*\1){3,}", r"\1", text)
    text = re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "", text)
    return " ".join(text.split())


def distance(a, b):
    """Levenshtein, with the machine's words as vectors (Myers 1999)."""
    if not a:
        return len(b)
    places = {}
    for i, c in enumerate(a):
        places[c] = places.get(c, 0) | 1 << i
    mask = (1 << len(a)) - 1
    last = 1 << (len(a) - 1)
    plus, minus, score = mask, 0, len(a)
    for c in b:
        eq = places.get(c, 0)
        xv = eq | minus
        xh = (((eq & plus) + plus) ^ plus) | eq
        ph = minus | ~(xh | plus) & mask
        mh = plus & xh
        score += bool(ph & last) - bool(mh & last)
        ph = (ph << 1 | 1) & mask
        mh = mh << 1 & mask
        plus, minus = mh | ~(xv | ph) & mask, ph & xv
    return score


def tesseract(path):
    """What plain tesseract reads in a picture, or in the pages of a PDF drawn at 300 dpi."""
    def read(picture):
        return subprocess.run(["tesseract", picture, "-", "-l", "eng"], capture_output=True,
                              env=dict(os.environ, OMP_THREAD_LIMIT="1")).stdout.decode(errors="replace")
    if not path.endswith(".pdf"):
        return read(path)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "300", "-gray", "-png", path, os.path.join(folder, "page")], capture_output=True)
        return "\n".join(read(page) for page in sorted(glob.glob(os.path.join(folder, "*.png"))))


def shows_pictures(page):
    """Whether a page of PDF has a picture of a square inch or more: what is written in it is in no truth."""
    listed = subprocess.run(["pdfimages", "-list", page], capture_output=True).stdout.decode().splitlines()[2:]
    for row in (line.split() for line in listed):
        width, height, x_ppi, y_ppi = (float(row[i]) for i in (3, 4, 12, 13))
        if width * height >= x_ppi * y_ppi:
            return True
    return False


def word_f1(expected, found):
    a = Counter(re.findall(r"\w+", expected.lower()))
    b = Counter(re.findall(r"\w+", found.lower()))
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 1.0


def score(expected, found):
    expected, found = characters(expected), characters(found)
    longest = max(len(expected), 1)
    return max(0.0, 1 - distance(expected, found) / longest), word_f1(expected, found)


def truths(corpus):
    folder = os.path.join(corpus, "ocr")
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
        table = json.load(file)
    for gold in glob.glob(os.path.join(folder, "*/*.gt.txt")):
        for ending in ("tif", "jpg", "png"):
            for picture in glob.glob(gold[:-7] + "*." + ending):
                with open(gold, encoding="utf-8") as file:
                    table[os.path.relpath(picture, folder)] = file.read()
    return {name: text for name, text in sorted(table.items())
            if os.path.exists(os.path.join(folder, name)) and not name.endswith((".txt", "jpeg2000", ".pgm", ".pbm"))}


def pictures(build, corpus, only, verbose):
    rows = []
    for name, text in truths(corpus).items():
        if only and only not in name:
            continue
        markdown, code, cost, said = convert(build, os.path.join(corpus, "ocr", name))
        chars, words = score(text, plain(markdown))
        plain_chars, plain_words = score(text, tesseract(os.path.join(corpus, "ocr", name)))
        rows.append((name, chars, words, cost, plain_chars, plain_words))
        if verbose:
            print(f"{chars:6.3f} {words:6.3f} ({plain_chars:.3f} {plain_words:.3f}) {cost:6.2f} s  {code}  {name}  {said.strip().splitlines()[-1][:100] if said.strip() else ''}")
    kinds = {name: "scanned PDFs" if name.endswith(".pdf") else "other scripts, old prints"
             if OTHER_LANGUAGES.search(name) else "pictures in Latin letters of today" for name, *_ in rows}
    for label in ("pictures in Latin letters of today", "scanned PDFs", "other scripts, old prints"):
        chosen = [row for row in rows if kinds[row[0]] == label]
        if chosen:
            print(f"{label}: {len(chosen)} files, characters {statistics.mean(r[1] for r in chosen):.3f}, "
                  f"words {statistics.mean(r[2] for r in chosen):.3f}, {statistics.mean(r[3] for r in chosen):.2f} s; "
                  f"plain tesseract {statistics.mean(r[4] for r in chosen):.3f}, {statistics.mean(r[5] for r in chosen):.3f}")


def structure(markdown):
    """Headings, items and cells, each as a Counter of texts."""
    body = re.sub(r"\A---\n.*?^---\n", "", markdown, flags=re.S | re.M)
    # Files that a PDF carries are listed behind its pages; no picture of a page shows them.
    body = re.sub(r"^#+ Attachments\n.*\Z", "", body, flags=re.S | re.M)
    def key(text):
        return " ".join(re.findall(r"\w+", pdf.plain(text).lower()))
    headings = Counter(key(line.lstrip("# ")) for line in re.findall(r"^#+ .*", body, flags=re.M))
    items = Counter(key(line)[:40] for line in re.findall(r"^\s*(?:-|\d+\.) (.*)", body, flags=re.M))
    cells = Counter(key(cell) for line in re.findall(r"^\|.*\|$", body, flags=re.M) if "---" not in line
                    for cell in line.split("|") if cell.strip())
    return {"headings": headings, "items": items, "cells": cells}


def near_f1(expected, found):
    """F1 where two texts count as the same if they differ in a tenth of their letters."""
    left = list(found.elements())
    hits = 0
    for text in expected.elements():
        for other in left:
            if abs(len(text) - len(other)) <= 1 + len(text) // 10 and distance(text, other) <= len(text) // 10:
                left.remove(other)
                hits += 1
                break
    total = sum(expected.values()) + sum(found.values())
    return 2 * hits / total if total else None


def documents(corpus):
    for folder in PDF_FOLDERS:
        for path in sorted(glob.glob(os.path.join(corpus, folder, "**/*.pdf"), recursive=True)):
            yield path


def rendered(build, corpus, count, only, verbose):
    """One page of each document whose page has a text of some length."""
    rows = []
    every = list(documents(corpus))
    step = max(1, len(every) // max(1, 2 * count))
    with tempfile.TemporaryDirectory() as folder:
        for path in every[::step]:
            if len(rows) >= count:
                break
            if only and only not in path:
                continue
            page = os.path.join(folder, "page.pdf")
            if subprocess.run(["pdfseparate", "-f", "1", "-l", "1", path, page], capture_output=True).returncode != 0:
                continue
            truth = subprocess.run(["pdftotext", page, "-"], capture_output=True).stdout.decode(errors="replace")
            if len(truth) < 400 or not truth.isascii() and sum(c.isascii() for c in truth) < .97 * len(truth):
                continue
            subprocess.run(["pdftoppm", "-r", "300", "-png", "-singlefile", page, page[:-4]], capture_output=True)
            text, code, _, _ = convert(build, page, "--option", "pdf.headers_and_footers=true")
            scan, code, cost, _ = convert(build, page[:-4] + ".png", "--option", "ocr.headers_and_footers=true")
            chars, words = score(plain(text), plain(scan))
            _, flat_words = score(truth, plain(scan))
            parts = {name: near_f1(a, structure(scan)[name]) for name, a in structure(text).items()}
            flat = tesseract(page[:-4] + ".png")
            others = score(plain(text), flat)[0], score(truth, flat)[1]
            is_off = any(name in path for name in OWN_TEXT_IS_OFF)
            kind = "text off" if is_off else "pictures" if shows_pictures(page) else "clean"
            rows.append((chars, flat_words, parts, cost, *others, kind))
            if verbose:
                shown = " ".join(f"{n} {'-' if v is None else f'{v:.2f}'}" for n, v in parts.items())
                print(f"{chars:6.3f} {flat_words:6.3f} ({others[0]:.3f} {others[1]:.3f}) {cost:6.2f} s  {shown}  "
                      f"{kind}  {os.path.relpath(path, corpus)}")
    for label, kind in (("clean scans of 300 dpi", "clean"), ("drawn pages with pictures", "pictures"),
                        ("drawn pages whose own text is not what they show", "text off")):
        report_drawn(label, [row for row in rows if row[6] == kind])


def report_drawn(label, rows):
    if not rows:
        return
    mean = [statistics.mean(row[i] for row in rows) for i in (0, 1, 3, 4, 5)]
    print(f"{label}: {len(rows)} pages, characters {mean[0]:.3f} (median {statistics.median(r[0] for r in rows):.3f}), "
          f"words {mean[1]:.3f}, {mean[2]:.2f} s a page; plain tesseract {mean[3]:.3f} "
          f"(median {statistics.median(r[4] for r in rows):.3f}), {mean[4]:.3f}")
    for name in ("headings", "items", "cells"):
        values = [r[2][name] for r in rows if r[2][name] is not None]
        if values:
            print(f"  {name}: {statistics.mean(values):.3f} on {len(values)} pages")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("--corpus", default=os.environ.get("SLUICE_CORPUS") or os.path.join(HERE, "../../../shared/corpus"))
    parser.add_argument("--only")
    parser.add_argument("--rendered", type=int, default=40, help="how many pages")
    parser.add_argument("--skip-pictures", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    if not os.path.isdir(args.corpus):
        print("ocr: the test documents are not there; skipped")
        return 3
    if not args.skip_pictures:
        pictures(args.build, args.corpus, args.only, args.verbose)
    if args.rendered:
        rendered(args.build, args.corpus, args.rendered, args.only, args.verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
