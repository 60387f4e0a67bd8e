"""Words of old Office documents against those that LibreOffice shows; for doc.py and ppt.py."""
import argparse
import collections
import html
import os
import pathlib
import re
import subprocess
import sys
import tempfile

WORDS_PROMISE = 0.98


def words(text):
    return collections.Counter(re.findall(r"[^\W_]+", text.lower()))


def plain(markdown):
    """What a reader of the Markdown sees."""
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    text = re.sub(r"<!--.*?-->", "", text)
    text = re.sub(r"!\[[^\]]*\]\((?:<[^>]*>|[^)\s]*)\)", "", text)
    text = re.sub(r"\]\((?:<[^>]*>|[^)\s]*)\)", "]", text)
    text = re.sub(r"</?(sub|sup|u|mark)>|[*]|\[\^\d+\]:?", "", text)
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace("<br>", " "))


def office_texts(files, to_text):
    """Document -> its text as LibreOffice has it."""
    with tempfile.TemporaryDirectory() as scratch:
        texts = to_text(files, pathlib.Path(scratch))
    return texts


def run_office(files, folder, target):
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
                    "--convert-to", target, "--outdir", str(folder / "out"), *map(str, files)],
                   capture_output=True, timeout=1800, check=False)
    return folder / "out"


def evaluate(program, files, to_text, known, verbose, environment=None):
    """Prints the table; returns whether the promise holds."""
    first = {path.stem: path for path in sorted(files, reverse=True)}  # names go into the results
    texts = office_texts(sorted(first.values()), to_text)
    shown = found = ours = 0
    for stem, path in sorted(first.items()):
        done = subprocess.run([program, "convert", str(path)], capture_output=True, env=environment)
        if stem not in texts or (done.returncode != 0 and not texts[stem].strip()):
            continue
        want, have = words(texts[stem]), words(plain(done.stdout.decode("utf-8")))
        both = sum((want & have).values())
        score = 2 * both / max(1, sum(want.values()) + sum(have.values()))
        reason = known.get(stem, "")
        if verbose or score < 0.995:
            print(f"{stem:44} {score:7.3f} {sum(want.values()):7} {reason}")
            if verbose:
                print(f"    -{list((want - have).items())[:12]} +{list((have - want).items())[:12]}")
        if not reason:
            found, shown, ours = found + both, shown + sum(want.values()), ours + sum(have.values())
    total = 2 * found / max(1, shown + ours)
    print(f"{'all but those with a reason':44} {total:7.4f} {shown:7}")
    return total >= WORDS_PROMISE


def main(evaluate_files, description):
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    root = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("--sluice", default=str(root / "build/release/bin/sluice"))
    parser.add_argument("--verbose", action="store_true", help="every document, and the words that differ")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    sys.exit(0 if evaluate_files(arguments.sluice, arguments.files, arguments.verbose) else 1)
