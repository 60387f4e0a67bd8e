"""What goes wrong between a queue, its workers, its store and its owner: nothing is lost, doubled or out of order.

    queue_faults_test.py SLUICE SCHEMA_FOLDER [CLASS]

queue_faults_run.py does the same at length, with network namespaces as hosts.
"""
import hashlib
import io
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import queue_fixture  # noqa: E402
import s3_server  # noqa: E402
from queue_fixture import QueueFixture, freeze, kill, thaw  # noqa: E402


def setUpModule():
    queue_fixture.start_server(options={"fsync": "off"})  # no test switches the computer off


class Workers(QueueFixture):
    def test_killed_and_frozen_workers_lose_nothing(self):
        self.lease = "1"
        self.attempts = "20"
        self.make_documents(30)
        self.init()
        self.submit()
        committer = self.committer("--once")
        victims = []
        for turn in range(4):
            victims.append(self.worker("--once"))
            time.sleep(0.4)
            freeze(victims[-1]) if turn % 2 else kill(victims[-1])
        self.finish(self.worker("--once"), code=None)
        for one in victims[1::2]:
            thaw(one)
            self.finish(one, code=None)
        self.finish(committer, code=3)
        self.assert_like_add()
        self.assert_nothing_left()

    def test_a_worker_whose_clock_is_wrong_works_like_any_other(self):
        library = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
        if library is None:
            self.skipTest("faketime is not installed")
        self.lease = "3"
        self.make_documents(20)
        self.init()
        self.submit()
        wrong = {"FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        # Only the program of the queue has the wrong clock: the sandbox would keep the library from its converters.
        program = pathlib.Path(queue_fixture.SLUICE).parent / "sluice-queue"
        workers = []
        for shift in ("-400d", "+400d"):
            workers.append(self.start_program([program, "work", "-j1", "--batch", "4", "--once"],
                                              {**wrong, "LD_PRELOAD": str(library), "FAKETIME": shift}))
        for one in workers:
            self.finish(one)
        self.commit_all(code=3)
        self.assertEqual(self.status()["lost_attempts"], 0)
        self.assert_like_add()


class Servers(QueueFixture):
    def test_a_server_that_dies_and_comes_back(self):
        self.make_documents(30)
        self.init()
        self.submit()
        committer, worker = self.committer("--once"), self.worker("--once")
        for _ in range(3):
            time.sleep(0.7)
            self.server.kill()
        # What the server forgot with its last half second is done again: a lost attempt, and no lost document.
        said = self.finish(worker, code=None)
        self.assertIn(worker.returncode, (0, 3), said)
        self.finish(committer, code=3)
        self.assert_like_add()
        self.assert_nothing_left()

    def test_a_server_that_is_restarted_and_stopped_for_a_while(self):
        self.make_documents(30)
        self.init()
        self.submit()
        committer, worker = self.committer("--once"), self.worker("--once")
        time.sleep(0.7)
        self.server.stop("fast")
        time.sleep(3)
        self.server.start()
        self.finish(worker, code=None)
        self.finish(committer, code=3)
        self.assert_like_add()
        self.assert_nothing_left()

    def test_a_standby_takes_over_in_the_middle(self):
        """Asynchronous replication: what the standby has not got when the primary dies is forgotten."""
        primary = queue_fixture.postgres_server.Server({"wal_sender_timeout": "'2s'"}, hba="local all all trust\nlocal replication all trust\n")
        self.addCleanup(primary.remove)
        primary.make_database("docs")
        standby = primary.standby()
        self.addCleanup(standby.remove)
        self.server, self.database = primary, "docs"
        self.environment["SLUICE_QUEUE"] = (
            f"postgresql://postgres@/docs?host={primary.folder},{standby.folder}&port={primary.port},{standby.port}"
            "&target_session_attrs=read-write")
        self.make_documents(60)
        self.init()
        count = self.submit()
        standby.wait_for_replay("docs", "select count(*) from sluice_queue.tasks", str(count))
        # It stays behind, so that something is forgotten.
        standby.sql("docs", "select pg_wal_replay_pause()")
        os.kill(standby.wal_receiver(), signal.SIGSTOP)
        committer = self.committer("--once")
        workers = [self.worker("--once") for _ in range(2)]
        self.wait_for(lambda: self.status()["settled"] > 5)
        os.kill(standby.wal_receiver(), signal.SIGKILL)
        primary.kill_for_good()
        standby.promote()
        self.server = standby
        self.assertEqual(self.sql("select seq from sluice_queue.marks where name = 'settled'"), "0", "nothing was forgotten")
        for one in workers:
            self.finish(one, code=None)
        self.run_sluice("work", "--once", code=None)
        self.finish(committer, code=3)
        self.assert_like_add()
        self.assert_nothing_left()


class Owners(QueueFixture):
    def test_an_owner_that_is_killed_commits_each_document_once_and_in_order(self):
        self.make_documents(30)
        self.init()
        self.submit()
        self.run_sluice("work", "--once")
        for turn in range(6):
            victim = self.committer("--once")
            time.sleep(0.05 + 0.06 * turn)
            kill(victim)
        self.commit_all()
        self.assert_like_add()
        self.assert_nothing_left()

    def test_an_owner_that_is_killed_between_the_two_commits(self):
        self.make_documents(20)
        self.init()
        count = self.submit()
        self.run_sluice("work", "--once")
        # Whoever holds the mark keeps the queue from its COMMIT.
        holder = subprocess.Popen([self.server.programs / "psql", "-XqAt", "-d", self.url], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True)
        self.addCleanup(holder.wait)
        self.addCleanup(holder.kill)
        holder.stdin.write("begin; select seq from sluice_queue.marks where name = 'settled' for update;\n")
        holder.stdin.flush()
        self.assertEqual(holder.stdout.readline(), "0\n")
        victim = self.committer("--once")
        self.wait_for(lambda: self.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
                                       "and query like '%settle(%'") == "1")
        self.assertTrue(self.kb.objects("log"), "the knowledge base has its COMMIT")
        kill(victim)
        # The server would finish the call of a client that is gone.
        self.sql("select pg_terminate_backend(pid) from pg_stat_activity where query like '%settle(%' and pid <> pg_backend_pid()")
        holder.stdin.write("rollback;\n")
        holder.stdin.close()
        self.assertEqual(self.status()["settled"], 0, "the queue has no COMMIT")
        self.commit_all()
        self.assertEqual(self.status()["settled"], count)
        self.assert_like_add()
        self.assert_nothing_left()

    def test_the_registry_decides_where_the_two_commits_differ(self):
        self.make_documents(10)
        self.init()
        self.submit()
        self.run_sluice("work", "--once")
        self.commit_all()
        before = self.kb.objects("log")
        # The queue's COMMIT was lost, with or without the bundles.
        self.sql("update sluice_queue.marks set seq = 0 where name = 'settled'; "
                 "update sluice_queue.tasks set state = 'done' where seq > 4; "
                 "update sluice_queue.tasks set state = 'waiting', token = null where seq <= 4")
        self.assertEqual(self.commit_all(code=0)[-1]["committed"], 0)
        self.assertEqual(self.kb.objects("log"), before)
        self.assert_nothing_left()
        # Another knowledge base, and a database from before.
        other = queue_fixture.KnowledgeBase(self.home / "other")
        said = self.run_sluice("-C", str(other.path), "queue", "commit", "--once", code=1)
        self.assertIn("another one, or a copy", said.stderr)
        self.sql("update sluice_queue.tasks set id = gen_random_uuid()")
        self.assertIn("a copy from before", self.run_sluice("-C", str(self.kb.path), "queue", "commit", "--once", code=1).stderr)

    def test_one_committer_at_a_time(self):
        self.init()
        first = self.committer()
        self.wait_for(lambda: self.sql("select count(*) from pg_locks where locktype = 'advisory'") == "1")
        self.assertIn("another", self.run_sluice("-C", str(self.kb.path), "queue", "commit", code=11).stderr)
        os.killpg(first.pid, signal.SIGINT)
        self.finish(first, code=130)


