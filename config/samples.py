#!/usr/bin/env python3
"""Writes a folder of sample documents: config/samples.py OUT.

Small, but of the kinds and with the troubles that real folders have: old encodings, images beside
the text and inside it, quoted tables, a duplicate, a file that is not what its name says.
"""
import base64
import os
import struct
import sys
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
