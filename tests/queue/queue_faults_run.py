"""A queue at work while everything around it fails: hosts are killed, frozen and cut off, again and again. In the end each
document must have been committed once, in the order of the list, as `add` would have done it.

    queue_faults_run.py SLUICE SCHEMA_FOLDER [DOCUMENTS [FAULTS [SEED]]]      20,000 documents and 100 faults, unless given

Hosts are network namespaces: eight workers, the database, the store (S3-like) and the owner. Prints what happened, and the figures.
"""
import collections
import os
import pathlib
import random
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import hosts  # noqa: E402
import postgres_server  # noqa: E402
import queue_fixture  # noqa: E402
import s3_server  # noqa: E402
from queue_fixture import QueueFixture, freeze, kill, thaw  # noqa: E402

WORKERS = [f"w{number}" for number in range(8)]
LEASE = 5
# The next fault comes with the next share of the documents, or after so long.
PATIENCE = 20


class ServerOnHost(postgres_server.Server):
    def __init__(self, on, address):
        self.on = on
        super().__init__({"max_wal_size": "'2GB'"}, listen=address,
                         hba="local all all trust\nhost all all 10.77.0.0/24 trust\n")

    def command(self, program, *words):
        return [*self.on, *super().command(program, *words)]


class Run(QueueFixture):
    lease = str(LEASE)
    attempts = "100"
    documents, faults, seed = 20_000, 100, 0

    def setUp(self):
        self.hosts = hosts.Hosts([*WORKERS, "db", "s3", "owner"])
        self.addCleanup(self.hosts.remove)
        QueueFixture.server = ServerOnHost(self.hosts.on("db"), self.hosts.address("db"))
        self.addCleanup(self.server.remove)
        super().setUp()
        self.environment["SLUICE_QUEUE"] = f"postgresql://postgres@{self.hosts.address('db')}/{self.database}?connect_timeout=5"
        self.environment.update(s3_server.KEYS)
        self.s3 = self.start_program([*self.hosts.on("s3"), sys.executable, s3_server.__file__, self.hosts.address("s3"), "9000"], {})
        self.random = random.Random(self.seed)
        self.mends = []  # (when, what to do then)
        self.done = collections.Counter()
        self.on_host = {}

    def worker_on(self, name):
        self.on_host[name] = self.start_quietly(name, "work", "-j1", "--batch", "16")

    def owner(self):
        self.on_host["owner"] = self.start_quietly("owner", "-C", str(self.kb.path), "queue", "commit", "-q")

    def start_quietly(self, name, *words):
        """What it prints goes to a file of its host: nobody reads a pipe here."""
        with open(self.home / f"{name}.log", "ab") as log:
            process = subprocess.Popen([*self.hosts.on(name), queue_fixture.SLUICE, *words], stdout=log, stderr=log, cwd=self.home,
                                       env=self.environment, start_new_session=True)
        self.running.append(process)
        return process

    def kill_and_restart(self, name):
        kill(self.on_host[name])
        self.owner() if name == "owner" else self.worker_on(name)

    def freeze_for(self, process, seconds):
        freeze(process)
        self.later(seconds, lambda: process.poll() is None and thaw(process))

    def cut_for(self, name, seconds):
        self.hosts.cut(name)
        self.later(seconds, lambda: self.hosts.heal(name))

    def later(self, seconds, what):
        self.mends.append((time.monotonic() + seconds, what))

    def fault(self):
        worker = self.random.choice(WORKERS)
        kinds = {
            "worker killed": lambda: self.kill_and_restart(worker),
            "worker frozen past its lease": lambda: self.freeze_for(self.on_host[worker], 2 * LEASE),
            "worker cut off": lambda: self.cut_for(worker, self.random.uniform(1, 2 * LEASE)),
            "owner killed": lambda: self.kill_and_restart("owner"),
            "owner frozen": lambda: self.freeze_for(self.on_host["owner"], LEASE),
            "owner cut off": lambda: self.cut_for("owner", self.random.uniform(1, LEASE)),
            "database killed": self.server.kill,
            "database restarted": lambda: (self.server.stop("fast"), self.server.start()),
            "database cut off": lambda: self.cut_for("db", self.random.uniform(1, LEASE)),
            "store frozen": lambda: self.freeze_for(self.s3, LEASE),
            "store cut off": lambda: self.cut_for("s3", self.random.uniform(1, LEASE)),
        }
        kind = self.random.choices(list(kinds), weights=[25, 15, 20, 10, 4, 6, 6, 3, 4, 3, 4])[0]
        self.done[kind] += 1
        kinds[kind]()
        return kind

    def mend(self, everything=False):
        now = time.monotonic()
        due = [what for when, what in self.mends if everything or when <= now]
        self.mends = [] if everything else [one for one in self.mends if one[0] > now]
        for what in due:
            what()

    def settled(self):
        answer = self.server.sql(self.database, "select seq from sluice_queue.marks where name = 'settled'", check=False)
        return int(answer.stdout) if answer.returncode == 0 else None

    def make_list(self):
        words = "the quick brown fox jumps over a lazy dog".split()
        for number in range(self.documents):
            folder = f"f{number // 500}"
            if number % 50 == 7:
                name = f"s{number}/same.md" if number % 100 == 7 else f"d{number}.md"
                self.write(f"{folder}/{name}", "# The same text\n")
            elif number % 100 == 9:
                self.write(f"{folder}/e{number}.md", "")
            else:
                text = " ".join(self.random.choice(words) for _ in range(self.random.randint(20, 300)))
                self.write(f"{folder}/n{number}.md", f"# Number {number}\n\n{text}\n")

    def test_everything_fails_and_nothing_is_lost(self):
        self.make_list()
        store = f"s3://docs/q?endpoint=http://{self.hosts.address('s3')}:9000&region={s3_server.REGION}"
        on_owner = [*self.hosts.on("owner"), queue_fixture.SLUICE]
        subprocess.run([*on_owner, "queue", "init", "--store", store, "--lease", self.lease, "--attempts", self.attempts,
                        "--window", self.window], env=self.environment, check=True, cwd=self.home, stdout=subprocess.DEVNULL)
        subprocess.run([*on_owner, "queue", "submit", "-q", str(self.docs)], env=self.environment, check=True, cwd=self.home,
                       stdout=subprocess.DEVNULL)
        count = int(self.sql("select seq from sluice_queue.marks where name = 'submitted'"))
        began = time.monotonic()
        for name in WORKERS:
            self.worker_on(name)
        self.owner()
        self.disturb_until(count)
        seconds = time.monotonic() - began
        losses = int(self.sql("select count(*) from sluice_queue.losses"))
        self.end_kindly()
        print(f"{count:,} documents, {sum(self.done.values())} faults, seed {self.seed}: {seconds:.0f} s, {count / seconds:.0f} documents a "
              f"second, {losses} lost attempts", flush=True)
        for kind, number in sorted(self.done.items()):
            print(f"  {number:3} x {kind}", flush=True)
        self.assertEqual(self.sql("select count(*) from sluice_queue.tasks where state <> 'committed'"), "0")
        self.assert_like_add()

    def disturb_until(self, count):
        faults, last = 0, time.monotonic()
        stuck_since, before = time.monotonic(), 0
        while True:
            self.mend()
            settled = self.settled()
            now = time.monotonic()
            if settled is not None and settled != before:
                before, stuck_since = settled, now
            self.assertLess(now - stuck_since, 300, f"nothing moves at {before}: see {self.home}")
            if settled is not None and settled >= count and faults >= self.faults:
                self.mend(everything=True)
                return
            is_due = settled is not None and settled >= 0.9 * count * faults / self.faults
            if faults < self.faults and (is_due or now - last > PATIENCE):
                kind = self.fault()
                faults, last = faults + 1, now
                print(f"  {now - stuck_since:4.0f} s since the last step; {settled} settled; fault {faults}: {kind}", flush=True)
            time.sleep(0.25)

    def end_kindly(self):
        for process in self.on_host.values():
            process.send_signal(signal.SIGINT)
        for process in self.on_host.values():
            process.wait(60)


def main():
    postgres_server.skip_without_postgres()
    reason = hosts.why_not()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(postgres_server.SKIPPED)
    given = [int(word) for word in sys.argv[3:]]
    Run.documents, Run.faults, Run.seed = (given + [20_000, 100, int(time.time())][len(given):])
    unittest.main(module="__main__", argv=sys.argv[:1])


if __name__ == "__main__":
    main()
