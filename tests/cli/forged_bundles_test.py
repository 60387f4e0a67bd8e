"""Bundles from somebody who lies: each is refused with its reason, and nothing changes.

    forged_bundles_test.py SLUICE SCHEMA_FOLDER
"""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from bundles_test import PICTURE, SLUICE, BundleCase, tree  # noqa: E402
from forgeries import FORGERIES, Forgery, key_hash  # noqa: E402

MAIL = ("From: a@example.org\nSubject: Hello\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain\n\nText\n"
        "--x\nContent-Disposition: attachment; filename=in.md\n\n# In\n"
        "--x\nContent-Disposition: attachment; filename=more.md\n\n# More\n--x--\n")


class ForgedBundles(BundleCase):
    def setUp(self):
        super().setUp()
        self.write("note.md", "# Note\n\nText ![p](p.svg) and [[other]].\n")
        self.write("p.svg", PICTURE)
        self.write("mail.eml", MAIL)
        self.kb = self.home / "kb"
        self.run_sluice("init", self.kb)
        # What is there keeps its place, whatever comes.
        (self.home / "first").mkdir()
        (self.home / "first/note.md").write_text("# Another note\n")
        self.run_sluice("-C", self.kb, "add", self.home / "first")
        self.run_sluice("prepare", self.docs, "--out", "sound")
        self.templates = {"note": next(self.home.glob("sound/*-" + key_hash(self.docs / "note.md"))),
                          "mail": next(self.home.glob("sound/*-" + key_hash(self.docs / "mail.eml")))}

    def state(self):
        listed = self.objects("-C", self.kb, "list")
        events = self.objects("-C", self.kb, "log")
        return tree(self.kb), listed, events

    def make(self, out):
        """All forgeries, each at a place of its own. Returns the reasons by bundle."""
        out.mkdir()
        reasons = {}
        for place, (name, template, forge, reason, saves) in enumerate(FORGERIES):
            source = self.templates[template]
            folder = out / f"{place:012}-{source.name[13:]}"
            shutil.copytree(source, folder)
            forgery = Forgery(folder)
            forgery.kb = str(self.kb)
            forge(forgery)
            if saves:
                forgery.save()
            reasons[forgery.folder.name] = (name, reason)
        self.assertEqual(len(reasons), len(FORGERIES))
        return reasons

    def test_each_is_refused_and_nothing_changes(self):
        self.assertGreater(len(FORGERIES), 40)
        reasons = self.make(self.home / "forged")
        before = self.state()
        objects = self.objects("-C", self.kb, "commit", "forged", code=3)
        refused = {pathlib.Path(one["bundle"]).name: one["reason"] for one in objects if one["type"] == "refused"}
        for bundle, (name, reason) in reasons.items():
            with self.subTest(name):
                self.assertIn(reason, refused.get(bundle, "it was not refused"))
        self.assertEqual([one for one in objects if one["type"] == "doc"], [])
        self.assertEqual(objects[-1]["refused"], len(FORGERIES))
        self.assertEqual(self.state(), before)
        self.run_sluice("-C", self.kb, "check")
        # The same without a knowledge base.
        checked = self.objects("bundle", "check", "forged", code=3)
        self.assertEqual(sum(one["type"] == "refused" for one in checked), len(FORGERIES))

    def test_the_sound_ones_among_them_are_committed(self):
        self.make(self.home / "forged")
        expected = self.run_sluice("-C", self.kb, "commit", "sound", "forged", code=3)
        self.assertIn("added 4", expected.stdout)
        # One that has the name of a sound one is not even looked at.
        self.assertRegex(expected.stdout, f"refused ({len(FORGERIES)}|{len(FORGERIES) - 1}|{len(FORGERIES) - 2}),")
        self.run_sluice("-C", self.kb, "check")

    def test_an_older_converter_is_told(self):
        old = self.home / "old"
        old.mkdir()
        source = self.templates["note"]
        forgery = Forgery(shutil.copytree(source, old / source.name))
        version = forgery.root["converter_version"]
        forgery.root["converter_version"] = "0.1.0"
        forgery.rewrite("0.md", forgery.markdown().replace(f"markdown {version}\n".encode(), b"markdown 0.1.0\n"))
        forgery.save()
        objects = self.objects("-C", self.kb, "commit", "old")
        self.assertEqual(objects[-1]["outdated"], 1)
        # Of two with one name, the one of the converter in force is taken, wherever it stands.
        other = self.home / "other"
        self.run_sluice("init", other)
        objects = self.objects("-C", other, "commit", "old", "sound")
        self.assertEqual(objects[-1]["outdated"], 0)

    def test_one_of_two_that_cannot_be_opened_is_refused_alone(self):
        twin = self.home / "twin"
        twin.mkdir()
        shutil.copytree(self.templates["note"], twin / self.templates["note"].name).chmod(0)
        user = {"user": "nobody"} if os.getuid() == 0 else {}
        for path in [self.home, *self.home.rglob("*")] if user else []:
            shutil.chown(path, "nobody")
        result = subprocess.run([SLUICE, "-C", self.kb, "commit", "twin", "sound"], cwd=self.home, capture_output=True,
                                text=True, timeout=300, env={**os.environ, "HOME": str(self.home)}, **user)
        (twin / self.templates["note"].name).chmod(0o755)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("added 4", result.stdout)

    def test_noise(self):
        """Random damage to bundle.json: whatever is taken is sound, and nothing crashes."""
        chance = random.Random(20)
        out = self.home / "noise"
        out.mkdir()
        for place in range(200):
            source = self.templates[chance.choice(["note", "mail"])]
            folder = out / f"{place:012}-{source.name[13:]}"
            shutil.copytree(source, folder)
            facts = folder / "bundle.json"
            text = bytearray(facts.read_bytes())
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(text))
                if chance.random() < 0.5:
                    text[at] = chance.randrange(256)
                else:
                    end = min(len(text), at + chance.randint(1, 40))
                    text[at:end] = text[at:end] * chance.randint(0, 3)
            facts.write_bytes(text)
        result = self.run_sluice("-C", self.kb, "commit", "noise", code=3)
        self.assertIn("refused", result.stdout)
        self.run_sluice("-C", self.kb, "check")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], defaultTest="ForgedBundles")
