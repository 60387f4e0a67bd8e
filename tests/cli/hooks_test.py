"""Hooks: programs that get every event, at least once and in order, whatever they and we do.

    hooks_test.py SLUICE SCHEMA_FOLDER PLUGIN_FOLDER
"""
import http.server
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folders import SLUICE, Folders  # noqa: E402

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "config/examples"


class Hooks(Folders):
    def setUp(self):
        super().setUp()
        self.out = self.home / "out"
        self.config = self.home / "config"
        (self.config / "sluice").mkdir(parents=True)
        self.environment = {"XDG_CONFIG_HOME": str(self.config)}
        self.number = 0

    def hooks(self, *commands, timeout=None):
        lines = ["[hooks]", f"run = {json.dumps(list(commands))}"]
        if timeout:
            lines.append(f"timeout = {timeout}")
        (self.config / "sluice/config.toml").write_text("\n".join(lines) + "\n")

    def run_sync(self, code=0):
        return self.kb.run("sync", str(self.docs), code=code, env=self.environment)

    def change(self, count=1):
        for _ in range(count):
            self.number += 1
            self.write(f"{self.number}.md", f"# {self.number}\n\nText of number {self.number}.\n")

    def taken(self, path=None):
        path = path or self.out
        return [json.loads(line)["seq"] for line in path.read_text().splitlines()] if path.exists() else []

    def states(self):
        result = self.kb.run("--json", "hooks", env=self.environment)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def test_a_hook_gets_every_event_in_the_folder_of_the_knowledge_base(self):
        self.change(3)
        self.run_sync()
        self.hooks(f'cat >> {self.out}; test "$SLUICE_KB" = "$PWD" && test -d .sluice')
        self.change()
        self.run_sync()
        self.assertEqual(self.taken(), [1, 2, 3, 4], "a new hook gets all from the first on")
        (self.docs / "1.md").unlink()
        self.run_sync()
        self.kb.run("remove", "2", env=self.environment)
        self.assertEqual(self.taken(), list(range(1, 7)))
        lines = [json.loads(line) for line in self.out.read_text().splitlines()]
        logged = [{k: v for k, v in one.items()} for one in self.kb.objects("log")]
        self.assertEqual(lines, logged, "the same objects as in the log")
        self.assertEqual(self.states()[0]["behind"], 0)
        self.assertEqual(self.states()[0]["position"], 6)

    def test_one_that_fails_gets_the_same_again_and_harms_nobody(self):
        good = self.home / "good"
        self.hooks(f"cat >> {self.out}; echo no room >&2; exit 3", f"cat >> {good}")
        self.change(2)
        result = self.run_sync()
        self.assertIn("exit code 3: no room", result.stderr)
        self.assertEqual(self.taken(good), [1, 2])
        self.assertEqual(set(self.taken()), {1, 2})
        state = self.states()[0]
        self.assertEqual((state["position"], state["behind"]), (0, 2))
        self.assertGreaterEqual(state["failures"], 1)
        self.assertEqual(self.kb.run("hooks", "--run", code=3, env=self.environment).returncode, 3)
        self.kb.check()

    def test_one_that_failed_is_left_alone_for_a_while(self):
        self.hooks(f"cat >> {self.out}; exit 1")
        self.change()
        self.run_sync()
        for _ in range(7):  # pauses double: the last is longer than this test
            self.kb.run("hooks", "--run", code=3, env=self.environment)
        before = len(self.taken())
        self.assertEqual(before, 8)
        for _ in range(3):
            self.change()
            self.run_sync()
        self.assertEqual(len(self.taken()), before, "its pause is not over")

    def test_one_that_hangs_is_ended_with_all_it_started(self):
        good = self.home / "good"
        mark = f"sleep {random.randrange(10_000, 99_999)}.5"
        self.hooks(f"{mark} & {mark}", f"cat >> {good}", timeout=1)
        self.change()
        started = time.monotonic()
        result = self.run_sync()
        self.assertLess(time.monotonic() - started, 30)
        self.assertIn("[hooks] timeout", result.stderr)
        self.assertEqual(self.taken(good), [1])
        self.assertNotEqual(subprocess.run(["pgrep", "-f", mark], capture_output=True).returncode, 0)

    def test_one_that_reads_nothing_and_prints_without_end_blocks_nothing(self):
        self.hooks("head -c 50000000 /dev/zero | tr '\\0' x")
        self.change(200)
        self.run_sync()
        self.assertEqual(self.states()[0]["behind"], 0)

    def test_at_least_once_and_in_order_whoever_dies(self):
        seed = random.randrange(1 << 30)
        print(f"seed {seed}")
        chance = random.Random(seed)
        self.hooks(f"sleep 0.0{chance.randrange(9)}; cat >> {self.out}")
        for _ in range(10):
            self.change(chance.randrange(1, 30))
            run = subprocess.Popen([SLUICE, "-C", self.kb.path, "sync", self.docs],
                                   env={**os.environ, **self.environment},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.1 + chance.random() * 0.5)
            run.send_signal(signal.SIGKILL)
            run.wait()
        self.run_sync()
        self.kb.run("hooks", "--run", env=self.environment)
        taken = self.taken()
        last = self.kb.objects("log")[-1]["seq"]
        self.assertEqual(sorted(set(taken)), list(range(1, last + 1)), "each at least once")
        # Where one comes again, all behind it come again: no event overtakes another.
        for before, after in zip(taken, taken[1:]):
            self.assertLessEqual(after, before + 1)
        self.kb.check()

    def test_no_hook_waits_for_another(self):
        self.change()
        self.run_sync()
        after = self.home / "after"
        # The first ends only when it sees that the second has run.
        self.hooks(f"cat > /dev/null; for i in $(seq 100); do test -f {after} && exit 0; sleep .1; done; exit 1",
                   f"cat > {after}")
        self.kb.run("hooks", "--run", env=self.environment)
        self.assertEqual(self.taken(after), [1])

    def test_two_processes_never_run_one_hook_at_a_time(self):
        self.hooks(f"mkdir {self.home}/busy || exit 9; cat >> {self.out}; sleep 0.05;"
                   f" rmdir {self.home}/busy")
        folders = []
        for part in range(4):
            folders.append(self.docs / f"part{part}")
            for number in range(15):
                self.write(f"part{part}/{number}.md", f"# {part}\n\nText {number} of {part}.\n")
        runs = [subprocess.Popen([SLUICE, "-C", self.kb.path, "add", folder],
                                 env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True) for folder in folders]
        for run in runs:
            self.assertNotIn("exit code 9", run.communicate(timeout=120)[1])
        self.assertEqual(self.taken(), list(range(1, 61)), "each once: nobody died")

    def test_a_knowledge_base_from_somebody_else_runs_nothing(self):
        (self.kb.path / ".sluice/config.toml").write_text(
            f'[hooks]\nrun = ["cat >> {self.out}"]\ntrust = ["{self.kb.path}"]\n')
        self.change()
        result = self.run_sync()
        self.assertIn("hooks.run", result.stderr)
        self.assertFalse(self.out.exists())
        (self.config / "sluice/config.toml").write_text(f'[hooks]\ntrust = ["{self.kb.path}"]\n')
        self.run_sync()
        self.assertEqual(self.taken(), [1])

    def test_the_index_follows_the_knowledge_base(self):
        index = self.home / "search.db"
        self.hooks(f"{sys.executable} {EXAMPLES}/fts_index.py {index}")

        def found(word):
            result = subprocess.run([sys.executable, EXAMPLES / "fts_index.py", index, word],
                                    capture_output=True, text=True, check=True)
            return [line.split("  (")[0] for line in result.stdout.splitlines() if "  (" in line]

        self.write("a.md", "# Apples\n\nAll about orchards.\n")
        self.write("b.md", "# Bridges\n\nAll about rivers.\n")
        self.run_sync()
        self.assertEqual((found("orchards"), found("rivers")), (["a"], ["b"]))
        self.write("a.md", "# Apples\n\nAll about cider.\n")
        (self.docs / "b.md").rename(self.docs / "c.md")
        self.run_sync()
        self.assertEqual((found("orchards"), found("cider"), found("rivers")), ([], ["a"], ["b"]))
        (self.docs / "c.md").unlink()
        self.run_sync()
        self.assertEqual(found("rivers"), [])

    def test_events_are_posted_until_the_server_takes_them(self):
        got, answers = [], [500, 302, 200]

        class Server(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = answers.pop(0) if len(answers) > 1 else answers[0]
                if status == 200:
                    got.extend(json.loads(line)["seq"] for line in body.splitlines())
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            def do_GET(self):
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.hooks(f"{sys.executable} {EXAMPLES}/post_events.py"
                   f" http://127.0.0.1:{server.server_port}/events")
        self.change(2)
        self.assertIn("500", self.run_sync().stderr)
        self.assertIn("302", self.kb.run("hooks", "--run", code=3, env=self.environment).stderr)
        self.kb.run("hooks", "--run", env=self.environment)
        self.assertEqual(got, [1, 2])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
