"""Notebooks against pandoc's document trees: those that stand beside one, else pandoc's own reading of it."""
import json
import os
import subprocess

import native
import scoring

FOLDERS = ("ipynb", "pandoc/ipynb")
WIDGETS = "pandoc shows the numbers by which widgets are found in a running program"
RAW = "raw cells are code here, and what is in them is no list"
DIFFERENT = {
    "Widget_List.ipynb": (("words", "links"), WIDGETS + "; a destination with a blank is no link in CommonMark"),
    "rawtest.ipynb": (("lists",), RAW),
    "rst_output.ipynb": (("words",), "pandoc shows the program's text beside the HTML that it stands for"),
    "test2.ipynb": (("words", "headings", "lists"), "pandoc joins the lines of version 2, which have no ends"),
}


def expected_tree(path):
    beside = os.path.splitext(path)[0] + ".native"
    if os.path.exists(beside):
        with open(beside, encoding="utf-8") as file:
            return scoring.Tree(*native.parse(file.read()))
    done = subprocess.run(["pandoc", "-f", "ipynb", "-t", "json", path], capture_output=True, timeout=300)
    if done.returncode != 0:
        return None
    tree = json.loads(done.stdout)
    return scoring.Tree(tree["meta"], read_raw(tree["blocks"]))


def read_raw(blocks):
    """Pandoc keeps HTML outputs as they are, and knows raw cells by their format: both are read."""
    out = []
    for block in blocks:
        if block["t"] == "Div":
            block["c"][1] = read_raw(block["c"][1])
        if block["t"] != "RawBlock":
            out.append(block)
        elif block["c"][0] == "html":
            done = subprocess.run(["pandoc", "-f", "html", "-t", "json"], input=block["c"][1].encode(),
                                  capture_output=True, timeout=300, check=True)
            out += json.loads(done.stdout)["blocks"]
        else:
            out.append({"t": "CodeBlock", "c": [None, block["c"][1]]})
    return out


def run(context):
    report = scoring.Report("Notebooks against pandoc", verbose=context.verbose)
    for path in context.files(*FOLDERS, extensions=("ipynb",)):
        name = os.path.basename(path)
        expected = expected_tree(path)
        code, markdown, said = context.convert(path)
        if code != 0 or expected is None:
            if code != 0 and expected is not None and sum(expected.counts["words"].values()) > 0:
                report.fail(name, said.splitlines()[0] if said else f"exit code {code}")
            continue
        scores = scoring.compare(expected, scoring.of_markdown(markdown))
        measures, why = DIFFERENT.get(name, ((), ""))
        for measure in measures:
            scores[measure] = None
        report.add(name, scores, why)
    return report.finish()
