"""Mirror layout: documents in the folders of their sources, through all that happens to them."""
import pathlib
import re
import shutil
import sys
import unittest

from folders import Folders, KnowledgeBase, PLUGINS, png


class Mirror(Folders):
    def setUp(self):
        super().setUp()
        shutil.rmtree(self.kb.path)
        self.kb = KnowledgeBase(self.kb.path, "mirror")

    def text(self, path):
        return (self.kb.path / "wiki/sources" / path).read_text()

    def names(self):
        return sorted(one["name"] for one in self.kb.documents().values())

    def assert_links_lead_somewhere(self):
        """Every link of every document that is not on the web."""
        count = 0
        for page in (self.kb.path / "wiki/sources").rglob("*.md"):
            for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
                self.assertTrue((page.parent / target).exists(), f"{page}: {target}")
                count += 1
        return count

    def test_names_stay_apart(self):
        folders = [f"p{i}/q{i % 7}" for i in range(60)]
        for folder in folders:
            self.write(f"{folder}/README.md", f"# {folder}\n")
        self.sync()
        self.assertEqual(self.names(), sorted(f"docs/{folder}/README" for folder in folders))
        self.kb.assert_mirrors(self.docs)
        self.kb.check()

    def write_tree(self):
        (self.docs / "img").mkdir(exist_ok=True)
        (self.docs / "img/one.png").write_bytes(png())
        self.write("README.md", "# Top\n\n[fr](fr/README.md) ![one](img/one.png) [x](fr/deep/x.md)\n")
        self.write("fr/README.md", "# Bas\n\n[top](../README.md) ![un](../img/one.png)\n")
        self.write("fr/deep/x.md", "# X\n\n[top](../../README.md) [fr](../README.md) [[README]]\n")

    def test_links_and_images_follow_a_move(self):
        self.write_tree()
        self.sync()
        before = self.assert_links_lead_somewhere()
        ids = {one["id"] for one in self.kb.objects("list")}
        (self.docs / "fr").rename(self.docs / "de")
        self.write("README.md", "# Top\n\n[de](de/README.md) ![one](img/one.png) [x](de/deep/x.md)\n")
        objects = self.sync("--max-delete", "100%")
        self.assertEqual(sorted(one["result"] for one in objects if one["type"] == "doc"),
                         ["renamed", "renamed", "updated"])
        self.assertEqual(self.names(), ["docs/README", "docs/de/README", "docs/de/deep/x"])
        self.assertEqual(self.assert_links_lead_somewhere(), before)
        self.assertEqual({one["id"] for one in self.kb.objects("list")}, ids)
        self.kb.assert_mirrors(self.docs)
        self.kb.check()

    def test_a_link_to_what_moved_alone_follows_it(self):
        self.write("a.md", "[x](sub/x.md)\n")
        self.write("sub/x.md", "# X\n\n[a](../a.md)\n")
        self.sync()
        self.write("other/y", "")
        (self.docs / "sub/x.md").rename(self.docs / "other/x.md")
        self.sync("--max-delete", "100%")
        self.assertIn("[x](other/x.md)", self.text("docs/a.md"))
        self.assertIn("[a](../a.md)", self.text("docs/other/x.md"))
        self.kb.assert_mirrors(self.docs)

    def test_a_chain_of_renames(self):
        for i in range(4):
            self.write(f"log/l{i}.md", f"# Log {i}\n\n{'word ' * i}\n")
        self.sync()
        for i in range(3, -1, -1):
            (self.docs / f"log/l{i}.md").rename(self.docs / f"log/l{i + 1}.md")
        self.sync("--max-delete", "100%")
        self.kb.assert_mirrors(self.docs)
        self.assert_like_fresh()

    def test_edits_move_along(self):
        for how, words in (("keep", []), ("ours", ["--on-edit", "ours"]), ("merge", ["--on-edit", "merge"])):
            with self.subTest(how=how):
                lines = "".join(f"Line {i} of {how}.\n\n" for i in range(12))
                self.write(f"{how}/a.md", f"# A\n\nFirst line.\n\n{lines}Third line.\n")
                self.sync()
                page = self.kb.path / f"wiki/sources/docs/{how}/a.md"
                page.write_text(page.read_text().replace("First", "My first"))
                (self.docs / how).rename(self.docs / f"{how}2")
                target = self.docs / f"{how}2/a.md"
                target.write_text(target.read_text().replace("Third", "The third"))
                objects = self.sync("--max-delete", "100%", *words)
                self.assertIn("renamed", [one.get("result") for one in objects])
                text = self.text(f"docs/{how}2/a.md")
                self.assertEqual("My first" in text, how != "keep")
                self.assertEqual("The third" in text, how != "ours")
                self.assertFalse(page.exists())
                kept = list((self.kb.path / "wiki/sources/docs").rglob("*.orig-*"))
                if how == "keep":
                    self.assertIn("My first", kept[0].read_text())
                    kept[0].unlink()
                    kept[0].parent.rmdir()
                else:
                    self.assertEqual(kept, [])
        self.kb.check()

    def test_documents_within_a_document(self):
        def sync():
            return self.kb.objects("sync", str(self.docs), "--plugin", str(pathlib.Path(PLUGINS).resolve()), "--max-delete", "100%")
        self.write("x/e.box", "text A box\nchild 6 in.md\n# One\n\nchild 6 two.md\n# Two\n\n")
        sync()
        self.assertEqual(self.names(), ["docs/x/e", "docs/x/e-in", "docs/x/e-two"])
        (self.docs / "y").mkdir()
        (self.docs / "x/e.box").rename(self.docs / "y/f.box")
        sync()
        self.assertEqual(self.names(), ["docs/y/f", "docs/y/f-in", "docs/y/f-two"])
        self.assert_links_lead_somewhere()
        self.kb.assert_mirrors(self.docs)
        (self.docs / "y/f.box").unlink()
        sync()
        self.assertEqual(self.kb.folders("raw"), set())
        self.kb.check()

    def test_remove_takes_empty_folders_along(self):
        self.write_tree()
        self.sync()
        self.kb.objects("remove", "docs/fr/deep/x")
        self.kb.assert_mirrors(self.docs)
        self.kb.objects("remove", str(self.docs / "fr"))
        self.kb.assert_mirrors(self.docs)
        self.kb.objects("remove", "docs/README")
        self.assertEqual(self.kb.folders("raw"), set())
        self.kb.check()

    def test_a_document_is_found_by_its_files(self):
        self.write_tree()
        self.sync()
        for words in ("docs/fr/README", "wiki/sources/docs/fr/README.md", "raw/docs/fr/README.md",
                      str(self.docs / "fr/README.md")):
            shown = self.kb.objects("show", words)
            self.assertEqual([one["name"] for one in shown if one["type"] == "document"],
                             ["docs/fr/README"], words)

    def test_strangers_are_found_in_every_folder(self):
        self.write_tree()
        self.sync()
        (self.kb.path / "raw/docs/fr/stray.pdf").write_text("x")
        (self.kb.path / "wiki/sources/docs/fr/images/stray").mkdir()
        (self.kb.path / "wiki/sources/docs/mine").mkdir()
        (self.kb.path / "wiki/sources/docs/fr/README.md").unlink()
        found = self.kb.run("check", code=13).stdout
        for path in ("raw/docs/fr/stray.pdf", "wiki/sources/docs/fr/images/stray",
                     "wiki/sources/docs/mine", "wiki/sources/docs/fr/README.md"):
            self.assertIn(path, found)
        self.kb.run("check", "--repair", code=None)
        self.sync()
        self.assertTrue((self.kb.path / "wiki/sources/docs/fr/README.md").exists())
        self.kb.check()

    def test_reconverted_from_raw(self):
        self.write_tree()
        self.sync()
        shutil.rmtree(self.docs / "fr")
        before = self.text("docs/fr/README.md")
        (self.kb.path / "wiki/sources/docs/fr/README.md").unlink()
        self.kb.objects("reconvert", "docs/fr/README")
        # Pictures beside a source are gone with it.
        self.assertEqual(self.text("docs/fr/README.md").splitlines()[:3], before.splitlines()[:3])

    def test_bundles_are_committed_into_folders(self):
        self.write_tree()
        self.kb.run("prepare", "-g", "*.md", str(self.docs), "--out", str(self.home / "bundles"))
        self.kb.objects("commit", str(self.home / "bundles"))
        self.kb.assert_mirrors(self.docs)
        self.assert_links_lead_somewhere()
        self.assert_like_fresh()

    def test_a_layout_is_for_life(self):
        result = self.kb.run("init", "--layout", "flat", str(self.kb.path), code=2)
        self.assertIn("mirror layout", result.stderr)
        self.kb.run("init", str(self.kb.path))
        config = self.kb.path / ".sluice/config.toml"
        self.assertIn('\nlayout = "mirror"\n', config.read_text())
        config.write_text(config.read_text().replace('\nlayout = "mirror"', '\nlayout = "flat"'))
        self.write("a.md", "A\n")
        result = self.kb.run("sync", str(self.docs), code=2)
        self.assertIn("config.toml:", result.stderr)
        self.assertIn("mirror", result.stderr)

    def test_the_layout_of_a_user(self):
        config = self.home / "config/sluice/config.toml"
        config.parent.mkdir(parents=True)
        config.write_text('[output]\nlayout = "mirror"\n')
        env = {"XDG_CONFIG_HOME": str(self.home / "config")}
        self.kb.run("init", str(self.home / "mine"), env=env)
        self.assertIn('\nlayout = "mirror"\n', (self.home / "mine/.sluice/config.toml").read_text())
        shutil.rmtree(self.kb.path)
        self.kb = KnowledgeBase(self.kb.path)
        self.write("x/a.md", "A\n")
        self.kb.run("sync", str(self.docs), env=env)
        self.assertEqual(self.names(), ["a"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
