"""sluice report: for a terminal, as JSON, and as a page that no document can break out of.

    report_test.py SLUICE SCHEMA_FOLDER
"""
import base64
import hashlib
import json
import pathlib
import re
import sqlite3
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import Folders, png  # noqa: E402


# Each would be markup, a script or the end of one if it came into the page as it is.
HOSTILE = ["<img src=x onerror=alert(1)>.md", "<!--<script>.md", "\"'><svg onload=alert(2)>.md",
           "&lt;b&gt;.md", "javascript:alert(3).md", "a\u2028b\u202ec.md", "]]>-->.md", "${alert(4)}.md"]


def page_parts(page):
    """The policy, the style, the data and the script."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    style = re.search(r"<style>(.*?)</style>", page, re.S).group(1)
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert len(scripts) == 1
    return policy, style, data, scripts[0]


class Report(Folders):
    def fill(self):
        for place, name in enumerate(HOSTILE):
            self.write(name, f"# Text {place}\n\n</script><script>alert({place})</script>\n")
        nested = self.docs / "<"
        nested.mkdir()
        (nested / "script><script>alert(5)<").mkdir()
        self.write("</script><script>alert(5)</script>.md", "# Nested\n")
        self.write("picture.md", "# Picture\n\n</pre><script>alert(6)</script>\n\n![grey](grey.png)\n")
        (self.docs / "grey.png").write_bytes(png())
        self.write("torn.pdf", "%PDF-1.7\n%%EOF")
        self.write("blank.md", "")
        self.write("style.css", "a {}")
        self.kb.run("add", str(self.docs), code=3)

    def report(self, *words):
        return self.kb.objects("report", *words)[0]

    def page(self, *words):
        return self.kb.run("report", "--html", "-", *words).stdout

    def test_figures_are_those_of_the_documents_and_of_the_run(self):
        self.fill()
        report = self.report()
        self.assertEqual(report["counts"]["documents"], len(HOSTILE) + 2)
        failures = self.kb.objects("list", "--failed")
        self.assertEqual(report["counts"]["failed"], len(failures))
        self.assertEqual(sum(one["count"] for one in report["failed_by_cause"]), len(failures))
        self.assertEqual(report["counts"]["failed"], 2, "a grey picture is skipped")
        self.assertEqual({one["outcome"] for one in report["failed_by_cause"]}, {"malformed", "empty"})
        self.assertTrue(all(one["hint"] for one in report["failed_by_cause"]))
        self.assertIn({"why": "unsupported", "kind": "css", "count": 1}, report["skipped"])
        self.assertEqual(len(report["runs"]), 1)
        run = report["runs"][0]
        self.assertEqual((run["command"], run["added"], run["failed"]), ("add", len(HOSTILE) + 2, 2))
        read = sum(path.stat().st_size for path in self.docs.rglob("*.*")
                   if path.is_file() and path.suffix in (".md", ".pdf"))
        self.assertEqual(run["bytes"], read)
        self.assertEqual(report["changes"], [{"op": "added", "count": len(HOSTILE) + 2}])
        markdown = next(one for one in report["converters"] if one["converter"] == "markdown")
        self.assertEqual((markdown["documents"], markdown["failed"]), (len(HOSTILE) + 2, 1))
        self.assertGreater(markdown["memory"], 100_000, "a process has more than that resident")
        self.assertLess(markdown["memory"], markdown["memory_limit"])
        self.assertLessEqual(markdown["median_ms"], markdown["slowest_ms"])
        sizes = [one["bytes"] for one in report["largest"]]
        self.assertEqual(sizes, sorted(sizes, reverse=True))

    def test_changes_are_those_of_the_last_run_or_since_an_event(self):
        self.write("a.md", "# a\n")
        self.kb.run("add", str(self.docs))
        self.write("b.md", "# b\n")
        self.kb.run("add", str(self.docs))
        self.assertEqual([one["name"] for one in self.report()["events"]], ["b"])
        self.assertEqual([one["name"] for one in self.report("--since", "0")["events"]], ["b", "a"])
        self.kb.run("add", str(self.docs))
        self.assertEqual([one["name"] for one in self.report()["events"]], ["b"],
                         "a run that changed nothing is no run to compare with")
        refused = self.kb.run("report", "--since", "9", code=2)
        self.assertIn("the last one is number 2", refused.stderr)

    def test_a_document_that_took_half_of_a_limit_is_near_it(self):
        for name in "abc":
            self.write(f"{name}.md", f"# {name}\n")
        self.kb.run("add", str(self.docs))
        self.assertEqual(self.report()["near_limits_in_all"], 0)
        registry = sqlite3.connect(self.kb.path / ".sluice/registry.db")
        with registry:
            registry.execute("UPDATE documents SET milliseconds = 160000 WHERE name = 'a'")
            registry.execute("UPDATE documents SET milliseconds = 140000 WHERE name = 'b'")
            registry.execute("UPDATE documents SET memory = 1500 << 20 WHERE name = 'c'")
        registry.close()
        self.assertEqual([one["name"] for one in self.report()["near_limits"]], ["c", "a"],
                         "of 300 seconds and 2 GiB; the nearest first")
        config = self.kb.path / ".sluice/config.toml"
        config.write_text(config.read_text() + "\n[limits.markdown]\ntimeout = 200\n")
        report = self.report()
        self.assertEqual([one["name"] for one in report["near_limits"]], ["a", "c", "b"],
                         "a converter may have limits of its own")
        self.assertEqual(report["converters"][0]["time_limit_ms"], 200_000)

    def test_an_empty_knowledge_base_has_a_report(self):
        report = self.report()
        self.assertEqual(report["runs"], [])
        self.assertIn("0 documents from 0 sources", self.kb.run("report").stdout)
        page_parts(self.page())

    def test_the_text_has_every_part(self):
        self.fill()
        text = self.kb.run("report").stdout
        for heading in ("Coverage", "Failed, by cause", "Skipped by the last run", "Changes since event 0",
                        "Last runs", "By converter", "Slowest documents", "Largest documents"):
            self.assertIn(f"\n{heading}\n", text)
        self.assertNotIn("\u202e", text, "nothing turns the terminal's direction of writing")

    def test_the_page_lets_only_its_own_script_and_style_in(self):
        self.fill()
        policy, style, _, script = page_parts(self.page())
        for kind, text in (("style", style), ("script", script)):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            self.assertIn(f"{kind}-src 'sha256-{digest}'", policy)
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("http", policy)

    def test_no_document_becomes_markup(self):
        self.fill()
        page = self.page()
        _, style, data, script = page_parts(page)
        self.assertNotIn("<", data)
        documents = json.loads(data)["documents"]
        self.assertIn("<img src=x onerror=alert(1)>.md", documents["file"])
        self.assertIn(f"{self.docs}/</script><script>alert(5)</", documents["words"])
        rest = page.replace(data, "").replace(script, "").replace(style, "")
        for word in ("alert", "onerror", "onload", "svg", str(self.docs)):
            self.assertNotIn(word, rest)
        self.assertEqual(re.findall(r"(?:src|href)=", rest), [], "nothing is loaded from anywhere")

    def test_pictures_stand_beside_their_markdown(self):
        self.fill()
        data = json.loads(page_parts(self.page())[2])
        self.assertEqual([one["name"] for one in data["samples"]], ["picture"])
        sample = data["samples"][0]
        self.assertEqual(sample["pictures"],
                         ["data:image/png;base64," + base64.b64encode(png()).decode()])
        self.assertTrue(sample["text"].startswith("# Picture"), "front matter is left out")

    def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(self):
        self.kb.run("report", "--html", "/dev/null")
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())
        refused = self.kb.run("report", "--html", "no/such/folder/report.html", code=1)
        self.assertIn("cannot write", refused.stderr)
        self.kb.run("report", "--html", "report.html")
        self.assertTrue((self.kb.path / "report.html").read_text().endswith("</html>\n"))
        self.assertFalse((self.kb.path / "report.html.part").exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
