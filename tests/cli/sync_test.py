"""sync: a knowledge base that mirrors its folders.

A seeded month of use: documents come, change, are renamed, moved, deleted and restored, and runs are
killed. After each step `check` is clean, and the knowledge base holds what a fresh one of the same
sources holds.

    sync_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER

PLUGIN_FOLDER holds the plugin of tests/fixtures/plugins/box, whose documents hold documents.
"""
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
from folders import PLUGINS, SLUICE, Folders, KnowledgeBase, front_matter  # noqa: E402

# Of the month, for each number of jobs.
STEPS = int(os.environ.get("SLUICE_TEST_SYNC_STEPS", "6"))


class Sync(Folders):
    def test_adds_changes_renames_and_deletes(self):
        for name in "abcd":
            self.write(f"{name}.md", f"# {name}\n\nText of {name}, with words of its own.\n")
        self.assertEqual(set(self.results(self.sync()).values()), {"added"})
        self.write("a.md", "# a\n\nOther text.\n")
        (self.docs / "b.md").rename(self.docs / "renamed.md")
        (self.docs / "c.md").unlink()
        self.write("new.md", "# new\n\nBrand-new words.\n")
        before = self.kb.documents()
        results = self.sync()
        self.assertEqual(self.results(results), {"a.md": "updated", "d.md": "unchanged",
                                                 "renamed.md": "renamed", "new.md": "added",
                                                 "c.md": "removed"})
        renamed = next(one for one in results if one.get("result") == "renamed")
        self.assertEqual(renamed["renamed_from"], str(self.docs / "b.md"))
        self.assertEqual(renamed["name"], before[str(self.docs / "b.md")]["name"])
        keys, _ = front_matter((self.kb.path / renamed["markdown"]).read_text())
        self.assertTrue(keys["source"].endswith("renamed.md"), keys)
        summary = results[-1]
        self.assertEqual((summary["renamed"], summary["removed"]), (1, 1))
        self.kb.check()
        self.assertEqual(set(self.results(self.sync()).values()), {"unchanged"})

    # Without --json and -v, a run walks once, and leaves out what has not changed. It must come to
    # the same.
    def test_what_is_not_named_is_counted(self):
        for n in range(6):
            self.write(f"keep/{n}.md", f"# Keep {n}\n\nWords of {n}.\n")
        for name in ["gone", "renamed", "changed", "twin"]:
            self.write(f"{name}.md", f"# {name}\n\nThe words of {name}, and more of them.\n")
        self.write("zheir.md", (self.docs / "twin.md").read_text())
        self.write("left.weird", "nothing takes it\n")
        self.write("box.box", "child a.md\n# A\n\nIn a box.\n")
        self.write("bad.pdf", "%PDF-1.7\nnot a PDF\n")
        other = KnowledgeBase(self.home / "other")
        for kb in (self.kb, other):
            kb.run("sync", str(self.docs), code=None)
        (self.docs / "gone.md").unlink()
        (self.docs / "renamed.md").rename(self.docs / "new name.md")
        self.write("changed.md", "# changed\n\nOther words.\n")
        (self.docs / "twin.md").unlink()
        self.write("keep/new.md", "# New\n\nNew words.\n")
        named = self.kb.objects("sync", str(self.docs))[-1]
        counted = other.run("sync", str(self.docs)).stdout.splitlines()
        words = counted[-1].replace(",", "").split()
        for key in ["added", "updated", "unchanged", "duplicate", "failed", "renamed", "removed",
                    "skipped"]:
            self.assertEqual(int(words[words.index(key) + 1]), named[key], (key, counted))
        self.assertEqual(self.kb.content(), other.content())
        for kb in (self.kb, other):
            kb.check()
        self.assertEqual([named["renamed"], named["updated"]], [2, 1])
        # And nothing is left to do for either.
        named = self.kb.objects("sync", str(self.docs))[-1]
        counted = other.run("sync", str(self.docs)).stdout.splitlines()[-1]
        self.assertIn(f"unchanged {named['unchanged']},", counted)
        self.assertIn("added 0, updated 0,", counted)

    def test_a_renamed_and_edited_file_keeps_its_document(self):
        text = "".join(f"Line {n} of a long report about rivers.\n" for n in range(60))
        self.write("report.md", "# Report\n\n" + text)
        self.write("notes/todo.md", "# Todo\n\n- milk\n- bread\n- salt\n")
        self.sync()
        names = {pathlib.Path(p).name: d["name"] for p, d in self.kb.documents().items()}
        (self.docs / "report.md").unlink()
        self.write("report 2026.md", "# Report, second edition\n\n" + text + "One more line.\n")
        (self.docs / "notes/todo.md").unlink()
        self.write("archive/todo.md", "# Todo\n\n- milk\n- bread\n- sugar\n- tea\n")
        self.assertEqual(self.results(self.sync()),
                         {"report 2026.md": "renamed", "todo.md": "renamed"})
        after = {pathlib.Path(p).name: d["name"] for p, d in self.kb.documents().items()}
        self.assertEqual(after, {"report 2026.md": names["report.md"], "todo.md": names["todo.md"]})
        self.kb.check()

    def test_strangers_of_one_name_stay_two_documents(self):
        self.write("one/README.md", "# Apples\n\nAbout apples, and nothing else at all.\n" * 4)
        self.sync()
        (self.docs / "one/README.md").unlink()
        self.write("two/README.md", "# Bridges\n\nHow to build bridges over rivers.\n" * 4)
        results = [one["result"] for one in self.sync() if one["type"] == "doc"]
        self.assertEqual(sorted(results), ["added", "removed"])

    def test_a_copy_carries_the_document_on(self):
        self.write("a.md", "# Same\n\nThe same text twice.\n")
        self.write("z.md", "# Same\n\nThe same text twice.\n")
        self.sync()
        (self.docs / "a.md").unlink()
        self.assertEqual(self.results(self.sync()), {"z.md": "renamed"})
        documents = self.kb.documents()
        self.assertEqual(list(documents), [str(self.docs / "z.md")])
        self.assertEqual(documents[str(self.docs / "z.md")]["sources"], [str(self.docs / "z.md")])
        self.kb.check()
        (self.docs / "z.md").unlink()
        self.sync()
        self.assertEqual(self.kb.documents(), {})

    def test_a_document_goes_with_all_of_its_copies_at_once(self):
        for number in range(12):
            for folder in ("a", "b", "c"):
                self.write(f"{folder}/{number}.md", f"# {number}\n\nThe text of {number}.\n")
        self.write("stays.md", "# Stays\n\nIt does.\n")
        self.sync()
        shutil.rmtree(self.docs / "a")
        shutil.rmtree(self.docs / "b")
        shutil.rmtree(self.docs / "c")
        self.assertIn("would remove 12 of the 13", self.kb.run("sync", str(self.docs), code=3).stderr)
        self.sync("--max-delete", "12")
        self.assertEqual([pathlib.Path(path).name for path in self.kb.documents()], ["stays.md"])
        self.assertEqual([one for one in self.kb.objects("list", "--failed")
                          if one["type"] == "failure"], [])
        self.kb.check()

    def test_a_gone_copy_leaves_the_document_alone(self):
        self.write("a.md", "# Same\n\nThe same text twice.\n")
        self.write("z.md", "# Same\n\nThe same text twice.\n")
        self.sync()
        (self.docs / "z.md").unlink()
        self.sync()
        documents = self.kb.documents()
        self.assertEqual(documents[str(self.docs / "a.md")]["sources"], [str(self.docs / "a.md")])
        self.kb.check()

    def test_only_documents_from_there_go(self):
        other = self.home / "other"
        other.mkdir()
        (other / "keep.md").write_text("# Keep\n\nFrom elsewhere.\n")
        self.write("a.md", "# a\n")
        self.kb.run("add", str(other))
        self.sync()
        shutil.rmtree(other)
        (self.docs / "a.md").unlink()
        self.sync()
        self.assertEqual([pathlib.Path(path).name for path in self.kb.documents()], ["keep.md"])

    def test_dry_run_changes_nothing(self):
        self.write("a.md", "# a\n\nText of a.\n")
        self.write("b.md", "# b\n\nWords of b.\n")
        self.sync()
        (self.docs / "a.md").rename(self.docs / "c.md")
        (self.docs / "b.md").unlink()
        self.write("d.md", "# d\n\nNew things here.\n")
        before = self.kb.content()
        plans = self.sync("-n")
        would = {pathlib.Path(one["path"]).name: one["would"] for one in plans
                 if one["type"] == "plan"}
        self.assertEqual(would, {"c.md": "rename", "b.md": "remove", "d.md": "add"})
        self.assertEqual((plans[-1]["renamed"], plans[-1]["removed"], plans[-1]["added"]), (1, 1, 1))
        self.assertEqual(self.kb.content(), before)

    def test_an_emptied_folder_empties_nothing(self):
        for number in range(30):
            self.write(f"{number}.md", f"# {number}\n\nText number {number}.\n")
        self.sync()
        kept = self.home / "kept"
        self.docs.rename(kept)
        self.docs.mkdir()
        result = self.kb.run("sync", str(self.docs), code=3)
        self.assertIn("would remove 30 of the 30 documents", result.stderr)
        self.assertIn("--max-delete 30", result.stderr)
        self.assertEqual(result.stdout.count("would remove"), 30)
        self.assertEqual(len(self.kb.documents()), 30)
        self.sync("--max-delete", "50%", code=3)
        self.docs.rmdir()
        # A folder that is not there at all.
        result = self.kb.run("sync", str(self.docs), code=2)
        self.assertIn("nothing was changed", result.stderr)
        self.docs.mkdir()
        self.sync("--max-delete", "100%")
        self.assertEqual(self.kb.documents(), {})
        self.kb.check()

    def test_ten_are_always_allowed(self):
        for number in range(10):
            self.write(f"{number}.md", f"# {number}\n\nText number {number}.\n")
        self.sync()
        for number in range(10):
            (self.docs / f"{number}.md").unlink()
        self.write("x.md", "# x\n")
        self.sync()
        self.assertEqual(len(self.kb.documents()), 1)

    def test_what_cannot_be_read_is_not_gone(self):
        if os.geteuid() == 0:
            self.skipTest("the user may read everything")
        self.write("sub/a.md", "# a\n")
        self.sync()
        os.chmod(self.docs / "sub", 0)
        self.addCleanup(os.chmod, self.docs / "sub", 0o700)
        self.sync(code=3)
        self.assertEqual(len(self.kb.documents()), 1)

    def test_what_no_converter_takes_is_not_gone(self):
        self.write("a.md", "# a\n\nText.\n")
        self.write("b.csv", "a,b\n1,2\n")
        self.sync()
        denied = {"SLUICE_PLUGINS_DENY": "csv"}
        self.kb.run("sync", str(self.docs), env=denied)
        self.assertEqual(len(self.kb.documents()), 2)

    def test_what_a_rule_leaves_out_goes(self):
        self.write("a.md", "# a\n\nText.\n")
        self.write("drafts/b.md", "# b\n\nWords.\n")
        self.sync()
        self.write(".sluiceignore", "drafts/\n")
        self.sync()
        self.assertEqual([pathlib.Path(path).name for path in self.kb.documents()], ["a.md"])
        (self.docs / ".sluiceignore").unlink()
        # A choice by -g is no rule.
        self.sync()
        self.sync("-g", "a.md")
        self.assertEqual(len(self.kb.documents()), 2)

    def test_configured_roots(self):
        result = self.kb.run("sync", code=2)
        self.assertIn("[sync]", result.stderr)
        self.write("a.md", "# a\n")
        config = self.kb.path / ".sluice/config.toml"
        config.write_text(config.read_text().replace("[sync]", f'[sync]\nroots = ["{self.docs}"]'))
        self.kb.run("sync")
        self.assertEqual(len(self.kb.documents()), 1)

    def test_another_file_system_needs_force(self):
        if os.geteuid() != 0:
            self.skipTest("only root may mount")
        self.write("a.md", "# a\n")
        self.sync()
        script = (f"mount -t tmpfs none {self.docs} && echo x > {self.docs}/x.md && "
                  f"{SLUICE} -C {self.kb.path} sync {self.docs}; echo code $?; "
                  f"{SLUICE} -C {self.kb.path} sync --force {self.docs}; echo code $?")
        result = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True)
        if "unshare failed" in result.stderr:
            self.skipTest(result.stderr)
        self.assertIn("another file system than last time", result.stderr)
        self.assertIn("code 3", result.stdout)
        self.assertIn("code 0", result.stdout)
        self.assertEqual([pathlib.Path(path).name for path in self.kb.documents()], ["x.md"])

    def test_a_swap_of_two_files(self):
        self.write("a.md", "# One\n\nThe first text.\n")
        self.write("b.md", "# Two\n\nThe second text.\n")
        self.sync()
        (self.docs / "a.md").rename(self.docs / "t")
        (self.docs / "b.md").rename(self.docs / "a.md")
        (self.docs / "t").rename(self.docs / "b.md")
        self.sync()
        self.sync()
        self.assert_like_fresh()


