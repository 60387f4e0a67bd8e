"""What is compared of two document trees (pandoc's JSON), and how: F1 over what each has, counted.

A measure that neither tree has is no measure of that document."""
import json
import re
import statistics
import subprocess
from collections import Counter

MEASURES = ("words", "headings", "lists", "tables", "links", "footnotes")
MARKDOWN = "gfm+footnotes+tex_math_dollars-emoji-autolink_bare_uris"
# Scripts without blanks between their words: each sign counts by itself.
_UNSPACED = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.S | re.M)


def words(text):
    return _WORD.findall(text.lower().replace("\u00ad", ""))


def key(text):
    return " ".join(words(text))


def f1(expected, found):
    """Of two Counters; None if both are empty."""
    total = sum(expected.values()) + sum(found.values())
    return 2 * sum((expected & found).values()) / total if total else None


def roman(number):
    out = ""
    for value, digits in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + digits, number - value
    return out


def label_of(number, style, in_cell):
    """The label of an ordered item where Markdown has no other way than to write it as text: letters and
    Roman numbers, and any number in a cell."""
    if "Alpha" in style:
        return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if "Roman" in style:
        return roman(number)
    return str(number) if in_cell else ""


def without_numbers(expected, found):
    """Headings or items as found, without the numbers in front of them that pandoc leaves away: "1.2 The
    gates", "Article 5. The gates" where "The gates" is expected."""
    out = Counter()
    for (level, text), count in found.items():
        match = (level, text)
        tokens = text.split(" ")
        for k in range(1, min(5, len(tokens))):
            bare = (level, " ".join(tokens[k:]))
            is_label = any(t.isdigit() or len(t) <= 4 for t in tokens[:k])
            if match not in expected and bare in expected and is_label:
                match = bare
        out[match] += count
    return out


class Tree:
    """What a document tree holds, each measure as a Counter."""

    def __init__(self, meta, blocks, title_is_heading=False, links_to_headings=False, terms_are_items=False):
        """`links_to_headings`: of links within the document, only those count that lead to a heading, or to a place
        after one. `terms_are_items`: a term with its definition is an item of a list, as Markdown has it."""
        self.terms_are_items = terms_are_items
        self.counts = {measure: Counter() for measure in MEASURES}
        self.formulas = 0
        self.cells = 0  # how deep in tables
        self.headings = self.heading_ids(blocks) if links_to_headings else None
        text = [self.meta_text(value) for name, value in meta.items()] if title_is_heading else []
        if title_is_heading and "title" in meta:
            self.counts["headings"][(1, key(self.meta_text(meta["title"])))] += 1
        text.append(self.blocks(blocks, 0))
        self.counts["words"].update(words(" ".join(text)))
        for measure in MEASURES:
            self.counts[measure].pop("", None)

    @staticmethod
    def heading_ids(blocks):
        """The names of headings and of places after the first."""
        ids = set()
        headed = False
        pending = [blocks]
        while pending:
            value = pending.pop()
            if isinstance(value, list):
                pending += reversed(value)
            elif isinstance(value, dict):
                if value.get("t") == "Header":
                    headed = headed or bool(value["c"][2])
                    ids.add(value["c"][1][0])
                    pending.append(value["c"][2])
                elif value.get("t") == "Span" and headed:  # a bookmark
                    ids.add(value["c"][0][0])
                pending.append(value.get("c"))
        return ids

    def meta_text(self, value):
        if isinstance(value, str):
            return value
        kind, content = value.get("t"), value.get("c")
        if kind == "MetaInlines":
            return self.inlines(content)
        if kind == "MetaBlocks":
            return self.blocks(content, 0)
        if kind == "MetaList":
            return " ".join(self.meta_text(item) for item in content)
        return content if isinstance(content, str) else ""

    def blocks(self, blocks, depth):
        return " ".join(self.block(block, depth) for block in blocks or [])

    def block(self, block, depth):
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            return self.inlines(content)
        if kind == "Header":
            text = self.inlines(content[2])
            if key(text):
                self.counts["headings"][(int(content[0]), key(text))] += 1
            return text
        if kind == "CodeBlock":
            return content[1]
        if kind == "LineBlock":
            return " ".join(self.inlines(line) for line in content)
        if kind in ("BulletList", "OrderedList"):
            return self.list_items(kind, content, depth + 1)
        if kind == "DefinitionList" and self.terms_are_items:
            items = [[{"t": "Para", "c": term}] + [block for one in definitions for block in one]
                     for term, definitions in content]
            return self.list_items("BulletList", [self.joined(item) for item in items], depth + 1)
        if kind == "DefinitionList":
            return " ".join(self.inlines(term) + " " + " ".join(self.blocks(one, depth) for one in definitions)
                            for term, definitions in content)
        if kind == "BlockQuote":
            return self.blocks(content, depth)
        if kind == "Div":
            return self.blocks(content[1], depth)
        if kind == "Figure":
            return self.blocks(content[2], depth) + " " + self.caption(content[1])
        if kind == "Table":
            return self.table(content)
        return ""

    @staticmethod
    def joined(item):
        """A term and its definition's first paragraph in one."""
        if len(item) > 1 and item[1]["t"] in ("Para", "Plain"):
            return [{"t": "Para", "c": item[0]["c"] + [{"t": "Space"}] + item[1]["c"]}] + item[2:]
        return item

    def list_items(self, kind, content, depth):
        items = content if kind == "BulletList" else content[1]
        out = []
        for i, item in enumerate(items):
            label = ""
            if kind == "OrderedList":
                start, style = content[0][0], content[0][1]
                style = style["t"] if isinstance(style, dict) else style
                label = label_of(int(start) + i, style, self.cells > 0)
            first = item[:1] if item and item[0]["t"] in ("Para", "Plain") else []
            text = label + " " + self.blocks(first, depth)
            if key(text) and self.cells == 0:
                self.counts["lists"][(depth, key(text))] += 1
            out += [text, self.blocks(item[len(first):], depth)]
        return " ".join(out)

    def caption(self, caption):
        blocks = caption["c"][1] if isinstance(caption, dict) else caption[1]
        return self.blocks(blocks, 0)

    def table(self, content):
        _, caption, _, head, bodies, foot = content
        rows = list(head[1])
        for body in bodies:
            rows += list(body[2]) + list(body[3])
        rows += list(foot[1])
        out = [self.caption(caption)]
        for row in rows:
            for cell in row[1]:
                self.cells += 1
                text = self.blocks(cell[4], 0)
                self.cells -= 1
                out.append(text)
                if key(text):
                    self.counts["tables"][key(text)] += 1
        return " ".join(out)

    def inlines(self, inlines):
        return "".join(self.inline(inline) for inline in inlines or [])

    def inline(self, inline):
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            return content
        if kind in ("Space", "SoftBreak", "LineBreak", "RawInline"):
            return self.raw(content) if kind == "RawInline" else " "
        if kind in ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"):
            return self.inlines(content)
        if kind == "Quoted":
            return self.inlines(content[1])
        if kind == "Code":
            return content[1]
        if kind == "Math":
            self.formulas += 1
            return " "
        if kind == "Span":
            dropped = {"comment-start", "comment-end", "paragraph-deletion", "paragraph-insertion", "deletion"}
            return "" if dropped & set(content[0][1]) else self.inlines(content[1])
        if kind == "Cite":
            return self.inlines(content[1])
        if kind == "Link":
            text = self.inlines(content[1])
            url = content[2][0]
            within = url.startswith("#")
            if key(text) and (not within or self.headings is None or url[1:] in self.headings):
                self.counts["links"][(key(text), "#" if within else url.rstrip("/"))] += 1
            return text
        if kind == "Image":
            return self.inlines(content[1])
        if kind == "Note":
            text = self.blocks(content, 0)
            if key(text):
                self.counts["footnotes"][key(text)] += 1
            return " " + text + " "
        return ""

    @staticmethod
    def raw(content):
        """Tags within a word (<sup>, <u>) divide nothing; a line break does."""
        return " " if content[1].startswith("<br") else ""


