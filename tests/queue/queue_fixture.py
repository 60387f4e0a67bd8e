"""A queue, a knowledge base, workers and a committer, for tests that run the real programs.

The test program's first arguments are SLUICE and SCHEMA_FOLDER.
"""
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "cli"))
import postgres_server  # noqa: E402
from folders import SCHEMAS, SLUICE, Folders, KnowledgeBase  # noqa: E402

PICTURE = bytes.fromhex("89504e470d0a1a0a") + b"picture of number "


def start_server(**options):
    """For setUpModule."""
    QueueFixture.server = postgres_server.Server(**options)
    unittest.addModuleCleanup(QueueFixture.server.remove)


class QueueFixture(Folders):
    server = None
    number = 0
    lease = "2"
    attempts = "5"
    window = "10000"

    def setUp(self):
        super().setUp()
        QueueFixture.number += 1
        self.database = f"queue{QueueFixture.number}"
        self.server.make_database(self.database)
        self.url = self.server.url(self.database)
        self.store = self.home / "store"
        self.store.mkdir()
        self.scratch = self.home / "scratch"
        self.scratch.mkdir()
        self.environment = {**os.environ, "SLUICE_QUEUE": self.url, "TMPDIR": str(self.scratch)}
        self.running = []
        self.addCleanup(self.end_all)

    def end_all(self):
        for process in self.running:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()

    def run_sluice(self, *words, code=0, env=None, timeout=250):
        result = subprocess.run([SLUICE, *words], capture_output=True, text=True, timeout=timeout, cwd=self.home,
                                env={**self.environment, **(env or {})})
        if code is not None:
            self.assertEqual(result.returncode, code, f"{words}\n{result.stdout}\n{result.stderr}")
        return result

    def objects(self, *words, code=0, env=None):
        return [SCHEMAS.check(line) for line in self.run_sluice("--json", *words, code=code, env=env).stdout.splitlines()]

    def start(self, *words, env=None):
        return self.start_program([SLUICE, *words], env or {})

    def start_program(self, words, env):
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.home,
                                   env={**self.environment, **env}, start_new_session=True)
        self.running.append(process)
        return process

    def worker(self, *options):
        return self.start("work", "-j1", "--batch", "4", *options)

    def committer(self, *options):
        return self.start("-C", str(self.kb.path), "queue", "commit", *options)

    def finish(self, process, code=0, timeout=250):
        said, _ = process.communicate(timeout=timeout)
        if code is not None:
            self.assertEqual(process.returncode, code, said)
        return said

    def init(self, store=None):
        return self.objects("queue", "init", "--store", store or f"file://{self.store}", "--lease", self.lease,
                            "--attempts", self.attempts, "--window", self.window)[0]

    def make_documents(self, count):
        """Text, pictures beside it, equal names, duplicates, and some that no converter can read."""
        for number in range(count):
            folder = f"f{number % 7}"
            if number % 10 == 3:
                self.write(f"{folder}/same.md", f"# Same name {number}\n")
            elif number % 10 == 5:
                self.write(f"{folder}/d{number}.md", "# Duplicate\n\nThe same text.\n")
            elif number % 10 == 7:
                self.write(f"{folder}/p{number}.md", f"# Picture {number}\n\n![p](../pictures/{number}.png)\n")
                (self.docs / "pictures").mkdir(exist_ok=True)
                (self.docs / f"pictures/{number}.png").write_bytes(PICTURE + str(number).encode())
            elif number % 10 == 9:
                self.write(f"{folder}/e{number}.md", "")
            else:
                self.write(f"{folder}/n{number}.md", f"# Number {number}\n\n" + f"Text of {number}. " * 20 + "\n")

    def submit(self):
        return self.objects("queue", "submit", str(self.docs))[-1]["count"]

    def status(self):
        return self.objects("queue", "status")[0]

    def sql(self, statement, user="postgres"):
        return self.server.sql(self.database, statement, user)

    def wait_for(self, what, timeout=120):
        end = time.monotonic() + timeout
        while not what():
            if time.monotonic() > end:
                self.fail(f"waited in vain; {self.run_sluice('queue', 'status', code=None).stdout}")
            time.sleep(0.1)

    def commit_all(self, code=None):
        return self.objects("-C", str(self.kb.path), "queue", "commit", "--once", code=code)

    @staticmethod
    def tree(kb):
        files = {}
        for folder in ("raw", "wiki"):
            for path in sorted((kb.path / folder).rglob("*")):
                if path.is_file() and path.name != "log.md":
                    files[str(path.relative_to(kb.path))] = path.read_bytes()
        return files

    def assert_like_add(self):
        """The same trees as `add` on one computer; each document committed once, in the order of the list."""
        fresh = KnowledgeBase(self.home / "fresh")
        fresh.run("add", str(self.docs), code=None)
        mine, theirs = self.tree(self.kb), self.tree(fresh)
        self.assertEqual(sorted(mine), sorted(theirs))
        self.assertEqual([name for name in theirs if mine[name] != theirs[name]], [])

        def events(kb):
            return [(one["op"], one["path"]) for one in kb.objects("log") if one["op"] in ("added", "duplicate")]
        self.assertEqual(events(self.kb), events(fresh))
        self.assertEqual([one["path"] for one in self.kb.objects("list", "--failed", code=None)],
                         [one["path"] for one in fresh.objects("list", "--failed", code=None)])
        self.kb.check()

    def assert_nothing_left(self):
        status = self.status()
        self.assertEqual(status["settled"], status["submitted"])
        self.assertEqual([path for path in self.store.rglob("*") if path.is_file()], [])


def kill(process):
    """With all that it has started, as if its computer was gone."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def freeze(process):
    os.killpg(process.pid, signal.SIGSTOP)


def thaw(process):
    os.killpg(process.pid, signal.SIGCONT)


def main():
    postgres_server.skip_without_postgres()
    unittest.main(module="__main__", argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
