#!/usr/bin/env python3
"""PDF against `pdftotext`, word by word, and against what a reader wrote down of difficult pages.

    tests/quality/pdf.py BUILD [--verbose] [--corpus DIR]     or quality.py BUILD pdf

Words are compared with page headers and footers kept (pdftotext keeps them); their removal is checked by the
expectations, files in expectations/pdf: for a page of a document, the headings, the rows of its tables, sentences
in their order, and what must not be there. A document that is not among the test documents stands beside them,
with what it was made of (`soffice --convert-to pdf right-to-left.fodt`)."""
import argparse
import glob
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDERS = ("pdfplumber", "pdfminer", "pypdf-samples")
WORD_BAR = 0.98

# Where pdftotext is no judge, or the two differ for a reason that is no fault: name -> why.
DIFFERENT = {
    "habibi.pdf": "a glyph stands for a whole phrase, which pdftotext turns around",
    "habibi-oneline-cmap.pdf": "a glyph stands for a whole phrase, which pdftotext turns around",
    "habibi-rotated.pdf": "a glyph stands for a whole phrase, which pdftotext turns around",
    "issue-848.pdf": "turned upside down and mirrored: pdftotext reads it backwards",
    "cmp_itext_logo.pdf": "a logo of slanted letters",
    "pdffill-demo.pdf": "pdftotext breaks slanted words",
    "issue-192-example.pdf": "words were replaced by wider ones that overlap",
    "GeoTopo-komprimiert.pdf": "formulas: which of their letters are a word is a matter of taste",
    "simple1.pdf": "pdftotext parts letter-spaced words into letters",
    "issue-912.pdf": "a date and an amount overlap: pdftotext glues them",
    "issue-842-example.pdf": "pdftotext loses a table's first cells",
}

_UNSPACED = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011](?:\s*\n\s*)?(?=\w)")


