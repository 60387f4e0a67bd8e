#!/usr/bin/env python3
"""How faithful presentations are.

    tests/quality/quality.py BUILD pptx              all decks of the test documents
    tests/quality/pptx.py [--sluice PROGRAM] [--verbose] FILE...

Words: every word that the slides and their notes hold (read here from the parts by another way: all
text elements, but for those of footers, dates and slide numbers) against the words of the Markdown.
Structure: for decks that pandoc wrote, headings, list items, table cells, links, images, code and
emphasis against the document they were made of (`input.native` beside them).
Exits with 1 below the promise: F1 of .97 for words, .95 for structure, median 1.0.

What pandoc changes on the way to slides, and is no difference: headings below the slide level are bold
text on a slide; a caption is text of its own; footnotes are a slide of their own, without links;
definition lists are paragraphs; speaker notes lose links and code. What Markdown cannot say: letters and
Roman numbers of items are text in front of them.
"""
import argparse
import collections
import json
import pathlib
import posixpath
import re
import statistics
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

import scoring

HERE = pathlib.Path(__file__).resolve().parent
WORDS_PROMISE = 0.97
STRUCTURE_PROMISE = 0.95

# Deck (folder or stem) -> why its structure differs.
KNOWN = {
    "raw-ooxml": "the source holds the slide's own XML, which pandoc's tree does not understand",
    "slide-level-0": "pandoc makes headings bold text on the slide there",
}


def local(tag):
    return tag.rsplit("}", 1)[-1]


def part(archive, name):
    names = {entry.lower(): entry for entry in archive.namelist()}
    entry = names.get(name.lower())
    if entry is None:
        return None
    try:
        return ElementTree.fromstring(archive.read(entry))
    except (ElementTree.ParseError, zipfile.BadZipFile):
        return None


def links(archive, name):
    folder, base = posixpath.split(name)
    root = part(archive, f"{folder}/_rels/{base}.rels")
    found = {}
    for node in root if root is not None else ():
        target = node.get("Target")
        if node.get("TargetMode") != "External":
            target = target[1:] if target.startswith("/") else posixpath.normpath(
                posixpath.join(folder, target))
        found[node.get("Id")] = (node.get("Type", "").rsplit("/", 1)[-1], target)
    return found


def placeholder(shape):
    for node in shape.iter():
        if local(node.tag) == "ph":
            return node.get("type", "obj")
        if local(node.tag) == "txBody":
            break
    return None


def paragraph_text(paragraph):
    out = []
    for node in paragraph.iter():
        if local(node.tag) == "fld" and node.get("type") == "slidenum":
            for inner in node.iter():
                inner.text = "" if local(inner.tag) == "t" else inner.text
        if local(node.tag) == "t" and node.text:
            out.append(node.text)
        elif local(node.tag) == "br":
            out.append(" ")
    return "".join(out)


def shape_words(root, only=None):
    """Words of all shapes below a part, without footers; `only`: of placeholders of this type."""
    text = []
    counters = {}

    def labels(paragraph):
        """The letters or Roman number in front of it, if it has one."""
        level, number = 0, None
        for node in paragraph.iter():
            if local(node.tag) == "pPr":
                level = int(node.get("lvl", 0))
            if local(node.tag) == "buAutoNum":
                number = node
        for deeper in [other for other in counters if other > level or number is None and other == level]:
            del counters[deeper]
        if number is None or not number.get("type", "").startswith(("alpha", "roman")):
            return ""
        counters[level] = counters.get(level, int(number.get("startAt", 1)) - 1) + 1
        style = "Alpha" if number.get("type").startswith("alpha") else "Roman"
        return scoring.label_of(counters[level], style, False)

    def visit(node):
        name = local(node.tag)
        if name == "txBody":
            counters.clear()
        if name in ("sp", "pic", "graphicFrame"):
            kind = placeholder(node)
            if kind in ("dt", "ftr", "sldNum", "hdr") or (only and kind != only):
                return
        if name == "AlternateContent":
            chosen = next((child for child in node if local(child.tag) == "Choice"
                           and child.get("Requires") == "a14"), None)
            if chosen is None:
                chosen = next((child for child in node if local(child.tag) == "Fallback"), None)
            if chosen is not None:
                visit(chosen)
            return
        if name == "oMath" or name == "oMathPara":
            return
        if name == "p":
            text.append(labels(node) + " " + paragraph_text(node))
            return
        for child in node:
            visit(child)

    if root is not None:
        visit(root)
    return "\n".join(text)


