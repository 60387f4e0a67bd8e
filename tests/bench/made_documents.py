"""Documents that the benchmarks make: the same each time, of any number and size."""
import email.message
import email.utils
import os
import random
import subprocess
import zipfile

WORDS = ("sluice gate river stone document commit prepare staging owner journal publish water level "
         "table figure result measure report section chapter note plan draft final review").split()


def make_file(path, size, seed):
    """Markdown with headings, lists and links, about `size` bytes, different for every seed."""
    random_words = random.Random(seed)
    parts = [f"# Document {seed}\n\n"]
    length = len(parts[0])
    while length < size:
        kind = random_words.random()
        words = [random_words.choice(WORDS) for _ in range(random_words.randint(8, 40))]
        if kind < 0.1:
            part = "## " + " ".join(words[:5]) + "\n\n"
        elif kind < 0.25:
            part = "".join(f"- {w} *{w}*\n" for w in words[:6]) + "\n"
        elif kind < 0.3:
            part = f"See [{words[0]}](https://example.org/{words[1]}) and `{words[2]}`.\n\n"
        else:
            part = " ".join(words) + ".\n\n"
        parts.append(part)
        length += len(part)
    text = "".join(parts)[:size - 1] + "\n"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def make_tree(root, count, size, first=0):
    for i in range(first, first + count):
        folder = os.path.join(root, f"{i // 500:04d}")
        os.makedirs(folder, exist_ok=True)
        make_file(os.path.join(folder, f"note-{i:06d}.md"), size, i)
    os.sync()


def make_linked_notes(root, count, links, within):
    """Notes of 2 KB in folders of 100, each with links to notes before and behind it, or to pages of the web."""
    choose = random.Random(3)
    for i in range(count):
        folder = os.path.join(root, f"{i // 100:03d}")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, f"note-{i:05d}.md")
        make_file(path, 2048, i)
        with open(path, "a", encoding="utf-8") as file:
            for _ in range(links):
                other = choose.randrange(count)
                target = f"{other // 100:03d}/note-{other:05d}.md"
                file.write(f"\nAs [{choose.choice(WORDS)}]({'../' if within else 'https://example.org/'}{target}) says.\n")
    os.sync()


def make_csv(path, size):
    choose = random.Random(1)
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,name,place,amount,date,remark\n")
        rows = []
        for i in range(10_000):
            words = " ".join(choose.choices(WORDS, k=3))
            rows.append(f"{i},{words},{choose.choice(WORDS)},{choose.random() * 1e3:.2f},2024-05-17,{words}\n")
        block = "".join(rows)
        for _ in range(max(1, size // len(block))):
            file.write(block)
    return os.path.getsize(path)


def make_xlsx(path, rows):
    """A workbook of one sheet with ten columns, numbers and shared strings in turn; its cells."""
    schema = "http://schemas.openxmlformats.org/"
    office = f"{schema}officeDocument/2006/relationships"
    relationships = f'<Relationships xmlns="{schema}package/2006/relationships">%s</Relationships>'
    main_part = f'xmlns="{schema}spreadsheetml/2006/main"'
    choose = random.Random(1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{schema}package/2006/content-types"/>')
        package.writestr("_rels/.rels", relationships % (
            f'<Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'))
        package.writestr("xl/workbook.xml", f'<workbook {main_part} xmlns:r="{office}"><sheets>'
                         '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>')
        package.writestr("xl/_rels/workbook.xml.rels", relationships % (
            f'<Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="b" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'))
        package.writestr("xl/sharedStrings.xml", f"<sst {main_part}>" + "".join(
            f"<si><t>words number {i}</t></si>" for i in range(1000)) + "</sst>")
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"<worksheet {main_part}><sheetData>".encode())
            for row in range(1, rows + 1):
                cells = "".join(f'<c r="{column}{row}"><v>{choose.randrange(10**5) / 100}</v></c>' if i % 2 else
                                f'<c r="{column}{row}" t="s"><v>{choose.randrange(1000)}</v></c>'
                                for i, column in enumerate("ABCDEFGHIJ"))
                sheet.write(f'<row r="{row}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
    return rows * 10


def make_markup(writer, extension):
    """A maker of 40 documents of 8 KiB in a markup that pandoc writes."""
    def make(folder):
        for i in range(40):
            plain = os.path.join(folder, "source.md")
            make_file(plain, 8192, i)
            subprocess.run(["pandoc", "-f", "gfm", "-t", writer, "-s", "-o", os.path.join(folder, f"{i}.{extension}"), plain],
                           check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            os.remove(plain)
    return make


def make_messages(folder):
    """1,000 messages of some kilobytes: half of them plain, half with HTML beside it, as people send them."""
    words = "budget meeting notes about the plan for next week and what we said on Monday please read it".split()
    for i in range(1000):
        chance = random.Random(i)
        message = email.message.EmailMessage()
        message["From"], message["To"] = f"Person {i} <p{i}@example.org>", "all@example.org"
        message["Subject"] = " ".join(chance.choices(words, k=6))
        message["Date"] = email.utils.formatdate(1.7e9 + 3600 * i)
        message["Message-ID"] = f"<{i}@example.org>"
        paragraphs = [" ".join(chance.choices(words, k=60)) for _ in range(6)]
        message.set_content("\n\n".join(paragraphs))
        if i % 2:
            message.add_alternative("<html><body>" + "".join(f"<p>{each}</p>" for each in paragraphs) + "</body></html>", subtype="html")
        with open(os.path.join(folder, f"{i}.eml"), "wb") as file:
            file.write(message.as_bytes())
