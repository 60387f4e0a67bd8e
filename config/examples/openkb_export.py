#!/usr/bin/env python3
"""A hook that keeps a copy of a knowledge base that OpenKB's own tools can read.

In your own sluice/config.toml:

    [hooks]
    run = ["python3 /path/to/openkb_export.py ~/openkb"]

It writes what OpenKB keeps: `.openkb/hashes.json`, `.openkb/config.yaml` (once), `raw/`, `wiki/sources/`,
`wiki/index.md`. A document of 20 pages and more becomes one JSON file with its text by page, as OpenKB has it
for long documents; any other, a Markdown file. The copy is a folder of its own, since OpenKB writes into it:
what it adds itself (summaries, concepts, documents, lines of the index) stays.

It reads events from standard input, one JSON object a line. Events come at least once, so each is applied such
that a second time changes nothing. Each file appears by one rename; the list of documents comes last.
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import sys

LONG_DOCUMENT = 20  # pages; OpenKB's pageindex_threshold
CONFIG = "language: en\nmodel: gpt-5.4\npageindex_threshold: 20\n"
INDEX = "# Knowledge Base Index\n\n## Documents\n\n## Concepts\n\n## Explorations\n"


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    temporary.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.replace(temporary, path)


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_json(path, value):
    write(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def front_matter(markdown):
    """Its keys as they stand, and the text behind it."""
    if not markdown.startswith("---\n"):
        return {}, markdown
    head, found, body = markdown[4:].partition("\n---\n")
    if not found:
        return {}, markdown
    keys = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    return keys, body.lstrip("\n")


class Export:
    def __init__(self, root, target):
        self.root = root
        self.target = target
        self.state_path = target / ".openkb/sluice.json"
        self.hashes_path = target / ".openkb/hashes.json"
        # By id: the name in OpenKB, the hash that it is registered under, and its files.
        self.documents = read_json(self.state_path)
        self.hashes = read_json(self.hashes_path)

    def apply(self, events):
        for event in events.values():
            page = self.root / event["markdown"]
            if event["op"] == "removed":
                self.remove(str(event["id"]))
            elif page.exists():  # else removed meanwhile: its own event comes later
                self.put(event, page)
        for name, text in ((".openkb/config.yaml", CONFIG), ("wiki/index.md", INDEX)):
            if not (self.target / name).exists():
                write(self.target / name, text)
        for folder in ("wiki/summaries", "wiki/concepts", "wiki/explorations", "wiki/reports"):
            (self.target / folder).mkdir(parents=True, exist_ok=True)
        self.write_index()
        write_json(self.hashes_path, self.hashes)
        write_json(self.state_path, self.documents)

    def name_for(self, number, name):
        """OpenKB has no folders: `docs/README` is `docs-README` there."""
        known = self.documents.get(number)
        if known and known["name_here"] == name:
            return known["name"]
        flat = name.replace("/", "-")
        taken = {one["name"] for other, one in self.documents.items() if other != number}
        taken.update(one.get("doc_name") for sha, one in self.hashes.items()
                     if all(sha != mine["sha256"] for mine in self.documents.values()))
        return f"{flat}-{number}" if flat in taken else flat

    def remove(self, number, keep=()):
        old = self.documents.pop(number, None)
        if old is None:
            return
        if old["sha256"] not in {one["sha256"] for one in self.documents.values()}:
            self.hashes.pop(old["sha256"], None)
        for name in old["files"]:
            if name in keep:
                continue
            path = self.target / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def raw_of(self, event):
        folder = self.root / "raw" / pathlib.Path(event["name"]).parent
        leaf = event["name"].rpartition("/")[2]
        for path in [folder / leaf, *sorted(folder.glob(f"{leaf}.*"))]:
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == event["sha256"]:
                return path
        return None

    def put(self, event, page):
        number = str(event["id"])
        name = self.name_for(number, event["name"])
        leaf = page.stem
        keys, body = front_matter(page.read_text(encoding="utf-8", errors="replace"))
        images = page.parent / "images" / leaf
        files = []
        if images.is_dir():
            files.append(f"wiki/sources/images/{name}")
            new = self.target / f"wiki/sources/images/{name}.new"
            shutil.rmtree(new, ignore_errors=True)
            shutil.copytree(images, new)
            shutil.rmtree(self.target / files[-1], ignore_errors=True)
            new.rename(self.target / files[-1])
        raw = self.raw_of(event)
        if raw:
            files.append(f"raw/{name}{raw.suffix}")
            write(self.target / files[-1], raw.read_bytes())
        # OpenKB's links of images begin at wiki/.
        text = body.replace(f"](images/{leaf}/", f"](sources/images/{name}/")
        pages = self.pages_of(text) if "pages" in keys else []
        kind = (raw.suffix if raw else page.suffix).lstrip(".").lower() or "txt"
        if pages and len(pages) >= LONG_DOCUMENT:
            kind = "long_pdf"
            source = f"wiki/sources/{name}.json"
            write_json(self.target / source, pages)
        else:
            source = f"wiki/sources/{name}.md"
            write(self.target / source, text)
        files.append(source)
        self.remove(number, keep=files)
        entry = {"name": pathlib.PurePosixPath(event["path"].rstrip("/")).name or name,
                 "doc_name": name, "type": kind, "path": event["path"], "source_path": source}
        if raw:
            entry["raw_path"] = f"raw/{name}{raw.suffix}"
        if pages:
            entry["pages"] = len(pages)
        self.hashes[event["sha256"]] = entry
        self.documents[number] = {"name": name, "name_here": event["name"], "sha256": event["sha256"],
                                  "title": keys.get("title", leaf).strip('"'), "files": files}

    @staticmethod
    def pages_of(text):
        """By the marks between pages; what stands before the first mark belongs to page 1."""
        pieces = re.split(r"(?m)^<!-- page [^\n]*-->$", text)
        if len(pieces) < 2:
            return []
        pieces[0:2] = [pieces[0] + pieces[1]]
        return [{"page": number, "content": piece.strip(),
                 "images": [{"path": path} for path in
                            re.findall(r"\]\((sources/images/[^)]+)\)", piece)]}
                for number, piece in enumerate(pieces, 1)]

    def write_index(self):
        path = self.target / "wiki/index.md"
        lines = path.read_text(encoding="utf-8").splitlines()
        # Only lines of this shape are ours.
        lines = [line for line in lines if not re.match(r"- \[\[sources/[^|]+\|.*\]\]$", line)]
        ours = sorted(f"- [[sources/{one['name']}|{re.sub(r'[][|]', ' ', one['title'])}]]"
                      for one in self.documents.values())
        at = lines.index("## Documents") + 1 if "## Documents" in lines else len(lines)
        while at < len(lines) and not lines[at].strip():
            del lines[at]
        rest = lines[at:]
        gap = [""] if rest and rest[0].startswith("#") else []
        write(path, "\n".join(lines[:at] + [""] + ours + gap + rest) + "\n")


def main(target):
    root = pathlib.Path(os.environ.get("SLUICE_KB", "."))
    events = {}
    for line in sys.stdin:
        event = json.loads(line)
        # A copy changes nothing; a document that left before events had ids cannot be there.
        if event["op"] != "duplicate" and event["id"] is not None:
            events.pop(event["id"], None)
            events[event["id"]] = event
    Export(root, pathlib.Path(os.path.expanduser(target))).apply(events)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: openkb_export.py FOLDER < events")
    main(sys.argv[1])