class Containers(Folders):
    """What is within a source follows it."""

    def box(self, name, **children):
        text = "text A box\n"
        for child, content in children.items():
            child = child.replace("_", ".")
            text += f"child {len(content)} {child}\n{content}\n"
        self.write(name, text)

    def sync(self, *words, code=0):
        return super().sync("--plugin", PLUGINS, *words, code=code)

    def keys(self):
        return sorted(path.removeprefix(str(self.docs) + "/") for path in self.kb.documents())

    def setUp(self):
        super().setUp()
        self.box("a.box", one_md="# One\n", two_md="# Two\n")
        self.write("b.md", "# b\n\nWords of b.\n")
        self.sync()
        self.assertEqual(self.keys(), ["a.box", "a.box!/one.md", "a.box!/two.md", "b.md"])

    def test_unchanged(self):
        self.assertEqual(set(self.results(self.sync()).values()), {"unchanged"})

    def test_deleted(self):
        (self.docs / "a.box").unlink()
        self.sync()
        self.assertEqual(self.keys(), ["b.md"])
        self.kb.check()

    def test_renamed(self):
        names = {path.rpartition("/")[2]: one["name"] for path, one in self.kb.documents().items()}
        (self.docs / "a.box").rename(self.docs / "z.box")
        results = self.sync()
        self.assertEqual(self.results(results), {"z.box": "renamed", "one.md": "renamed",
                                                 "two.md": "renamed", "b.md": "unchanged"})
        self.assertEqual(self.keys(), ["b.md", "z.box", "z.box!/one.md", "z.box!/two.md"])
        after = {path.rpartition("/")[2]: one["name"] for path, one in self.kb.documents().items()}
        self.assertEqual({**after, "a.box": after["z.box"]}, {**names, "z.box": names["a.box"]})
        root = self.kb.documents()[str(self.docs / "z.box")]
        self.assertIn(f"({after['one.md']}.md)", (self.kb.path / root["markdown"]).read_text())
        self.kb.content()  # each names its path
        self.kb.check()
        self.assertEqual(set(self.results(self.sync()).values()), {"unchanged"})

    def test_renamed_and_changed(self):
        (self.docs / "a.box").unlink()
        self.box("moved/a.box", one_md="# One\n", three_md="# Three\n")
        self.assertEqual(self.results(self.sync()), {"a.box": "renamed", "one.md": "renamed",
                                                     "three.md": "added", "two.md": "removed",
                                                     "b.md": "unchanged"})
        self.kb.content()
        self.kb.check()

    def test_reconverted(self):
        before = self.kb.content()
        results = self.kb.objects("reconvert", "--all", "--plugin", PLUGINS)
        self.assertEqual(set(self.results(results).values()), {"updated"})
        self.assertEqual(self.kb.content(), before)
        shutil.rmtree(self.docs)
        results = self.kb.objects("reconvert", "a-one", "--plugin", PLUGINS)
        self.assertEqual(set(self.results(results)), {"a.box", "one.md", "two.md"})
        self.assertEqual(self.kb.content(), before)
        self.kb.check()

    def test_removed_by_folder(self):
        self.kb.objects("remove", str(self.docs), "--plugin", PLUGINS)
        self.assertEqual(self.keys(), [])
        self.kb.check()


