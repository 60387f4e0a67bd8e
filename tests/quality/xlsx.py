#!/usr/bin/env python3
"""How faithful workbooks are: cell by cell against what LibreOffice shows.

    tests/quality/quality.py BUILD xlsx              all workbooks of the test documents
    tests/quality/xlsx.py [--sluice PROGRAM] [--verbose] FILE...

Every workbook is converted with its hidden parts taken in, and by `soffice --convert-to csv` with
cells as shown. Compared are, sheet by sheet, the cells that show something (as multisets), and the
rows (the same cells in the same order). Exits with 1 below the promise: cells .99, rows .98.

What is no difference: blanks at the ends of a cell and how many there are in a row of them; a date
that LibreOffice shows as the reader's system would, which Sluice writes as 2024-12-31 because it
cannot know that system; exponents of three digits.
What is one, and known, is listed in KNOWN with its reason, and left out of the score.
"""
import argparse
import collections
import csv
import datetime
import glob
import html
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"
CELLS_PROMISE = 0.99
ROWS_PROMISE = 0.98

# File stem -> why its cells differ.
KNOWN = {
    "errors": "LibreOffice computes the formulas again, to errors of its own",
    "pivots": "LibreOffice builds pivot tables again, with words of its own",
    "basic": "LibreOffice builds pivot tables again, with words of its own",
    "table_with_insertrow_attribute": "RAND() is computed again",
    "inlineStr_with_value": "LibreOffice loses a cell with both an inline string and a value",
    "issue_530": "LibreOffice shows nothing of it",
}


def normal(text):
    """A cell's text as both sides can have it."""
    text = " ".join(text.replace("\u00a0", " ").split())
    text = re.sub(r"E([+-])0(\d\d)$", r"E\1\2", text)
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})( (\d{1,2}):(\d\d))?", text)
    if match:
        try:
            day = datetime.date(int(match[3]), int(match[1]), int(match[2]))
            text = day.isoformat() + (f" {int(match[5]):02}:{match[6]}" if match[4] else "")
        except ValueError:
            pass
    return text


def plain(cell):
    """The text of a Markdown cell or paragraph."""
    cell = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", cell)
    cell = re.sub(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\((?:<[^>]*>|[^)]*)\)", r"\1", cell)
    cell = cell.replace("<br>", " ").replace("\\\n", " ")
    cell = re.sub(r"<(https?://[^>]*)>", r"\1", cell)
    cell = re.sub(r"</?(sub|sup|u|strong|em|del|mark)>", "", cell)
    cell = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell)
    return html.unescape(cell)


def split_row(line):
    return re.split(r"(?<!\\)(?:\\\\)*\|", line.strip()[1:-1])


def as_number(cell):
    """A boolean as LibreOffice shows those of old workbooks."""
    return {"TRUE": "1", "FALSE": "0"}.get(cell, cell)


