"""retry, outdated, reconvert, remove and log, run as a user runs them.

    remaking_test.py SLUICE SCHEMA_FOLDER
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import SLUICE, Folders  # noqa: E402


# The smallest Word document.
CONTENT_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONSHIPS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r" Target="word/document.xml" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""
DOCUMENT = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body><w:p><w:r><w:t>Dear reader</w:t></w:r></w:p></w:body></w:document>"""


class Remaking(Folders):
    def test_retry_tries_again_what_failed(self):
        self.write("a.md", "# a\n")
        self.write("blank.md", "")
        self.write("torn.pdf", "%PDF-1.7\n%%EOF")
        self.kb.run("add", str(self.docs), code=3)
        results = self.kb.objects("retry")
        self.assertEqual(self.results(results), {"blank.md": "failed", "torn.pdf": "failed"})
        self.assertTrue(all(one["known"] for one in results if one["type"] == "doc"))
        self.write("blank.md", "# No longer\n")
        (self.docs / "torn.pdf").unlink()
        self.assertEqual(self.results(self.kb.objects("retry")), {"blank.md": "added"})
        self.assertEqual([one for one in self.kb.objects("list", "--failed")
                          if one["type"] == "failure"], [])

    def test_changed_options_make_outdated(self):
        self.write("a.csv", "a,b\n1,2\n")
        self.write("b.md", "# b\n")
        self.sync()
        self.assertIn("no document is outdated", self.kb.run("outdated").stdout)
        before = self.kb.content()
        config = self.kb.path / ".sluice/config.toml"
        config.write_text(config.read_text() + '\n[plugin.csv]\ndelimiter = "comma"\n')
        result = self.kb.run("outdated")
        self.assertIn("other options of csv", result.stdout)
        self.assertIn("outdated 1", result.stdout)
        self.assertIn("outdated 1", self.kb.run("sync", str(self.docs)).stdout)
        (self.docs / "a.csv").rename(self.home / "away.csv")
        plans = self.kb.objects("reconvert", "-n")
        self.assertEqual([one["detail"] for one in plans], ["a"])
        self.assertEqual(self.results(self.kb.objects("reconvert")), {"a.csv": "updated"})
        self.assertIn("no document is outdated", self.kb.run("outdated").stdout)
        self.kb.check()
        (self.home / "away.csv").rename(self.docs / "a.csv")
        self.assertEqual(set(self.results(self.sync()).values()), {"unchanged"})
        self.assertEqual(set(self.kb.content()), set(before))

    def test_a_secret_makes_nothing_outdated(self):
        with zipfile.ZipFile(self.docs / "letter.docx", "w") as package:
            package.writestr("[Content_Types].xml", CONTENT_TYPES)
            package.writestr("_rels/.rels", RELATIONSHIPS)
            package.writestr("word/document.xml", DOCUMENT)
        self.assertNotIn("outdated", self.kb.run("sync", str(self.docs)).stdout)
        self.assertIn("no document is outdated", self.kb.run("outdated").stdout)
        config = self.kb.path / ".sluice/config.toml"
        config.write_text(config.read_text() + '\n[plugin.docx]\npassword = "x"\n')
        self.assertIn("no document is outdated", self.kb.run("outdated").stdout)

    def test_reconvert_changes_no_byte_where_nothing_changed(self):
        for number in range(5):
            self.write(f"{number}.md", f"# {number}\n\nText.\n")
        self.sync()
        before = self.kb.content()
        names = {document["name"]: document["markdown"] for document in self.kb.documents().values()}
        self.assertEqual(len(self.results(self.kb.objects("reconvert", "--all"))), 5)
        self.assertEqual(self.kb.content(), before)
        shutil.rmtree(self.docs)
        self.kb.objects("reconvert", "--all")
        self.assertEqual(self.kb.content(), before)
        name = sorted(names)[0]
        (self.kb.path / names[name]).unlink()
        self.kb.objects("reconvert", name)
        self.assertEqual(self.kb.content(), before)
        self.kb.check()

    def test_a_copy_that_was_tampered_with_is_not_used(self):
        self.write("a.md", "# a\n\nText.\n")
        self.sync()
        document = next(iter(self.kb.documents().values()))
        (self.docs / "a.md").unlink()
        raw = self.kb.path / document["raw"]
        os.chmod(raw, 0o644)
        raw.write_text("# b\n\nOther text.\n")
        result = self.kb.run("reconvert", "--all", code=3)
        self.assertIn("is not the file that was added", result.stderr)
        self.assertIn("Text.", (self.kb.path / document["markdown"]).read_text())

    def test_documents_edited_by_hand_are_listed(self):
        for name in "abc":
            self.write(f"{name}.md", f"# {name}\n\nText of {name}.\n")
        self.sync()
        self.assertEqual(self.kb.objects("list", "--edited"), [])
        (self.kb.path / "wiki/sources/a.md").write_text("Mine.\n")
        published = (self.kb.path / "wiki/sources/b.md").read_text()
        (self.kb.path / "wiki/sources/b.md").write_text(published.replace("Text", "Word"))
        (self.kb.path / "wiki/sources/c.md").unlink()  # gone is not edited
        edited = self.kb.objects("list", "--edited")
        self.assertEqual([one["name"] for one in edited], ["a", "b"])
        self.write("a.md", "# a\n\nAnother text of a.\n")
        self.sync()
        self.assertEqual([one["name"] for one in self.kb.objects("list", "--edited")], ["b"])
        kept = list((self.kb.path / "wiki/sources").glob("a.md.orig-*"))
        self.assertEqual([one.read_text() for one in kept], ["Mine.\n"])
        self.assertIn("exclude", self.kb.run("list", "--edited", "--failed", code=2).stderr)


