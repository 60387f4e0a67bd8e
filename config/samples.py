#!/usr/bin/env python3
"""Writes a folder of sample documents: config/samples.py OUT.

Small, but of the kinds and with the troubles that real folders have: old encodings, images beside
the text and inside it, quoted tables, a duplicate, a file that is not what its name says.
"""
import base64
import io
import os
import struct
import sys
import zipfile
import zlib


def png(width, height, pixel):
    """A PNG whose pixel(x, y) gives (red, green, blue)."""
    rows = b"".join(b"\0" + bytes(c for x in range(width) for c in pixel(x, y)) for y in range(height))

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9))
            + chunk(b"IEND", b""))


def package(*parts):
    """A ZIP container of (name, text or bytes), the first stored as it is, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (name, content) in enumerate(parts):
            entry = zipfile.ZipInfo(name, (2024, 3, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED if index else zipfile.ZIP_STORED
            archive.writestr(entry, content)
    return out.getvalue()


GATE = png(96, 48, lambda x, y: (90, 60, 40) if x % 24 < 4 or y < 6 else (70, 130, 200 - y))
DOT = png(24, 24, lambda x, y: (220, 60, 60))

HANDBOOK = """---
title: Handbook of the Old Mill
author: M. Weaver
date: 2024-03-01
---

# Handbook of the Old Mill

The mill stands on the *Lower Brook*. Its sluice has three gates:

![The gates, from the road](images/gates.png "Gates")

| gate | width | opens at |
| ---- | ----: | -------- |
| north | 1.20 m | 40 cm |
| middle | 2.40 m | 55 cm |
| south | 1.20 m | 40 cm |

1. Open the middle gate first.
2. Wait until the level has settled, then the others.

> Never open a gate against ice.

See [the log](water-levels.csv) for the levels. In code, `![not an image](images/gates.png)` stays as it is.
"""

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Lower Brook: a walk along the water</title>
<meta name="author" content="Lower Brook Society"></head><body>
<nav><a href="/">Home</a> | <a href="/walks">Walks</a> | <a href="/contact">Contact</a></nav>
<main><article>
<h1>A walk along the water</h1>
<p>The path begins at the <b>old mill</b> and follows the brook for <em>4.5&nbsp;km</em>. In spring it
is often flooded near the second bridge; in summer children build dams there.</p>
<h2>Stations</h2>
<ol><li>The mill<ul><li>parking</li><li>a café, open at week-ends</li></ul></li>
<li>The first bridge <img alt="red dot" src="data:image/png;base64,@DOT@"></li>
<li>The weir</li></ol>
<table><tr><th>from</th><th>to</th><th>minutes</th></tr>
<tr><td>mill</td><td>first bridge</td><td>20</td></tr>
<tr><td>first bridge</td><td>weir | fish ladder</td><td>35</td></tr></table>
<pre><code class="language-sh">curl https://example.org/levels.csv
</code></pre>
<p>More on <a href="https://example.org/brook">the brook's own page</a>.</p>
</article></main>
<footer>Imprint. Privacy. All rights reserved.</footer></body></html>
"""

LEVELS = """day,level cm,remark
2024-03-01,41,
2024-03-02,44,"rain, heavy"
2024-03-03,63,"gate ""north"" open
since noon"
2024-03-04,52,a|b
"""

LETTER = """Sehr geehrte Damen und Herren,

die Mühle am Unteren Bach wird im Frühjahr für drei Wochen geschlossen. In dieser Zeit
prüfen wir die Tore, erneuern die Bretter am südlichen Wehr und streichen das Geländer.

Mit freundlichen Grüßen
Käthe Müller
"""


BOOK_PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Tales of the Lower Brook</dc:title>
<dc:creator>K. Rivers</dc:creator><dc:language>en</dc:language><dc:date>2019-05-01</dc:date></metadata>
<manifest><item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="gates" href="gates.png" media-type="image/png"/></manifest>
<spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>
"""

CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Tales</title></head><body>@BODY@</body></html>
"""

CHAPTER_ONE = """<h1>The flood</h1><p>That year the water stood at the third board<a epub:type="noteref"
href="two.xhtml#n1">1</a>, and nobody slept. What came of it is told in <a href="two.xhtml">the other tale</a>.</p>
<p><img src="gates.png" alt="The three gates"/></p><p>They reckoned the flow as
<math><mi>Q</mi><mo>=</mo><mfrac><mrow><mn>2</mn></mrow><mn>3</mn></mfrac><mi>μ</mi><mi>b</mi><msqrt>
<mrow><mn>2</mn><mi>g</mi></mrow></msqrt><msup><mi>h</mi><mn>1.5</mn></msup></math>.</p>"""

CHAPTER_TWO = """<h1>The miller's clock</h1><p>It ran backwards, and was right twice a day all the same.</p>
<aside epub:type="footnote" id="n1"><p>About 55 cm above the sill.</p></aside>"""


def book():
    return package(
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml",
         '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
         '<rootfile full-path="book/book.opf"/></rootfiles></container>'),
        ("book/book.opf", BOOK_PACKAGE),
        ("book/one.xhtml", CHAPTER.replace("@BODY@", CHAPTER_ONE)),
        ("book/two.xhtml", CHAPTER.replace("@BODY@", CHAPTER_TWO)),
        ("book/gates.png", GATE))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = sys.argv[1]
    os.makedirs(os.path.join(out, "mill", "images"), exist_ok=True)
    os.makedirs(os.path.join(out, "data"), exist_ok=True)
    files = {
        "mill/handbook.md": HANDBOOK.encode(),
        "mill/images/gates.png": GATE,
        "mill/letter.txt": LETTER.encode("latin-1"),
        "mill/letter-copy.txt": LETTER.encode("latin-1"),
        "mill/tales.epub": book(),
        "walk.html": PAGE.replace("@DOT@", base64.b64encode(DOT).decode()).encode(),
        "data/water-levels.csv": LEVELS.encode("utf-16"),
        "data/gates.json": b'{"gates": [{"name": "north", "width_m": 1.2}, {"name": "middle"}]}\n',
        "data/station.yaml": b"station: lower-brook\nsensors:\n  - level\n  - temperature\n",
        "data/station.xml": b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<station name="M\xfchle"/>\n',
        "broken.html": b"\x89PNG\r\n\x1a\n this is not a page",
    }
    for name, content in files.items():
        with open(os.path.join(out, name), "wb") as file:
            file.write(content)


if __name__ == "__main__":
    main()