def plain(markdown, raised=""):
    """The text of Markdown as Sluice writes it; `raised` stands for the edges of what is raised or lowered."""
    text = re.sub(r"\A---\n.*?^---\n", "", markdown, flags=re.S | re.M)
    text = re.sub(r"<!-- page \d+ -->", " ", text)
    text = re.sub(r"!\[(?:[^\]\\]|\\.)*\]\([^)\s]*\)", " ", text)
    text = re.sub(r"(?<!\\)\]\((?:<[^>]*>|[^)\s]*)(?: \"[^\"]*\")?\)", " ", text)
    text = re.sub(r"</?(?:sup|sub)>", raised, text)
    text = re.sub(r"</?(?:u|em|strong|mark|del|s)>", "", text)
    text = re.sub(r"<br ?/?>", " ", text)
    text = re.sub(r"\[\^(?:p\d+-)?([^\]]*)\]:", r" \1 ", text)
    text = re.sub(r"\[\^(?:p\d+-)?([^\]]*)\]", rf"{raised}\1{raised}", text)
    text = re.sub(r"\\\n", "\n", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&nbsp;", " ")
    text = re.sub(r"(?<!\\)_(?=\*\*)|(?<=\*\*)_", "", text)
    text = re.sub(r"[*`]+", "", text)
    return re.sub(r"\\([^\w\s])", r"\1", text)


def words(text):
    text = unicodedata.normalize("NFKC", text).lower()
    return _WORD.findall(_HYPHEN.sub("", text))


def f1(expected, found):
    total = sum(expected.values()) + sum(found.values())
    return 2 * sum((expected & found).values()) / total if total else None


def pdftotext(path):
    done = subprocess.run(["pdftotext", "-q", "-cropbox", "-enc", "UTF-8", path, "-"], capture_output=True, timeout=120)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def kept_headers(folder, more=""):
    """An environment in which headers and footers are kept, and images are not. `more`: settings of the plugin."""
    os.makedirs(os.path.join(folder, "sluice"), exist_ok=True)
    with open(os.path.join(folder, "sluice", "config.toml"), "w", encoding="utf-8") as file:
        file.write('[plugin."pdf"]\nheaders_and_footers = true\nimages = false\n' + more)
    return {"XDG_CONFIG_HOME": folder}


def compare_words(context):
    rows, failures = [], []
    with tempfile.TemporaryDirectory() as folder:
        environment = kept_headers(folder)
        for path in context.files(*FOLDERS, extensions=("pdf",)):
            name = os.path.relpath(path, context.corpus)
            reference = pdftotext(path)
            code, markdown, said = context.convert(path, environment=environment)
            expected = Counter(words(reference or ""))
            if code != 0:
                if expected:
                    failures.append((name, said.splitlines()[0] if said else f"exit code {code}"))
                continue
            if expected:
                # pdftotext sets some of what is raised or lowered apart, and some not: either way counts.
                score = max(f1(expected, Counter(words(plain(markdown, raised)))) for raised in ("", " "))
                rows.append((name, score, sum(expected.values())))
    return rows, failures


def print_words(rows, failures, verbose):
    print(f"\nPDF against pdftotext, words: {len(rows)} documents")
    judged = []
    for name, score, count in sorted(rows, key=lambda row: row[1]):
        why = DIFFERENT.get(os.path.basename(name), "")
        if not why:
            judged.append((name, score, count))
        if verbose or score < WORD_BAR:
            print(f"{score:7.4f}  {count:7} words  {name}" + (f"  ({why})" if why else ""))
    scores = [score for _, score, _ in judged]
    weighted = sum(score * count for _, score, count in judged) / max(1, sum(count for _, _, count in judged))
    print(f"mean {statistics.fmean(scores):.4f}, median {statistics.median(scores):.4f}, by word {weighted:.4f}, "
          f"{sum(score >= WORD_BAR for score in scores)} of {len(scores)} at {WORD_BAR} or better, "
          f"{len(rows) - len(judged)} not judged")
    bad = [(name, why) for name, why in failures if os.path.basename(name) not in DIFFERENT]
    for name, why in bad:
        print(f"FAILED {name}: {why}")
    below = [name for name, score, _ in judged if score < WORD_BAR]
    for name in below:
        print(f"BELOW THE BAR: {name}")
    return not bad and not below


# --- what a reader wrote down ---

def page_of(markdown, number):
    """The Markdown between a page's marker and the next."""
    match = re.search(rf"^<!-- page {number} -->$(.*?)(?=^<!-- page \d+ -->$|\Z)", markdown, flags=re.S | re.M)
    return match.group(1) if match else ""


def squeezed(text):
    return " ".join(unicodedata.normalize("NFKC", plain(text)).split())


def headings_of(markdown):
    return [(len(m.group(1)), squeezed(m.group(2))) for m in re.finditer(r"^(#{1,6}) (.*)$", markdown, flags=re.M)]


def table_rows(markdown):
    rows = []
    for line in markdown.splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
            rows.append([squeezed(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def check_page(expectation, markdown):
    """What is wrong, as sentences."""
    page = page_of(markdown, expectation["page"])
    text = squeezed(page)
    wrong = []
    headings = headings_of(page)
    for level, title in expectation.get("headings", []):
        if (level, title) not in headings:
            wrong.append(f"no heading {'#' * level} {title} among {headings}")
    if expectation.get("no_other_headings"):
        for heading in headings:
            if list(heading) not in expectation["headings"]:
                wrong.append(f"{heading} is no heading")
    rows = table_rows(page)
    for row in expectation.get("rows", []):
        if row not in rows:
            near = [r for r in rows if row[0] in " ".join(r)][:2]
            wrong.append(f"no table row {row}; near: {near}")
    at = 0
    for sentence in expectation.get("order", []):
        place = text.find(" ".join(sentence.split()), at)
        if place < 0:
            wrong.append(f"not found, or out of order: {sentence}")
        else:
            at = place
    for sentence in expectation.get("markdown", []):
        if sentence not in page:
            wrong.append(f"the Markdown has no {sentence!r}")
    for sentence in expectation.get("absent", []):
        if sentence in text:
            wrong.append(f"there, but should not be: {sentence}")
    return wrong


def expected_documents(context):
    """What is expected of a document, and its path; a file has one, or a list of them."""
    for path in sorted(glob.glob(os.path.join(HERE, "expectations", "pdf", "*.json"))):
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        for expectations in content if isinstance(content, list) else [content]:
            own = os.path.join(os.path.dirname(path), expectations["document"])
            yield expectations, own if os.path.exists(own) else os.path.join(context.corpus, expectations["document"])


def check_expectations(context):
    print("\nPDF against what a reader wrote down")
    good, pages, converted = True, 0, {}
    for expectations, document in expected_documents(context):
        if not os.path.exists(document):
            print(f"skipped {expectations['document']}: it is not there")
            continue
        if document not in converted:
            converted[document] = context.convert(document)
        code, markdown, said = converted[document]
        for page in expectations["pages"]:
            pages += 1
            wrong = check_page(page, markdown) if code == 0 else [said]
            name = f"{expectations['document']} page {page['page']}"
            if wrong or context.verbose:
                print(f"{'WRONG' if wrong else 'right'}  {name}  ({page['why']})")
            for sentence in wrong:
                print(f"       {sentence}")
            good = good and not wrong
    print(f"{pages} pages")
    return good


def run(context):
    words_good = print_words(*compare_words(context), context.verbose)
    import pdf_recall
    recall_good = pdf_recall.run(context)
    return check_expectations(context) and words_good and recall_good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--expectations", action="store_true", help="not the words")
    sys.path.insert(0, HERE)
    from quality import parsed
    arguments, context = parsed(parser)
    if arguments.expectations:
        return 0 if check_expectations(context) else 1
    return 0 if run(context) else 1


if __name__ == "__main__":
    sys.exit(main())
