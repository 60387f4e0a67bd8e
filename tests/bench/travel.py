"""What it costs that bundles travel: prepare and commit against add, in processor time, and how many bundles a second are written,
checked and committed. Rounds are interleaved, so a busy computer disturbs both alike.

    travel.py RELEASE [CORPUS [ROUNDS]]      of a build, and real PDF files (../shared/corpus unless given)
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from made_documents import make_tree  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A large file would hide all others.
MAX_PDF_BYTES = 2_000_000
# On a busy computer a library can load for longer than its limit. Its documents would fail, and cost nothing.
ENVIRONMENT = {**os.environ, "SLUICE_LIMITS_LOAD_TIME": "300", "SLUICE_LIMITS_TIMEOUT": "1800"}


class Spent:
    def __init__(self, command):
        began, before = time.monotonic(), os.times()
        result = subprocess.run([*map(str, command)], capture_output=True, text=True, env=ENVIRONMENT)
        assert result.returncode in (0, 3), f"{command}: exit code {result.returncode}"
        assert "timeout" not in result.stderr, f"{command}: {result.stderr}"
        after = os.times()
        self.seconds = time.monotonic() - began
        self.processor = after.children_user + after.children_system - before.children_user - before.children_system


def one_round(sluice, tree, work, is_add_first):
    def fresh(name):
        shutil.rmtree(work / name, ignore_errors=True)
        return work / name
    for kb in ("added", "committed"):
        subprocess.run([sluice, "init", fresh(kb)], stdout=subprocess.DEVNULL, check=True)
    spent = {}
    for way in ("add", "travel") if is_add_first else ("travel", "add"):
        if way == "add":
            spent["add"] = Spent([sluice, "-C", work / "added", "add", tree])
        else:
            spent["prepare"] = Spent([sluice, "prepare", tree, "--out", fresh("out")])
            spent["commit"] = Spent([sluice, "-C", work / "committed", "commit", work / "out"])
    spent["check"] = Spent([sluice, "bundle", "check", work / "out"])
    return spent


def measure(sluice, name, tree, work, rounds):
    all_spent = [one_round(sluice, tree, work, number % 2 == 0) for number in range(rounds)]
    bundles = sum(1 for entry in (work / "out").iterdir() if not entry.name.startswith("."))
    ratios = [(one["prepare"].processor + one["commit"].processor) / one["add"].processor for one in all_spent]
    print(f"{name}: {bundles} bundles; prepare and commit take {statistics.median(ratios):.3f} times the processor time of add "
          f"({min(ratios):.3f} to {max(ratios):.3f}, {rounds} rounds)")
    for what in ("add", "prepare", "check", "commit"):
        processor = statistics.median(one[what].processor for one in all_spent)
        seconds = min(one[what].seconds for one in all_spent)
        print(f"    {what:8} {1000 * processor / bundles:8.2f} ms of a processor for each, {bundles / seconds:8,.0f} a second")
    sys.stdout.flush()


def main():
    sluice = pathlib.Path(sys.argv[1]).resolve() / "bin/sluice"
    corpus = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT.parent / "shared/corpus")
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    with tempfile.TemporaryDirectory(prefix="sluice-travel-") as folder:
        work = pathlib.Path(folder).resolve()
        make_tree(work / "markdown", 2_000, 4_096)
        measure(sluice, "Markdown of 4 KiB", work / "markdown", work, rounds)
        pdfs = sorted(path for path in corpus.glob("pdfplumber/**/*.pdf") if path.stat().st_size <= MAX_PDF_BYTES)[:100]
        if not pdfs:
            print(f"PDF: skipped, there are none below {corpus}")
            return
        (work / "pdf").mkdir()
        for number, path in enumerate(pdfs):
            shutil.copy(path, work / "pdf" / f"{number:03} {path.name}")
        measure(sluice, "PDF", work / "pdf", work, rounds)


if __name__ == "__main__":
    main()
