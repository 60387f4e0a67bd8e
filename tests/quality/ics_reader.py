#!/usr/bin/env python3
"""What icalendar and vobject find in a calendar or in contacts, as a list of names and values in JSON (see ics.py).

    ics_reader.py FILE

Both decode before they join folded lines, and lose a character that is folded; so lines are joined before."""
import json
import sys

TEXTS = ("SUMMARY", "LOCATION", "DESCRIPTION")
KINDS = ("VEVENT", "VTODO", "VJOURNAL")


def listed(value):
    return value if isinstance(value, list) else [value]


def of_calendar(data):
    import icalendar
    found = []
    for calendar in icalendar.Calendar.from_ical(data.replace(b"\r\n ", b""), multiple=True):
        for entry in calendar.walk():
            if entry.name not in KINDS:
                continue
            found += [(name, str(text)) for name in TEXTS for text in listed(entry.get(name, []))]
            for categories in listed(entry.get("CATEGORIES", [])):
                found += [("CATEGORIES", str(one)) for one in categories.cats]
            for name in ("ORGANIZER", "ATTENDEE"):
                for person in listed(entry.get(name, [])):
                    found.append((name, str(person.params.get("CN") or person.partition(":")[2])))
            found += [("DTSTART", start.dt.strftime("%Y-%m-%d")) for start in listed(entry.get("DTSTART", []))]
    return found


def of_contacts(data):
    import vobject
    found = []

    def text(value):
        """vobject reads the end of a text whose last character is a backslash as an escaped "eof"."""
        return value[:-3] if value.endswith("\\eof") else value

    for card in vobject.readComponents(data.replace(b"\r\n ", b"").decode()):
        for line in card.getChildren():
            if line.name in ("FN", "NOTE", "TEL", "EMAIL", "TITLE", "URL"):
                found.append((line.name, text(line.value)))
            elif line.name == "ORG":
                found += [("ORG", part) for part in line.value]
            elif line.name == "ADR":
                address = line.value
                found += [("ADR", part) for part in (address.street, address.city, address.code, address.country) if part]
    return found


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    found = of_calendar(data) if sys.argv[1].endswith(".ics") else of_contacts(data)
    json.dump([(name, value) for name, value in found if value.strip()], sys.stdout)


if __name__ == "__main__":
    main()