class Remove(Folders):
    def names(self):
        return sorted(pathlib.Path(path).name for path in self.kb.documents())

    def fill(self):
        for name in ("a.md", "sub/b.md", "sub/c.txt", "node_modules/x/d.md", "node_modules/e.md"):
            self.write(name, f"# {name}\n\nThe text of {name}.\n")
        self.kb.run("add", "--no-ignore", str(self.docs))
        self.assertEqual(len(self.names()), 5)

    def test_a_folder(self):
        self.fill()
        self.kb.run("remove", str(self.docs / "node_modules"), "-n")
        self.assertEqual(len(self.names()), 5)
        self.kb.objects("remove", str(self.docs / "node_modules"))
        self.assertEqual(self.names(), ["a.md", "b.md", "c.txt"])
        self.kb.check()

    def test_a_pattern(self):
        self.fill()
        self.kb.run("remove", str(self.docs / "**/*.md"))
        self.assertEqual(self.names(), ["c.txt"])
        result = self.kb.run("remove", "*.pdf", code=1)
        self.assertIn("no source and no document matches", result.stderr)

    def test_what_is_missing(self):
        self.fill()
        (self.docs / "a.md").unlink()
        shutil.rmtree(self.docs / "sub")
        plans = self.kb.objects("remove", "--missing", "-n")
        self.assertEqual(len(plans), 3)
        self.kb.objects("remove", "--missing")
        self.assertEqual(self.names(), ["d.md", "e.md"])

    def test_from_a_root_that_is_gone(self):
        self.fill()
        shutil.rmtree(self.docs)
        self.kb.objects("remove", "--from-root", str(self.docs))
        self.assertEqual(self.names(), [])
        self.kb.check()

    def test_a_document_with_another_source_stays(self):
        self.write("one/a.md", "# Same\n\nSame words.\n")
        self.write("two/a.md", "# Same\n\nSame words.\n")
        self.kb.run("add", str(self.docs))
        self.kb.objects("remove", str(self.docs / "one"))
        self.assertEqual(list(self.kb.documents()), [str(self.docs / "two/a.md")])
        self.kb.check()

    def test_all_copies_of_a_document(self):
        for folder in ("one", "two", "three"):
            self.write(f"{folder}/a.md", "# Same\n\nSame words.\n")
        self.kb.run("add", str(self.docs))
        self.kb.objects("remove", str(self.docs / "two"), str(self.docs / "one"))
        self.assertEqual(list(self.kb.documents()), [str(self.docs / "three/a.md")])
        self.kb.objects("remove", str(self.docs / "**"))
        self.assertEqual(self.names(), [])
        self.kb.check()

    def test_one_wrong_name_removes_nothing(self):
        self.fill()
        self.kb.run("remove", str(self.docs / "sub"), "nosuch", code=1)
        self.assertEqual(len(self.names()), 5)


class Log(Folders):
    def events(self, *words):
        return [one for one in self.kb.objects("log", *words) if one["type"] == "event"]

    def test_events_without_gaps(self):
        self.write("a.md", "# a\n\nText of a.\n")
        self.write("b.md", "# b\n\nText of b.\n")
        self.sync()
        (self.docs / "a.md").rename(self.docs / "z.md")
        (self.docs / "b.md").unlink()
        self.sync()
        events = self.events()
        self.assertEqual([one["seq"] for one in events], list(range(1, len(events) + 1)))
        self.assertEqual([one["op"] for one in events], ["added", "added", "renamed", "removed"])
        self.assertEqual(self.events("--since", "2"), events[2:])
        self.assertIn("renamed", self.kb.run("log").stdout)
        self.assertIn("renamed", (self.kb.path / "wiki/log.md").read_text())

    def test_follow(self):
        self.write("a.md", "# a\n")
        process = subprocess.Popen([SLUICE, "-C", self.kb.path, "--json", "log", "--follow"],
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        self.sync()
        event = json.loads(process.stdout.readline())
        self.assertEqual((event["type"], event["op"]), ("event", "added"))
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=30), 130)
        process.stdout.close()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
