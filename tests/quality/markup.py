"""Source text of formatters: what pandoc writes for the trees of its test documents, read back.

What is expected of a measure is the tree, the tree without the words of its pictures where the format has no place for
them (Org, LaTeX), or pandoc's own reading of what it wrote, whichever is nearest: the writers lose some (levels of
headings), and the readers misread some (tables over pages in LaTeX; items
and links that a line end divides in Org). pandoc reads no AsciiDoc: the tree alone counts there."""
import json
import os
import subprocess
import tempfile
from collections import Counter

import scoring

# pandoc's name of a format, its extension, ours, and whether pandoc reads it.
FORMATS = (("rst", "rst", "reStructuredText", True), ("org", "org", "Org", True), ("latex", "tex", "LaTeX", True),
           ("asciidoc", "adoc", "AsciiDoc", False), ("fb2", "fb2", "FictionBook", True))
HAVE_NO_WORDS_OF_PICTURES = ("org", "latex")
OPTIONS = {"links_to_headings": True, "terms_are_items": True}


def nearer(*scores):
    """For each measure, the best of several scores."""
    best = {}
    for measure in scoring.MEASURES:
        found = [one[measure] for one in scores if one[measure] is not None]
        best[measure] = max(found) if len(found) == len(scores) else None
    return best


def without_words_of_pictures(node):
    """A tree of pandoc's whose pictures say nothing."""
    if isinstance(node, list):
        return [without_words_of_pictures(one) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Image":
        return {"t": "Image", "c": [node["c"][0], [], node["c"][2]]}
    return {key: without_words_of_pictures(value) for key, value in node.items()}


def pandoc(*arguments):
    return subprocess.run(["pandoc", *arguments], capture_output=True, timeout=300)


def below_a_title(headings):
    """In AsciiDoc the first level is the document's title: pandoc writes the highest of a tree as the second."""
    least = min((level for level, _ in headings), default=1)
    return Counter({(level - least + 2, text): count for (level, text), count in headings.items()})


def run(context):
    good = True
    for writer, extension, name, is_read in FORMATS:
        report = scoring.Report(f"{name} against pandoc", verbose=context.verbose)
        with tempfile.TemporaryDirectory(prefix="sluice-markup-") as folder:
            for native in context.files("pandoc/docx", extensions=("native",)):
                stem = os.path.splitext(os.path.basename(native))[0]
                path = os.path.join(folder, f"{stem}.{extension}")
                options = ["--standalone"] if writer == "latex" else []
                if pandoc("-f", "native", "-t", writer, *options, "-o", path, native).returncode != 0:
                    continue  # a tree of another version of pandoc
                sources = [("native", native)] + ([(writer, path)] if is_read else [])
                trees = [pandoc("-f", kind, "-t", "json", source).stdout for kind, source in sources]
                if writer in HAVE_NO_WORDS_OF_PICTURES:
                    trees.append(json.dumps(without_words_of_pictures(json.loads(trees[0]))))
                expected = [scoring.of_json(tree, **OPTIONS) for tree in trees]
                code, markdown, said = context.convert(path)
                if code != 0:
                    if all(sum(one.counts["words"].values()) > 0 for one in expected):
                        report.fail(stem, said.splitlines()[0] if said else f"exit code {code}")
                    continue
                if writer == "asciidoc":
                    expected[0].counts["headings"] = below_a_title(expected[0].counts["headings"])
                found = scoring.of_markdown(markdown, **OPTIONS)
                report.add(stem, nearer(*(scoring.compare(one, found) for one in expected)))
        good = report.finish() and good
    return good