class Stores(QueueFixture):
    def test_a_full_store_holds_up_and_loses_nothing(self):
        if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", self.store]).returncode != 0:
            self.skipTest("only root can make a small file system")
        self.addCleanup(lambda: subprocess.run(["umount", "-l", self.store]))
        self.make_documents(30)
        self.init()
        self.submit()
        worker = self.worker()
        self.wait_for(lambda: self.status()["done"] > 0)
        time.sleep(3)
        self.assertLess(self.status()["done"], 30)
        committer = self.committer("--once")
        self.finish(committer, code=3)
        os.killpg(worker.pid, signal.SIGINT)
        self.assertIn("space", self.finish(worker, code=130))
        self.assert_like_add()
        self.assert_nothing_left()

    def test_a_bundle_that_a_stale_folder_shows_later_is_awaited(self):
        self.lease = "5"
        self.make_documents(8)
        self.init()
        count = self.submit()
        self.run_sluice("work", "--once")
        third = next(self.store.rglob("000000000003-*.tar"))
        hidden = self.home / third.name
        third.rename(hidden)
        committer = self.committer("--once")
        self.wait_for(lambda: self.status()["settled"] == 2)
        time.sleep(1.5)
        self.assertEqual(self.status()["settled"], 2, "nothing overtakes it")
        hidden.rename(third)
        said = self.finish(committer, code=None)
        self.assertEqual(self.status()["lost_attempts"], 0, said)
        self.assertEqual(self.status()["settled"], count)
        self.assert_like_add()

    def test_a_slow_store_costs_no_lease(self):
        server = s3_server.S3Server()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.environment.update(s3_server.KEYS)
        self.lease = "1"
        self.make_documents(4)
        self.init(server.url())
        self.submit()
        server.delay = 2.5
        self.finish(self.worker("--once"))
        server.delay = 0
        self.assertEqual(self.status()["lost_attempts"], 0)
        self.commit_all()
        self.assert_like_add()


