"""Calendars and contacts against two other readers (icalendar and vobject of Debian): each value that a person looks for
is in the Markdown. Read are the calendars that icalendar's own tests have, and calendars and contacts that this script
makes: folded within a character, escaped, of several languages, of each version of vCard, quoted-printable."""
import glob
import json
import os
import quopri
import random
import re
import subprocess
import tempfile

import scoring

READER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ics_reader.py")
PYTHON = "/usr/bin/python3"  # the one that Debian's libraries are for
TESTS = "/usr/lib/python3/dist-packages/icalendar/tests/*.ics"
BARS = {"ics": 0.99, "vcf": 0.99}
ENTRIES = 60  # in a file that is made
WORDS = ("budget", "Übersicht", "réunion", "встреча", "会議室", "plan; phase 2", "a, b and c", "C:\\temp", "tea & cake", "100 % *sure*",
         "[draft]", "#1", "αρχή", "quarter", "review", "naïve", "emoji 🎉", "under_score", "<angle>", "x|y", "1. first", "end\\")


def escaped(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line):
    """RFC 5545, 3.1: after 75 bytes, which may be within a character."""
    raw = line.encode()
    parts = [raw[:75]] + [raw[at:at + 74] for at in range(75, len(raw), 74)]
    return b"\r\n ".join(parts) + b"\r\n"


def phrase(chance):
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 9)))


def made_calendar(chance):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made//EN"]
    for number in range(ENTRIES):
        day = f"{chance.randint(1990, 2040)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        kind = chance.choice(("VEVENT", "VEVENT", "VTODO", "VJOURNAL"))
        start = chance.choice((f"DTSTART;VALUE=DATE:{day}", f"DTSTART:{day}T101500Z", f"DTSTART;TZID=Europe/Berlin:{day}T101500"))
        lines += [f"BEGIN:{kind}", f"UID:{number}@made", "DTSTAMP:20240101T000000Z", start, "SUMMARY:" + escaped(phrase(chance)),
                  "DESCRIPTION:" + escaped(phrase(chance) + "\n" + phrase(chance)), "LOCATION;LANGUAGE=en:" + escaped(phrase(chance)),
                  "CATEGORIES:" + ",".join(escaped(chance.choice(WORDS)) for _ in range(2)),
                  f'ORGANIZER;CN="Person {number}, Dr.":mailto:person{number}@example.org',
                  f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Guest {number}:MAILTO:guest{number}@example.org", f"END:{kind}"]
    lines.append("END:VCALENDAR")
    return b"".join(map(folded, lines))


def made_contacts(chance):
    out = b""
    for number in range(ENTRIES):
        version = ("2.1", "3.0", "4.0")[number % 3]
        name, note = phrase(chance), phrase(chance)
        lines = ["BEGIN:VCARD", f"VERSION:{version}"]
        if version == "2.1":
            quoted = quopri.encodestring(name.encode(), quotetabs=True).decode().replace("=\n", "").replace("\n", "")
            lines += [f"N:Family{number};Given{number}", f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}",
                      f"TEL;WORK;VOICE:+49 30 {number:04}", f"EMAIL;INTERNET:c{number}@example.org"]
            out += ("\r\n".join(lines) + f"\r\nORG:Company {number};Unit\r\nEND:VCARD\r\n").encode()
            continue
        lines += ["FN:" + escaped(name), f"N:Family{number};Given{number};;;", "NOTE:" + escaped(note),
                  f"TEL;TYPE=work,voice:+49 30 {number:04}", f"EMAIL;TYPE=home:c{number}@example.org", f"ORG:Company {number};Unit",
                  "TITLE:" + escaped(phrase(chance)), f"ADR;TYPE=home:;;Street {number};City {number};;1{number:04};Land {number}",
                  f"item1.URL:https://example.org/{number}", "END:VCARD"]
        out += b"".join(map(folded, lines))
    return out


def one_line(text):
    """Without what Markdown adds: escapes, breaks, entities."""
    text = re.sub(r"&(amp|lt|gt);", lambda found: {"amp": "&", "lt": "<", "gt": ">"}[found.group(1)], text)
    return " ".join(text.replace("\\", "").replace("<br>", " ").split())


def judge(context, path):
    """The values of a file, and those that the Markdown does not show; nothing if the other reader refuses it."""
    read = subprocess.run([PYTHON, READER, path], capture_output=True)
    if read.returncode != 0:
        return None
    values = json.loads(read.stdout)
    code, markdown, said = context.convert(path)
    shown = one_line(markdown)
    words = set(scoring.words(markdown))
    missing = []
    for name, value in values:
        # Of texts, which have paragraphs, the words.
        is_there = set(scoring.words(value)) <= words if name in ("DESCRIPTION", "NOTE") else one_line(value) in shown
        if code != 0 or not is_there:
            missing.append((name, value))
    return values, missing


def run(context):
    if subprocess.run([PYTHON, "-c", "import icalendar, vobject"], capture_output=True).returncode != 0:
        print("calendars and contacts: skipped: python3-icalendar and python3-vobject are not installed (config/dependencies.sh quality)")
        return True
    good = True
    with tempfile.TemporaryDirectory(prefix="sluice-ics-") as folder:
        chance = random.Random(1)
        made = []
        for number in range(5):
            for kind, make in (("ics", made_calendar), ("vcf", made_contacts)):
                made.append(os.path.join(folder, f"made {number}.{kind}"))
                with open(made[-1], "wb") as file:
                    file.write(make(chance))
        for kind, about in (("ics", "icalendar"), ("vcf", "vobject")):
            total = lost = files = 0
            for path in sorted(glob.glob(TESTS)) + made:
                if not path.endswith(kind):
                    continue
                judged = judge(context, path)
                if judged is None:
                    print(f"  {os.path.basename(path)}: {about} does not read it")
                    continue
                values, missing = judged
                total, lost, files = total + len(values), lost + len(missing), files + 1
                for name, value in missing[:10]:
                    print(f"  {os.path.basename(path)}: {name} is not shown: {value[:80]!r}")
            share = (total - lost) / total if total else 0
            print(f"{kind} against {about}: {files} files; values shown {total - lost} of {total} ({share:.4f})")
            good = share >= BARS[kind] and good
    return good