def sheets_of(markdown):
    """Sheet name -> list of rows, each a list of the cells that show something."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    sheets = collections.OrderedDict()
    rows = None
    paragraph = []

    def flush():
        if paragraph and rows is not None:
            text = normal(plain("\n".join(paragraph)))
            if text:
                rows.append([text])
        paragraph.clear()

    for line in body.split("\n"):
        if line.startswith("## "):
            flush()
            rows = sheets.setdefault(normal(plain(line[3:])), [])
        elif line.startswith("|") and rows is not None:
            flush()
            if re.fullmatch(r"\|( :?-+:? \|)+", line):
                continue
            cells = [normal(plain(cell)) for cell in split_row(line)]
            rows.append([cell for cell in cells if cell])
        elif not line.strip():
            flush()
        else:
            paragraph.append(line)
    flush()
    return sheets


def office_sheets(folder, stem, stems):
    """The sheets of one workbook: files are named after both."""
    sheets = {}
    for path in folder.glob(glob.escape(stem) + "-*.csv"):
        if any(path.stem.startswith(other + "-") and len(other) > len(stem) for other in stems):
            continue
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            rows = [[normal(cell) for cell in row] for row in csv.reader(file)]
        rows = [[cell for cell in row if cell] for row in rows]
        sheets[path.stem[len(stem) + 1:]] = [row for row in rows if row]
    return sheets


def convert(program, path, config):
    environment = dict(os.environ, XDG_CONFIG_HOME=str(config))
    done = subprocess.run([program, "convert", str(path)], capture_output=True, env=environment)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")


def config_folder(parent):
    folder = pathlib.Path(parent) / "config" / "sluice"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("".join(
        f'[plugin."{plugin}"]\nhidden_sheets = true\nhidden_cells = true\ndrawings = false\n'
        for plugin in ("xlsx", "xls", "odf")))
    return folder.parent


def convert_by_office(paths, folder):
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", FILTER, "--outdir", str(folder / "csv"), *map(str, paths)],
        check=True, capture_output=True, timeout=900)
    return folder / "csv"


def take(rows, row):
    if rows[row] > 0:
        rows[row] -= 1
        return True
    return False


def compose(rows, row):
    """Whether a row stands side by side in several of our tables."""
    row = tuple(row)
    while row:
        size = next((n for n in range(len(row), 0, -1) if take(rows, row[:n])), 0)
        if size == 0:
            return False
        row = row[size:]
    return True


class Score:
    def __init__(self):
        self.shown = self.found = self.extra = self.rows = self.same_rows = 0

    def add(self, office, ours):
        """Rows of one sheet; returns the cells that differ."""
        want = collections.Counter(cell for row in office for cell in row)
        have = collections.Counter(cell for row in ours for cell in row)
        self.shown += sum(want.values())
        self.found += sum((want & have).values())
        self.extra += sum((have - want).values())
        mine = collections.Counter(map(tuple, ours))
        self.rows += len(office)
        # Whole rows first, so that they are not taken for parts of others.
        parted = [row for row in office if not take(mine, tuple(row))]
        self.same_rows += len(office) - len(parted) + sum(compose(mine, row) for row in parted)
        return want - have, have - want

    @property
    def cells(self):
        total = self.shown + self.extra
        return 1.0 if total == 0 else 2 * self.found / (self.shown + self.found + self.extra)

    @property
    def row_share(self):
        return 1.0 if self.rows == 0 else self.same_rows / self.rows


def evaluate(program, files, verbose, known=None, same=lambda cell: cell):
    """`same`: applied to every cell before it is compared. `known`: file stem -> why its cells differ. Prints the table of these workbooks; returns whether the promise holds."""
    known = KNOWN if known is None else known
    total = Score()
    failed = []
    print(f"{'workbook':40} {'cells':>7} {'rows':>7} {'shown':>7}")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        csv_folder = convert_by_office(files, scratch)
        config = config_folder(scratch)
        stems = {path.stem for path in files}
        for path in files:
            code, markdown, message = convert(program, path, config)
            office = office_sheets(csv_folder, path.stem, stems)
            refused = any("\u00d0\u00cf\x11" in cell for rows in office.values() for row in rows for cell in row)
            if refused:  # LibreOffice shows the bytes of a file that it cannot read
                continue
            if code != 0 and not any(office.values()):
                if verbose:
                    print(f"{path.stem:40} {'both refuse, or nothing shows':>23}")
                continue
            ours = sheets_of(markdown)
            if len(ours) == 1 and len(office) == 1:  # a sheet of Excel 2 to 4 has no name of its own
                ours = {next(iter(office)): next(iter(ours.values()))}
            score = Score()
            differences = []
            for name in sorted(set(office) | set(ours)):
                rows = [[[same(cell) for cell in row] for row in side.get(name, [])] for side in (office, ours)]
                differences.append((name, *score.add(*rows)))
                if path.stem not in known:
                    total.add(*rows)
            mark = " " + known[path.stem] if path.stem in known else ""
            if verbose or mark or score.cells < 1 or score.row_share < 1:
                print(f"{path.stem:40} {score.cells:7.3f} {score.row_share:7.3f} {score.shown:7}{mark}")
            if code != 0:
                failed.append(path.stem)
                print("   ", message.strip().split("\n")[0])
            for name, missing, extra in differences:
                if verbose and (missing or extra):
                    print(f"    {name}: -{list(missing.items())[:8]} +{list(extra.items())[:8]}")
    print(f"{'all but those with a reason':40} {total.cells:7.4f} {total.row_share:7.4f} {total.shown:7}")
    good = total.cells >= CELLS_PROMISE and total.row_share >= ROWS_PROMISE and not failed
    print("as promised" if good else
          f"below the promise: cells {CELLS_PROMISE}, rows {ROWS_PROMISE}, and no failure")
    return good


def run(context):
    """For quality.py."""
    return evaluate(context.sluice, [pathlib.Path(path) for path in context.files(
        "calamine", "pandoc", extensions=("xlsx", "xlsm"))], context.verbose)


def first_of_each_name(paths):
    """LibreOffice names its results by the stems of the files."""
    return sorted({path.stem: path for path in reversed([pathlib.Path(path) for path in paths])}.values())


def main(description=__doc__, known=None, same=lambda cell: cell):
    """The command line for workbooks of one kind; `known` and `same` as for evaluate()."""
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("--sluice", default=str(HERE.parents[1] / "build/release/bin/sluice"))
    parser.add_argument("--verbose", action="store_true", help="every workbook, and the cells that differ")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    return 0 if evaluate(arguments.sluice, arguments.files, arguments.verbose, known, same) else 1


if __name__ == "__main__":
    sys.exit(main())
