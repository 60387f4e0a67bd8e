"""The page of numbers: what decides each. Its rows are read again where only some numbers are tried."""
import re

HEAD = """# The numbers of the PDF converter

Each number of the layout engine and of the structure of text, with what decides it: `tests/quality/thresholds` builds
the converter so that each can be changed, and tries it smaller and larger until something breaks. *Kept* is the range
in which nothing breaks. What breaks is a unit test (`tests/unit/plugins/pdf`), or a page of a document that a reader has
written down (`tests/quality/expectations/pdf`); the first of each is named. *Nothing, of N* means that N documents change and
nobody has written down which of the two is right; *no effect* means that no document changes. *Not tried* says that the
program has not run since the number was set. The documents are only some 180 small ones: larger ones may need a number
that has no effect on these. Written by
`tests/quality/thresholds/thresholds.py BUILD --write`, not by hand.
"""
NOT_TRIED = ["not tried", "", ""]
COLUMNS = "| number | value | what it is | kept | smaller | larger |\n| --- | ---: | --- | --- | --- | --- |\n"


def plain(value):
    return f"{value:g}"


def broken(trial):
    """The first test and the first page."""
    parts = [f"`{trial.tests[0]}`" + (f" and {len(trial.tests) - 1} more" if len(trial.tests) > 1 else "")] if trial.tests else []
    parts += trial.pages[:1] + ([trial.end] if trial.end else [])
    return f"{plain(trial.value)}: " + ", ".join(parts)


def side_of(trials):
    if not trials:
        return ""
    if trials[-1].breaks:
        return broken(trials[-1])
    changed = len(set().union(*(one.changed for one in trials)))
    return f"nothing, of {changed}" if changed else "no effect"


def last_kept(constant, trials):
    kept = [one.value for one in trials if not one.breaks]
    return kept[-1] if kept else constant.value


def kept_range(constant, smaller, larger):
    if not any(one.breaks for one in smaller + larger):
        return "any"
    low, high = (plain(last_kept(constant, side)) for side in (smaller, larger))
    if not larger[-1].breaks:
        return f"from {low}"
    return f"to {high}" if not (smaller and smaller[-1].breaks) else low if low == high else f"{low} to {high}"


def row(constant, found):
    """`found`: what is kept, and what breaks on both sides."""
    cells = [f"`{constant.name}`", plain(constant.value), constant.meaning.replace("|", "\\|"), *found]
    return "| " + " | ".join(cells) + " |"


def row_of(constant, smaller, larger):
    return row(constant, [kept_range(constant, smaller, larger), side_of(smaller), side_of(larger)])


def rows_of(page):
    """{FILE NAME: cells} of a page."""
    rows, file = {}, ""
    for line in page.splitlines():
        if line.startswith("## "):
            file = line[3:]
        elif line.startswith("| `k"):
            name, *cells = re.split(r"(?<!\\) \| ", line.removeprefix("| ").removesuffix(" |"))
            rows[f"{file} {name.strip('`')}"] = cells
    return rows


def page_of(before, constants, results):
    """The page: rows of what was tried, and those from before of the other numbers, if they have the same value."""
    old = rows_of(before)
    rows = {one.id: old[one.id] for one in constants if old.get(one.id, [""])[0] == plain(one.value)}
    page, file = HEAD, ""
    for one in constants:
        if one.file != file:
            file = one.file
            page += f"\n## {file}\n\n{COLUMNS}"
        before = rows[one.id][2:] if one.id in rows else NOT_TRIED
        page += (row_of(one, *results[one.id]) if one.id in results else row(one, before)) + "\n"
    return page


def faults_of(page, constants):
    """How the page differs from the sources, and what to do."""
    rows, program = rows_of(page), "tests/quality/thresholds/thresholds.py"
    faults = []
    for one in constants:
        value = rows.get(one.id, [""])[0]
        if value != plain(one.value):
            faults.append(f"plugins/pdf/thresholds.md has {value or 'nothing'} for {one.id} = {plain(one.value)}; "
                          f"run '{program} BUILD --only {one.name} --write' to see what it decides")
    if not faults and page != page_of(page, constants, {}):
        faults.append("plugins/pdf/thresholds.md has other names or comments than the sources; "
                      f"run '{program} --check --write'")
    return faults
