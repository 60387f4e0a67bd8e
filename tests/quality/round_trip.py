#!/usr/bin/env python3
"""From structure to PDF and back: made-up documents through several producers, compared with what they were made of.

    tests/quality/round_trip.py BUILD [--documents N] [--held-out] [--producer NAME] [--keep DIR] [--verbose] [--bar VALUE]

Documents come from a seeded generator: contracts, invoices, reports and price lists with headings, paragraphs,
lists and tables (ruled, ruled in part, or without rules). Rules of the converter are written while looking at the
training documents only; --held-out takes others. A producer that is not installed is skipped and named.

Scores, 0 to 1: `order` compares the sequence of words, `headings` and `lists` the texts of headings and of items
(F1), `tables` cell by cell, row after row (the best match of each table). With --verbose each document has a line,
the worst first. --keep DIR keeps each PDF with its Markdown; PDFs that are there already are not made again. With --bar
the exit code is 1 if a mean is below it."""
import argparse
import difflib
import html
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from pdf import plain  # noqa: E402

TRAINING_SEED, HELD_OUT_SEED = 1_000, 900_000
NOUNS = ("gate weir mill brook pond wheel sluice dam bridge meadow canal pump valve shaft lock basin bank stone oak "
         "miller owner tenant council harbour ferry market survey report invoice estimate").split()
VERBS = "opens keeps measures repairs replaces inspects drains fills moves raises lowers paints orders pays".split()
OTHERS = "old new upper lower northern southern broad narrow deep shallow wooden iron yearly monthly".split()
SCORES = ("order", "headings", "lists", "tables")


# --- documents ---

def name(rng):
    return f"{rng.choice(OTHERS)} {rng.choice(NOUNS)}"


def sentence(rng):
    words = f"the {name(rng)} {rng.choice(VERBS)} the {name(rng)}"
    for _ in range(rng.randrange(3)):
        words += f" {rng.choice(('and', 'while', 'before', 'so that'))} the {name(rng)} {rng.choice(VERBS)} it"
    return words[0].upper() + words[1:] + "."


def paragraph(rng):
    return ("p", " ".join(sentence(rng) for _ in range(rng.randint(2, 6))))


def figure(rng):
    return rng.choice((f"{rng.randrange(1, 2000):,}", f"{rng.uniform(0, 300):.2f}", f"{rng.uniform(0, 90):.1f}%"))


def table(rng):
    columns = rng.randint(2, 5)
    head = ["Item"] + [f"{rng.choice(OTHERS)} {rng.choice(('share', 'count', 'price'))}" if rng.random() < .4 else
                       rng.choice(("Count", "Price", "Share", "Length", "2023", "2024")) for _ in range(columns - 1)]
    rows = [head]
    for _ in range(rng.randint(3, 9)):
        rows.append([name(rng)] + [figure(rng) if rng.random() < .93 else "" for _ in range(columns - 1)])
    if rng.random() < .4:
        rows.append(["Total"] + [figure(rng) for _ in range(columns - 1)])
    return ("table", rows, rng.choice(("ruled", "rows", "plain")))


def items(rng, ordered):
    return ("ol" if ordered else "ul",
            [sentence(rng) if rng.random() < .5 else name(rng) for _ in range(rng.randint(3, 6))])


def document(seed):
    rng = random.Random(seed)
    blocks = [("h1", f"{rng.choice(('Report on', 'Contract for', 'Survey of', 'Estimate for'))} the {name(rng)}")]
    for _ in range(rng.randint(2, 5)):
        blocks += [("h2", f"{rng.choice(('About', 'State of', 'Costs of', 'Duties at'))} the {name(rng)}")]
        for _ in range(rng.randint(1, 4)):
            kind = rng.random()
            blocks.append(paragraph(rng) if kind < .45 else table(rng) if kind < .72 else items(rng, kind < .86))
    look = {"size": rng.choice((9, 10, 11, 12)), "margin": rng.choice((15, 20, 25)),
            "font": rng.choice(("DejaVu Serif", "DejaVu Sans", "Liberation Serif", "Liberation Sans")),
            "paper": rng.choice(("A4", "letter"))}
    return blocks, look


# --- producers ---

