"""A knowledge base and folders beside it, for tests that run the real program.

A test program's first arguments are SLUICE and SCHEMA_FOLDER, and a folder of plugins where it needs one.
"""
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from json_schema import Schemas  # noqa: E402

SLUICE = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
SCHEMAS = Schemas(sys.argv[2]) if len(sys.argv) > 2 else None
PLUGINS = sys.argv[3] if len(sys.argv) > 3 else None


def front_matter(text):
    """The keys of front matter as they stand, and the text behind it."""
    assert text.startswith("---\n"), text[:40]
    head, _, body = text[4:].partition("\n---\n")
    return dict(line.split(": ", 1) for line in head.splitlines() if ": " in line), body


def png(width=40, height=30):
    """A grey picture."""
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content +
                struct.pack(">I", zlib.crc32(kind + content)))
    rows = b"".join(b"\0" + bytes([128]) * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class KnowledgeBase:
    def __init__(self, folder, layout="flat"):
        self.path = pathlib.Path(folder)
        self.layout = layout
        self.run("init", "--layout", layout, str(self.path))

    def run(self, *words, code=0, env=None):
        result = subprocess.run([SLUICE, *words], cwd=self.path if self.path.exists() else None,
                                capture_output=True, text=True, timeout=300,
                                env={**os.environ, **(env or {})})
        if code is not None and result.returncode != code:
            raise AssertionError(f"sluice {' '.join(words)}: exit code {result.returncode}, not "
                                 f"{code}\n{result.stdout}\n{result.stderr}")
        return result

    def objects(self, *words, code=0):
        result = self.run("--json", *words, code=code)
        return [SCHEMAS.check(line) for line in result.stdout.splitlines()]

    def documents(self):
        return {one["path"]: one for one in self.objects("list") if one["type"] == "document"}

    def content(self):
        """By paths of its sources: what the user reads, without the document's own name. Of several
        sources with the same bytes, any may be the one that its document was made from."""
        content = {}
        for path, document in self.documents().items():
            keys, body = front_matter((self.path / document["markdown"]).read_text())
            raw = (self.path / document["raw"]).read_bytes()
            sources = tuple(sorted(document["sources"]))
            assert keys.pop("source").strip('"') == path, (keys, path)
            text = (keys, body.replace(document["name"].rpartition("/")[2], "NAME"))
            content[sources] = (raw, text if len(sources) == 1 else None)
        return content

    def check(self):
        self.run("check")

    def folders(self, top):
        """All below raw/ or wiki/sources/, from there, but for those of images."""
        return {str(path.relative_to(self.path / top)) for path in (self.path / top).rglob("*")
                if path.is_dir() and "images" not in path.parts}

    def assert_mirrors(self, docs):
        """In mirror layout: each document is in its source's folder, and no other folder is left.
        The names of the folders are their own document names."""
        wanted = set()
        for path, document in self.documents().items():
            folder = pathlib.Path(path.partition("!/")[0]).parent.relative_to(docs.parent)
            for kind, top in (("markdown", "wiki/sources"), ("raw", "raw")):
                found = pathlib.Path(document[kind]).parent.relative_to(top)
                if found != folder:
                    raise AssertionError(f"{path} is in {document[kind]}")
            wanted.update(str(one) for one in [folder, *folder.parents] if str(one) != ".")
        for top in ("raw", "wiki/sources"):
            if self.folders(top) != wanted:
                raise AssertionError(f"{top} has {self.folders(top)}, not {wanted}")


class Folders(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="sluice-sync-")
        self.addCleanup(self.temporary.cleanup)
        self.home = pathlib.Path(self.temporary.name).resolve()
        self.docs = self.home / "docs"
        self.docs.mkdir()
        self.kb = KnowledgeBase(self.home / "kb")

    def write(self, name, text):
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def sync(self, *words, code=0):
        return self.kb.objects("sync", str(self.docs), *words, code=code)

    def results(self, objects):
        return {pathlib.Path(one["path"]).name: one["result"] for one in objects
                if one["type"] == "doc"}


    def assert_like_fresh(self, *options):
        self.kb.check()
        with tempfile.TemporaryDirectory(prefix="sluice-fresh-") as folder:
            fresh = KnowledgeBase(pathlib.Path(folder).resolve() / "kb", self.kb.layout)
            shutil.copy(self.kb.path / ".sluice/config.toml", fresh.path / ".sluice/config.toml")
            fresh.run("add", str(self.docs), *options, code=None)
            mine, theirs = self.kb.content(), fresh.content()
            self.assertEqual(sorted(mine), sorted(theirs))
            for path in theirs:
                self.assertEqual(mine[path], theirs[path], path)
