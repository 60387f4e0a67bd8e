"""Links between documents: they lead to the Markdown of what they name, whichever came first, and follow it.

    links_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
import os
import pathlib
import random
import re
import shutil
import sqlite3
import sys
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import Folders, front_matter, KnowledgeBase, png  # noqa: E402

# Of the vault.
NOTES = int(os.environ.get("SLUICE_TEST_NOTES", "80"))
STEPS = int(os.environ.get("SLUICE_TEST_LINK_STEPS", "4"))

LINK = re.compile(r"\[\[([^\]|#]+)(?:#([^\]|]+))?(?:\|([^\]]+))?\]\]|\]\(([^)#]+)(?:#([^)]+))?\)")


def slug(heading):
    return heading.lower().replace(" ", "-")


class Links(Folders):
    def body(self, name):
        return front_matter((self.kb.path / "wiki/sources" / (name + ".md")).read_text())[1].strip()

    def add(self, *words):
        return self.kb.run("add", *words, str(self.docs))

    def sync(self):
        return self.kb.run("sync", "--max-delete", "100%", str(self.docs))

    def test_links_of_every_kind_lead_to_what_they_name(self):
        self.write("a.md", "[path](sub/My%20Note.md#part) [[My Note]] [[my note#Part One|there]] ![[My Note]]\n")
        self.write("sub/My Note.md", "Back to [a](../a.md), [a](<../a.md> \"title\"), [ref] and "
                   "<a href=\"../a.md\">a</a>.\n\n[ref]: ../a.md#x\n")
        self.add()
        self.assertEqual(self.body("a"), "[path](My-Note.md#part) [My Note](My-Note.md) "
                         "[there](My-Note.md#part-one) ![My Note](My-Note.md)")
        self.assertEqual(self.body("My-Note"), "Back to [a](a.md), [a](<a.md> \"title\"), [ref] and "
                         "<a href=\"a.md\">a</a>.\n\n[ref]: a.md#x")
        self.kb.check()

    def test_what_is_no_link_to_a_document_stays(self):
        text = ("`[[b]]` \\[[b]] [[nowhere]] [[#part]] [x](nowhere.md) [y](https://example.org/b.md) "
                "[z](#b) [[b]](c) [m](mailto:b.md)\n\n    [[b]]\n\n```\n[b](b.md)\n```")
        self.write("a.md", text + "\n")
        self.write("b.md", "B\n")
        self.add()
        self.assertEqual(self.body("a"), text)

    def test_a_link_follows_what_it_leads_to(self):
        self.write("a.md", "See [b](b.md) and [[b|it]].\n")
        self.add()
        written = self.body("a")
        self.assertEqual(written, "See [b](b.md) and [[b|it]].")
        self.write("z/b.md", "Another b: first here.\n")
        self.add()
        self.assertEqual(self.body("a"), "See [b](b.md) and [it](b.md).")
        self.write("b.md", "The b that is meant.\n")
        self.add()
        name = next(one["name"] for path, one in self.kb.documents().items() if path.endswith("docs/b.md"))
        self.assertNotEqual(name, "b")
        self.assertEqual(self.body("a"), f"See [b]({name}.md) and [it]({name}.md).")
        self.kb.run("remove", name)
        self.assertEqual(self.body("a"), "See [b](b.md) and [it](b.md).")
        (self.docs / "z/b.md").unlink()
        (self.docs / "b.md").unlink()
        self.sync()
        self.assertEqual(self.body("a"), written)
        self.kb.check()

    def test_a_link_follows_a_renamed_document(self):
        self.write("Alpha.md", "To [b](Beta.md#x), [[Beta]], [[Alpha]].\n")
        self.write("Beta.md", "B\n\n[self](Beta.md)\n")
        self.add()
        written = self.body("Alpha")
        self.assertEqual(written, "To [b](Beta.md#x), [Beta](Beta.md), [Alpha](Alpha.md).")
        (self.docs / "Beta.md").rename(self.docs / "Beth.md")
        self.sync()
        self.assertEqual(self.body("Alpha"), written)
        self.assertEqual(self.body("Beta"), "B\n\n[self](Beta.md)")
        shown = self.kb.objects("show", "Beta")[0]
        self.assertEqual(shown["linked_from"], ["Alpha", "Beta"])
        # Also when the linking document is made again, by hand or since it has changed.
        self.kb.run("reconvert", "Alpha")
        self.assertEqual(self.body("Alpha"), written)
        self.write("Alpha.md", "Anew: [[beta]]\n")
        self.sync()
        self.assertEqual(self.body("Alpha"), "Anew: [beta](Beta.md)")
        # And after another rename, to another folder.
        (self.docs / "sub").mkdir()
        (self.docs / "Beth.md").rename(self.docs / "sub/Gimel.md")
        self.sync()
        self.assertEqual(self.body("Alpha"), "Anew: [beta](Beta.md)")
        # Until another file takes the name.
        self.write("Beta.md", "Another.\n")
        self.sync()
        name = next(one["name"] for path, one in self.kb.documents().items() if path.endswith("docs/Beta.md"))
        self.assertEqual(self.body("Alpha"), f"Anew: [beta]({name}.md)")
        (self.docs / "Beta.md").unlink()
        self.sync()
        self.assertEqual(self.body("Alpha"), "Anew: [beta](Beta.md)")
        # A document that left leads nowhere, under whatever name.
        (self.docs / "sub/Gimel.md").unlink()
        self.sync()
        self.assertEqual(self.body("Alpha"), "Anew: [[beta]]")
        self.kb.check()

    def test_a_duplicate_is_what_it_is_a_duplicate_of(self):
        self.write("a.md", "[c](c.md)\n")
        self.write("b.md", "Same\n")
        self.write("c.md", "Same\n")
        self.add()
        self.assertEqual(self.body("a"), "[c](b.md)")
        self.write("c.md", "Its own\n")
        self.add()
        self.assertEqual(self.body("a"), "[c](c.md)")

    def test_a_text_that_was_edited_by_hand_stays(self):
        self.write("a.md", "See [b](b.md).\n")
        self.add()
        edited = self.kb.path / "wiki/sources/a.md"
        edited.write_text(edited.read_text() + "My own words.\n")
        mine = edited.read_bytes()
        self.write("x/b.md", "Takes the name\n")
        self.write("b.md", "Came last\n")
        result = self.add()
        self.assertIn("wiki/sources/a.md was changed by hand: 1 link stays as it is", result.stderr)
        self.assertEqual(edited.read_bytes(), mine)

    def test_pages_lead_to_the_headings_that_their_ids_are_at(self):
        self.write("a.html", "<h1>A</h1><p><a href='sub/b.html#sec'>s</a> <a href='sub/b.html#para'>p</a> "
                   "<a href='sub/b.html#no'>n</a> <a href='sub/'>i</a> <a href='other.html'>o</a>")
        self.write("sub/b.html", "<h1>B</h1><p>Text.<h2 id=sec>The Section</h2><p>More.<p id=para>Words "
                   "<a href='../a.html'>back</a>.")
        self.write("sub/index.html", "<h1>Index</h1><table><tr><th>T<th>U<tr><td><a href='b.html'>b</a><td>x</table>")
        self.add()
        self.assertIn("[s](b.md#the-section) [p](b.md#the-section) [n](b.md#no) [i](index.md) [o](other.html)",
                      self.body("a"))
        self.assertIn("[back](a.md)", self.body("b"))
        self.assertIn("| [b](b.md) | x |", self.body("index"))
        self.kb.check()

    def test_pictures_of_notes_are_found_by_name(self):
        self.write("a.md", "![[one.png|300]] ![[none.png]]\n")
        (self.write("deep/er/one.png", "")).write_bytes(png())
        self.add()
        self.assertEqual(self.body("a"), "![one.png|300](images/a/one.png) ![[none.png]]")

    def test_what_a_dead_run_left_unsettled_is_told_and_finished(self):
        self.write("a.md", "[b](b.md)\n")
        self.write("b.md", "B\n")
        self.add()
        with sqlite3.connect(self.kb.path / ".sluice/registry.db") as registry:
            registry.execute("INSERT INTO unsettled_links SELECT document FROM links")
        registry.close()
        self.assertIn("1 document has links that are to be written anew", self.kb.run("check").stdout)
        self.kb.run("recover")
        self.assertNotIn("to be written anew", self.kb.run("check").stdout)
        self.assertEqual(self.body("a"), "[b](b.md)")

    # --- a vault ---

    def former(self, kb, names):
        """Where documents were before they were renamed, and their names."""
        paths = {one["id"]: path for path, one in kb.documents().items()}
        was = {}
        for event in kb.objects("log"):
            if event.get("op") == "renamed" and event["id"] in paths:
                was[event["renamed_from"]] = names[paths[event["id"]]]
        return was

    def expected(self, path, text, names, former):
        """What the note at `path` has become, by rules of this test's own."""
        folder = path.parent

        def found(match):
            by_name, heading, label, by_path, part = match.groups()
            if by_path:
                target = os.path.normpath(folder / urllib.parse.unquote(by_path))
                name = names.get(target, former.get(target))
                return f"]({name}.md{'#' + part if part else ''})" if name else match.group(0)
            for known in (names, former):
                same = [one for one in known if pathlib.Path(one).name.lower() == by_name.lower() + ".md"]
                if same:
                    break
            else:
                return match.group(0)

            def rank(one):
                shared = os.path.commonpath([folder, pathlib.Path(one).parent])
                return -len(pathlib.Path(shared).parts), len(pathlib.Path(one).parts), one

            shown = label or (f"{by_name} > {heading}" if heading else by_name)
            return f"[{shown}]({known[min(same, key=rank)]}.md{'#' + slug(heading) if heading else ''})"

        return LINK.sub(found, text)

    def check_vault(self, kb):
        names = {path: one["name"] for path, one in kb.documents().items()}
        former = self.former(kb, names)
        leads = 0
        for path, name in names.items():
            _, body = front_matter((kb.path / "wiki/sources" / (name + ".md")).read_text())
            source = pathlib.Path(path)
            self.assertEqual(body.strip(), self.expected(source, source.read_text(), names, former).strip(), path)
            for destination in re.findall(r"\]\(([^)#]+)", body):
                leads += (kb.path / "wiki/sources" / destination).is_file()
        kb.check()
        return leads

    def test_a_vault_is_what_a_fresh_one_is(self):
        seed = int(os.environ.get("SLUICE_TEST_SEED", random.randrange(1 << 32)))
        print("seed", seed)
        chance = random.Random(seed)
        folders = ["", "one/", "one/two/", "three/"]
        names = [f"Note {n}" for n in range(NOTES)]

        def note(number):
            lines = [f"# {names[number % NOTES]} of {number}"]
            for _ in range(8):
                other = chance.choice(names)
                path = urllib.parse.quote(
                    os.path.relpath(chance.choice(folders) + other + ".md", where[number]))
                lines.append(chance.choice([f"[see]({path})", f"[see]({path}#x)", f"[[{other}]]",
                                            f"[[{other}|that]]", f"[[{other.upper()}#A Part]]"]))
            return "\n\n".join(lines) + "\n"

        where = {number: chance.choice(folders) or "." for number in range(NOTES)}
        for number in range(NOTES):
            self.write(f"{where[number]}/{names[number]}.md", note(number))
        self.sync()
        self.assertGreater(self.check_vault(self.kb), NOTES)
        for step in range(STEPS):
            files = sorted(self.docs.rglob("*.md"))
            for file in chance.sample(files, len(files) // 8):
                deed = chance.randrange(4)
                if deed == 0:
                    file.unlink()
                elif deed == 1:
                    new = self.docs / chance.choice(folders) / file.name
                    new.parent.mkdir(parents=True, exist_ok=True)
                    if not new.exists():
                        file.rename(new)
                elif deed == 2:
                    file.write_text(file.read_text() + f"\n[[{chance.choice(names)}]]\n")
            for _ in range(NOTES // 20):
                number = chance.randrange(NOTES)
                new = self.docs / chance.choice(folders) / (names[number] + ".md")
                if not new.exists():
                    new.parent.mkdir(parents=True, exist_ok=True)
                    new.write_text(note(number) + f"\nStep {step}.\n")
            self.kb.run("-j", chance.choice("18"), "sync", "--max-delete", "100%", str(self.docs))
            self.check_vault(self.kb)
        trees = []
        for jobs in ("1", "8"):
            fresh = KnowledgeBase(self.home / f"fresh{jobs}")
            fresh.run("-j", jobs, "add", str(self.docs))
            self.check_vault(fresh)
            trees.append({str(file.relative_to(fresh.path)): file.read_bytes()
                          for file in (fresh.path / "wiki/sources").rglob("*") if file.is_file()})
            shutil.rmtree(fresh.path)
        self.assertEqual(trees[0], trees[1])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
