"""EPUB against pandoc's document trees: those that stand beside a book, else pandoc's own reading of it."""
import os
import re
import subprocess

import native
import scoring

FOLDERS = ("epub", "epubcheck", "pandoc")

NOTES = "notes that the book does not mark, but that link back to their calls, are footnotes here"
PAGES = "pandoc shows the list of pages that the navigation document hides"
MARKED = 'pandoc does not take epub:type="note" for a note'
CAPTIONS = "the contents name the captions, so they are headings here"
# Where the two differ for a reason that is no fault: document -> (measures that do not count, why).
DIFFERENT = {
    "childrens-literature.epub": (("lists", "links"), PAGES),
    "epub30-spec.epub": (("tables",), "a list that is set as a table of one column is lines here"),
    "figure-gallery-bindings.epub": (("headings",), CAPTIONS),
    "georgia-cfi.epub": (("footnotes", "tables"), MARKED),
    "georgia-pls-ssml.epub": (("footnotes", "tables"), MARKED),
    "internallinks.epub": (("footnotes", "links", "lists"), NOTES),
    "regime-anticancer-arabic.epub": (("footnotes", "links"), NOTES),
}
# Links to places in the book, which have other names in Markdown.
WITHIN = re.compile(r"[^:]*\.x?html?(#|$)")


def expected_tree(path):
    beside = os.path.splitext(path)[0] + ".native"
    if os.path.exists(beside):
        with open(beside, encoding="utf-8") as file:
            return scoring.Tree(*native.parse(file.read()))
    done = subprocess.run(["pandoc", "-f", "epub", "-t", "json", path], capture_output=True, timeout=300)
    return scoring.of_json(done.stdout) if done.returncode == 0 else None


def without_places(tree):
    links = tree.counts["links"]
    for text, url in [link for link in links if WITHIN.match(link[1])]:
        links[(text, "#")] += links.pop((text, url))
    return tree


def run(context):
    report = scoring.Report("EPUB against pandoc", verbose=context.verbose)
    for path in context.files(*FOLDERS, extensions=("epub",)):
        name = os.path.basename(path)
        expected = expected_tree(path)
        code, markdown, said = context.convert(path)
        if code != 0 or expected is None:
            # Some are broken on purpose; only what pandoc reads and we do not is a failure.
            if code != 0 and expected is not None and sum(expected.counts["words"].values()) > 0:
                report.fail(name, said.splitlines()[0] if said else f"exit code {code}")
            continue
        scores = scoring.compare(without_places(expected), without_places(scoring.of_markdown(markdown)))
        measures, why = DIFFERENT.get(name, ((), ""))
        for measure in measures:
            scores[measure] = None
        report.add(name, scores, why)
    return report.finish()
