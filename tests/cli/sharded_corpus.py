"""prepare in seven shards and commit, over a folder of real documents: the knowledge base of `add`, byte for byte. Also with a shard
that was prepared twice, one that is missing at first, and one from an older converter.

    sharded_corpus.py RELEASE [FOLDER]      of a build, and the documents (../shared/corpus unless given)

A library may need longer to load than its limit on a busy computer, and a conversion longer than its own: both limits are long here.
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

SHARDS = 7
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "SLUICE_LIMITS_LOAD_TIME": "300", "SLUICE_LIMITS_TIMEOUT": "1800"}


class Corpus:
    def __init__(self, release, folder, home):
        self.sluice, self.plugins = release / "bin/sluice", release / "lib/sluice/plugins"
        self.folder, self.home = folder, home
        self.wrong = 0

    def run(self, *words, codes=(0, 3)):
        began = time.monotonic()
        result = subprocess.run([self.sluice, "--json", *map(str, words)], cwd=self.home, capture_output=True, text=True, env=ENVIRONMENT)
        if result.returncode not in codes:
            sys.exit(f"sluice {' '.join(map(str, words))}: exit code {result.returncode}\n{result.stderr[-2000:]}")
        objects = [json.loads(line) for line in result.stdout.splitlines()]
        last = objects[-1] if objects else {}
        counts = {key: last[key] for key in ("prepared", "added", "duplicates", "failed", "skipped", "refused") if key in last}
        print(f"{' '.join(map(str, words))[:70]:70} {time.monotonic() - began:6.0f} s  {counts}", flush=True)
        return objects, result.stderr

    def expect(self, what, is_so):
        print(f"{'ok' if is_so else 'WRONG':6} {what}", flush=True)
        self.wrong += not is_so

    def tree(self, kb):
        top = self.home / kb
        return {str(path.relative_to(top)): hashlib.sha256(path.read_bytes()).hexdigest()
                for part in ("raw", "wiki") for path in sorted((top / part).rglob("*")) if path.is_file()}

    def compare(self, what, one, other):
        """The log has the names of the commands; all else is the same."""
        one, other = ({name: digest for name, digest in self.tree(kb).items() if name != "wiki/log.md"} for kb in (one, other))
        differing = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
        self.expect(f"{what}: {len(one):,} files against {len(other):,}, {len(differing)} differ", not differing)
        for name in differing[:20]:
            print(f"         {name}: {'only in the first' if name not in other else 'only in the second' if name not in one else 'other bytes'}")

    def outcomes(self, kb):
        return {one["path"]: (one["reason"], one["message"]) for one in self.run("-C", kb, "list", "--failed")[0] if "path" in one}

    def old_plugin(self, name):
        """The plugin as it was when it had an older version: the same code under another number."""
        old = self.home / "old" / name
        shutil.copytree(self.plugins / name, old)
        manifest = (old / "plugin.toml").read_text()
        version = re.search(r'^version = "([^"]+)"', manifest, re.M).group(1)
        older = "0" + version[1:]
        library = old / re.search(r'^library = "([^"]+)"', manifest, re.M).group(1)
        code = library.read_bytes().replace(version.encode() + b"\0", older.encode() + b"\0")
        library.write_bytes(code)
        manifest = manifest.replace(f'version = "{version}"', f'version = "{older}"', 1)
        manifest = re.sub(r'^sha256 = "[0-9a-f]{64}"', f'sha256 = "{hashlib.sha256(code).hexdigest()}"', manifest, count=1, flags=re.M)
        (old / "plugin.toml").write_text(manifest)
        return old

    def prepare(self, number, out, *words):
        return self.run("prepare", self.folder, "--out", out, "--shard", f"{number}/{SHARDS}", *words)

    def check(self):
        for kb in ("added", "committed", "late", "mixed"):
            self.run("init", kb)
        added = self.run("-C", "added", "add", self.folder)[0][-1]
        for number in range(1, SHARDS + 1):
            self.prepare(number, f"out{number % 3}" if number != SHARDS else "last")
        self.prepare(3, "twice")
        committed, told = self.run("-C", "committed", "commit", "twice", "out2", "last", "out0", "out1")
        self.expect("the same counts", all(committed[-1][key] == added[key] for key in ("added", "failed", "skipped")))
        self.expect("the shard that is there twice is told", "there twice" in told)
        self.compare("add, and seven shards with one of them twice", "added", "committed")
        one, other = self.outcomes("added"), self.outcomes("committed")
        differing = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
        self.expect(f"{len(one):,} documents fail, {len(differing)} of them in another way", not differing)
        for path in differing[:20]:
            print(f"         {path}: {one.get(path)} and {other.get(path)}")
        self.run("-C", "committed", "check", codes=(0,))
        self.one_is_missing()
        self.one_is_older()

    def one_is_missing(self):
        told = self.run("-C", "late", "commit", "out0", "out1", "out2")[1]
        self.expect("a shard that is missing is told", "a shard is missing" in told)
        self.run("-C", "late", "check", codes=(0,))
        told = self.run("-C", "late", "commit", "out0", "out1", "out2", "last")[1]
        self.expect("and no longer when it is there", "a shard is missing" not in told)
        # A name that was taken stays taken, so documents that come later may have other names.
        raw = [sorted(digest for name, digest in self.tree(kb).items() if name.startswith("raw/")) for kb in ("added", "late")]
        self.expect("what comes late is there", raw[0] == raw[1])
        self.run("-C", "late", "check", codes=(0,))

    def one_is_older(self):
        plugins = [word for name in ("markdown", "html", "mail") for word in ("--plugin", self.old_plugin(name))]
        self.prepare(SHARDS, "older", *plugins)
        self.run("-C", "mixed", "commit", "out0", "out1", "out2", "older")
        outdated = [one for one in self.run("-C", "mixed", "outdated")[0] if "path" in one]
        self.expect(f"{len(outdated)} documents of an older converter are outdated", len(outdated) > 0)
        self.run("-C", "mixed", "reconvert")
        left = [one for one in self.run("-C", "mixed", "outdated")[0] if "path" in one]
        self.expect(f"after reconvert, {len(left)} are", not left)
        self.compare("add, and an older shard after reconvert", "added", "mixed")


def main():
    release = pathlib.Path(sys.argv[1]).resolve()
    root = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else root.parent / "shared/corpus").resolve()
    if not folder.is_dir():
        print(f"skipped: there is no folder {folder}")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="sluice-shards-") as home:
        corpus = Corpus(release, folder, pathlib.Path(home).resolve())
        corpus.check()
    sys.exit(1 if corpus.wrong else 0)


if __name__ == "__main__":
    main()
