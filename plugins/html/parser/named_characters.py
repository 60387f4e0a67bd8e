#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes named_characters.inc from the table of named character references in Python's library,
which is the standard's (HTML 13.5). Run it in this folder when the standard gets new names."""

from html.entities import html5

MAX_LINE = 92

HEAD = """\
// The named character references (HTML 13.5): `name,code` or `name,code+code`, sorted by name. A
// question mark follows names that are read without a semicolon, too. Made by named_characters.py.
"""


def main():
    values, bare = {}, set()
    for spelling, characters in html5.items():
        name = spelling.rstrip(";")
        values[name] = "+".join(f"{ord(c):X}" for c in characters)
        if not spelling.endswith(";"):
            bare.add(name)
    lines = [""]
    for name in sorted(values):
        row = f"{name}{'?' if name in bare else ''},{values[name]} "
        if len(lines[-1]) + len(row) > MAX_LINE:
            lines.append("")
        lines[-1] += row
    with open("named_characters.inc", "w", encoding="ascii") as out:
        out.write(HEAD)
        out.writelines(f'"{line}"\n' for line in lines)


if __name__ == "__main__":
    main()