def to_html(blocks, look):
    out = [f"""<html><head><meta charset="utf-8"><style>@page {{ size: {look['paper']}; margin: {look['margin']}mm }}
body {{ font: {look['size']}pt "{look['font']}" }} td, th {{ padding: 2pt 6pt; text-align: left }}
td + td, th + th {{ text-align: right }} table {{ border-collapse: collapse; margin: 8pt 0 }}
.ruled td, .ruled th {{ border: 1px solid black }} .rows td, .rows th {{ border-bottom: 1px solid black }}
</style></head><body>"""]
    for block in blocks:
        kind, content = block[:2]
        if kind == "table":
            rows = [[f"<{'td' if r else 'th'}>{html.escape(cell)}</{'td' if r else 'th'}>" for cell in row]
                    for r, row in enumerate(content)]
            border = ' border="1"' if block[2] == "ruled" else ""
            out.append(f'<table class="{block[2]}"{border} cellspacing="0">'
                       + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>")
        elif kind in ("ul", "ol"):
            out.append(f"<{kind}>" + "".join(f"<li>{html.escape(item)}</li>" for item in content) + f"</{kind}>")
        else:
            out.append(f"<{kind}>{html.escape(content)}</{kind}>")
    return "\n".join(out) + "</body></html>"


def to_latex(blocks, look):
    escape = lambda text: re.sub(r"([%$&#_])", r"\\\1", text)  # noqa: E731
    size = f"{max(10, look['size'])}pt"
    out = [rf"\documentclass[{size},{'a4paper' if look['paper'] == 'A4' else 'letterpaper'}]{{article}}",
           rf"\usepackage[margin={look['margin']}mm]{{geometry}}\begin{{document}}\sloppy"]
    for block in blocks:
        kind, content = block[:2]
        if kind == "table":
            ruled = block[2] == "ruled"
            columns = "l" + "r" * (len(content[0]) - 1)
            line = r"\hline " if block[2] != "plain" else ""
            spec = "|" + "|".join(columns) + "|" if ruled else columns
            rows = [" & ".join(escape(cell) for cell in row) + r" \\ " for row in content]
            out.append(rf"\par\medskip\noindent\begin{{tabular}}{{{spec}}}{line}" + line.join(rows) + line
                       + r"\end{tabular}\par\medskip")
        elif kind in ("ul", "ol"):
            environment = "itemize" if kind == "ul" else "enumerate"
            out.append(rf"\begin{{{environment}}}" + "".join(rf"\item {escape(item)}" + "\n" for item in content)
                       + rf"\end{{{environment}}}")
        else:
            mark = {"h1": r"\section*{%s}", "h2": r"\subsection*{%s}", "p": "%s\n\n"}[kind]
            out.append(mark % escape(content))
    return "\n".join(out) + r"\end{document}"


def run(command, folder):
    subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=True)


def write(folder, file, text):
    with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
        out.write(text)


def by_libreoffice(tagged):
    def make(blocks, look, folder):
        write(folder, "d.html", to_html(blocks, look))
        options = '{"UseTaggedPDF":{"type":"boolean","value":"%s"}}' % ("true" if tagged else "false")
        profile = "-env:UserInstallation=file://" + os.path.join(tempfile.gettempdir(), "sluice-round-trip-office")
        run(["soffice", "--headless", profile, "--convert-to", "odt", "--writer", "d.html"], folder)
        run(["soffice", "--headless", profile, "--convert-to", f"pdf:writer_pdf_Export:{options}", "d.odt"], folder)
    return make


def by_weasyprint(blocks, look, folder):
    write(folder, "d.html", to_html(blocks, look))
    run(["weasyprint", "d.html", "d.pdf"], folder)


def by_chromium(blocks, look, folder):
    write(folder, "d.html", to_html(blocks, look))
    run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=d.pdf",
         "d.html"], folder)


def by_pdftex(blocks, look, folder):
    write(folder, "d.tex", to_latex(blocks, look))
    run(["pdflatex", "-interaction=batchmode", "d.tex"], folder)


PRODUCERS = {"LibreOffice, tagged": ("soffice", by_libreoffice(True)),
             "LibreOffice": ("soffice", by_libreoffice(False)),
             "WeasyPrint": ("weasyprint", by_weasyprint),
             "Chromium": ("chromium", by_chromium),
             "pdfTeX": ("pdflatex", by_pdftex)}


# --- what came back ---

def simple(text):
    return re.sub(r"\s+", " ", plain(text)).strip().lower()


def parsed(markdown):
    body = re.sub(r"\A---\n.*?^---\n", "", markdown, flags=re.S | re.M)
    found = {"headings": [], "lists": [], "tables": []}
    for block in re.split(r"\n\s*\n", body):
        lines = block.strip().split("\n")
        if lines[0].startswith("|"):
            cells = [[simple(cell) for cell in line.strip()[1:-1].split("|")] for line in lines]
            found["tables"].append([row for r, row in enumerate(cells) if r != 1])
        elif re.match(r"#+ ", lines[0]):
            found["headings"].append(simple(lines[0].lstrip("#")))
        else:
            for line in lines:
                item = re.match(r"\s*(?:[-*+]|\d+[.)]) +(.*)", line)
                if item:
                    found["lists"].append(simple(item.group(1)))
                elif found["lists"] and line.startswith("  "):
                    found["lists"][-1] += " " + simple(line)
    return found


