"""Events: every document has an id for life, and every change of it an event, without gaps.

    events_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import SCHEMAS, SLUICE, Folders  # noqa: E402


class Events(Folders):
    def events(self, since=0):
        return self.kb.objects("log", "--since", str(since))

    def ids(self):
        return {pathlib.Path(path).name: one["id"] for path, one in self.kb.documents().items()}

    def changes(self, since=0):
        """Of each event: what happened, to which document, under which path."""
        return [(one["op"], one["id"], pathlib.Path(one["path"]).name) for one in self.events(since)]

    def test_a_document_keeps_its_id_whatever_becomes_of_its_source(self):
        self.write("a.md", "# A\n\nThe first text of a.\n")
        self.sync()
        first = self.ids()["a.md"]
        self.write("a.md", "# A\n\nThe second text of a.\n")
        self.sync()
        (self.docs / "a.md").rename(self.docs / "b.md")
        renamed = next(one for one in self.sync() if one.get("result") == "renamed")
        self.assertEqual(renamed["id"], first)
        self.kb.run("reconvert", "--all")
        self.write("copy.md", "# A\n\nThe second text of a.\n")
        self.sync()
        (self.docs / "copy.md").unlink()
        (self.docs / "b.md").unlink()
        self.sync()
        self.assertEqual(self.changes(), [
            ("added", first, "a.md"), ("updated", first, "a.md"), ("renamed", first, "b.md"),
            ("reconverted", first, "b.md"), ("duplicate", first, "copy.md"),
            ("removed", first, "b.md")])
        rename = self.events()[2]
        self.assertEqual(rename["renamed_from"], str(self.docs / "a.md"))
        self.assertEqual(rename["markdown"], "wiki/sources/a.md")

    def test_no_id_is_given_twice(self):
        seen = set()
        for turn in range(4):
            for name in "ab":
                self.write(f"{name}{turn}.md", f"# {name}\n\nText {name} of turn {turn}.\n")
            self.sync()
            ids = set(self.ids().values())
            self.assertFalse(ids & seen, "the newest documents had been removed")
            seen |= ids
            self.kb.run("remove", *(one["name"] for one in self.kb.documents().values()))
            for name in "ab":
                (self.docs / f"{name}{turn}.md").unlink()
        self.assertEqual(len(seen), 8)

    def test_a_document_whose_source_changes_sides_is_renamed(self):
        self.write("a.md", "# Same\n\nOne text, twice.\n")
        self.write("b.md", "# Same\n\nOne text, twice.\n")
        self.write("other.md", "# Other\n\nAnother text.\n")
        self.sync()
        same = next(one for one in self.kb.documents().values() if len(one["sources"]) == 2)
        last = self.events()[-1]["seq"]
        self.write("a.md", "# Other\n\nAnother text.\n")
        self.sync()
        self.assertIn(("renamed", same["id"], "b.md"), self.changes(last))

    def test_numbers_have_no_gaps_whoever_dies(self):
        seed = random.randrange(1 << 30)
        print(f"seed {seed}")
        chance = random.Random(seed)
        for turn in range(8):
            for number in range(40):
                if chance.random() < 0.6:
                    self.write(f"{number}.md", f"# {number}\n\nTurn {turn}, {chance.random()}.\n")
            run = subprocess.Popen([SLUICE, "-C", self.kb.path, "sync", self.docs],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * 0.25)
            run.send_signal(signal.SIGKILL)
            run.wait()
            # One that fails, too: what it had begun is rolled back.
            (self.docs / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing\n")
            self.kb.run("sync", str(self.docs), code=None)
        self.assertEqual([one["seq"] for one in self.events()],
                         list(range(1, len(self.events()) + 1)))
        self.kb.check()

    def test_a_follower_sees_each_event_once_in_order(self):
        follower = subprocess.Popen([SLUICE, "-C", self.kb.path, "--json", "log", "--follow"],
                                    stdout=subprocess.PIPE, text=True)
        try:
            for turn in range(3):
                self.write("a.md", f"# A\n\nTurn {turn}.\n")
                self.write(f"{turn}.md", f"# {turn}\n\nNumber {turn}.\n")
                self.sync()
            (self.docs / "a.md").unlink()
            self.sync()
            got = [SCHEMAS.check(follower.stdout.readline()) for _ in range(7)]
        finally:
            follower.send_signal(signal.SIGINT)
            follower.stdout.close()
            self.assertEqual(follower.wait(20), 130)
        self.assertEqual([one["seq"] for one in got], list(range(1, 8)))
        self.assertEqual(got[-1]["op"], "removed")

    def test_a_cursor_of_another_knowledge_base_is_an_error(self):
        self.write("a.md", "# A\n")
        self.sync()
        self.assertEqual(self.events(1), [])
        self.assertIn("--since 0", self.kb.run("log", "--since", "2", code=2).stderr)

    def test_a_missing_event_is_damage(self):
        for name in "abc":
            self.write(f"{name}.md", f"# {name}\n\nText of {name}.\n")
        self.sync()
        with sqlite3.connect(self.kb.path / ".sluice/registry.db") as registry:
            registry.execute("DELETE FROM events WHERE seq = 2")
        registry.close()
        self.assertIn("1 event", self.kb.run("check", code=13).stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
