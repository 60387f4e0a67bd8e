"""Markdown that its user has changed, when its source changes, too: --on-edit.

    edits_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import SLUICE, Folders  # noqa: E402

LINES = [f"Line {n} of the text.\n\n" for n in range(12)]


class Edits(Folders):
    def source(self, name, changes=None):
        lines = [(changes or {}).get(n, line) for n, line in enumerate(LINES)]
        return self.write(f"{name}.md", f"# {name}\n\n" + "".join(lines))

    def markdown(self, name):
        return self.kb.path / "wiki/sources" / f"{name}.md"

    def edit(self, name, before, after):
        path = self.markdown(name)
        text = path.read_text()
        self.assertIn(before, text)
        path.write_text(text.replace(before, after))

    def doc(self, objects, name):
        return next(one for one in objects if one["type"] == "doc" and one["name"] == name)

    def everything_written(self):
        """Of published Markdown, and of edits that were kept."""
        return "".join(path.read_text() for path in (self.kb.path / "wiki/sources").iterdir()
                       if path.is_file())

    def test_merge_takes_both(self):
        self.source("a")
        self.sync()
        self.edit("a", "Line 2 of", "Line 2, as I see it, of")
        self.source("a", {9: "Line 9 is new.\n\n"})
        objects = self.sync("--on-edit", "merge")
        one = self.doc(objects, "a")
        self.assertEqual((one["edit"], one["conflicts"]), ("merged", 0))
        self.assertEqual((objects[-1]["edits_merged"], objects[-1]["edits_conflicting"]), (1, 0))
        text = self.markdown("a").read_text()
        self.assertIn("Line 2, as I see it, of", text)
        self.assertIn("Line 9 is new.", text)
        # It is still an edited file: the version after the next one is merged again.
        self.source("a", {9: "Line 9 is newer.\n\n"})
        self.sync("--on-edit", "merge")
        text = self.markdown("a").read_text()
        self.assertIn("Line 2, as I see it, of", text)
        self.assertIn("Line 9 is newer.", text)
        self.assertNotIn("Line 9 is new.", text)
        # And whoever does not merge any more loses nothing.
        self.source("a", {9: "Line 9 is newest.\n\n"})
        one = self.doc(self.sync(), "a")
        self.assertEqual(one["edit"], "kept")
        self.assertIn("as I see it", (self.kb.path / one["edit_kept_as"]).read_text())
        self.kb.check()

    def test_a_conflict_is_marked_and_waits_for_the_user(self):
        self.source("a")
        self.sync()
        self.edit("a", "Line 5 of the text.", "Mine.")
        self.source("a", {5: "Theirs.\n\n"})
        objects = self.sync("--on-edit", "merge")
        self.assertEqual(self.doc(objects, "a")["conflicts"], 1)
        self.assertEqual(objects[-1]["edits_conflicting"], 1)
        text = self.markdown("a").read_text()
        self.assertIn("<<<<<<< edited by hand\nMine.\n=======\nTheirs.\n>>>>>>> new version\n", text)
        listed = self.kb.objects("list", "--edited")
        self.assertEqual([one["conflicts"] for one in listed if one["type"] == "document"], [1])
        # No markers within markers: what comes meanwhile waits, and is not lost.
        self.source("a", {5: "Theirs.\n\n", 10: "Ten.\n\n"})
        one = self.doc(self.sync("--on-edit", "merge"), "a")
        self.assertEqual((one["edit"], one["conflicts"]), ("left", 1))
        self.assertEqual(self.markdown("a").read_text(), text)
        settled = text.replace("<<<<<<< edited by hand\nMine.\n=======\nTheirs.\n>>>>>>> new version\n",
                               "Mine and theirs.\n")
        self.markdown("a").write_text(settled)
        self.kb.run("reconvert", "a", "--on-edit", "merge")
        text = self.markdown("a").read_text()
        self.assertIn("Ten.", text)
        self.assertIn("Mine and theirs.", text)
        self.assertNotIn("<<<<<<<", text)
        self.kb.check()

    def test_ours_leaves_the_file_as_it_is(self):
        self.source("a")
        self.source("b")
        self.sync()
        self.edit("a", "Line 1 of", "My line 1 of")
        mine = self.markdown("a").read_bytes()
        self.source("a", {3: "Three.\n\n"})
        self.source("b", {3: "Three.\n\n"})
        objects = self.sync("--on-edit", "ours")
        self.assertEqual(self.doc(objects, "a")["edit"], "left")
        self.assertEqual(self.markdown("a").read_bytes(), mine)
        self.assertNotIn("edit", self.doc(objects, "b"))
        self.assertIn("Three.", self.markdown("b").read_text())
        self.kb.check()

    def test_it_is_a_setting(self):
        config = self.kb.path / ".sluice/config.toml"
        config.write_text('[output]\non_edit = "merge"\n')
        self.source("a")
        self.sync()
        self.edit("a", "Line 1 of", "My line 1 of")
        self.source("a", {8: "Eight.\n\n"})
        self.assertEqual(self.doc(self.sync(), "a")["edit"], "merged")
        self.kb.run("sync", str(self.docs), "--on-edit", "all", code=2)

    def test_line_ends_of_another_system_stay(self):
        self.source("a")
        self.sync()
        text = self.markdown("a").read_text().replace("Line 1 of", "My line 1 of")
        self.markdown("a").write_bytes(text.replace("\n", "\r\n").encode())
        self.source("a", {8: "Eight.\n\n"})
        self.assertEqual(self.doc(self.sync("--on-edit", "merge"), "a")["conflicts"], 0)
        merged = self.markdown("a").read_bytes()
        self.assertIn(b"My line 1 of the text.\r\n", merged)
        self.assertIn(b"Eight.\r\n", merged)
        self.assertEqual(merged.count(b"\n"), merged.count(b"\r\n"))

    def test_links_in_the_new_version_lead_to_documents(self):
        self.write("target.txt", "A target with text.\n")
        self.write("a.md", "# A\n\nSee [it](target.txt).\n\nOne.\n\nTwo.\n\nThree.\n")
        self.sync()
        self.assertIn("[it](target.md)", self.markdown("a").read_text())
        self.edit("a", "One.", "One, mine.")
        self.write("a.md", "# A\n\nSee [it](target.txt).\n\nOne.\n\nTwo.\n\nThree, new.\n")
        self.assertEqual(self.doc(self.sync("--on-edit", "merge"), "a")["conflicts"], 0)
        text = self.markdown("a").read_text()
        for part in ["[it](target.md)", "One, mine.", "Three, new."]:
            self.assertIn(part, text)
        self.kb.check()

    # However often a run is killed: what the user wrote is in the published file, or beside it.
    def test_kills(self):
        chance = random.Random(int(os.environ.get("SLUICE_CRASH_SEED", "11")))
        names = [f"n{i}" for i in range(8)]
        for name in names:
            self.source(name)
        self.sync()
        written = []
        for turn in range(12):
            what = chance.choice(["merge", "ours", "keep"])
            for name in names:
                mark = f"Mark {turn} in {name}"
                path = self.markdown(name)
                path.write_text(path.read_text() + mark + "\n")
                written.append(mark)
                self.source(name, {chance.randrange(4): f"Turn {turn}.\n\n"})
            process = subprocess.Popen([SLUICE, "-C", self.kb.path, "sync", "--on-edit", what,
                                        self.docs], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * 0.3)
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.kb.run("recover")
            self.kb.check()
            everything = self.everything_written()
            for mark in written:
                self.assertIn(mark, everything, f"{what}, turn {turn}")
            for name in names:  # settle what is open
                path = self.markdown(name)
                path.write_text("".join(line for line in path.read_text().splitlines(True)
                                        if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>")))

    # An editor that saves while runs commit.
    def test_a_race_loses_nothing(self):
        self.source("a")
        self.sync()
        path = self.markdown("a")
        marks = []
        stop = threading.Event()

        def save():
            for number in range(400):
                if stop.is_set():
                    return
                mark = f"Save {number}."
                fresh = self.home / "fresh"
                try:
                    fresh.write_text(path.read_text() + mark + "\n")
                    os.replace(fresh, path)
                except FileNotFoundError:
                    continue  # between two names, where the file system cannot swap them
                marks.append(mark)
                time.sleep(0.002)

        editor = threading.Thread(target=save)
        editor.start()
        try:
            for turn in range(6):
                self.source("a", {turn: f"Turn {turn}.\n\n"})
                self.kb.run("sync", str(self.docs), "--on-edit", "merge")
        finally:
            stop.set()
            editor.join()
        everything = self.everything_written()
        self.assertEqual([mark for mark in marks if mark not in everything], [])
        self.kb.check()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
