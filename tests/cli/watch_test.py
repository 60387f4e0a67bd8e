"""watch: what changes is taken in once it is stable, and nothing is lost that is only out of sight.

    watch_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
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
from folders import SCHEMAS, SLUICE, Folders  # noqa: E402

# The test of floods makes so many changes.
CHANGES = int(os.environ.get("SLUICE_TEST_WATCH_CHANGES", "600"))
PATIENCE = 90


class Watching(Folders):
    def setUp(self):
        super().setUp()
        self.process = None
        self.addCleanup(self.stop)
        self.log = self.home / "watch.jsonl"
        self.errors = self.home / "watch.err"

    def start(self, *words):
        with open(self.log, "a") as out, open(self.errors, "a") as errors:
            self.process = subprocess.Popen(
                [SLUICE, "-C", self.kb.path, "--json", "watch", *words], stdout=out, stderr=errors)

    def stop(self, code=None):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        found = self.process.wait(PATIENCE)
        self.process = None
        if code is not None:
            self.assertEqual(found, code, self.errors.read_text())

    def until(self, what, holds):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process is not None and self.process.poll() is not None:
                self.fail(f"watch ended with {self.process.returncode}: {self.errors.read_text()}")
            if holds():
                return
            time.sleep(0.1)
        self.fail(f"{what}: {self.errors.read_text()}\n{self.log.read_text()[-3000:]}")

    def names(self):
        return sorted(pathlib.Path(path).name for path in self.kb.documents())

    def until_documents(self, *names):
        self.until(f"documents {names}", lambda: self.names() == sorted(names))

    def events(self):
        return [(one["op"], pathlib.Path(one["path"]).name) for one in self.kb.objects("log")]

    def text_of(self, name):
        return (self.kb.path / "wiki/sources" / f"{pathlib.Path(name).stem}.md").read_text()


class Watch(Watching):
    def test_changes_are_taken_in_and_the_end_is_quiet(self):
        self.write("a.md", "# A\n\nThe first text.\n")
        self.start(self.docs)
        self.until_documents("a.md")
        self.write("deep/er/b.md", "# B\n\nIn a new folder.\n")
        self.write("a.md", "# A\n\nThe second text.\n")
        self.until_documents("a.md", "b.md")
        self.until("the second text", lambda: "second" in self.text_of("a.md"))
        (self.docs / "deep/er/b.md").rename(self.docs / "c.md")
        self.until("a rename", lambda: ("renamed", "c.md") in self.events())
        (self.docs / "a.md").unlink()
        self.until_documents("c.md")
        self.stop(code=0)
        self.assertEqual(self.events(), [("added", "a.md"), ("updated", "a.md"), ("added", "b.md"),
                                         ("renamed", "c.md"), ("removed", "a.md")])
        for line in self.log.read_text().splitlines():
            self.assertNotEqual(SCHEMAS.check(line).get("result"), "unchanged")
        self.assertEqual(self.errors.read_text(), "")
        self.kb.check()

    def test_what_is_skipped_is_no_change(self):
        self.write("table.xyz", "\0\1 of no format that has a converter")
        self.write("a.md", "# One\n")
        self.start(self.docs)
        self.until_documents("a.md")
        self.write("b.md", "# Two\n")
        self.until_documents("a.md", "b.md")
        self.stop(0)
        types = [json.loads(line)["type"] for line in self.log.read_text().splitlines()]
        self.assertIn("doc", types)
        self.assertNotIn("skipped", types)

    def test_a_file_waits_while_it_is_written(self):
        self.start(self.docs)
        with open(self.docs / "long.md", "w") as out:
            out.write("# Long\n\n")
            for number in range(60):
                out.write(f"Line {number}.\n")
                out.flush()
                time.sleep(0.1)
            self.write("other.md", "# Other\n\nNobody waits for the long one.\n")
            self.until_documents("other.md")
            out.write("The end.\n")
        self.until_documents("long.md", "other.md")
        self.assertIn("The end.", self.text_of("long.md"))
        self.assertEqual(self.events(), [("added", "other.md"), ("added", "long.md")])

    def test_saves_of_editors_are_one_update_each(self):
        self.write("a.md", "# A\n\nText 0.\n")
        self.start(self.docs)
        self.until_documents("a.md")

        def vim(text):  # a test file, the old one moved away, the new one written, the backup deleted
            (self.docs / "4913").write_text("")
            (self.docs / "4913").unlink()
            (self.docs / "a.md").rename(self.docs / "a.md~")
            (self.docs / "a.md").write_text(text)
            (self.docs / "a.md~").unlink()

        def code(text):  # in place
            with open(self.docs / "a.md", "r+") as out:
                out.truncate(0)
                time.sleep(0.2)
                out.write(text)

        def libre_office(text):  # a lock file, a temporary file in the same folder, then a rename over it
            (self.docs / ".~lock.a.md#").write_text("me")
            (self.docs / "lu12345.tmp").write_text(text)
            (self.docs / "lu12345.tmp").rename(self.docs / "a.md")
            (self.docs / ".~lock.a.md#").unlink()

        def slow(text):  # delete first, write a second later
            (self.docs / "a.md").unlink()
            time.sleep(1)
            (self.docs / "a.md").write_text(text)

        for number, save in enumerate((vim, code, libre_office, slow), 1):
            save(f"# A\n\nText {number}.\n")
            self.until(f"text {number}", lambda: f"Text {number}." in self.text_of("a.md"))
        self.stop(code=0)
        self.assertEqual(self.events(), [("added", "a.md")] + 4 * [("updated", "a.md")])

    def test_a_flood_is_taken_in_whole(self):
        seed = random.randrange(1 << 30)
        print(f"seed {seed}")
        chance = random.Random(seed)
        self.start(self.docs, "--max-delete", "100%")
        for number in range(CHANGES):
            path = self.docs / f"{chance.randrange(20)}/file-{chance.randrange(30)}.md"
            dice = chance.random()
            if dice < 0.7 or not path.exists():
                self.write(str(path.relative_to(self.docs)),
                           f"# Change {number}\n\nIn folder {path.parent.name}.\n")
            elif dice < 0.9:
                path.unlink()
            else:
                path.rename(path.with_name(f"moved-{number}.md"))
            if number == CHANGES // 2:  # it dies, and another one goes on
                self.process.kill()
                self.process.wait()
                self.start(self.docs, "--max-delete", "100%")
        expected = sorted(str(path) for path in self.docs.rglob("*.md"))
        self.until("all of them", lambda: sorted(self.kb.documents()) == expected)
        self.stop(code=0)
        self.assert_like_fresh()

    def test_one_instance_watches_a_folder(self):
        self.write("a.md", "# A\n")
        self.start(self.docs)
        self.until_documents("a.md")
        self.assertIn("another 'sluice watch'",
                      self.kb.run("watch", str(self.docs), code=11).stderr)
        self.stop(code=0)
        self.start(self.docs)
        self.write("b.md", "# B\n")
        self.until_documents("a.md", "b.md")

    def test_idle_it_holds_no_lock_and_uses_no_processor(self):
        for number in range(300):
            self.write(f"{number % 7}/{number}.md", f"# {number}\n\nText {number}.\n")
        self.start(self.docs)
        self.until("all of them", lambda: len(self.kb.documents()) == 300)
        time.sleep(3)

        def used():
            fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return sum(int(one) for one in fields[11:15]) / os.sysconf("SC_CLK_TCK")

        before = used()
        time.sleep(10)
        self.assertLess(used() - before, 0.05)
        self.kb.run("--lock-timeout", "0", "remove", "1")

    def test_a_missing_folder_loses_nothing_and_comes_back(self):
        other = self.home / "other"
        other.mkdir()
        for number in range(5):
            self.write(f"{number}.md", f"# {number}\n\nText {number}.\n")
        self.start(self.docs, other)
        self.until("all of them", lambda: len(self.kb.documents()) == 5)
        away = self.home / "away"
        self.docs.rename(away)
        (other / "else.md").write_text("# Else\n\nElsewhere life goes on.\n")
        self.until("the other folder", lambda: len(self.kb.documents()) == 6)
        # An empty folder in its place, as where nothing is mounted.
        self.docs.mkdir()
        (other / "more.md").write_text("# More\n\nAnd on.\n")
        self.until("the other folder again", lambda: len(self.kb.documents()) == 7)
        time.sleep(6)
        self.assertEqual(len(self.kb.documents()), 7, "nothing was removed")
        self.assertIn("another folder than last time", self.errors.read_text())
        self.docs.rmdir()
        away.rename(self.docs)
        (self.docs / "0.md").unlink()
        self.until("it is back", lambda: len(self.kb.documents()) == 6)

    def test_a_restart_beside_an_empty_folder_removes_nothing(self):
        for number in range(5):
            self.write(f"{number}.md", f"# {number}\n\nText {number}.\n")
        self.kb.run("watch", "--once", str(self.docs))
        self.docs.rename(self.home / "away")
        self.docs.mkdir()
        self.kb.run("watch", "--once", str(self.docs), code=3)
        self.assertEqual(len(self.kb.documents()), 5)
        self.kb.run("sync", str(self.docs))  # asked for by hand
        self.assertEqual(len(self.kb.documents()), 0)

    def test_many_removals_wait_for_a_person_and_the_rest_goes_on(self):
        for number in range(30):
            self.write(f"{number}.md", f"# {number}\n\nText {number}.\n")
        self.start(self.docs)
        self.until("all of them", lambda: len(self.kb.documents()) == 30)
        for number in range(20):
            (self.docs / f"{number}.md").unlink()
        self.write("new.md", "# New\n\nSomething new.\n")
        self.until("the new one", lambda: len(self.kb.documents()) == 31)
        self.until("the warning", lambda: "--max-delete 20" in self.errors.read_text())
        self.kb.run("sync", "--max-delete", "20", str(self.docs))
        self.assertEqual(len(self.kb.documents()), 11)

    def test_the_configuration_is_read_again(self):
        self.write("a.md", "# A\n\nText of a.\n")
        config = self.kb.path / ".sluice/config.toml"
        config.write_text(f'[sync]\nroots = ["{self.docs}"]\n')
        self.start()
        self.until_documents("a.md")
        more = self.home / "more"
        more.mkdir()
        (more / "b.md").write_text("# B\n\nText of b.\n")
        config.write_text(f'[sync]\nroots = ["{self.docs}", "{more}"]\n')
        self.process.send_signal(signal.SIGHUP)
        self.until_documents("a.md", "b.md")
        (more / "c.md").write_text("# C\n\nText of c.\n")
        self.until_documents("a.md", "b.md", "c.md")

    def test_once_looks_twice_and_ends(self):
        self.write("a.md", "# A\n\nJust written.\n")
        self.kb.run("watch", "--once", str(self.docs))
        self.assertEqual(self.names(), ["a.md"])
        (self.docs / "a.md").unlink()
        self.kb.run("watch", "--once", str(self.docs))
        self.assertEqual(self.names(), [])

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("unshare"), "mounts need root")
    def test_an_unmounted_folder_loses_nothing(self):
        behind = self.home / "behind"
        behind.mkdir()
        for number in range(5):
            (behind / f"{number}.md").write_text(f"# {number}\n\nText {number}.\n")
        script = (f"mount --bind {behind} {self.docs}; {SLUICE} -C {self.kb.path} watch {self.docs} &"
                  f" sleep 8; umount -l {self.docs}; touch {self.docs}/x.md; sleep 8;"
                  f" rm {self.docs}/x.md; mount --bind {behind} {self.docs}; sleep 1;"
                  f" echo '# New' > {self.docs}/new.md; sleep 14; kill $!; wait")
        result = subprocess.run(["unshare", "-m", "bash", "-c", script], capture_output=True,
                                text=True, timeout=PATIENCE)
        self.assertEqual([op for op, _ in self.events()], 6 * ["added"], result.stderr)
        self.assertIn(("added", "new.md"), self.events())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