def expected(blocks):
    out = {"headings": [], "lists": [], "tables": [], "words": []}
    for block in blocks:
        kind, content = block[:2]
        if kind == "table":
            out["tables"].append([[simple(cell) for cell in row] for row in content])
            texts = [cell for row in content for cell in row]
        else:
            texts = content if kind in ("ul", "ol") else [content]
            key = "headings" if kind in ("h1", "h2") else "lists" if kind in ("ul", "ol") else None
            if key:
                out[key] += [simple(text) for text in texts]
        out["words"] += simple(" ".join(texts)).split()
    return out


def f1(want, have):
    left = list(have)
    hits = 0
    for text in want:
        if text in left:
            left.remove(text)
            hits += 1
    return 2 * hits / (len(want) + len(have)) if want or have else None


def table_score(want, have):
    """The best order-keeping match of rows; a row scores the share of its cells that are alike, place by place."""
    def row_score(a, b):
        return sum(x == y for x, y in zip(a, b)) / max(len(a), len(b))
    best = [[0.0] * (len(have) + 1) for _ in range(len(want) + 1)]
    for i, a in enumerate(want, 1):
        for k, b in enumerate(have, 1):
            best[i][k] = max(best[i - 1][k], best[i][k - 1], best[i - 1][k - 1] + row_score(a, b))
    return best[-1][-1] / max(len(want), len(have))


def tables_score(want, have):
    if not want and not have:
        return None
    left = list(have)
    total = 0.0
    for one in want:
        scores = [table_score(one, other) for other in left]
        if scores and max(scores) > 0:
            total += max(scores)
            left.pop(scores.index(max(scores)))
    return total / max(len(want), len(have))


def scored(blocks, markdown):
    want, have = expected(blocks), parsed(markdown)
    text = re.sub(r"^ *(?:[-*+]|\d+[.)]|#+) |^\|[ |-]*$|\|", " ", markdown, flags=re.M)
    words = [word for word in simple(text).split() if word != "-"]
    return {"order": difflib.SequenceMatcher(None, want["words"], words, autojunk=False).ratio(),
            "headings": f1(want["headings"], have["headings"]), "lists": f1(want["lists"], have["lists"]),
            "tables": tables_score(want["tables"], have["tables"])}


def convert(build, path):
    done = subprocess.run([os.path.join(build, "bin", "sluice"), "convert", path], capture_output=True, timeout=120)
    return done.stdout.decode("utf-8", "replace")


def made(producer, make, seed, keep):
    """A document's blocks, its PDF, and where the PDF stands with --keep."""
    blocks, look = document(seed)
    kept = keep and os.path.join(keep, f"{re.sub('[^A-Za-z]+', '-', producer)}-{seed}.pdf")
    if kept and os.path.exists(kept):
        return blocks, kept
    with tempfile.TemporaryDirectory() as folder:
        make(blocks, look, folder)
        kept = kept or os.path.join(tempfile.gettempdir(), f"sluice-round-trip-{os.getpid()}.pdf")
        shutil.copy(os.path.join(folder, "d.pdf"), kept)
    return blocks, kept


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--producer")
    parser.add_argument("--keep", metavar="DIR", help="keeps each PDF, with its Markdown")
    parser.add_argument("--verbose", action="store_true", help="a line for each document, the worst first")
    parser.add_argument("--bar", type=float, default=0)
    args = parser.parse_args()
    start = HELD_OUT_SEED if args.held_out else TRAINING_SEED
    print(f"| producer | documents | {' | '.join(SCORES)} |\n| --- | --- | {' | '.join('---' for _ in SCORES)} |")
    low = False
    for producer, (program, make) in PRODUCERS.items():
        if args.producer and args.producer != producer:
            continue
        if not shutil.which(program):
            print(f"{producer}: {program} is not installed", file=sys.stderr)
            continue
        sums = {score: [] for score in SCORES}
        each = []
        for seed in range(start, start + args.documents):
            blocks, pdf = made(producer, make, seed, args.keep)
            markdown = convert(args.build, pdf)
            scores = scored(blocks, markdown)
            each.append((sum(value for value in scores.values() if value is not None), seed, scores))
            if args.keep:
                write(args.keep, os.path.basename(pdf)[:-4] + ".md", f"{markdown}\n<!-- {scores} -->\n")
            else:
                os.unlink(pdf)
            for score, value in scores.items():
                if value is not None:
                    sums[score].append(value)
        means = [sum(values) / len(values) if values else 1 for values in sums.values()]
        low = low or min(means) < args.bar
        if args.verbose:
            for _, seed, scores in sorted(each, key=lambda entry: entry[:2]):
                shown = (f"{score} {'-' if value is None else f'{value:.3f}'}" for score, value in scores.items())
                print(f"  {seed}: {', '.join(shown)}")
        print(f"| {producer} | {args.documents} | {' | '.join(f'{mean:.3f}' for mean in means)} |", flush=True)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
