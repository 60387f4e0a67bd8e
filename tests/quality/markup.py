"""Source text of formatters: what pandoc writes for the trees of its test documents, read back.

What is expected of a measure is the tree, the tree without the words of its pictures where the format has no place for
them (Org, LaTeX), or the format's own tool's reading of what pandoc wrote, whichever is nearest: the writers lose some (levels of
headings), and the readers misread some (tables over pages in LaTeX; items
and links that a line end divides in Org). That tool is pandoc; for AsciiDoc, which pandoc does not read, Asciidoctor.

Git's manual, in Debian's package git-doc, is written in AsciiDoc by people: Asciidoctor alone says what is expected."""
import glob
import json
import os
import re
import subprocess
import tempfile
from collections import Counter

import scoring

# pandoc's name of a format, its extension, and ours.
FORMATS = (("rst", "rst", "reStructuredText"), ("org", "org", "Org"), ("latex", "tex", "LaTeX"),
           ("asciidoc", "adoc", "AsciiDoc"), ("fb2", "fb2", "FictionBook"))
GIT_PAGES = "/usr/share/doc/git/html/git-*.txt"
HAVE_NO_WORDS_OF_PICTURES = ("org", "latex")
TITLE_BELOW_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n\n# [^\n]*\n", re.S | re.M)
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


def read_back(kind, path):
    """pandoc's tree of a document."""
    if kind != "asciidoc":
        return pandoc("-f", kind, "-t", "json", path).stdout
    docbook = subprocess.run(["asciidoctor", "-b", "docbook5", "-o", "-", path], capture_output=True, check=True, timeout=300)
    return subprocess.run(["pandoc", "-f", "docbook", "-t", "json"], input=docbook.stdout, capture_output=True, check=True,
                          timeout=300).stdout


def below_a_title(headings):
    """In AsciiDoc the first level is the document's title, and no heading of a tree: the highest there is the second."""
    least = min((level for level, _ in headings), default=1)
    return Counter({(level - least + 2, text): count for (level, text), count in headings.items()})


def of_asciidoc(tree, options=None):
    expected = scoring.of_json(tree, **(options or OPTIONS))
    expected.counts["headings"] = below_a_title(expected.counts["headings"])
    return expected


def judge(report, context, name, path, expected):
    code, markdown, said = context.convert(path)
    if code != 0:
        if all(sum(one.counts["words"].values()) > 0 for one in expected):
            report.fail(name, said.splitlines()[0] if said else f"exit code {code}")
        return
    if path.endswith(".adoc"):
        markdown = TITLE_BELOW_FRONT_MATTER.sub("", markdown)  # no part of the body for Asciidoctor
    found = scoring.of_markdown(markdown, **OPTIONS)
    report.add(name, nearer(*(scoring.compare(one, found) for one in expected)))


def round_trip(context, writer, extension, name):
    report = scoring.Report(f"{name} against pandoc", verbose=context.verbose)
    with tempfile.TemporaryDirectory(prefix="sluice-markup-") as folder:
        for native in context.files("pandoc/docx", extensions=("native",)):
            stem = os.path.splitext(os.path.basename(native))[0]
            path = os.path.join(folder, f"{stem}.{extension}")
            options = ["--standalone"] if writer == "latex" else []
            if pandoc("-f", "native", "-t", writer, *options, "-o", path, native).returncode != 0:
                continue  # a tree of another version of pandoc
            trees = [read_back(kind, source) for kind, source in (("native", native), (writer, path))]
            if writer in HAVE_NO_WORDS_OF_PICTURES:
                trees.append(json.dumps(without_words_of_pictures(json.loads(trees[0]))))
            read = of_asciidoc if writer == "asciidoc" else lambda tree: scoring.of_json(tree, **OPTIONS)
            judge(report, context, stem, path, [read(tree) for tree in trees])
    return report.finish()


def with_included(path, depth=0):
    """The text of a page with the files that it includes."""
    if depth > 8 or not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return re.sub(r"(?m)^include::([^\[]+)\[.*\n",
                      lambda match: with_included(os.path.join(os.path.dirname(path), match[1]), depth + 1), file.read())


def manual_of_git(context):
    report = scoring.Report("Git's manual against Asciidoctor", verbose=context.verbose)
    with tempfile.TemporaryDirectory(prefix="sluice-markup-") as folder:
        for page in sorted(glob.glob(GIT_PAGES)):
            stem = os.path.splitext(os.path.basename(page))[0]
            path = os.path.join(folder, f"{stem}.adoc")
            with open(path, "w", encoding="utf-8") as copy:
                copy.write(with_included(page))
            # Its places are those of terms and paragraphs, too.
            options = {**OPTIONS, "links_to_headings": False}
            judge(report, context, stem, path, [of_asciidoc(read_back("asciidoc", path), options)])
    return report.finish()


def run(context):
    good = True
    for writer, extension, name in FORMATS:
        good = round_trip(context, writer, extension, name) and good
    return manual_of_git(context) and good