def deck_words(path):
    text = []
    with zipfile.ZipFile(path) as archive:
        top = next((target for kind, target in links(archive, "").values()
                    if kind == "officeDocument"), "ppt/presentation.xml")
        root = part(archive, top)
        relations = links(archive, top)
        for node in root.iter() if root is not None else ():
            if local(node.tag) != "sldId":
                continue
            ids = [value for key, value in node.attrib.items() if key.endswith("}id")]
            if not ids or ids[0] not in relations:
                continue
            name = relations[ids[0]][1]
            slide = part(archive, name)
            if slide is None or slide.get("show") in ("0", "false"):
                continue
            tree = next((child for child in slide.iter() if local(child.tag) == "spTree"), None)
            text.append(shape_words(tree))
            for kind, target in links(archive, name).values():
                if kind == "notesSlide":
                    text.append(shape_words(part(archive, target), only="body"))
    return words("\n".join(text))


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower(), re.UNICODE))


def pandoc(text, source):
    done = subprocess.run(["pandoc", "-f", source, "-t", "json"], input=text.encode(),
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def inline_text(node):
    """The text of any part of a pandoc tree."""
    if isinstance(node, list):
        return "".join(map(inline_text, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return content
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "CodeBlock", "Math"):
        return content[1]
    if kind in ("RawInline", "RawBlock", "Note"):
        return ""
    text = inline_text(content)
    return text + " " if kind in ("Para", "Plain", "Header") else text


def squeeze(text):
    return " ".join(text.split())


def first_paragraph(blocks):
    return squeeze(inline_text(blocks[0])) if blocks else ""


class Structure(collections.Counter):
    """What a pandoc tree has of each kind."""

    def visit(self, node, notes=False, nested=False):
        if isinstance(node, list):
            self.visit_scripts(node)
            for child in node:
                self.visit(child, notes, nested)
            return
        if not isinstance(node, dict):
            return
        kind, content = node.get("t"), node.get("c")
        if kind == "Div" and "notes" in content[0][1]:
            notes = True
        if kind == "Note":
            return
        if kind == "Header":
            # Below a list there are no slides.
            self.add("Strong" if nested else "heading", content[2])
        elif kind in ("BulletList", "OrderedList"):
            nested = True
            for i, item in enumerate(content if kind == "BulletList" else content[1]):
                label = ""
                if kind == "OrderedList":
                    start, style, delimiter = content[0]
                    label = scoring.label_of(start + i, style["t"], False)
                    label += "" if not label else "." if delimiter["t"] == "Period" else ")"
                if item and item[0]["t"] in ("Para", "Plain"):
                    self[("item", "BulletList" if label else kind, squeeze(label + " " + first_paragraph(item)))] += 1
        elif kind == "Table":
            for cell in cells_of(content):
                text = squeeze(inline_text(cell))
                if text:
                    self[("cell", text)] += 1
        elif kind == "Image":
            self[("image",)] += 1
        elif kind == "Link" and not notes and re.match(r"https?:|mailto:", content[2][0]):
            self[("link", squeeze(inline_text(content[1])), content[2][0])] += 1
        elif kind in ("Code", "CodeBlock") and not notes:
            self[("code", squeeze(content[1]))] += 1
        elif kind in ("Emph", "Strong", "Strikeout", "Superscript", "Subscript"):
            self[(kind, squeeze(inline_text(content)))] += 1
        self.visit(content, notes, nested)

    def visit_scripts(self, inlines):
        """GFM has HTML for what is below and above the line."""
        for i, node in enumerate(inlines):
            if not isinstance(node, dict) or node.get("t") != "RawInline":
                continue
            kind = {"<sub>": "Subscript", "<sup>": "Superscript"}.get(node["c"][1])
            if kind and i + 1 < len(inlines):
                self[(kind, squeeze(inline_text(inlines[i + 1])))] += 1

    def add(self, kind, content):
        text = squeeze(inline_text(content))
        if text and text != "Notes:":
            self[(kind, text)] += 1


def cells_of(table):
    _, _, _, head, bodies, foot = table
    rows = list(head[1]) + [row for body in bodies for row in body[2] + body[3]] + list(foot[1])
    return [cell[4] for row in rows for cell in row[1]]


def structure_of(tree):
    found = Structure()
    found.visit(tree["blocks"])
    return found


def parse_native(path):
    """Nothing for trees of a newer pandoc than there is."""
    try:
        return pandoc(path.read_text(encoding="utf-8"), "native")
    except subprocess.CalledProcessError:
        return None


def slides_that_pandoc_adds(path, source):
    """Headings of slides that are not in the document: its title, and its footnotes."""
    added = collections.Counter()
    with zipfile.ZipFile(path) as archive:
        core = part(archive, "docProps/core.xml")
    for node in core if core is not None else ():
        if local(node.tag) == "title" and node.text:
            added[("heading", squeeze(node.text))] += 1
    notes = json.dumps(source).count('"Note"')
    if notes > 0:
        added[("heading", "Notes")] += 1
        added.update({("Superscript", str(i + 1)): 1 for i in range(notes)})
    return added


def f1(want, have):
    both = sum((want & have).values())
    total = sum(want.values()) + sum(have.values())
    return 1.0 if total == 0 else 2 * both / total


def convert(program, path):
    done = subprocess.run([program, "convert", str(path)], capture_output=True)
    body = re.sub(r"\A---\n.*?\n---\n", "", done.stdout.decode("utf-8"), flags=re.S)
    return done.returncode, body, done.stderr.decode("utf-8", "replace")


def markdown_words(body):
    body = re.sub(r"<!--.*?-->", "", body)
    body = re.sub(r"^### (Notes|Comments):$", "", body, flags=re.M)
    tree = pandoc(body, "gfm-yaml_metadata_block")

    def text(node):
        if isinstance(node, list):
            return " ".join(map(text, node)) if node and isinstance(node[0], dict) and \
                node[0].get("t") in ("Para", "Plain", "Table", "Header", "BulletList",
                                     "OrderedList") else "".join(map(text, node))
        if not isinstance(node, dict):
            return ""
        kind, content = node.get("t"), node.get("c")
        if kind == "Str":
            return content
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if kind in ("Code", "CodeBlock"):
            return content[1] + (" " if kind == "CodeBlock" else "")
        if kind in ("Math", "Image"):
            return ""
        if kind == "RawInline":
            return " " if content[1] == "<br>" else ""
        if kind == "Table":
            return " ".join(text(cell) for cell in cells_of(content)) + " "
        inner = text(content)
        return inner + " " if kind in ("Para", "Plain", "Header", "OrderedList") else inner

    return words(text(tree["blocks"]))


def has_drawn_data(path):
    """Charts and SmartArt: their text is not in the slide's own part."""
    with zipfile.ZipFile(path) as archive:
        return any(re.search(r"/(charts|diagrams)/", name) for name in archive.namelist())


def evaluate(program, files, root, verbose):
    """Prints the table of these decks; returns whether the promise holds."""
    word_scores, structure_scores, failed = [], [], []
    print(f"{'deck':66} {'words':>6} {'struct':>6}")
    for path in files:
        code, body, message = convert(program, path)
        want = deck_words(path)
        name = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        if code != 0:
            if want:
                failed.append(name)
                print(f"{name:66} failed: {message.strip().splitlines()[0]}")
            continue
        have = markdown_words(body)
        # The words of charts and SmartArt come on top of what the slides hold.
        score = f1(want, have & want) if has_drawn_data(path) else f1(want, have)
        word_scores.append(score)
        native = path.parent / "input.native"
        known = next((reason for key, reason in KNOWN.items() if key in name), None)
        structure = None
        tree = parse_native(native) if native.exists() and known is None else None
        if tree is not None:
            source = structure_of(tree)
            ours = structure_of(pandoc(body, "gfm-yaml_metadata_block"))
            ours -= slides_that_pandoc_adds(path, tree) - source
            structure = f1(source, ours)
            structure_scores.append(structure)
        shown = f"{structure:6.3f}" if structure is not None else "     -"
        if verbose or known or score < 1 or (structure is not None and structure < 1):
            print(f"{name:66} {score:6.3f} {shown} {known or ''}".rstrip())
        if verbose and score < 1:
            print("    words:", dict(want - have), "+", dict(have - want))
        if verbose and structure is not None and structure < 1:
            print("    missing:", list((source - ours).items())[:12])
            print("    extra:  ", list((ours - source).items())[:12])
    good = not failed
    for label, scores, promise in (("words", word_scores, WORDS_PROMISE),
                                   ("structure", structure_scores, STRUCTURE_PROMISE)):
        if scores:
            good = good and statistics.mean(scores) >= promise and statistics.median(scores) == 1
            print(f"{label}: {len(scores)} decks, mean {statistics.mean(scores):.4f}, "
                  f"median {statistics.median(scores):.4f}, least {min(scores):.4f} "
                  f"(promised: mean {promise}, median 1.0)")
    print("as promised" if good else "below the promise")
    return good


def run(context):
    """For quality.py."""
    return evaluate(context.sluice, [pathlib.Path(path) for path in context.files(
        "pandoc/pptx", "python-pptx", extensions=("pptx", "pptm", "ppsx"))],
        pathlib.Path(context.corpus), context.verbose)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sluice", default=str(HERE.parents[1] / "build/release/bin/sluice"))
    parser.add_argument("--verbose", action="store_true", help="every deck, and what differs")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    return 0 if evaluate(arguments.sluice, arguments.files, pathlib.Path("/"), arguments.verbose) else 1


if __name__ == "__main__":
    sys.exit(main())