class Month(Folders):
    """Random steps, each followed by a sync and a comparison with a fresh knowledge base."""

    def test_month(self):
        for layout in ("flat", "mirror"):
            for jobs in ("1", "8"):
                with self.subTest(layout=layout, jobs=jobs):
                    shutil.rmtree(self.docs)
                    self.docs.mkdir()
                    shutil.rmtree(self.kb.path)
                    self.kb = KnowledgeBase(self.kb.path, layout)
                    self.play(jobs, random.Random(20), steps=STEPS)

    def play(self, jobs, chance, steps):
        self.number = 0
        removed = []
        for _ in range(40):
            self.new_file(chance)
        self.sync("-j", jobs, "--max-delete", "100%")
        for step in range(steps):
            for _ in range(chance.randint(1, 12)):
                self.change(chance, removed)
            if step % 4 == 3:
                self.kill_a_sync(chance, jobs)
            self.sync("-j", jobs, "--max-delete", "100%")
            self.assert_like_fresh()
            if self.kb.layout == "mirror":
                self.kb.assert_mirrors(self.docs)

    def files(self):
        return sorted(path for path in self.docs.rglob("*") if path.is_file())

    def new_file(self, chance):
        self.number += 1
        words = " ".join(chance.choice(["river", "bridge", "stone", "cloud", "ship", "bread"])
                         for _ in range(chance.randint(5, 80)))
        folder = chance.choice(["", "a/", "b/", "b/c/"])
        name = chance.choice(["note", "report", f"n{self.number}"])
        kind = chance.choice(["md", "md", "csv", "txt", "html"])
        text = {"md": f"# Title {self.number}\n\n{words}\n", "csv": f"a,b\n{self.number},2\n",
                "txt": f"{self.number} {words}\n",
                "html": f"<title>T{self.number}</title><p>{words}</p>"}[kind]
        self.write(f"{folder}{name}-{self.number % 17}.{kind}", text)

    def change(self, chance, removed):
        files = self.files()
        op = chance.choice(["new", "change", "rename", "move", "copy", "delete", "restore",
                            "rename and change"])
        if op == "new" or len(files) < 3:
            return self.new_file(chance)
        path = chance.choice(files)
        if op == "change":
            path.write_text(path.read_text() + f"\nAnd {chance.random()}.\n")
        elif op in ("rename", "rename and change"):
            self.number += 1
            target = path.with_name(f"renamed-{self.number}{path.suffix}")
            path.rename(target)
            if op != "rename":
                target.write_text(target.read_text() + "\nAn end.\n")
        elif op == "move":
            target = self.docs / chance.choice(["moved", "b"]) / path.name
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                path.rename(target)
        elif op == "copy":
            self.number += 1
            shutil.copy(path, path.with_name(f"copy-{self.number}{path.suffix}"))
        elif op == "delete":
            removed.append((path, path.read_bytes()))
            path.unlink()
        elif removed:
            path, content = removed.pop()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def kill_a_sync(self, chance, jobs):
        process = subprocess.Popen([SLUICE, "-C", self.kb.path, "sync", "-j", jobs, "--max-delete",
                                    "100%", self.docs], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        process.wait()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
