"""What programs read of a knowledge base: list --json, and the text of documents in pieces.

    machines_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import PLUGINS, Folders  # noqa: E402


class Machines(Folders):
    def setUp(self):
        super().setUp()
        (self.kb.path / ".sluice/config.toml").write_text("[output]\nsections = true\n")

    def sections(self, document):
        paths = [path for path in document["sidecar_paths"] if path.endswith(".sections.json")]
        self.assertEqual(len(paths), 1, document)
        sections = json.loads((self.kb.path / paths[0]).read_text())["sections"]
        markdown = (self.kb.path / document["markdown"]).read_bytes()
        for one in sections:
            piece = markdown[one["offset"]:one["offset"] + one["length"]]
            self.assertEqual(piece.decode(), one["text"])
        return sections

    def by_name(self):
        return {pathlib.Path(path).name: one for path, one in self.kb.documents().items()}

    def test_list_says_what_there_is(self):
        self.write("a.md", "# The title\n\nWords.\n")
        self.sync()
        one = self.by_name()["a.md"]
        self.assertEqual((one["title"], one["media_type"], one["pages"]),
                         ("The title", "text/markdown", None))
        self.assertEqual(one["bytes"], (self.docs / "a.md").stat().st_size)
        self.assertEqual(one["markdown_bytes"], (self.kb.path / one["markdown"]).stat().st_size)
        self.assertEqual(one["asset_paths"], [])

    # A link is written when its target is known: the pieces move with it.
    def test_sections_are_right_when_links_change(self):
        self.write("a.md", "# A\n\nSee [b](sub/b.txt).\n\n## Part\n\nMore, and [again](sub/b.txt).\n")
        self.sync()
        self.assertEqual([one["heading"] for one in self.sections(self.by_name()["a.md"])],
                         [["A"], ["A", "Part"]])
        self.write("sub/b.txt", "The target.\n")
        self.sync()
        sections = self.sections(self.by_name()["a.md"])
        self.assertIn("[again](b.md)", sections[1]["text"])
        (self.docs / "sub/b.txt").unlink()
        self.sync()
        self.assertIn("[again](sub/b.txt)", self.sections(self.by_name()["a.md"])[1]["text"])
        self.kb.check()

    def test_documents_within_documents_have_them(self):
        child = "# Within\n\nA document in a box.\n"
        self.write("x.box", f"text # Box\nchild {len(child)} in.md\n{child}\n")
        self.kb.run("--plugin", PLUGINS, "add", str(self.docs))
        documents = self.by_name()
        self.assertEqual(self.sections(documents["in.md"])[0]["heading"], ["Within"])
        self.sections(documents["x.box"])
        self.kb.check()

    def test_they_go_with_the_setting(self):
        self.write("a.md", "# A\n\nText.\n")
        self.sync()
        path = self.by_name()["a.md"]["sidecar_paths"][0]
        self.assertTrue((self.kb.path / path).exists())
        (self.kb.path / ".sluice/config.toml").write_text("")
        self.kb.run("reconvert", "--all")
        self.assertEqual(self.by_name()["a.md"]["sidecar_paths"], [])
        self.assertFalse((self.kb.path / path).exists())
        self.kb.check()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
