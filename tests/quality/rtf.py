"""RTF against what stands beside a document: pandoc's tree of it, or its text (words only); else against pandoc's own
reading of it. Pandoc 2.17 knows one code page for all fonts, and no tables within tables, so what stands beside a
document goes before."""
import os
import re
import subprocess

import native
import scoring

FOLDERS = ("rtf", "pandoc/rtf")
# Where the two differ for a reason that is no fault: document -> (measures that do not count, why).
FRAME = "a table of one column is a frame: what is in it is not a table"
DIFFERENT = {
    "bookmark.rtf": (("links",), "the bookmark stands under no heading, so that no link can lead to it"),
    "issue_63.rtf": (("words",), "the text leaves out the item's number"),
    "image.rtf": (("words",), "pandoc calls a picture without a description 'image'"),
    "table_nested.rtf": (("tables",), FRAME),
    "table_nested_malformed_itap.rtf": (("tables",), FRAME),
}
# Of a link, behind its text.
DESTINATION = re.compile(r'\("[^"]*"\)')


def expected_tree(path):
    beside = os.path.splitext(path)[0] + ".native"
    if os.path.exists(beside):
        with open(beside, encoding="utf-8") as file:
            return scoring.Tree(*native.parse(file.read()))
    folder, name = os.path.split(path)
    text = os.path.join(folder, "..", "text", os.path.splitext(name)[0] + ".txt")
    if os.path.exists(text):
        with open(text, encoding="utf-8") as file:
            text = DESTINATION.sub("", file.read())
            tree = scoring.Tree({}, [{"t": "CodeBlock", "c": [None, text]}])
            tree.is_text = True
            return tree
    done = subprocess.run(["pandoc", "-f", "rtf", "-t", "json", path], capture_output=True, timeout=300)
    return scoring.of_json(done.stdout) if done.returncode == 0 else None


def run(context):
    report = scoring.Report("RTF against pandoc", verbose=context.verbose)
    for path in context.files(*FOLDERS, extensions=("rtf",)):
        name = os.path.basename(path)
        expected = expected_tree(path)
        code, markdown, said = context.convert(path)
        if code != 0 or expected is None:
            if code != 0 and (expected is None or sum(expected.counts["words"].values()) > 0):
                report.fail(name, said.splitlines()[0] if said else f"exit code {code}")
            continue
        scores = scoring.compare(expected, scoring.of_markdown(markdown))
        if getattr(expected, "is_text", False):
            scores = {"words": scores["words"]}
        measures, why = DIFFERENT.get(name, ((), ""))
        for measure in measures:
            scores[measure] = None
        report.add(name, scores, why)
    return report.finish()
