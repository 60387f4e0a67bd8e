"""The report's page in Chromium: 100,000 documents, hostile names, three widths, light and dark.

    report_page_test.py SLUICE SCHEMA_FOLDER [PICTURE_FOLDER]

Needs Node.js, Chromium, and the npm packages playwright-core and axe-core where Node.js finds them:
in NODE_PATH, or in node_modules beside or above this file. Otherwise it is skipped (exit code 77).
"""
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import Folders  # noqa: E402
from report_test import HOSTILE, png  # noqa: E402

PICTURES = sys.argv[3] if len(sys.argv) > 3 else None
SCRIPT = pathlib.Path(__file__).with_name("report_page.mjs")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MANY = 100_000


def missing():
    """What the test needs and does not find; empty if all is there."""
    if not shutil.which("node"):
        return "node"
    if not CHROMIUM:
        return "chromium"
    for package in ("playwright-core", "axe-core"):
        found = subprocess.run(["node", "-e", f"require({package!r})"], cwd=SCRIPT.parent, capture_output=True)
        if found.returncode != 0:
            return f"the npm package {package}"
    return ""


def fill(registry_path, count):
    """Rows of so many documents that have no files."""
    registry = sqlite3.connect(registry_path)
    with registry:
        registry.executemany(
            "INSERT INTO documents(id, name, name_key, path_key, sha256, size, raw, markdown, markdown_sha256,"
            " markdown_size, assets, media_type, converter, converter_version, options_hash, outcome, added_at,"
            " updated_at, milliseconds, memory) VALUES(?,?,?,?,?,?,?,?,?,1,0,'application/pdf','pdf','1','',?,?,?,?,?)",
            ((i + 1000, f"filled-{i}", f"filled-{i}", f"/srv/archive/department-{i % 97}/filled report {i}.pdf",
              i.to_bytes(32, "big"), (i * 7919) % 5_000_000 + 1000, f"raw/f{i}.pdf", f"wiki/sources/filled-{i}.md",
              bytes(32), "partial" if i % 50 == 0 else "ok", 1_700_000_000 + i, 1_700_000_000 + i, i % 3000, i * 900)
             for i in range(count)))
        registry.executemany(
            "INSERT INTO sources(path_key, document, sha256, device, inode, size, mtime_ns, ctime_ns, settled)"
            " VALUES(?,?,?,1,?,1,0,0,1)",
            ((f"/srv/archive/department-{i % 97}/filled report {i}.pdf", i + 1000, i.to_bytes(32, "big"), i)
             for i in range(count)))
        registry.executemany("INSERT INTO events(at, op, name, path_key, sha256) VALUES(?,'added',?,?,x'')",
                             ((1_700_000_000 + i, f"filled-{i}", f"/srv/{i}") for i in range(1000)))
        registry.executemany(
            "INSERT INTO runs(command, started_at, milliseconds, events_before, is_whole, added, updated, unchanged,"
            " duplicate, failed, failed_new, removed, renamed, bytes)"
            " VALUES('sync',?,?,0,1,?,0,5,0,0,0,0,0,?)",
            ((1_700_000_000 + i * 86_400, 4000 + i * 100, 100 + i * 37 % 400, i * 10_000_000) for i in range(60)))
    registry.close()


class ReportPage(Folders):
    def look(self):
        self.kb.run("report", "--html", "report.html")
        result = subprocess.run(["node", SCRIPT, self.kb.path / "report.html", CHROMIUM, PICTURES or ""],
                                cwd=SCRIPT.parent, capture_output=True, text=True, timeout=500)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_a_hundred_thousand_documents(self):
        for place, name in enumerate(HOSTILE):
            self.write(name, f"# Text {place}\n")
        self.write("picture.md", "# Picture\n\nA grey one:\n\n![grey](grey.png)\n")
        (self.docs / "grey.png").write_bytes(png(400, 300))
        self.write("torn.pdf", "%PDF-1.7\n%%EOF")
        self.write("style.css", "a {}")
        fill(self.kb.path / ".sluice/registry.db", MANY)
        self.kb.run("add", str(self.docs), code=3)
        seen = self.look()
        print(f"drawn after {seen['drawn_ms']:.0f} ms ({seen['cpu_ms']:.0f} ms of the processor), sorted in {seen['sort_ms']} ms, "
              f"searched in {seen['search_ms']} ms, {seen['elements']} elements")
        self.assertEqual(seen["errors"], [])
        self.assertTrue(all(url.startswith(("file:", "data:")) for url in seen["requests"]), seen["requests"])
        self.assertLess(seen["cpu_ms"], 1000)
        self.assertEqual(seen["first_rows"], 25)
        self.assertEqual(seen["first_status"], f"1 to 25 of {MANY + len(HOSTILE) + 1:,}")
        self.assertEqual(seen["scripts"], 2, "its data and its own script")
        self.assertEqual(seen["sorted"], "ascending", "a second press turns the order round")
        self.assertNotEqual(seen["largest"], seen["smallest"])
        self.assertTrue(seen["found"].endswith("/<img src=x onerror=alert(1)>.md"), seen["found"])
        self.assertTrue(seen["link"].startswith(f"file://{self.kb.path}/wiki/sources/"), seen["link"])
        self.assertEqual(seen["pictures"], [400])
        for view, violations in seen["violations"].items():
            self.assertEqual([one for one in violations if one.startswith(("serious", "critical"))], [], view)
        for width, overflow in seen["overflow"].items():
            self.assertLessEqual(overflow, 0, f"at {width} pixels the page is too wide")


if __name__ == "__main__":
    needed = missing()
    if needed:
        print(f"skipped: {needed} is not there")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
