"""Archives in a knowledge base, with the real program: hostile ones, and those of others.

    archive_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER CORPUS_FOLDER
"""
import collections
import os
import pathlib
import sys
import tarfile
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "hostile"))
from containers import LIMITS, MANIFEST  # noqa: E402
from folders import Folders  # noqa: E402

CORPUS = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None


class Archives(Folders):
    def test_hostile_containers_end_as_their_manifest_says(self):
        self.assertGreaterEqual(len(MANIFEST), 40)
        for case in MANIFEST:
            (self.docs / case.name).write_bytes(case.content)
        before = time.monotonic()
        objects = self.kb.run("--json", "add", str(self.docs), "-g", "*", code=None, env=LIMITS)
        # Bombs cost what their limit allows: all of them together take a few seconds.
        self.assertLess(time.monotonic() - before, 120)
        self.assertNotIn(objects.returncode, (4, 5), objects.stderr)
        by_root = collections.defaultdict(list)
        for document in self.checked(objects.stdout):
            by_root[document["path"].split("!/")[0]].append(document)
        for case in MANIFEST:
            with self.subTest(case.name):
                self.check_case(case, by_root[str(self.docs / case.name)])
        self.kb.check()
        self.assertEqual(sorted(path.name for path in self.home.iterdir()), ["docs", "kb"])
        self.assertEqual({path.name for path in self.docs.iterdir()}, {case.name for case in MANIFEST})

    def checked(self, output):
        from folders import SCHEMAS
        return [one for one in map(SCHEMAS.check, output.splitlines()) if one["type"] == "doc"]

    def check_case(self, case, documents):
        root, within = documents[0], documents[1:]
        self.assertEqual(root["outcome"], case.outcome, root)
        taken = [one for one in within if one["result"] in ("added", "duplicate")]
        failed = sorted(one["outcome"] for one in within if one["result"] == "failed")
        self.assertEqual(len(taken), case.taken, within)
        self.assertEqual(failed, sorted(case.failed), within)
        said = root["message"] or ""
        if root["result"] == "added":
            said += (self.kb.path / root["markdown"]).read_text()
        self.assertIn(case.says, said)
        paths = {one["path"].split("!/", 1)[1] for one in within}
        for path in case.paths:
            self.assertIn(path, paths)

    def test_a_changed_archive_replaces_what_it_held(self):
        def write(*members):
            with zipfile.ZipFile(self.docs / "a.zip", "w") as archive:
                for name in members:
                    archive.writestr(name, f"# {name}\n\nText of {name}.\n")
        write("one.md", "two.md")
        self.sync()
        write("two.md", "three.md")
        self.sync()
        root = str(self.docs / "a.zip")
        self.assertEqual(sorted(self.kb.documents()), [root, f"{root}!/three.md", f"{root}!/two.md"])
        text = (self.kb.path / self.kb.documents()[root]["markdown"]).read_text()
        self.assertIn("[two.md](a-two.md)", text)
        self.assertNotIn("one.md", text)
        (self.docs / "a.zip").unlink()
        self.sync()
        self.assertEqual(self.kb.documents(), {})
        self.kb.check()

    def test_members_are_those_that_python_reads(self):
        """Byte for byte, of all archives of the corpus that Python reads without a fault."""
        folders = [CORPUS / "archives" / name for name in ("documents", "go", "yauzl/success")] if CORPUS else []
        if not all(folder.is_dir() for folder in folders):
            self.skipTest("the corpus is not there")
        self.kb.run("add", *map(str, folders), "-g", "!*big*", "-g", "!nil-uid.tar", "--option", "archive.hidden=true", code=None)
        compared = 0
        documents = self.kb.documents()
        for path, document in documents.items():
            root, _, member = path.partition("!/")
            if "!/" in path and "!/" not in member:
                content = python_members(root)
                if content is None or document["raw"] is None:
                    continue
                bytes_of = (self.kb.path / document["raw"]).read_bytes()
                self.assertTrue(bytes_of in content, path)
                compared += 1
        print(compared, "members are as Python reads them")
        self.assertGreater(compared, 500)


KNOWN = {}


def python_members(path):
    if path not in KNOWN:
        KNOWN[path] = read_with_python(path)
    return KNOWN[path]


def read_with_python(path):
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return {archive.read(one) for one in archive.infolist() if not one.is_dir()}
        with tarfile.open(path) as archive:
            return {archive.extractfile(one).read() for one in archive if one.isreg() and one.size < 1 << 24}
    except Exception:  # noqa: BLE001 - of any kind: Python cannot read it
        return None


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    unittest.main(argv=sys.argv[:1], verbosity=1)
