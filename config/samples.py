#!/usr/bin/env python3
"""Writes two folders of samples: config/samples.py OUT makes OUT/documents and OUT/odd.

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


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"


def paragraph(runs, style="", more=""):
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text, level):
    return paragraph(run(text), "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def report():
    """A Word document with what Word documents have: styles, numbers, a table, a note, a picture, changes."""
    cell = lambda text, properties="": f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"
    body = "".join([
        paragraph(run("Inspection of the Gates"), "Title"),
        paragraph(run("Findings"), "Heading1"),
        paragraph(run("The boards of the ") + run("north gate", "<w:b/>") + run(" are ")
                  + '<w:del w:id="1"><w:r><w:delText>sound</w:delText></w:r></w:del><w:ins w:id="2">'
                  + run("rotten") + "</w:ins>" + run(".")
                  + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        numbered("Replace the boards", 0), numbered("oak, 60 mm", 1), numbered("tarred on both sides", 1),
        numbered("Grease the spindle", 0),
        paragraph('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="The gates in March"/>'
                  '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId4"/></pic:blipFill>'
                  "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"),
        paragraph(run("Costs"), "Heading1"),
        "<w:tbl><w:tr>" + cell("item", '<w:gridSpan w:val="2"/>') + cell("price") + "</w:tr><w:tr>"
        + cell("boards", '<w:vMerge w:val="restart"/>') + cell("oak") + cell("480") + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>") + cell("tar") + cell("35") + "</w:tr></w:tbl>",
        paragraph(run("The flow over a board is ")
                  + "<m:oMath><m:r><m:t>Q=</m:t></m:r><m:f><m:num><m:r><m:t>2</m:t></m:r></m:num><m:den><m:r>"
                    "<m:t>3</m:t></m:r></m:den></m:f><m:r><m:t>\u03bcb</m:t></m:r></m:oMath>" + run(".")),
    ])
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Title", "Title"), ("Heading1", "heading 1")))
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate((("decimal", "%1."), ("lowerLetter", "%2)"))))
    names = (f'xmlns:w="{WORD}" xmlns:r="{OFFICE}relationships" xmlns:m="{OFFICE}math" '
             'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
             'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
             'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"')
    relations = lambda *all: (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}relationships/{kind}" Target="{target}"/>'
                  for i, (kind, target) in enumerate(all, 1)) + "</Relationships>")
    return package(
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
        ("word/_rels/document.xml.rels", relations(("styles", "styles.xml"), ("numbering", "numbering.xml"),
                                                   ("footnotes", "footnotes.xml"), ("image", "media/gates.png"))),
        ("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>"),
        ("word/styles.xml", f"<w:styles {names}>{styles}</w:styles>"),
        ("word/numbering.xml", f'<w:numbering {names}><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
                               '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'),
        ("word/footnotes.xml", f'<w:footnotes {names}><w:footnote w:id="2">'
                               + paragraph(run("Seen from the boat, not touched.")) + "</w:footnote></w:footnotes>"),
        ("word/media/gates.png", GATE))


def paper():
    """A PDF page: two columns below a title, a table, a word broken at the end of a line."""
    left = ["The Lower Brook has been measured at the",
            "weir since 1912. The keepers noted the le-",
            "vel every morning, and in times of flood",
            "every hour of the night as well."]
    right = ["From their books we know that the floods",
             "of March have become less high, and that",
             "those of August, which were unknown to",
             "the first keepers, are now the higher ones."]
    rows = [("decade", "March", "August"), ("1912-1921", "142 cm", "40 cm"), ("2012-2021", "97 cm", "118 cm")]
    content = "BT /B 20 Tf 60 740 Td (A Hundred Years of Floods) Tj ET\n"
    for x, lines in ((60, left), (320, right)):
        for i, line in enumerate(lines):
            content += f"BT /R 11 Tf {x} {700 - 14 * i} Td ({line}) Tj ET\n"
    for i, row in enumerate(rows):
        for k, cell in enumerate(row):
            content += f"BT /R 11 Tf {66 + 120 * k} {606 - 20 * i} Td ({cell}) Tj ET\n"
    for i in range(4):
        content += f"60 {620 - 20 * i} m 420 {620 - 20 * i} l S {60 + 120 * i} 620 m {60 + 120 * i} 560 l S\n"

    def font(name):
        return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R /Lang (en) >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << "
               f"/R {font('Times-Roman')} /B {font('Times-Bold')} >> >> >>",
               f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
               "<< /Title (A Hundred Years of Floods) /Author (M. Weaver) /CreationDate (D:20240301120000Z) >>"]
    pdf, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(pdf))
        pdf += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    pdf += (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R "
            f"/Info 5 0 R >>\nstartxref\n{len(pdf)}\n%%EOF\n")
    return pdf.encode("latin-1")


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def relationships(*links):
    """Links: id, last segment of the type, target."""
    return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + "".join(f'<Relationship Id="{name}" Type="{OFFICE}relationships/{kind}" Target="{target}"/>'
                      for name, kind, target in links) + "</Relationships>")


def workbook():
    """A title over a table with dates, money and a formula; a hidden sheet."""
    names = f'xmlns="{SHEET}" xmlns:r="{OFFICE}relationships"'

    def cell(value, style=0):
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f'<c s="{style}"><v>{value}</v></c>'

    rows = [[cell("Repairs of 2024")], [cell("day"), cell("what"), cell("cost"), cell("share")],
            [cell(45355, 1), cell("boards of the middle gate"), cell(1240.5, 2), cell(0.62, 3)],
            [cell(45371, 1), cell("paint"), cell(760, 2), cell(0.38, 3)],
            [cell("sum"), cell(""), '<c s="2"><f>SUM(C3:C4)</f><v>2000.5</v></c>', cell(1, 3)]]
    sheet = "".join(f"<row>{''.join(row)}</row>" for row in rows)
    formats = ("d mmm yyyy", "#,##0.00\\ [$€-407]", "0%")
    codes = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{code}"/>' for i, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 164, 165, 166))
    return package(
        ("_rels/.rels", relationships(("a", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", f'<workbook {names}><sheets><sheet name="Repairs" sheetId="1" r:id="a"/>'
                            '<sheet name="Lists" sheetId="2" state="hidden" r:id="b"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", relationships(
            ("a", "worksheet", "worksheets/sheet1.xml"), ("b", "worksheet", "worksheets/sheet2.xml"),
            ("c", "styles", "styles.xml"))),
        ("xl/styles.xml", f"<styleSheet {names}><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml", f"<worksheet {names}><sheetData>{sheet}</sheetData></worksheet>"),
        ("xl/worksheets/sheet2.xml", f"<worksheet {names}><sheetData><row>{cell('paint')}</row></sheetData></worksheet>"))


def deck():
    """Two slides: bullets with a picture and notes, and a table."""
    names = f'xmlns:p="{SLIDE}" xmlns:a="{DRAWING}" xmlns:r="{OFFICE}relationships"'

    def text(line, level=None):
        bullet = "" if level is None else f'<a:pPr lvl="{level}"><a:buChar char="-"/></a:pPr>'
        return f"<a:p>{bullet}<a:r><a:t>{line}</a:t></a:r></a:p>"

    def shape(paragraphs, place=""):
        return (f"<p:sp><p:nvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr/>"
                f"<p:txBody>{paragraphs}</p:txBody></p:sp>")

    def slide(element, shapes):
        return f"<p:{element} {names}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:{element}>"

    picture = ('<p:pic><p:nvPicPr><p:cNvPr id="4" name="gates" descr="The gates"/></p:nvPicPr>'
               '<p:blipFill><a:blip r:embed="b"/></p:blipFill></p:pic>')
    table = "".join("<a:tr>" + "".join(f"<a:tc><a:txBody>{text(cell)}</a:txBody></a:tc>" for cell in row) + "</a:tr>"
                    for row in (("gate", "width"), ("north", "1.2 m"), ("middle", "2.0 m")))
    title = '<p:ph type="title"/>'
    return package(
        ("_rels/.rels", relationships(("a", "officeDocument", "ppt/presentation.xml"))),
        ("ppt/presentation.xml", f'<p:presentation {names}><p:sldIdLst><p:sldId id="256" r:id="a"/>'
                                 '<p:sldId id="257" r:id="b"/></p:sldIdLst></p:presentation>'),
        ("ppt/_rels/presentation.xml.rels", relationships(("a", "slide", "slides/slide1.xml"),
                                                          ("b", "slide", "slides/slide2.xml"))),
        ("ppt/slides/slide1.xml", slide("sld", shape(text("The mill in a flood"), title)
                                        + shape(text("Open the middle gate", 0) + text("slowly", 1)
                                                + text("Then the others", 0)) + picture)),
        ("ppt/slides/_rels/slide1.xml.rels", relationships(("b", "image", "../media/gates.png"),
                                                           ("n", "notesSlide", "../notesSlides/notesSlide1.xml"))),
        ("ppt/notesSlides/notesSlide1.xml", slide("notes", shape(text("Tell them of the flood of 1954."),
                                                                 '<p:ph type="body"/>'))),
        ("ppt/slides/slide2.xml", slide("sld", shape(text("Gates"), title)
                                        + "<p:graphicFrame><a:graphic><a:graphicData><a:tbl>" + table
                                        + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>")),
        ("ppt/media/gates.png", GATE))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = sys.argv[1]
    documents = {
        "mill/handbook.md": HANDBOOK.encode(),
        "mill/images/gates.png": GATE,
        "mill/letter.txt": LETTER.encode("latin-1"),
        "mill/letter-copy.txt": LETTER.encode("latin-1"),
        "mill/tales.epub": book(),
        "mill/inspection.docx": report(),
        "mill/repairs.xlsx": workbook(),
        "mill/flood.pptx": deck(),
        "data/floods.pdf": paper(),
        "walk.html": PAGE.replace("@DOT@", base64.b64encode(DOT).decode()).encode(),
        "data/water-levels.csv": LEVELS.encode("utf-16"),
        "data/gates.json": b'{"gates": [{"name": "north", "width_m": 1.2}, {"name": "middle"}]}\n',
        "data/station.yaml": b"station: lower-brook\nsensors:\n  - level\n  - temperature\n",
        "data/station.xml": b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<station name="M\xfchle"/>\n',
    }
    odd = {"broken.html": b"\x89PNG\r\n\x1a\n this is not a page"}
    for folder, files in ("documents", documents), ("odd", odd):
        for name, content in files.items():
            path = os.path.join(out, folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)


if __name__ == "__main__":
    main()
