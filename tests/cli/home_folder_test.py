"""A home folder with every odd thing, taken in every night for a week.

Each file is accounted for in text and JSON, the numbers add up to what `find` sees, quiet nights end
with 0 and nights with new failures with 3; and every line of JSON that any command prints is as its
schema says.

    home_folder_test.py SLUICE SCHEMA_FOLDER
"""
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from json_schema import Schemas, problems  # noqa: E402

SLUICE = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
SCHEMAS = Schemas(sys.argv[2]) if len(sys.argv) > 2 else None


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def make_home(home):
    """What people have in their folders, by the way in which a scan meets it."""
    docs = home / "Documents"
    for number in range(12):
        write(docs / f"note {number}.md", f"# Note {number}\n\nSome text, {number} times.\n")
    write(docs / "table.csv", "a,b\n1,2\n")
    write(docs / "copy of note 3.md", "# Note 3\n\nSome text, 3 times.\n")
    # What fails, and will fail tomorrow.
    write(docs / "blank.md", "")
    write(docs / "blank2.csv", "")
    write(docs / "broken.docx", b"PK\x03\x04 and no more")
    write(docs / "torn.pdf", b"%PDF-1.7\n%%EOF")
    # What nobody converts.
    for number in range(5):
        write(home / "Pictures" / f"IMG_{number}.JPG", b"\xff\xd8\xff\xe0" + bytes([number]))
    write(home / "Music/song.mp3", b"ID3")
    write(home / "LICENSE", "text without an extension")
    write(home / "odd \n name.zzz", "x")
    write(pathlib.Path(os.fsdecode(os.fsencode(home) + b"/bad\xff.qqq")), "x")
    # What programs leave.
    write(home / "Code/site/node_modules/left-pad/README.md", "# left-pad\n")
    write(home / "Code/site/node_modules/x/y.js", "x")
    write(home / "Code/site/README.md", "# The site\n")
    write(home / "Code/site/main.js", "x")
    write(home / "Code/site/.gitignore", "build/\n*.log.md\n!kept.log.md\n")
    write(home / "Code/site/build/out.md", "# Out\n")
    write(home / "Code/site/a.log.md", "# Log\n")
    write(home / "Code/site/kept.log.md", "# Kept\n")
    write(home / "Code/site/.git/config", "[core]\n")
    write(home / "Code/py/__pycache__/a.md", "x")
    write(docs / "~$Budget.docx", b"\x05lock")
    write(docs / ".~lock.table.csv#", "lock")
    write(home / ".DS_Store", b"\0\0\0\1Bud1")
    write(home / "Thumbs.db", b"\xd0\xcf\x11\xe0")
    # Hidden things, and rules.
    write(home / ".bashrc", "alias x=y\n")
    write(home / ".config/app/settings.md", "# Settings\n")
    write(home / ".sluiceignore", "/Private/\n# a remark\ndraft-*\n")
    write(home / "Private/diary.md", "# Secret\n")
    write(docs / "draft-1.md", "# Draft\n")
    # Links and what is no file.
    os.symlink("note 1.md", docs / "link to note.md")
    os.symlink("nowhere.md", docs / "dangling.md")
    os.symlink("loop.md", docs / "loop.md")
    os.symlink("/etc/passwd", docs / "outside.txt")
    os.symlink("Documents", home / "Docs")
    os.mkfifo(home / "pipe.md")
    listener = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(home)  # the path of a socket may be 107 bytes long
    listener.bind("socket.md")
    os.chdir(here)
    listener.close()
    (home / "Empty").mkdir()


