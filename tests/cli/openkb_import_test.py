"""Knowledge bases of OpenKB, taken over without converting anything again.

    openkb_import_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
import json
import os
import pathlib
import random
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import Folders, front_matter, png  # noqa: E402
from openkb_folder import OpenKbFolder  # noqa: E402


class ImportOpenKb(Folders):
    def setUp(self):
        super().setUp()
        self.other = OpenKbFolder(self.home / "openkb")

    def take_over(self, *words, code=0):
        return self.kb.objects("import", "openkb", str(self.other.path), *words, code=code)

    def text_of(self, name):
        return front_matter((self.kb.path / f"wiki/sources/{name}.md").read_text())

    def document(self, name):
        return next(one for one in self.kb.documents().values() if one["name"] == name)

    def published(self):
        return {str(path.relative_to(self.kb.path)): path.read_bytes() for top in ("raw", "wiki")
                for path in (self.kb.path / top).rglob("*") if path.is_file()}

    def test_a_document_is_as_openkb_made_it(self):
        source = self.docs / "apples.md"
        source.write_text("# Apples\n\nAbout ![one](one.png).\n")
        self.other.add("apples.md", source.read_bytes(), "# Apples\n\nAbout ![one](images/apples/one.png).\n",
                       path=source, pictures={"one.png": (40, 30)})
        before = self.other.tree()
        self.assertEqual(self.results(self.take_over()), {"apples.md": "added"})
        self.assertEqual(self.other.tree(), before)
        keys, body = self.text_of("apples")
        self.assertEqual(body, "\n# Apples\n\nAbout ![one](images/apples/one.png).\n")
        self.assertEqual((keys["title"], keys["converter"]), ("Apples", "openkb 1"))
        self.assertEqual((self.kb.path / "wiki/sources/images/apples/one.png").read_bytes(), png(40, 30))
        self.assertEqual((self.kb.path / "raw/apples.md").read_bytes(), source.read_bytes())
        document = self.document("apples")
        self.assertEqual((document["path"], document["converter"], document["media_type"]),
                         (str(source), "openkb", "text/markdown"))
        self.kb.check()

    def test_a_line_of_many_spans_and_links_takes_no_longer_than_its_bytes(self):
        link = "`x`![](images/spans/one.png)"
        runs = "".join("`" * length + " " for length in range(1, 3000))
        text = f"{link * 300_000}\n\n{runs}{'`x ' * 2_000_000}![](images/spans/one.png)\n"
        self.other.add("spans.md", b"spans", text, pictures={"one.png": (40, 30)})
        begin = os.times().children_user
        self.take_over()
        self.assertLess(os.times().children_user - begin, 10)
        self.assertEqual(self.text_of("spans")[1].strip(), text.strip())

    def test_the_title_is_the_first_heading(self):
        for name, text in {"sharp": "# C#\n", "closed": "## Two\n\n# One ##\n",
                           "code": "```\n# No\n```\n\n# Yes\n"}.items():
            self.other.add(f"{name}.md", name.encode(), text)
        self.take_over()
        self.assertEqual({name: self.document(name)["title"] for name in ("sharp", "closed", "code")},
                         {"sharp": "C#", "closed": "One", "code": "Yes"})

    def test_every_generation_of_rows(self):
        self.other.add("old.txt", b"Old words.\n", "Old words.\n", generation=1)
        self.other.add("v1.2.txt", b"Middle words.\n", "Middle words.\n", doc_name="v1.2", generation=2)
        self.other.add("new.txt", b"New words.\n", "New words.\n", doc_name="new-1a2b3c4d", generation=3)
        self.take_over()
        self.assertEqual({path.replace(str(self.other.path), ""): one["name"]
                          for path, one in self.kb.documents().items()},
                         {"/raw/old.txt": "old", "/raw/v1.2.txt": "v1-2",
                          "/raw/new-1a2b3c4d.txt": "new-1a2b3c4d"})
        self.kb.check()

    def test_long_documents_keep_their_pages(self):
        pages = [{"page": number, "content": f"Words of page {number}.", "images": []}
                 for number in range(1, 25)]
        pages[4] = {"page": 5, "content": "A ![image](images/paper/p5_img1.png) here.",
                    "images": [{"path": "sources/images/paper/p5_img1.png"}]}
        pages[6]["images"] = [{"path": "sources/images/paper/p7_img2.png", "width": 40, "height": 30}]
        self.other.add("paper.pdf", b"%PDF-1.4 as it came", pages,
                       pictures={"p5_img1.png": (40, 30), "p7_img2.png": (50, 30)})
        self.take_over()
        keys, body = self.text_of("paper")
        self.assertEqual(keys["pages"], "24")
        pieces = re.split(r"<!-- page (\d+) -->", body)
        self.assertEqual([int(one) for one in pieces[1::2]], list(range(1, 25)))
        self.assertEqual(pieces[2].strip(), "Words of page 1.")
        self.assertEqual(pieces[10].strip(), "A ![image](images/paper/p5_img1.png) here.")
        self.assertEqual(pieces[14].strip(), "Words of page 7.\n\n![](images/paper/p7_img2.png)")
        parts = json.loads((self.kb.path / "wiki/sources/paper.parts.json").read_text())["parts"]
        text = (self.kb.path / "wiki/sources/paper.md").read_bytes()
        for number, part in enumerate(parts, 1):
            self.assertEqual((part["unit"], part["number"]), ("page", number))
            self.assertTrue(text[part["offset"]:].startswith(f"<!-- page {number} -->".encode()))
        self.kb.check()

    def test_pictures_by_any_name(self):
        names = {"one.png": (10, 10), "fig (1).png": (11, 10), "a b.png": (12, 10), "ö&x.png": (13, 10),
                 "50%20.png": (14, 10)}
        lines = [f"![{place}](images/doc/{name})" for place, name in enumerate(names)]
        lines += ["![old](sources/images/doc/one.png)", "<img src=\"images/doc/a b.png\" width=3>",
                  "![t](images/doc/one.png \"a title\") and ![u](<images/doc/a b.png>)",
                  "![e](images/doc/a%20b.png)"]
        kept = ["`![x](images/doc/one.png)` and ``![`](images/doc/one.png)``",
                "```\n![x](images/doc/one.png)\n```", "see images/doc/one.png",
                "![other](images/other/one.png)", "![gone](images/doc/gone.png)"]
        self.other.add("doc.md", b"source", "\n\n".join(lines + kept) + "\n", pictures=names)
        self.take_over()
        _, body = self.text_of("doc")
        for line in kept:
            self.assertIn(line, body)
        used = set(re.findall(r"images/doc/([\w.-]+)[)\"> ]", body.partition(kept[0])[0]))
        folder = self.kb.path / "wiki/sources/images/doc"
        self.assertEqual(used, {path.name for path in folder.iterdir()})
        by_size = {path.read_bytes(): path.name for path in folder.iterdir()}
        for place, name in enumerate(names):
            self.assertIn(f"![{place}](images/doc/{by_size[png(*names[name])]})", body)
        self.assertIn(f"![e](images/doc/{by_size[png(12, 10)]})", body)

    def test_a_name_that_is_taken_takes_its_pictures_along(self):
        self.write("paper.md", "# Another paper\n")
        self.kb.run("add", str(self.docs))
        self.other.add("paper.pdf", b"%PDF-1.4", "![i](images/paper/1.png)\n", pictures={"1.png": (9, 9)})
        self.take_over()
        name = next(one["name"] for one in self.kb.documents().values() if one["converter"] == "openkb")
        self.assertNotEqual(name, "paper")
        self.assertIn(f"![i](images/{name}/1.png)", self.text_of(name)[1])
        self.kb.check()

    def test_a_second_run_changes_nothing(self):
        for number in range(20):
            self.other.add(f"{number}.md", f"{number}\n".encode(), f"Number {number}\n")
        self.take_over()
        before, events = self.published(), self.kb.run("--json", "log").stdout
        registry = (self.kb.path / ".sluice/registry.db").read_bytes()
        summary = self.take_over()[-1]
        self.assertEqual((summary["added"], summary["unchanged"]), (0, 20))
        self.assertEqual((self.published(), self.kb.run("--json", "log").stdout), (before, events))
        self.assertEqual((self.kb.path / ".sluice/registry.db").read_bytes(), registry)

    def test_openkb_goes_on_and_sluice_goes_on(self):
        mine, theirs = self.write("mine.md", "# Mine\n"), self.write("theirs.md", "# Theirs\n")
        self.other.add("mine.md", mine.read_bytes(), "# Mine, by OpenKB\n", path=mine)
        old = self.other.add("theirs.md", theirs.read_bytes(), "# Theirs, by OpenKB\n", path=theirs)
        self.take_over()
        self.assertEqual(set(self.results(self.sync()).values()), {"unchanged"})  # its bytes are known
        # Sluice converts one anew, OpenKB the other.
        mine.write_text("# Mine, later\n")
        self.sync()
        self.assertEqual(self.document("mine")["converter"], "markdown")
        self.other.rows = {sha: row for sha, row in self.other.rows.items() if row != old}
        theirs.write_text("# Theirs, later\n")
        self.other.add("theirs.md", theirs.read_bytes(), "# Theirs, later, by OpenKB\n", path=theirs)
        self.assertEqual(self.results(self.take_over()), {"theirs.md": "updated"})
        self.assertIn("# Mine, later", self.text_of("mine")[1])
        self.assertIn("# Theirs, later, by OpenKB", self.text_of("theirs")[1])
        self.kb.check()

    def test_reconvert_makes_it_anew(self):
        self.other.add("a.md", b"# As its author wrote it\n", "# As OpenKB has it\n")
        self.take_over()
        outdated = [one for one in self.kb.objects("outdated") if one["type"] == "plan"]
        self.assertEqual(outdated, [])
        self.kb.run("reconvert", "a")
        self.assertIn("# As its author wrote it", self.text_of("a")[1])
        self.assertEqual(self.document("a")["converter"], "markdown")
        # It is Sluice's now.
        self.assertEqual(self.take_over()[-1]["unchanged"], 1)
        self.assertIn("# As its author wrote it", self.text_of("a")[1])

    def test_what_is_missing_or_wrong_fails_alone(self):
        for name in ("good", "raw-gone", "raw-changed", "text-gone", "empty", "bad-pages", "linked"):
            self.other.add(f"{name}.md", f"{name}\n".encode(), f"Text of {name}\n")
        self.other.rows["no-hash"] = {"name": "cloud.pdf", "doc_name": "cloud", "type": "long_pdf"}
        self.other.save()
        folder = self.other.path
        (folder / "raw/raw-gone.md").unlink()
        (folder / "raw/raw-changed.md").write_text("other bytes")
        (folder / "wiki/sources/text-gone.md").unlink()
        (folder / "wiki/sources/empty.md").write_text(" \n")
        (folder / "wiki/sources/bad-pages.md").rename(folder / "wiki/sources/bad-pages.json")
        self.other.rows = {sha: {**row, **({"source_path": "wiki/sources/bad-pages.json"}
                                           if row["name"] == "bad-pages.md" else {})}
                           for sha, row in self.other.rows.items()}
        self.other.save()
        secret = self.home / "secret"
        secret.write_text("A secret\n")
        (folder / "wiki/sources/linked.md").unlink()
        (folder / "wiki/sources/linked.md").symlink_to(secret)
        plans = {pathlib.Path(one["path"]).stem: one["would"] for one in self.take_over("-n", code=3)
                 if one["type"] == "plan"}
        objects = self.take_over(code=3)
        failed = {pathlib.Path(one["path"]).stem: one["reason"] for one in objects
                  if one["type"] == "doc" and one["result"] == "failed"}
        self.assertEqual(set(failed), {"raw-gone", "raw-changed", "text-gone", "empty", "bad-pages",
                                       "linked", "cloud"})
        self.assertEqual({name for name, would in plans.items() if would == "fail"}, set(failed) - {"empty"})
        self.assertEqual(list(self.kb.documents()), [str(folder / "raw/good.md")])
        self.assertFalse([name for name, content in self.published().items() if b"A secret" in content])
        # What has its source there is converted from it.
        self.kb.run("retry", code=None)
        self.assertIn(str(folder / "raw/text-gone.md"), self.kb.documents())
        self.kb.check()

    def test_hostile_rows_reach_nothing_outside(self):
        secret = self.home / "secret.md"
        secret.write_text("A secret\n")
        for number, path in enumerate(("../secret.md", "/etc/../etc/passwd", "wiki/sources/../../../secret.md",
                                       "raw/../../secret.md", "a\0b", "", "x" * 5000)):
            for field in ("path", "raw_path", "source_path", "doc_name", "name"):
                row = self.other.add(f"{number}{field}.md", f"{number}{field}".encode(), f"Text {number}{field}\n")
                row[field] = path
        self.other.rows["0" * 64] = ["no", "object"]
        self.other.rows["1" * 64] = {"name": 3, "doc_name": None, "path": {}}
        self.other.save()
        self.take_over(code=3)
        self.kb.check()
        for name, content in self.published().items():
            self.assertNotIn(b"A secret", content, name)
        self.assertFalse([name for name in os.listdir(self.home) if name not in
                          ("docs", "kb", "openkb", "secret.md")])

    def test_a_folder_that_is_none_is_refused(self):
        for make in (lambda: self.docs, lambda: self.home / "gone", lambda: self.kb.path):
            result = self.kb.run("import", "openkb", str(make()), code=2)
            self.assertIn("OpenKB", result.stderr)
        self.other.write(".openkb/hashes.json", "[")
        self.assertIn("no JSON object", self.kb.run("import", "openkb", str(self.other.path), code=2).stderr)

    def test_many_documents_by_seed(self):
        seed = int(os.environ.get("SLUICE_TEST_SEED", random.randrange(1 << 30)))
        print("seed", seed)
        rng = random.Random(seed)
        texts, pictures = {}, {}
        for number in range(150):
            name = f"{rng.choice(['note', 'Über uns', 'a b', 'x.y'])} {number}"
            doc = f"d{number}" if rng.random() < .5 else re.sub(r"[^\w-]+", "-", name)
            own = {f"p{i} {rng.choice('(){}#ä')}.png": (8 + number, 8 + i) for i in range(rng.randrange(4))}
            words = [rng.choice(["plain", "`code`", "*x*", "[l](http://a/b)"]) for _ in range(20)]
            for picture in own:
                words.insert(rng.randrange(len(words)), f"![p](images/{doc}/{picture})")
            raw = f"source {number}".encode()
            texts[f"/raw/{doc}.md"], pictures[f"/raw/{doc}.md"] = " ".join(words), own
            self.other.add(f"{name}.md", raw, " ".join(words) + "\n", doc_name=doc, pictures=own)
        self.take_over()
        documents = self.kb.documents()
        self.assertEqual(len(documents), 150)
        for path, document in documents.items():
            key = path.replace(str(self.other.path), "")
            _, body = self.text_of(document["name"])
            folder = self.kb.path / f"wiki/sources/images/{document['name']}"
            shapes = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}
            self.assertEqual(sorted(shapes.values()), sorted(png(*one) for one in pictures[key].values()))
            # With each link back at the picture of its bytes, it is the text that OpenKB had.
            for name, content in shapes.items():
                old = next(old for old, one in pictures[key].items() if png(*one) == content)
                doc = pathlib.PurePosixPath(key).stem
                body = body.replace(f"images/{document['name']}/{name}", f"images/{doc}/{old}")
            self.assertEqual(body.strip(), texts[key])
        self.kb.check()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
