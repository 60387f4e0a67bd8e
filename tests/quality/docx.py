"""DOCX against pandoc's document trees: those that stand in the corpus, and what pandoc reads now.

Differences that are meant, and taken into account in the comparison (scoring.py):
- pandoc moves a title, author, date and abstract out of the body; here they stay in it as well.
- Numbers that are letters or Roman are part of the item's text: Markdown has no other way.
- pandoc's anchors and Markdown's fragments differ: links within the document count by their text.
"""
import os
import subprocess

import native
import scoring

CONTENTS = "entries of a table of contents are a list of links here, paragraphs with page numbers in pandoc"
DIAGRAM = "the texts of a diagram are a list here, and nothing in pandoc"
OLD = "the installed pandoc takes a paragraph within an item for an item; its newer trees agree with us"
OUTLINE = "paragraphs with an outline level of their own are headings here, as in Word's outline"
BOXES = "the installed pandoc leaves text boxes out"
FRAME = "a table of one column is a frame around blocks, and is written as these"
# What differs on purpose, with its reason.
MEANT = {
    "pandoc/docx/0_level_headers.docx": {"lists": CONTENTS, "links": CONTENTS, "tables": FRAME},
    "pandoc/docx/nested_anchors_in_header.docx": {"lists": CONTENTS, "links": CONTENTS},
    "pandoc/docx/golden/nested_anchors_in_header.docx": {"links": CONTENTS},
    "pandoc/docx/pageref.docx": {"words": CONTENTS, "lists": CONTENTS, "links": CONTENTS},
    "pandoc/docx/diagram.docx": {"words": DIAGRAM, "lists": DIAGRAM},
    "python-docx/features/steps/test_files/shp-inline-shape-access.docx": {"words": DIAGRAM, "lists": DIAGRAM,
                                                                           "tables": FRAME},
    "pandoc/docx/golden/lists.docx": {"lists": OLD},
    "pandoc/docx/golden/lists_div_bullets.docx": {"lists": OLD},
    "pandoc/docx/golden/task_list.docx": {"lists": OLD},
    "pandoc/docx/lists_level_override.docx": {"headings": OUTLINE},
    "mammoth/test/test-data/text-box.docx": {"words": BOXES},
    "python-docx/features/steps/test_files/blk-paras-and-tables.docx": {"tables": FRAME},
    "python-docx/features/steps/test_files/sct-inner-content.docx": {"tables": FRAME},
    "python-docx/tests/test_files/sct-inner-content.docx": {"tables": FRAME},
}


def expected_of(path):
    """pandoc's tree of a document: the one beside it (made by the pandoc whose tests these are), or what
    the installed pandoc reads; None where it cannot."""
    stem = path.rsplit(".", 1)[0]
    for name in (stem + ".native", stem + "_accept.native"):
        if os.path.exists(name):
            with open(name, encoding="utf-8") as file:
                return scoring.Tree(*native.parse(file.read()), title_is_heading=True, links_to_headings=True)
    done = subprocess.run(["pandoc", "-f", "docx", "-t", "json", path], capture_output=True, timeout=600,
                          check=False)
    return scoring.of_json(done.stdout, title_is_heading=True, links_to_headings=True) if done.returncode == 0 else None


def run(context):
    report = scoring.Report("DOCX against pandoc", verbose=context.verbose)
    for path in context.files("pandoc/docx", "python-docx", "mammoth", extensions=("docx", "docm", "dotx")):
        name = os.path.relpath(path, context.corpus)
        code, markdown, said = context.convert(path)
        expected = expected_of(path)
        if expected is None:
            continue  # pandoc refuses it: nothing to compare with
        if code != 0 and not expected.counts["words"] and ": empty" in said:
            continue
        if code != 0:
            report.fail(name, said.strip().splitlines()[-1] if said.strip() else f"exit code {code}")
            continue
        report.add(name, scoring.compare(expected, scoring.of_markdown(markdown, links_to_headings=True)),
                   meant=MEANT.get(name))
    return report.finish()
