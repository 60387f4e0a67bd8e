"""prepare and commit, as batch systems use them: the knowledge base of `add`, whatever was prepared where.

    bundles_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import PLUGINS, SCHEMAS, SLUICE  # noqa: E402
from json_schema import problems  # noqa: E402

SCHEMA = json.loads((pathlib.Path(sys.argv[2]).parent / "bundle.schema.json").read_text()) if len(sys.argv) > 2 else {}
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "config/examples"
# What is recorded of a knowledge base has the time of day in it.
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
# A picture, and no source: nobody converts it.
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def tree(kb):
    """Every published file of a knowledge base, with its bytes."""
    return {str(path.relative_to(kb)): path.read_bytes()
            for part in ("raw", "wiki") for path in sorted((kb / part).rglob("*")) if path.is_file()}


class BundleCase(unittest.TestCase):
    """A folder of documents, and what is done with it."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="sluice-bundles-")
        self.addCleanup(temporary.cleanup)
        self.home = pathlib.Path(temporary.name).resolve()
        self.docs = self.home / "docs"

    def run_sluice(self, *words, code=0, stdin=None):
        result = subprocess.run([SLUICE, *map(str, words)], cwd=self.home, input=stdin, capture_output=True,
                                text=True, timeout=300, env=ENVIRONMENT)
        if code is not None:
            self.assertEqual(result.returncode, code, f"sluice {words}\n{result.stdout}\n{result.stderr}")
        return result

    def objects(self, *words, code=0, stdin=None):
        lines = self.run_sluice("--json", *words, code=code, stdin=stdin).stdout.splitlines()
        return [SCHEMAS.check(line) for line in lines]

    def write(self, name, content):
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def make_documents(self):
        for number in range(30):
            self.write(f"note {number}.md", f"# Note {number}\n\n[[note {(number + 7) % 30}]] and "
                                            f"[next](note%20{(number + 1) % 30}.md) ![p](p.svg)\n")
        self.write("p.svg", PICTURE)
        self.write("a/note 3.md", "Takes a name that is taken ![p](../p.svg)\n")
        self.write("b/note 3.md", "So does this\n")
        self.write("b/same.md", "# Note 4\n")
        self.write("c/same too.md", "# Note 4\n")
        self.write("table.csv", "a,b\n1,2\n")
        self.write("broken.pdf", "%PDF-1.7\n%%EOF")
        self.write("empty.md", "")
        self.write("song.mp3", "x")
        self.write(".hidden.md", "x")
        self.write("mail.eml", "From: a@example.org\nSubject: Hello\nMIME-Version: 1.0\n"
                               "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nText\n"
                               "--x\nContent-Disposition: attachment; filename=in.md\n\n# In\n"
                               "--x\nContent-Disposition: attachment; filename=bad.pdf\n\n%PDF\n--x--\n")
        odd = os.fsdecode(os.fsencode(self.docs) + b"/b\xff\xe2\x80\xae.md")
        pathlib.Path(odd).write_text("# Odd name\n")

    def add(self, *words):
        kb = self.home / "added"
        self.run_sluice("init", kb)
        self.added = self.objects("-C", kb, "add", self.docs, *words, code=None)[-1]
        return tree(kb)

    def commit(self, *bundles, name="committed", code=3):
        kb = self.home / name
        if not kb.exists():
            self.run_sluice("init", kb)
        found = self.objects("-C", kb, "commit", *bundles, code=code)
        self.run_sluice("-C", kb, "check")
        return tree(kb), found

    def assert_same(self, one, other):
        self.assertEqual(sorted(one), sorted(other))
        for path, content in one.items():
            self.assertEqual(content, other[path], path)

    def assert_like_schema(self, folder):
        count = 0
        for path in folder.glob("*/bundle.json"):
            self.assertEqual(problems(json.loads(path.read_text()), SCHEMA), [], path)
            count += 1
        self.assertGreater(count, 0)



