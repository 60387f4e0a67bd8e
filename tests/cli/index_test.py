"""wiki/index.md: what it lists, when it is written, and that nobody's words in it are lost."""
import re
import sys
import unittest

from folders import Folders, KnowledgeBase


class Index(Folders):
    def setUp(self):
        super().setUp()
        self.turn(self.kb, "true")
        self.write("b.md", "# Of [b] & a_b\n")
        self.write("fr/a.md", "# Bonjour\n")
        self.write("fr/README.md", "No title\n")
        self.write("fr/deep/x.csv", "a,b\n1,2\n")

    def turn(self, kb, value):
        config = kb.path / ".sluice/config.toml"
        config.write_text(re.sub(r"(?m)^#?index = .*$", f"index = {value}", config.read_text()))

    def index(self, kb=None):
        return ((kb or self.kb).path / "wiki/index.md").read_text()

    def kept(self):
        return [path.read_text() for path in (self.kb.path / "wiki").glob("index.md.orig-*")]

    def test_it_lists_all_documents_by_folder(self):
        self.sync()
        self.assertEqual(self.index(), "# Index\n\n## docs\n\n- [Of \\[b\\] \\& a\\_b](sources/b.md)\n\n"
                         "## docs/fr\n\n- [README](sources/README.md)\n- [Bonjour](sources/a.md)\n\n"
                         "## docs/fr/deep\n\n- [x](sources/x.md)\n")

    def test_every_link_leads_to_a_document(self):
        for layout in ("flat", "mirror"):
            kb = KnowledgeBase(self.home / layout, layout)
            self.turn(kb, "true")
            kb.run("add", str(self.docs))
            links = re.findall(r"\]\(([^)]+)\)", self.index(kb))
            self.assertEqual(len(links), 4)
            for link in links:
                self.assertTrue((kb.path / "wiki" / link).is_file(), link)
            kb.check()

    def test_it_follows_each_change(self):
        self.sync()
        self.write("fr/a.md", "# Au revoir\n")
        (self.docs / "b.md").unlink()
        self.write("new/n.md", "# New\n")
        self.sync()
        text = self.index()
        self.assertIn("[Au revoir]", text)
        self.assertIn("## docs/new\n", text)
        self.assertNotIn("sources/b.md", text)
        self.kb.run("remove", "a")
        self.assertNotIn("Au revoir", self.index())
        self.kb.check()

    def test_it_is_the_same_for_any_number_of_jobs(self):
        for i in range(60):
            self.write(f"f{i % 7}/n{i % 13}.md", f"# Title {i}\n")
        texts = set()
        for jobs in ("1", "8"):
            kb = KnowledgeBase(self.home / f"jobs{jobs}")
            self.turn(kb, "true")
            kb.run("-j", jobs, "add", str(self.docs))
            texts.add(self.index(kb))
        self.assertEqual(len(texts), 1)

    def test_a_run_that_changes_nothing_leaves_it_alone(self):
        self.sync()
        path = self.kb.path / "wiki/index.md"
        before = path.stat().st_ino
        path.write_text("Mine\n")
        self.sync()
        self.assertEqual((path.stat().st_ino, path.read_text()), (before, "Mine\n"))

    def test_an_edited_one_is_kept_and_told(self):
        self.sync()
        (self.kb.path / "wiki/index.md").write_text("Mine\n")
        self.write("c.md", "# C\n")
        result = self.kb.run("sync", str(self.docs))
        self.assertIn("index.md was changed by hand: kept as index.md.orig-", result.stderr)
        self.assertEqual(self.kept(), ["Mine\n"])
        self.assertIn("[C]", self.index())

    def test_a_file_of_that_name_is_kept(self):
        (self.kb.path / "wiki/index.md").write_text("Not yours\n")
        self.sync()
        self.assertEqual(self.kept(), ["Not yours\n"])
        self.assertIn("# Index", self.index())

    def test_a_lost_one_comes_back(self):
        self.sync()
        text = self.index()
        (self.kb.path / "wiki/index.md").unlink()
        self.assertIn("index.md", self.kb.run("check").stdout)
        self.kb.run("recover")
        self.assertEqual(self.index(), text)

    def test_turned_off_it_goes(self):
        self.sync()
        self.turn(self.kb, "false")
        self.sync()
        self.assertFalse((self.kb.path / "wiki/index.md").exists())
        self.turn(self.kb, "true")
        self.sync()
        (self.kb.path / "wiki/index.md").write_text("Mine\n")
        self.turn(self.kb, "false")
        self.sync()
        self.assertEqual(self.kept(), ["Mine\n"])
        self.kb.check()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