def of_json(text, **options):
    tree = json.loads(text)
    return Tree(tree.get("meta", {}), tree["blocks"], **options)


def of_markdown(markdown, **options):
    body = _FRONT_MATTER.sub("", markdown)
    out = subprocess.run(["pandoc", "-f", MARKDOWN, "-t", "json"], input=body.encode(), capture_output=True,
                         check=True, timeout=120)
    return of_json(out.stdout, **options)


def compare(expected, found):
    """{measure: F1 or None}."""
    scores = {measure: f1(expected.counts[measure], found.counts[measure]) for measure in MEASURES}
    for measure in ("headings", "lists"):
        wanted = expected.counts[measure]
        scores[measure] = f1(wanted, without_numbers(wanted, found.counts[measure]))
    return scores


class Report:
    """Rows of scores, printed as a table, with the bars that they must reach."""

    def __init__(self, title, word_bar=0.97, structure_bar=0.95, verbose=False):
        self.title, self.word_bar, self.structure_bar, self.verbose = title, word_bar, structure_bar, verbose
        self.rows = []
        self.failures = []
        self.meant = []

    def add(self, name, scores, remark="", meant=None):
        """`meant`: {measure: why it differs on purpose}; these do not count, and are listed."""
        for measure, reason in (meant or {}).items():
            self.meant.append((name, measure, scores.get(measure), reason))
            scores[measure] = None
        self.rows.append((name, scores, remark))

    def fail(self, name, reason):
        self.failures.append((name, reason))

    def column(self, measure):
        return [scores[measure] for _, scores, _ in self.rows if scores.get(measure) is not None]

    def finish(self):
        """Prints the table; True if every bar is reached."""
        measures = [m for m in MEASURES if self.column(m)]
        width = max([len(name) for name, _, _ in self.rows] + [8])
        print(f"\n{self.title}: {len(self.rows)} documents")
        print(f"{'':{width}}  " + "".join(f"{m:>11}" for m in measures))

        def line(name, cells, remark=""):
            print(f"{name:{width}}  " + "".join(f"{c:>11}" for c in cells) + ("  " + remark if remark else ""))

        def cell(value):
            return "" if value is None else f"{value:.3f}"
        for name, scores, remark in self.rows:
            below = any(scores.get(m) is not None and scores[m] < 0.9995 for m in measures)
            if below or self.verbose:
                line(name, [cell(scores.get(m)) for m in measures], remark)
        line("mean", [cell(statistics.fmean(self.column(m))) for m in measures])
        line("median", [cell(statistics.median(self.column(m))) for m in measures])
        line("documents", [len(self.column(m)) for m in measures])
        for name, measure, score, reason in self.meant:
            print(f"not counted: {name}: {measure} {cell(score)}: {reason}")
        for name, reason in self.failures:
            print(f"FAILED {name}: {reason}")
        good = bool(self.rows) and not self.failures
        for m in measures:
            bar = self.word_bar if m == "words" else self.structure_bar
            mean, median = statistics.fmean(self.column(m)), statistics.median(self.column(m))
            if mean < bar or median < 0.9995:
                print(f"BELOW THE BAR: {m}: mean {mean:.3f} (at least {bar}), median {median:.3f} (1.0)")
                good = False
        return good