class Home(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="sluice-home-")
        self.addCleanup(holder.cleanup)
        self.top = pathlib.Path(holder.name).resolve()
        self.home = self.top / "home"
        make_home(self.home)
        self.env = {"PATH": os.environ["PATH"], "HOME": str(self.top / "nobody"), "LC_ALL": "C.UTF-8",
                    # Its pictures are no pictures.
                    "SLUICE_PLUGINS_DENY": "ocr"}
        self.run_sluice("init", "kb")

    def run_sluice(self, *words, **more):
        more.setdefault("stdout", subprocess.PIPE)
        return subprocess.run([SLUICE, *words], cwd=self.top, env=self.env, stderr=subprocess.PIPE, timeout=300, **more)

    def objects(self, *words, code=0):
        """Every object that a command prints, each held against its schema."""
        done = self.run_sluice("-C", "kb", *words, "--json")
        self.assertEqual(done.returncode, code, done.stderr.decode(errors="replace"))
        return [SCHEMAS.check(line) for line in done.stdout.decode().splitlines()]

    def of(self, objects, kind):
        return [one for one in objects if one["type"] == kind]

    def entries(self):
        """What `find` sees: (all but directories, directories), relative to the top."""
        others, folders = set(), set()
        for folder, subs, names in os.walk(self.home):
            for name in subs + names:
                path = pathlib.Path(folder, name)
                kind = folders if path.is_dir() and not path.is_symlink() else others
                kind.add(str(path.relative_to(self.top)))
        return others, folders

    def test_every_file_is_accounted_for(self):
        objects = self.objects("add", "home", code=3)
        docs = [os.fsdecode(urllib.parse.unquote_to_bytes(one["source"])) for one in self.of(objects, "doc")]
        skipped = {os.fsdecode(urllib.parse.unquote_to_bytes(one["source"])): one for one in self.of(objects, "skipped")}
        summary = self.of(objects, "summary")[0]
        others, folders = self.entries()

        left_out = [path for path in folders if path in skipped]

        def is_below_left_out(path):
            return any(path.startswith(folder + "/") for folder in left_out)

        expected = {path for path in others if not is_below_left_out(path)}
        told = [path for path in docs + list(skipped) if path not in folders]
        self.assertEqual(sorted(told), sorted(expected))
        self.assertEqual(len(docs), len(set(docs)))
        self.assertFalse(set(docs) & set(skipped))

        # The numbers add up.
        results = [one["result"] for one in self.of(objects, "doc")]
        for result in ("added", "updated", "unchanged", "duplicate", "failed"):
            self.assertEqual(summary[result], results.count(result), result)
        self.assertEqual(summary["skipped"], len(skipped))
        self.assertEqual(summary["skipped"], sum(one["count"] for one in summary["skipped_by"]))
        self.assertEqual(len(docs) + len(skipped), len(expected) + len(left_out))

        # Each for its own reason.
        def why(path):
            return skipped["home/" + path]["why"]

        for path, reason in {
            "Pictures/IMG_0.JPG": "unsupported",
            "LICENSE": "unsupported",
            "Code/site/node_modules": "ignored",
            "Code/site/build": "ignored",
            "Code/site/a.log.md": "ignored",
            "Code/site/.git": "ignored",
            "Code/py/__pycache__": "ignored",
            "Documents/~$Budget.docx": "ignored",
            "Documents/.~lock.table.csv#": "ignored",
            ".DS_Store": "ignored",
            "Thumbs.db": "ignored",
            "Private": "ignored",
            "Documents/draft-1.md": "ignored",
            ".bashrc": "hidden",
            ".config": "hidden",
            ".sluiceignore": "ignore-file",
            "Documents/dangling.md": "broken-link",
            "Documents/loop.md": "broken-link",
            "Documents/outside.txt": "link-outside",
            "Docs": "link-to-folder",
            "pipe.md": "special-file",
            "socket.md": "special-file",
        }.items():
            self.assertEqual(why(path), reason, path)
        self.assertEqual(skipped["home/Code/site/a.log.md"]["rule"], "home/Code/site/.gitignore:2: *.log.md")
        self.assertEqual(skipped["home/Private"]["rule"], "home/.sluiceignore:1: /Private/")
        self.assertIn("home/Code/site/kept.log.md", docs)

        # The text says the same numbers, and a dry run of another knowledge base too.
        self.run_sluice("init", "other")
        text = self.run_sluice("-C", "other", "add", "home").stdout.decode()
        counted = re.search(r"^skipped (\d+): (.*?)(?: \(-v.*)?$", text, re.M)
        self.assertEqual(int(counted.group(1)), len(skipped))
        self.assertEqual(sum(int(number) for number in re.findall(r" (\d+)(?:,|$)", counted.group(2))), len(skipped))
        self.assertRegex(text, rf"(?m)^added \d+, .*, failed {summary['failed']}, skipped {len(skipped)}, ")
        self.run_sluice("init", "third")
        dry = self.run_sluice("-C", "third", "add", "-n", "--json", "home")
        dry = [SCHEMAS.check(line) for line in dry.stdout.decode().splitlines()]
        self.assertEqual(self.of(dry, "summary")[0]["skipped"], len(skipped))
        self.assertEqual(len(self.of(dry, "skipped")), len(skipped))
        self.assertEqual(len(self.of(dry, "plan")), len(docs))
        named = self.run_sluice("-C", "other", "add", "-v", "home").stdout.decode()
        self.assertEqual(len(re.findall(r"^skipped  ", named, re.M)), len(skipped))

    def night(self, code, failed, new):
        objects = self.objects("add", "home", code=code)
        summary = self.of(objects, "summary")[0]
        self.assertEqual((summary["failed"], summary["failed_new"]), (failed, new))
        docs = [one for one in self.of(objects, "doc") if one["result"] == "failed"]
        self.assertEqual(len(docs), failed)
        self.assertEqual(len([one for one in docs if not one["known"]]), new)
        on_record = self.objects("list", "--failed")
        self.assertEqual({one["path"] for one in on_record}, {one["path"] for one in docs})
        self.assertEqual(self.objects("status")[0]["failures"], failed)
        return summary

    def test_a_week_of_nights(self):
        docs = self.home / "Documents"
        first = self.night(3, failed=4, new=4)
        self.assertGreater(first["added"], 12)
        quiet = self.night(0, failed=4, new=0)
        self.assertEqual((quiet["added"], quiet["updated"]), (0, 0))
        # A new document, and one that changed: a quiet night still.
        write(docs / "new.md", "# New\n")
        write(docs / "note 1.md", "# Note 1\n\nOther text.\n")
        self.assertEqual(self.night(0, failed=4, new=0)["added"], 1)
        # A new one that fails.
        write(docs / "blank3.md", "")
        self.night(3, failed=5, new=1)
        # One is mended, one is deleted, one is ignored: their failures go.
        write(docs / "blank.md", "# No longer blank\n")
        (docs / "blank2.csv").unlink()
        write(docs / ".sluiceignore", "blank3.md\n")
        self.night(0, failed=2, new=0)
        # One changes, and fails again: that is new.
        write(docs / "broken.docx", b"PK\x03\x04 and no more than this")
        self.night(3, failed=2, new=1)
        # It is touched, which changes nothing.
        os.utime(docs / "torn.pdf")
        self.night(0, failed=2, new=0)
        self.assertEqual(self.run_sluice("-C", "kb", "add", "--strict", "home").returncode, 3)
        self.assertEqual(self.run_sluice("-q", "-C", "kb", "add", "home").stderr, b"")

    def test_output_that_nobody_takes_changes_nothing(self):
        def shell(line):
            return subprocess.run(["bash", "-c", line], cwd=self.top, env=dict(self.env, S=str(SLUICE)),
                                  stderr=subprocess.PIPE, stdout=subprocess.PIPE, timeout=300)

        documents = len([one for one in self.objects("add", "home", code=3) if one["type"] == "doc" and one["result"] == "added"])
        for number, output in enumerate(["| head -1; exit ${PIPESTATUS[0]}", ">&-", "> /dev/full", "> /dev/full --json"]):
            kb = f"kb{number}"
            self.run_sluice("init", kb)
            done = shell(f"$S -C {kb} add home {output}")
            self.assertEqual(done.returncode, 3, output)
            self.assertEqual(len(self.run_sluice("-C", kb, "list", "--json").stdout.splitlines()), documents, output)
        for words in ("list", "list --json", "list --failed", "status", "config show", "plugin list"):
            done = shell(f"$S -C kb {words} | head -1; exit ${{PIPESTATUS[0]}}")
            self.assertEqual((done.returncode, done.stderr), (0, b""), words)
        done = shell("for i in $(seq 300); do echo line; done > big.md; $S convert big.md | true; exit ${PIPESTATUS[0]}")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        for output in (">&-", "> /dev/full"):
            done = shell(f"$S -C kb list {output}")
            self.assertEqual(done.returncode, 1, output)
            self.assertIn(b"cannot write the results", done.stderr)

    def test_every_object_is_as_its_schema_says(self):
        def one(*words, code=0):
            done = self.run_sluice(*words, "--json")
            self.assertEqual(done.returncode, code, (words, done.stderr.decode(errors="replace")))
            return [SCHEMAS.check(line) for line in done.stdout.decode().splitlines()]

        del self.env["SLUICE_PLUGINS_DENY"]  # plugins are disabled and enabled below
        one("init", "fresh")
        self.objects("add", "-n", "home")
        self.objects("add", "home", code=3)
        for words in (["list"], ["list", "--failed"], ["show", "note-5"], ["status"], ["report"], ["check"], ["recover"],
                      ["doctor"], ["plugin", "list"], ["plugin", "info", "pdf"], ["plugin", "why", "home/Documents/note 1.md"],
                      ["convert", "home/Documents/note 1.md"],
                      ["plugin", "verify"], ["plugin", "disable", "pdf"], ["plugin", "list"], ["plugin", "order"],
                      ["plugin", "order", "text"], ["plugin", "pin"], ["plugin", "list"], ["config", "show"], ["config", "check"], ["remove", "-n", "note-2"], ["remove", "note-2"],
                      ["export", "openkb", "exported"]):
            self.objects(*words)
        (self.top / "kb/wiki/sources/note-4.md").unlink()
        one("-C", "kb", "check", code=13)
        one("-C", "kb", "check", "--repair")
        one("-C", "nowhere", "list", code=10)
        self.env["SLUICE_HOOKS_RUN"] = "true"
        self.objects("hooks", "--run")
        progress = self.run_sluice("-C", "kb", "add", "home", "--progress", "json").stderr.decode(errors="replace")
        for line in progress.splitlines():
            if line.startswith("{"):
                SCHEMAS.check(line)
        # What bundles_test.py and the tests of the queue hold against their schemas.
        elsewhere = {"bundle", "bundle_check", "bundle_facts", "prepare_summary", "queue", "queue_status",
                     "queue_commit", "queue_task", "refused", "submitted", "worked"}
        missing = set(SCHEMAS.by_type) - SCHEMAS.seen - elsewhere
        self.assertEqual(missing, set(), "no command printed these")

    def test_a_schema_refuses_what_is_wrong(self):
        schema = SCHEMAS.by_type["skipped"]
        good = {"v": 1, "type": "skipped", "source": "a", "path": "/a", "kind": "js", "why": "unsupported", "rule": None}
        self.assertEqual(problems(good, schema), [])
        for change in ({"why": "because"}, {"v": 2}, {"source": 7}, {"extra": 1}):
            self.assertTrue(problems({**good, **change}, schema), change)
        self.assertTrue(problems({key: good[key] for key in good if key != "kind"}, schema))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
