#!/usr/bin/env python3
"""A hook that keeps a full-text index (SQLite FTS5) of a knowledge base.

In your own sluice/config.toml:

    [hooks]
    run = ["python3 /path/to/fts_index.py ~/search.db"]

Then:

    python3 fts_index.py ~/search.db "words to find"

It reads events from standard input, one JSON object a line. Events come at least once, so each is
applied such that a second time changes nothing: a document's text is replaced as a whole.
"""
import json
import os
import pathlib
import sqlite3
import sys

# What a document's Markdown is to be read again for.
CHANGES = {"added", "updated", "renamed", "reconverted"}


def open_index(path):
    index = sqlite3.connect(os.path.expanduser(path), timeout=30)
    index.execute("CREATE VIRTUAL TABLE IF NOT EXISTS pages USING fts5(name, source, text)")
    return index


def body_of(markdown):
    """The text without its front matter."""
    if markdown.startswith("---\n"):
        _, found, body = markdown[4:].partition("\n---\n")
        if found:
            return body
    return markdown


def apply(index, event, root):
    index.execute("DELETE FROM pages WHERE rowid = ?", (event["id"],))
    if event["op"] not in CHANGES:
        return
    try:
        text = (root / event["markdown"]).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return  # removed meanwhile: its own event comes later
    index.execute("INSERT INTO pages(rowid, name, source, text) VALUES(?, ?, ?, ?)",
                  (event["id"], event["name"], event["path"], body_of(text)))


def take_events(index, root):
    with index:  # all or nothing: what is not taken comes again
        for line in sys.stdin:
            event = json.loads(line)
            # A copy changes nothing; a document that left before events had ids cannot be there.
            if event["op"] != "duplicate" and event["id"] is not None:
                apply(index, event, root)


def search(index, words):
    query = "SELECT name, source, snippet(pages, 2, '[', ']', '…', 12) FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 20"
    for name, source, snippet in index.execute(query, (words,)):
        print(f"{name}  ({source})\n    {' '.join(snippet.split())}")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: fts_index.py INDEX [WORDS]")
    index = open_index(sys.argv[1])
    if len(sys.argv) == 3:
        search(index, sys.argv[2])
    else:
        take_events(index, pathlib.Path(os.environ.get("SLUICE_KB", ".")))


if __name__ == "__main__":
    main()