class Liars(QueueFixture):
    """A worker with its role's password does what it likes. The owner names it, and takes nothing."""
    attempts = "40"
    lease = "1"

    def forge(self, number, change, told):
        """The bundle of a task, changed by a worker that lies, and what it says of it."""
        token = str(uuid.uuid4())
        seq = int(self.sql(f"select seq from sluice_queue.claim('{token}', 'liar', 's', 1)"))
        self.assertEqual(seq, number)
        data = change(self.honest[number])
        if data is not None:
            (next(self.store.iterdir()) / f"{number:012}-{token}.tar").write_bytes(data)
        facts = {"sha256": hashlib.sha256(data or b"").hexdigest(), "size": len(data or b""), **told}
        self.sql(f"select sluice_queue.complete('{token}', array[{number}], array['{facts['sha256']}'], "
                 f"array[{facts['size']}::bigint], array['ok'])")

    def with_files(self, data, change):
        """`change(name, bytes)`: what becomes of each file; None leaves it out."""
        out = io.BytesIO()
        with tarfile.open(fileobj=io.BytesIO(data)) as old, tarfile.open(fileobj=out, mode="w") as new:
            for member in old.getmembers():
                changed = change(member.name, old.extractfile(member).read())
                if changed is None:
                    continue
                info = tarfile.TarInfo(changed[0])
                info.size = len(changed[1])
                new.addfile(info, io.BytesIO(changed[1]))
        return out.getvalue()

    def lies(self):
        def same(data):
            return data

        def files(change):
            return lambda data: self.with_files(data, change)
        return {
            "is missing": (lambda data: None, {}),
            "no tar": (lambda data: b"garbage" * 1000, {}),
            "cut off": (lambda data: data[:len(data) // 2], {}),
            "empty": (lambda data: b"", {}),
            "of another task": (lambda data: self.honest[2], {}),
            "another place": (files(lambda n, t: (n.replace("000000000001-", "000000000002-"), t)), {}),
            "two bundles": (lambda data: data[:-1024] + self.honest[2], {}),
            "wrong hash": (same, {"sha256": "ab" * 32}),
            "wrong size": (same, {"size": 5}),
            "a size without end": (same, {"size": 1 << 50}),
            "changed text": (files(lambda n, t: (n, t + b"more" if n.endswith(".md") else t)), {}),
            "changed raw": (files(lambda n, t: (n, b"other" if n.endswith(".raw") else t)), {}),
            "no raw": (files(lambda n, t: None if n.endswith(".raw") else (n, t)), {}),
            "no facts": (files(lambda n, t: None if n.endswith(".json") else (n, t)), {}),
            "another path": (files(lambda n, t: (n, t.replace(b"1.md", b"9.md"))), {}),
            "a way out": (files(lambda n, t: (n + "/../../x" if n.endswith(".md") else n, t)), {}),
        }

    def test_a_worker_that_lies_is_refused_and_named(self):
        for number in range(1, 4):
            self.write(f"{number}.md", f"# Number {number}\n")
        self.init()
        self.submit()
        self.run_sluice("work", "--once")
        self.honest = {int(path.name[:12]): path.read_bytes() for path in self.store.rglob("*.tar")}
        self.sql("update sluice_queue.tasks set state = 'waiting', token = null")
        before = self.tree(self.kb)
        committer = self.committer("--json")
        for count, (what, (change, told)) in enumerate(self.lies().items(), 1):
            self.forge(1, change, told)
            self.wait_for(lambda: self.status()["lost_attempts"] == count, 60)
            loss = self.status()["losses"][0]
            self.assertEqual((loss["worker"], loss["number"]), ("liar", 1), what)
            self.assertIn("refused", loss["reason"], what)
            self.assertEqual(self.tree(self.kb), before, f"{what}: something of the knowledge base changed")
        os.killpg(committer.pid, signal.SIGINT)
        self.assertEqual(self.finish(committer, code=None).count('"type":"refused"'), len(self.lies()))
        self.run_sluice("work", "--once")
        self.commit_all(code=0)
        self.assert_like_add()
        self.assert_nothing_left()

    def test_a_worker_has_no_use_for_the_tokens_of_others(self):
        self.write("1.md", "# One\n")
        self.init()
        self.submit()
        self.sql("do $$ begin create role thief login; exception when duplicate_object then null; end $$; grant sluice_worker to thief")
        token = str(uuid.uuid4())
        self.sql(f"select * from sluice_queue.claim('{token}', 'honest', 's', 1)")

        def thief(statement):
            return self.server.sql(self.database, statement, user="thief")
        self.assertEqual(thief(f"select * from sluice_queue.complete('{token}', array[1], array['{'ab' * 32}'], array[1::bigint], array['ok'])"), "")
        self.assertEqual(thief(f"select sluice_queue.heartbeat('{token}')"), "f")
        self.assertEqual(thief(f"select sluice_queue.fail('{token}', 1, 'x')"), "f")
        self.assertEqual(thief(f"select sluice_queue.give_back('{token}')"), "0")
        self.assertEqual(thief(f"select * from sluice_queue.claim('{token}', 'thief', 's', 1)"), "")
        self.assertEqual(self.sql("select state, worker from sluice_queue.tasks"), "claimed|honest")


if __name__ == "__main__":
    queue_fixture.main()
