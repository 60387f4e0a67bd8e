"""`export openkb`, as a hook and by itself: what it writes is read as OpenKB's tools read it.

    openkb_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import Folders, KnowledgeBase, SLUICE, png  # noqa: E402


def pdf(pages):
    """A PDF with one line of text a page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>",
               f"<</Type/Pages/Count {pages}/Kids[{' '.join(f'{4 + 2 * i} 0 R' for i in range(pages))}]>>",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for number in range(1, pages + 1):
        text = f"BT /F 12 Tf 72 700 Td (These are the words of page {number}.) Tj ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
                       f"/Contents {len(objects) + 2} 0 R>>")
        objects.append(f"<</Length {len(text)}>>stream\n{text}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{one}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return out + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size "
                  f"{len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF").encode()


class OpenKb(Folders):
    def setUp(self):
        super().setUp()
        self.copy = self.home / "openkb"
        config = self.home / "config/sluice/config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(f"[hooks]\nrun = [{json.dumps(f'{SLUICE} export openkb {self.copy}')}]\n")
        self.environment = {"XDG_CONFIG_HOME": str(self.home / "config")}

    def export(self):
        self.kb.run("sync", "--max-delete", "100%", str(self.docs), env=self.environment)
        states = [json.loads(line) for line in
                  self.kb.run("--json", "hooks", env=self.environment).stdout.splitlines()]
        self.assertEqual([(one["behind"], one["failures"]) for one in states], [(0, 0)], states)

    def hashes(self):
        return json.loads((self.copy / ".openkb/hashes.json").read_text())

    def entry(self, name):
        return self.hashes()[hashlib.sha256((self.docs / name).read_bytes()).hexdigest()]

    def files(self):
        return {str(path.relative_to(self.copy)) for path in self.copy.rglob("*") if path.is_file()}

    def test_short_documents(self):
        self.write("a.md", "# Apples\n\nAbout ![one](one.png).\n")
        (self.docs / "one.png").write_bytes(png())
        self.export()
        self.assertEqual(self.entry("a.md"), {
            "name": "a.md", "doc_name": "a", "type": "md", "path": str(self.docs / "a.md"),
            "source_path": "wiki/sources/a.md", "made_by": "sluice", "raw_path": "raw/a.md"})
        text = (self.copy / "wiki/sources/a.md").read_text()
        self.assertTrue(text.startswith("# Apples"))
        image = text.partition("](")[2].partition(")")[0]
        self.assertEqual((self.copy / "wiki/sources" / image).read_bytes(), png())
        self.assertIn("## Documents\n\n- [[sources/a|Apples]]\n\n## Concepts",
                      (self.copy / "wiki/index.md").read_text())
        self.assertIn("pageindex_threshold: 20", (self.copy / ".openkb/config.yaml").read_text())

    def test_long_documents_are_read_by_page(self):
        (self.docs / "long.pdf").write_bytes(pdf(24))
        (self.docs / "short.pdf").write_bytes(pdf(3))
        self.export()
        entry = self.entry("long.pdf")
        self.assertEqual((entry["type"], entry["pages"]), ("long_pdf", 24))
        pages = json.loads((self.copy / "wiki/sources/long.json").read_text())
        self.assertEqual([one["page"] for one in pages], list(range(1, 25)))
        for one in pages:
            self.assertEqual(one["content"], f"These are the words of page {one['page']}.")
        self.assertEqual((self.entry("short.pdf")["type"], self.entry("short.pdf")["pages"]), ("pdf", 3))
        self.assertTrue((self.copy / "wiki/sources/short.md").exists())

    def test_it_follows_each_change(self):
        self.write("a.md", "# Apples\n\nOne.\n")
        self.write("b.md", "# Bridges\n\nTwo.\n")
        self.export()
        self.write("a.md", "# Apples\n\nThree.\n")
        (self.docs / "b.md").unlink()
        self.write("x/a.md", "# Another\n")
        self.export()
        self.assertEqual({one["doc_name"] for one in self.hashes().values()}, {"a", "x-a"})
        self.assertIn("Three.", (self.copy / "wiki/sources/a.md").read_text())
        self.assertFalse([name for name in self.files() if "/b." in name])
        index = (self.copy / "wiki/index.md").read_text()
        self.assertEqual([line for line in index.splitlines() if line.startswith("- ")],
                         ["- [[sources/a|Apples]]", "- [[sources/x-a|Another]]"])

    def test_what_openkb_writes_stays(self):
        self.write("a.md", "# Apples\n")
        self.export()
        (self.copy / "wiki/concepts/fruit.md").write_text("Fruit\n")
        index = self.copy / "wiki/index.md"
        index.write_text(index.read_text().replace("## Concepts\n", "## Concepts\n- [[concepts/fruit]]\n"))
        own = {**self.hashes(), "f" * 64: {"name": "own.md", "doc_name": "b", "type": "md"}}
        (self.copy / ".openkb/hashes.json").write_text(json.dumps(own))
        (self.copy / ".openkb/config.yaml").write_text("language: fr\n")
        self.write("b.md", "# Bridges\n")
        self.export()
        self.assertEqual(self.hashes()["f" * 64]["doc_name"], "b")
        self.assertNotEqual(self.entry("b.md")["doc_name"], "b")
        self.assertIn("- [[concepts/fruit]]", index.read_text())
        self.assertEqual((self.copy / ".openkb/config.yaml").read_text(), "language: fr\n")
        self.assertTrue((self.copy / "wiki/concepts/fruit.md").exists())

    def test_the_same_events_again_change_nothing(self):
        for name in "abc":
            self.write(f"{name}/n.md", f"# {name}\n")
        self.export()
        (self.docs / "b/n.md").unlink()
        self.export()
        before = {name: (self.copy / name).read_bytes() for name in self.files()}
        counts = self.again()
        self.assertEqual((counts["written"], counts["removed"], counts["unchanged"]), (0, 0, 2))
        self.assertEqual({name: (self.copy / name).read_bytes() for name in self.files()}, before)

    def again(self, *words):
        return self.kb.objects("export", "openkb", str(self.copy), *words)[-1]

    def tree(self):
        return {name: (self.copy / name).read_bytes() for name in self.files()}

    def test_a_dry_run_says_what_the_run_does(self):
        self.write("a.md", "# Apples\n")
        self.write("b.md", "# Bridges\n")
        self.kb.run("add", str(self.docs))
        self.assertEqual(self.again("-n")["written"], 2)
        self.assertFalse(self.copy.exists())
        self.again()
        self.kb.run("remove", "b")
        before = self.tree()
        self.assertEqual(self.again("-n")["removed"], 1)
        self.assertEqual(self.tree(), before)
        self.assertEqual(self.again()["removed"], 1)

    def test_what_openkb_has_itself_is_left_to_it(self):
        self.write("a.md", "# Apples\n")
        self.export()
        sha256 = hashlib.sha256(b"# Bridges\n").hexdigest()
        row = {"name": "b.md", "doc_name": "b", "type": "md", "doc_id": "x"}
        (self.copy / ".openkb/hashes.json").write_text(json.dumps({**self.hashes(), sha256: row}))
        (self.copy / "wiki/sources/b.md").write_text("By OpenKB\n")
        self.write("b.md", "# Bridges\n")
        self.kb.run("add", str(self.docs))
        self.assertEqual(self.again()["left"], 1)
        self.assertEqual(self.hashes()[sha256], row)
        self.assertEqual((self.copy / "wiki/sources/b.md").read_text(), "By OpenKB\n")

    def test_a_document_that_becomes_one_of_openkbs_own_is_left_to_it(self):
        self.write("a.md", "# Apples\n")
        self.export()
        sha256 = hashlib.sha256(b"# Bridges\n").hexdigest()
        row = {"name": "own.md", "doc_name": "own", "type": "md"}
        (self.copy / ".openkb/hashes.json").write_text(json.dumps({**self.hashes(), sha256: row}))
        self.write("a.md", "# Bridges\n")
        self.kb.run("sync", str(self.docs))
        counts = self.again("-n")
        self.assertEqual((counts["removed"], counts["left"], counts["written"]), (1, 1, 0))
        counts = self.again()
        self.assertEqual((counts["removed"], counts["left"], counts["written"]), (1, 1, 0))
        self.assertEqual(self.hashes(), {sha256: row})
        self.assertFalse((self.copy / "wiki/sources/a.md").exists())
        self.assertEqual(self.again()["removed"], 0)
        self.assertEqual(self.hashes(), {sha256: row})

    def test_no_two_documents_have_one_name(self):
        """Whichever names their folders and ids make."""
        # "x/a" is the 12th document or one near it.
        names = ["x-a.md", *(f"x-a-{number}.md" for number in range(7, 17)), "x/a.md"]
        mirror = KnowledgeBase(self.home / "mirror", "mirror")
        for name in names:
            mirror.run("add", str(self.write(name, f"# {name}\n")))
        mirror.run("export", "openkb", str(self.copy))
        exported = [row["doc_name"] for row in self.hashes().values()]
        self.assertEqual(len(exported), len(names))
        self.assertEqual(len(set(exported)), len(names), exported)

    def test_what_failed_is_tried_again(self):
        self.write("a.md", "# Apples\n\n![one](one.png) ![two](two.png)\n")
        for number, name in enumerate(("one", "two")):
            (self.docs / f"{name}.png").write_bytes(png(40 + number, 30))
        self.kb.run("add", str(self.docs / "a.md"))
        self.again()
        pictures = sorted((self.kb.path / "wiki/sources/images/a").iterdir())
        whole = pictures[1].read_bytes()
        pictures[1].write_bytes(whole + b"damage")
        copies = self.copy / "wiki/sources/images/a"
        shutil.rmtree(copies)
        counts = self.kb.objects("export", "openkb", str(self.copy), code=3)[-1]
        self.assertEqual((counts["failed"], counts["written"]), (1, 0))
        pictures[1].write_bytes(whole)
        self.assertEqual(self.again()["written"], 1)
        self.assertEqual(sorted(path.name for path in copies.iterdir()), [path.name for path in pictures])
        self.assertEqual(self.again()["unchanged"], 1)

    def test_an_index_without_a_heading_for_documents(self):
        self.write("a.md", "# Apples\n")
        self.export()
        index = self.copy / "wiki/index.md"
        index.write_text("# Mine\n")
        for text in ("# Bridges\n", "# Cars\n"):
            self.write("a.md", text)
            self.kb.run("sync", str(self.docs))
            self.again()
        self.assertEqual(index.read_text(), "# Mine\n\n## Documents\n\n- [[sources/a|Cars]]\n")

    def test_links_in_the_copy_are_not_followed(self):
        outside = self.home / "outside"
        outside.mkdir()
        (outside / "mine.md").write_text("Mine\n")
        self.copy.mkdir()
        (self.copy / "wiki").symlink_to(outside)
        self.write("a.md", "# Apples\n")
        self.kb.run("add", str(self.docs))
        self.kb.run("export", "openkb", str(self.copy), code=1)
        self.assertEqual([path.name for path in outside.iterdir()], ["mine.md"])
        self.kb.run("export", "openkb", str(self.kb.path), code=2)

    def test_what_a_kill_leaves_the_next_run_completes(self):
        seed = int(os.environ.get("SLUICE_TEST_SEED", random.randrange(1 << 30)))
        print("seed", seed)
        rng = random.Random(seed)
        (self.docs / "one.png").write_bytes(png())
        deaths = 0
        for step in range(12):
            for number in range(60):
                if rng.random() < .3:
                    self.write(f"f{number % 7}/{number}.md", f"# {number}, {step}\n\n![p](../one.png)\n")
                if rng.random() < .1:
                    (self.docs / f"f{number % 7}/{number}.md").unlink(missing_ok=True)
            self.kb.run("sync", "-g", "*.md", "--max-delete", "100%", str(self.docs))
            run = subprocess.Popen([SLUICE, "export", "openkb", self.copy], cwd=self.kb.path,
                                   stdout=subprocess.DEVNULL)
            time.sleep(rng.random() * .06)
            run.send_signal(signal.SIGKILL)
            deaths += run.wait() == -signal.SIGKILL
            self.assertEqual(self.again()["failed"], 0)
            self.assertEqual({row["path"] for row in self.hashes().values()}, set(self.kb.documents()))
            for sha256, row in self.hashes().items():
                self.assertEqual(hashlib.sha256((self.copy / row["raw_path"]).read_bytes()).hexdigest(), sha256)
                self.assertTrue((self.copy / row["source_path"]).is_file())
        print("deaths", deaths)
        self.assertGreater(deaths, 3)

    def test_the_way_there_and_back(self):
        """What is exported and imported again has the same text, pages and pictures."""
        self.write("a.md", "# Apples\n\nAbout ![one](one.png).\n")
        (self.docs / "one.png").write_bytes(png())
        (self.docs / "long.pdf").write_bytes(pdf(24))
        self.export()
        other = KnowledgeBase(self.home / "other")
        other.run("import", "openkb", str(self.copy))
        other.check()
        documents, mine = other.documents(), self.kb.documents()
        self.assertEqual({path: (one["name"], one["sha256"], one["assets"], one["pages"])
                          for path, one in documents.items()},
                         {path: (one["name"], one["sha256"], one["assets"], one["pages"])
                          for path, one in mine.items()})
        for path, one in documents.items():
            words = [(kb.path / docs[path]["markdown"]).read_text().partition("\n---\n")[2].split()
                     for kb, docs in ((self.kb, mine), (other, documents))]
            self.assertEqual(words[0], words[1])
        # Nothing there is OpenKB's own work: it all came from here.
        self.assertEqual(self.again()["unchanged"], 2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
