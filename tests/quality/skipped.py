"""How many documents Sluice skips, or refuses, because no converter of its reads them: of a folder as people have it (the
one of tests/cli/home_folder_test.py), and of all test documents. Other failures (damaged, encrypted) are no part of it."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

# What people call a document, whether Sluice reads it or not: the extensions of Office suites, of readers of books and
# mail, and of editors of text, now and of old.
DOCUMENTS = frozenset("""
    pdf ps xps djvu doc docx docm dot dotx rtf odt ott fodt sxw wpd wps wri pages lwp xls xlsx xlsm xlsb xlt xltx ods ots
    fods sxc csv tsv numbers ppt pptx pptm pps ppsx pot potx odp otp fodp sxi key odg fodg vsd vsdx pub one epub fb2 mobi azw3
    chm html htm xhtml mht mhtml webarchive md markdown txt tex rst org adoc asciidoc eml msg mbox pst tnef ics vcf ipynb zip
    zipx tar tgz gz bz2 xz zst 7z rar srt vtt ass ssa ttml xml json rss atom""".split())
BAR = 0.02


def kind_of(path):
    return os.path.splitext(path)[1].lower().lstrip(".")


def count(context, folder, work):
    """(documents, those that no converter reads) by kind."""
    kb = os.path.join(work, "kb")
    subprocess.run([context.sluice, "init", kb], capture_output=True, check=True)
    # Text in pictures takes minutes, and decides nothing here.
    done = subprocess.run([context.sluice, "-C", kb, "add", "--json", "--progress", "never", "--option", "pdf.ocr=off", folder],
                          capture_output=True, timeout=3600, env={**os.environ, "SLUICE_PLUGINS_DENY": "ocr"})
    all_of, left = Counter(), Counter()
    for line in done.stdout.decode("utf-8").splitlines():
        row = json.loads(line)
        if row["type"] not in ("doc", "skipped") or "parent" in row:
            continue
        kind = kind_of(row["source"])
        if kind not in DOCUMENTS or row.get("why", "unsupported") != "unsupported":
            continue
        all_of[kind] += 1
        if row["type"] == "skipped" or row.get("outcome") == "unsupported":
            left[kind] += 1
            if context.verbose:
                print(f"  {row['source']}: {row.get('message', 'skipped')}")
    return all_of, left


def run(context):
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
    from home_folder_test import make_home
    good = True
    with tempfile.TemporaryDirectory(prefix="sluice-skipped-") as work:
        home = pathlib.Path(work, "home")
        make_home(home)
        for name, folder in (("a home folder", str(home)), ("all test documents", context.corpus)):
            with tempfile.TemporaryDirectory(dir=work) as place:
                all_of, left = count(context, folder, place)
            documents, lost = sum(all_of.values()), sum(left.values())
            share = lost / documents if documents else 1
            kinds = ", ".join(f"{kind} {number}" for kind, number in left.most_common())
            print(f"{name}: {documents} documents of {len(all_of)} kinds; without a converter {lost} ({share:.2%}; at most {BAR:.0%})"
                  f"{': ' + kinds if kinds else ''}")
            good = share < BAR and good
    return good