class Bundles(BundleCase):
    def test_one_folder(self):
        self.make_documents()
        expected = self.add()
        found = self.objects("prepare", self.docs, "--out", "out", code=3)
        self.assertEqual(found[0]["type"], "run_start")
        summary = found[-1]
        # Each entry ends as it does with `add`.
        self.assertGreater(summary["skipped"], 1)
        self.assertGreater(summary["failed"], 2)
        self.assertEqual((summary["failed"], summary["skipped"]), (self.added["failed"], self.added["skipped"]))
        self.assert_like_schema(self.home / "out")
        self.assertEqual(list((self.home / "out/.parts").iterdir()), [])
        committed, objects = self.commit("out")
        self.assert_same(expected, committed)
        self.assertEqual((objects[-1]["skipped"], objects[-1]["failed"], objects[-1]["refused"]),
                         (self.added["skipped"], self.added["failed"], 0))
        # Again: nothing is new.
        again, objects = self.commit("out", code=0)
        self.assert_same(committed, again)
        self.assertEqual(objects[-1]["added"], 0)

    def test_any_sharding(self):
        self.make_documents()
        expected = self.add()
        for number in range(1, 8):
            self.run_sluice("prepare", self.docs, "--out", f"out{number % 3}", "--shard", f"{number}/7", code=None)
        # One twice, elsewhere, as after a node that was given up too early.
        self.run_sluice("prepare", self.docs, "--out", "twice", "--shard", "3/7", code=None)
        outs = ["twice", "out2", "out0", "out1"]
        committed, _ = self.commit(*outs)
        self.assert_same(expected, committed)

    def test_a_missing_shard_is_told(self):
        self.make_documents()
        for number in range(1, 7):
            self.run_sluice("prepare", self.docs, "--out", "out", "--shard", f"{number}/7", code=None)
        self.run_sluice("init", "kb")
        result = self.run_sluice("-C", "kb", "commit", "out", code=None)
        self.assertIn("a shard is missing", result.stderr)
        self.run_sluice("-C", "kb", "check")
        self.run_sluice("prepare", self.docs, "--out", "out", "--shard", "7/7", code=None)
        result = self.run_sluice("-C", "kb", "commit", "out", code=None)
        self.assertNotIn("a shard is missing", result.stderr)
        # What comes later may get another name than it had got in its place.
        def sources(files):
            return sorted(content for path, content in files.items() if path.startswith("raw/"))
        self.assertEqual(sources(self.add()), sources(tree(self.home / "kb")))

    def test_web_pages_stay_with_the_knowledge_base(self):
        self.write("a.md", "# A\n")
        result = self.run_sluice("prepare", self.docs, "https://example.invalid/page", "--out", "out", code=3)
        self.assertIn("no bundles are made of web pages", result.stderr)
        self.assertIn("'sluice add'", result.stderr)
        objects = self.commit("out", code=0)[1]
        self.assertEqual((objects[-1]["added"], objects[-1]["failed"]), (1, 0))

    def test_a_second_run_makes_what_is_missing(self):
        self.make_documents()
        self.run_sluice("prepare", self.docs, "--out", "out", code=3)
        out = self.home / "out"
        names = sorted(path.name for path in out.iterdir())
        shutil.rmtree(next(out.glob("000000000003-*")))
        torn = next(out.glob("000000000005-*/0.md"))
        torn.write_bytes(torn.read_bytes()[:-2])
        self.write("note 20.md", "# Changed\n")
        summary = self.objects("prepare", self.docs, "--out", "out")[-1]
        self.assertEqual((summary["prepared"], summary["failed_new"]), (3, 0))
        self.assertEqual(names, sorted(path.name for path in out.iterdir()))
        self.assert_same(self.add(), self.commit("out")[0])

    def test_a_new_file_moves_the_others_behind_it(self):
        self.make_documents()
        self.run_sluice("prepare", self.docs, "--out", "out", code=3)
        self.write("a first.md", "# First\n")
        summary = self.objects("prepare", self.docs, "--out", "out", code=None)[-1]
        self.assertEqual(summary["prepared"], 1)
        self.assert_same(self.add(), self.commit("out")[0])

    def test_tar_files(self):
        self.make_documents()
        expected = self.add()
        for number in (1, 2, 3):
            self.run_sluice("prepare", self.docs, "--out", f"out{number}", "--shard", f"{number}/3", code=None)
        for number, kind in ((1, tarfile.USTAR_FORMAT), (2, tarfile.GNU_FORMAT), (3, tarfile.PAX_FORMAT)):
            # At any depth, and with names that need more than a header.
            depth = "deep " * 30 if kind != tarfile.USTAR_FORMAT else "x"
            with tarfile.open(self.home / f"{number}.tar", "w", format=kind) as tar:
                tar.add(self.home / f"out{number}", arcname=f"{depth}/{number}")
        self.assert_same(expected, self.commit("3.tar", "1.tar", "2.tar")[0])
        # What is no tar file, and one that is cut off.
        (self.home / "no.tar").write_text("x" * 2000)
        content = (self.home / "1.tar").read_bytes()
        (self.home / "cut.tar").write_bytes(content[:len(content) // 2 // 512 * 512 - 100])
        for name in ("no.tar", "cut.tar"):
            self.run_sluice("-C", "committed", "commit", name, code=1)
        # A link in one is no file.
        with tarfile.open(self.home / "link.tar", "w") as tar:
            folder = next(path.parent for path in sorted((self.home / "out1").glob("0*/0.md")))
            tar.add(folder, arcname=folder.name)
            entry = tarfile.TarInfo(f"{folder.name}/0.md")
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(entry)
        self.assertIn("refused 1", self.run_sluice("-C", "committed", "commit", "link.tar", code=3).stdout)

    def batch_environment(self):
        """With `sluice` in the PATH."""
        (self.home / "bin").mkdir()
        (self.home / "bin/sluice").write_text(f'#!/bin/sh\nexec "{SLUICE}" "$@"\n')
        (self.home / "bin/sluice").chmod(0o755)
        return {**ENVIRONMENT, "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}", "HOME": str(self.home)}

    def test_the_example_for_gnu_parallel(self):
        if shutil.which("parallel") is None:
            self.skipTest("GNU parallel is not installed")
        self.docs = self.home / "docs with 'blanks'"
        self.make_documents()
        expected = self.add()
        self.run_sluice("init", "kb")
        result = subprocess.run([EXAMPLES / "gnu_parallel.sh", self.docs, self.home / "out 1", self.home / "kb", "5",
                                 "--jobs", "2"], env=self.batch_environment(), cwd=self.home, capture_output=True, text=True)
        self.assertEqual(result.returncode, 3, result.stderr)  # of commit: some documents fail
        self.assertNotIn("missing", result.stderr)
        self.assert_same(expected, tree(self.home / "kb"))

    def test_the_example_for_slurm(self):
        """With a stand-in for sbatch, which runs the tasks with the variables that Slurm sets."""
        self.make_documents()
        expected = self.add()
        environment = self.batch_environment()
        for task in range(4, 8):  # an array need not begin at 1
            variables = {"SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_MIN": "4", "SLURM_ARRAY_TASK_COUNT": "4",
                         "SLURM_CPUS_PER_TASK": "2"}
            result = subprocess.run(["sh", EXAMPLES / "slurm_array.sh", self.docs, self.home / "out"],
                                    env={**environment, **variables}, cwd=self.home, capture_output=True, text=True)
            self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_same(expected, self.commit("out")[0])

    def test_a_list_names_the_bytes(self):
        file = self.write("download", "# Fetched\n")
        line = json.dumps({"path": "/srv/far/away.md", "file": str(file), "source": "away", "place": 7})
        found = self.objects("prepare", "--list", "-", "--out", "out", stdin=line + "\n")
        self.assertTrue(found[1]["bundle"].startswith("000000000007-"))
        committed, objects = self.commit("out", code=0)
        self.assertEqual(objects[1]["path"], "/srv/far/away.md")
        self.assertIn("raw/away.md", committed)
        self.assertIn(b"source: /srv/far/away.md\n", committed["wiki/sources/away.md"])

    def test_a_place_that_no_bundle_can_have_is_refused(self):
        entry = {"path": "/srv/a.md", "file": str(self.write("download", "# Fetched\n"))}
        for place in (10 ** 12, 2 ** 64 - 1, -1, 1.5):
            line = json.dumps({**entry, "place": place})
            said = self.run_sluice("prepare", "--list", "-", "--out", "out", code=2, stdin=line + "\n")
            self.assertIn("place", said.stderr)
        self.run_sluice("prepare", "--list", "-", "--out", "out", stdin=json.dumps({**entry, "place": 10 ** 12 - 1}))
        self.assertEqual(self.commit("out", code=0)[1][-1]["added"], 1)

    def test_sources_in_the_knowledge_base(self):
        kb = self.home / "vault"
        self.run_sluice("init", kb)
        (kb / "n.md").write_text("# N\n")
        self.run_sluice("prepare", kb / "n.md", "--out", "absolute", "-C", self.home / "nowhere", code=10)
        self.run_sluice("-C", kb, "prepare", kb / "n.md", "--out", self.home / "out")
        objects = self.objects("-C", kb, "commit", "out")
        self.assertEqual([one["path"] for one in objects if one["type"] == "doc"], ["n.md"])

    def test_wrong_uses(self):
        self.make_documents()
        for words in (["--out", "docs/out"], ["--out", "docs"], ["--out", "o", "--shard", "0/3"],
                      ["--out", "o", "--shard", "4/3"], ["--out", "o", "--shard", "x"], []):
            self.run_sluice("prepare", self.docs, *words, code=2)
        self.run_sluice("init", "kb")
        self.run_sluice("prepare", self.docs / "table.csv", "--out", "kb", code=2)
        self.run_sluice("-C", "kb", "commit", "nowhere", code=1)

    def test_a_list_that_cannot_be_read_is_an_error(self):
        self.write("note.md", "# Note\n")
        self.run_sluice("init", "kb")
        for words in (["-C", "kb", "add", "--files-from", self.docs], ["prepare", "--out", "o", "--files-from", self.docs],
                      ["prepare", "--out", "o", "--list", self.docs]):
            self.assertIn("cannot be read", self.run_sluice(*words, code=2).stderr)

    def test_bundle_show_and_check(self):
        self.make_documents()
        self.run_sluice("prepare", self.docs, "--out", "out", code=3)
        facts = self.objects("bundle", "show", "out")
        self.assertEqual({one["result"] for one in facts}, {"prepared", "failed", "skipped"})
        self.assertEqual(self.objects("bundle", "check", "out")[-1], {"v": 1, "type": "bundle_check", "bundles": len(facts), "refused": 0})
        text = self.run_sluice("bundle", "show", "out").stdout
        self.assertIn("mail.eml!/in.md", text)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
