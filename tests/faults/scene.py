"""What every fault has in common: documents, a knowledge base, runs, and what must be true afterwards.

Whatever a fault does, `sluice add` ends by itself with one of its exit codes, or by the signal that was
sent, and never with a bug report. After that, `recover` and `check` find nothing wrong, and each
document that was reported as added is on record.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

NOBODY = 65534
ENDINGS = {0, 1, 3, 13, 130}  # host/docs/cli.md
PATIENCE = 120


class Skipped(Exception):
    """The machine has no tool or no right for this fault; the text says which."""


class Broken(Exception):
    """A promise that does not hold."""


def need(*programs, root=False):
    if root and os.geteuid() != 0:
        raise Skipped("needs root")
    for program in programs:
        if shutil.which(program) is None:
            raise Skipped(f"{program} is not installed")


def shell(command, cwd):
    result = subprocess.run(["sh", "-c", command], cwd=cwd, capture_output=True, text=True)
    if result.returncode != 0:
        raise Skipped(f"cannot be set up here: {(result.stderr or command).strip().splitlines()[-1]}")


def make_documents(folder, count):
    """Markdown, text, HTML and CSV in folders of twenty."""
    for number in range(count):
        place = folder / f"d{number // 20:02}"
        place.mkdir(parents=True, exist_ok=True)
        text = f"paragraph of document {number}. " * (5 + number % 40)
        (place / f"n{number:04}.md").write_text(f"# Note {number}\n\n{text}\n")
        if number % 5 == 0:
            (place / f"p{number:04}.html").write_text(f"<h1>Page {number}</h1><p>{text}</p>")
            (place / f"t{number:04}.csv").write_text("a,b\n" + f"{number},2\n" * 50)


def is_alive(pid):
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


class Scene:
    def __init__(self, sluice, folder, documents):
        self.sluice = str(sluice)
        self.folder = pathlib.Path(folder)
        self.source = self.folder / "in"
        make_documents(self.source, documents)
        self.env = {**os.environ, "NO_COLOR": "1", "XDG_CONFIG_HOME": str(self.folder / "config"),
                    "XDG_DATA_HOME": str(self.folder / "data")}
        self.kb = self.folder / "kb"
        self.said = []       # one line for each run
        self.reported = set()
        self.mounted = []
        self.workers = set()

    # --- runs ---
    def new_kb(self, where="kb", **options):
        self.kb = self.folder / where
        self.run("init", str(self.kb), at_kb=False, endings={0}, **options)

    def command(self, *words, at_kb=True):
        return [self.sluice, *(["-C", str(self.kb)] if at_kb else []), *map(str, words)]

    def start(self, *words, before=(), env=None, at_kb=True, piped=False, **options):
        """Its results go into a file, so that it never waits for a reader; unless `piped`."""
        results = None if piped else tempfile.TemporaryFile()
        process = subprocess.Popen([*before, *self.command(*words, at_kb=at_kb)], cwd=self.folder,
                                   stdin=subprocess.DEVNULL, stdout=results or subprocess.PIPE,
                                   stderr=subprocess.PIPE, env={**self.env, **(env or {})}, **options)
        process.results = results
        return process

    def wait_for_results(self, process):
        while process.poll() is None and os.fstat(process.results.fileno()).st_size == 0:
            time.sleep(0.02)

    def finish(self, process, endings=ENDINGS):
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Broken("it did not end") from None
        if process.results:
            process.results.seek(0)
            out = process.results.read()
            process.results.close()
        return self.judge(process.returncode, out or b"", err or b"", endings)

    def judge(self, code, out, err, endings):
        err = err.decode(errors="replace")
        lines = [line for line in err.splitlines() if line.strip() and not line.endswith("/s")]
        first = lines[0] if lines else ""
        self.said.append(f"{code}{': ' + first[:90] if first else ''}")
        for line in out.decode(errors="replace").splitlines():
            if line.startswith("{") and '"doc"' in line:
                self.note(line)
        if "a bug in Sluice" in err or code in (-signal.SIGSEGV, -signal.SIGABRT) and code not in endings:
            raise Broken(f"exit code {code}: {err[:300]}")
        if code not in endings:
            raise Broken(f"exit code {code}, not one of {sorted(endings)}: {err[:300]}")
        return code, err

    def note(self, line):
        try:
            document = json.loads(line)
        except ValueError:
            return  # the run was killed in the middle of it
        if document.get("type") == "doc" and document.get("result") in ("added", "replaced", "duplicate"):
            self.reported.add(document["path"])

    def run(self, *words, endings=ENDINGS, **options):
        return self.finish(self.start(*words, **options), endings)

    def add(self, *sources, endings=ENDINGS, **options):
        return self.run("add", "--json", *(sources or [self.source]), endings=endings, **options)

    # --- what must be true afterwards ---
    def expect_sound(self):
        for words in (("recover",), ("check",)):
            result = subprocess.run(self.command(*words), cwd=self.folder, env=self.env, capture_output=True,
                                    text=True, timeout=PATIENCE)
            if result.returncode != 0:
                raise Broken(f"{words[0]} afterwards: exit code {result.returncode}\n{result.stdout[:800]}"
                             f"{result.stderr[:800]}")
        listed = subprocess.run(self.command("list", "--json"), cwd=self.folder, env=self.env,
                                capture_output=True, text=True, timeout=PATIENCE)
        known = set()
        for line in listed.stdout.splitlines():
            one = json.loads(line)
            if one["type"] == "document":
                known.update(one["sources"])
        lost = self.reported - known
        if lost:
            raise Broken(f"{len(lost)} documents were reported and are gone, such as {sorted(lost)[0]}")
        return len(known)

    def expect_no_worker(self):
        """None of the workers that were noted outlives its host for long."""
        end = time.time() + 10
        while time.time() < end:
            left = [pid for pid in self.workers if is_alive(pid)]
            if not left:
                return
            time.sleep(0.1)
        raise Broken(f"workers live on: {left}")

    def note_workers(self, host):
        """Remembers the guards and zygotes that a host has started."""
        found, todo = set(), [host]
        while todo:
            parent = todo.pop()
            try:
                children = pathlib.Path(f"/proc/{parent}/task").glob("*/children")
                below = [int(one) for file in children for one in file.read_text().split()]
            except OSError:
                continue
            found.update(below)
            todo.extend(below)
        self.workers |= found
        return found

    # --- disks ---
    def mount(self, command):
        place = self.folder / "disk"
        place.mkdir(exist_ok=True)
        shell(command, self.folder)
        self.mounted.append(place)
        return place

    def unmount(self):
        while self.mounted:
            subprocess.run(["umount", "-l", str(self.mounted.pop())], capture_output=True)
