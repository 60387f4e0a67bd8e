"""ODT against pandoc's document trees: those that stand in the corpus, and what pandoc reads now.

Differences that are meant, and taken into account in the comparison (scoring.py): as of DOCX. Besides, pandoc leaves out
much of what OpenDocument has (UNREAD). Where a document has such a thing, what pandoc read must be here, and what is
here besides does not count.
"""
import os
import re
import subprocess
import zipfile

import native
import scoring

# By what stands in content.xml or styles.xml: what pandoc leaves out.
UNREAD = {
    "sections": r"<text:section[ >]",
    "indexes (here a list of links)": r"<text:(table-of-content|illustration-index|table-index|alphabetical-index)[ >]",
    "fields of users and variables": r"<text:(user-field-get|variable-get|variable-set|expression|sender-|user-defined|"
                                     r"chapter|database|creation-|date|time|page-|file-name|author-|initial-creator)",
    "text boxes, shapes, and tables in frames": r"<draw:(text-box|custom-shape|rect|g|caption|line|object)[ >]",
    "alternative texts of pictures": r"<svg:(title|desc)>",
    "numbers of headings": r"<text:outline-level-style[^>]*style:num-format=\"[^\"]",
    "labels that Markdown writes as text": r"<text:list-level-style-number[^>]*(style:num-prefix|text:display-levels|"
                                           r"style:num-suffix=\"[^.)\"])",
    "lists and tables within cells": r"<table:table-cell(?:(?!</table:table-cell>).)*<(text:list|table:table)[ >]",
    "names of pictures": r"<draw:image",
    "repeated rows and cells": r"table:number-(rows|columns)-repeated",
    "cells without a paragraph around them": r"<table:table-cell[^>]*/>",
    "headings in lists": r"<text:list-item><text:h",
    "nested paragraphs": r"<text:p[^>]*><text:p",
}
CODE = "an item that is a block of code is fenced here"
LABEL = "a label that Markdown has not is text here"
ALTERNATIVE = "pandoc has no alternative texts; here they stand where the picture does, within a word"
MEANT = {
    "odf/odftoolkit/EasyListForeignNamespaceMSO15_AOO.odt": {"lists": LABEL},
    "odf/odftoolkit/ContinueListTest.odt": {"lists": LABEL},
    "odf/odftoolkit/listsInTable.odt": {"lists": "labels of items without text count as text in pandoc",
                                        "words": "labels of items without text count as text in pandoc"},
    "odf/odftoolkit/listStyleId.odt": {"lists": "a heading within a list is a heading here"},
    "odf/odftoolkit/_multipleSpansNested.odt": {"links": "adjacent links to one place are one here"},
    "odf/odftoolkit/NestedParagraphs.odt": {"words": "paragraphs within paragraphs, which OpenDocument does not allow"},
    "odf/odftoolkit/sender-initials.odt": {"words": "pandoc leaves the field out"},
    "odf/odftoolkit/images.odt": {"words": ALTERNATIVE, "tables": ALTERNATIVE},
    "odf/odfdo/chair.odt": {"words": ALTERNATIVE},
    "odf/odftoolkit/tableRowDeletionTest.odt": {"tables": "pandoc leaves fields out"},
    "pandoc/odt/odt/imageWithCaption.odt": {"words": "pandoc makes the caption the alternative text, and repeats it"},
    "odf/odfdo/md_fixed.odt": {"lists": CODE},
    "odf/odfdo/md_style.odt": {"lists": CODE},
}


def expected_of(path):
    """pandoc's tree of a document: the one beside it (made by the pandoc whose tests these are), or what the
    installed pandoc reads; None where it cannot."""
    folder, name = os.path.split(path)
    stored = os.path.join(os.path.dirname(folder), "native", name.rsplit(".", 1)[0] + ".native")
    if os.path.exists(stored):
        with open(stored, encoding="utf-8") as file:
            return scoring.Tree(*native.parse(file.read()), title_is_heading=True, links_to_headings=True)
    done = subprocess.run(["pandoc", "-f", "odt", "-t", "json", path], capture_output=True, timeout=600, check=False)
    return scoring.of_json(done.stdout, title_is_heading=True, links_to_headings=True) if done.returncode == 0 else None


def unread(path):
    """What the document has that pandoc leaves out."""
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(name).decode("utf-8", "replace") for name in ("content.xml", "styles.xml")
                       if name in archive.namelist())
    return [reason for reason, pattern in UNREAD.items() if re.search(pattern, text, re.S)]


def run(context):
    report = scoring.Report("ODT against pandoc", verbose=context.verbose)
    whole = 0
    for path in context.files("pandoc/odt", "odf", extensions=("odt", "ott")):
        name = os.path.relpath(path, context.corpus)
        code, markdown, said = context.convert(path)
        expected = expected_of(path)
        if expected is None:
            continue  # pandoc refuses it: nothing to compare with
        if code != 0 and (not expected.counts["words"] or name.endswith("hiddenTextByStyle.odt")) and "empty" in said:
            continue
        if code != 0:
            report.fail(name, said.strip().splitlines()[-1] if said.strip() else f"exit code {code}")
            continue
        found = scoring.of_markdown(markdown, links_to_headings=True)
        scores = scoring.compare(expected, found)
        reasons = unread(path)
        if reasons:
            for measure in scoring.MEASURES:
                kept = scoring.without_numbers(expected.counts[measure], found.counts[measure]) \
                    if measure in ("headings", "lists") else found.counts[measure]
                total = sum(expected.counts[measure].values())
                scores[measure] = sum((expected.counts[measure] & kept).values()) / total if total else None
        else:
            whole += 1
        report.add(name, scores, meant=MEANT.get(name))
    print(f"{whole} documents have nothing that pandoc leaves out")
    return report.finish()
