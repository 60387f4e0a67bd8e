#!/usr/bin/env python3
"""Makes the pictures of the README and of figures.md: host/docs/pictures/make.py SLUICE [CHROMIUM]

    before-after.png   a page of the PDF among our samples (config/samples.py), beside its Markdown
                       as a browser shows it; needs pdftoppm, cmark-gfm and Chromium
    speed.svg          the processor time of converters, relative to other programs, from the table
                       in host/docs/figures.md; `make.py --chart` prints it and needs nothing

`config/dependencies.sh pictures` installs what it needs.
"""
import base64
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[2]

PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 16px; width: 1000px; box-sizing: border-box; background: #fff; color: #1c2430;
  font: 14px/1.45 sans-serif; display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }}
figure {{ margin: 0; border: 1px solid #c9d1da; border-radius: 6px; overflow: hidden; }}
figcaption {{ background: #f0f3f6; border-bottom: 1px solid #c9d1da; padding: 6px 12px; font-weight: bold; }}
img {{ display: block; width: 100%; }}
div {{ padding: 4px 16px; }} h1 {{ font-size: 20px; }}
table {{ border-collapse: collapse; }} td, th {{ border: 1px solid #c9d1da; padding: 3px 10px; text-align: left; }}
</style>
<figure><figcaption>floods.pdf</figcaption><img src="data:image/png;base64,{picture}" alt=""></figure>
<figure><figcaption>wiki/sources/floods.md, as rendered</figcaption><div>{text}</div></figure>
"""


def run(*words):
    return subprocess.run(words, check=True, capture_output=True).stdout


def before_after(sluice, chromium):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        run(sys.executable, PROJECT / "config/samples.py", work)
        pdf = work / "documents/data/floods.pdf"
        # The part of the page that has text.
        run("pdftoppm", "-r", "85", "-png", "-singlefile", "-x", "45", "-y", "85", "-W", "620", "-H", "370", pdf, work / "page")
        markdown = run(sluice, "convert", pdf).decode()
        body = markdown.split("\n---\n", 1)[1]
        text = subprocess.run(["cmark-gfm", "-e", "table"], input=body.encode(), check=True,
                              capture_output=True).stdout.decode()
        picture = base64.b64encode((work / "page.png").read_bytes()).decode()
        (work / "page.html").write_text(PAGE.format(picture=picture, text=text))
        run(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,400",
            f"--screenshot={HERE / 'before-after.png'}", (work / "page.html").as_uri())


def ratios(figures):
    """(format, how many times less processor time, than what), from the table of converters."""
    found = []
    for line in figures.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        match = len(cells) == 3 and re.search(r"(\d+) times less than (\w+)", cells[2])
        if match:
            found.append((cells[0], int(match.group(1)), match.group(2)))
        same = len(cells) == 3 and re.search(r"([\d.]+) times (pdftotext)'s", cells[2])
        if same:
            found.append((cells[0], 1 / float(same.group(1)), same.group(2)))
    return sorted(found, key=lambda one: -one[1])


def chart(figures):
    """Bars, in one colour that is readable on white and on black."""
    rows = ratios(figures)
    most = max(ratio for _, ratio, _ in rows)
    step, left, width = 34, 70, 420
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{len(rows) * step + 34}" role="img" '
           f'font-family="sans-serif" font-size="14">',
           "<title>Processor time of Sluice's converters, relative to other programs</title>",
           '<text x="0" y="18" fill="#6b7785">Processor time for a document: how many times less than</text>']
    for place, (name, ratio, other) in enumerate(rows):
        top = 30 + place * step
        shown = f"{ratio:.0f}" if ratio >= 2 else f"{ratio:.2f}"
        bar = max(2, round(width * ratio / most))
        out += [f'<text x="0" y="{top + 17}" fill="#6b7785">{html.escape(name)}</text>',
                f'<rect x="{left}" y="{top}" width="{bar}" height="24" fill="#3b78c2"/>',
                f'<text x="{left + bar + 8}" y="{top + 17}" fill="#6b7785">{shown} times, '
                f'{html.escape(other)}</text>']
    return "\n".join(out + ["</svg>", ""])


def main():
    drawn = chart((HERE.parent / "figures.md").read_text())
    if sys.argv[1:] == ["--chart"]:
        sys.stdout.write(drawn)
        return 0
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    (HERE / "speed.svg").write_text(drawn)
    chromium = sys.argv[2] if len(sys.argv) > 2 else shutil.which("chromium")
    before_after(sys.argv[1], chromium)
    return 0


if __name__ == "__main__":
    sys.exit(main())
