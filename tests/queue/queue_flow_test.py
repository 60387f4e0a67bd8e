"""Documents go through the queue into the knowledge base as `add` would have taken them, whatever goes wrong on the way.

    queue_flow_test.py SLUICE SCHEMA_FOLDER
"""
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
from queue_fixture import QueueFixture, freeze, thaw  # noqa: E402


def setUpModule():
    queue_fixture.start_server()


class Flow(QueueFixture):
    def test_several_workers_give_what_add_gives(self):
        self.make_documents(60)
        self.init()
        self.assertGreaterEqual(self.submit(), 60)  # a picture is a document, too, where a converter reads pictures
        workers = [self.worker("--once") for _ in range(3)]
        committer = self.committer("--once")
        for one in workers:
            self.finish(one)
        self.finish(committer, code=3)  # some documents are empty
        self.assert_like_add()
        self.assert_nothing_left()
        self.assertEqual(self.status()["lost_attempts"], 0)
        self.assertEqual(self.commit_all(code=0)[-1]["committed"], 0)

    def test_the_window_holds_workers_back_until_the_knowledge_base_follows(self):
        self.window = "5"
        self.make_documents(20)
        self.init()
        count = self.submit()
        worker = self.worker("--once")
        self.wait_for(lambda: self.status()["done"] == 5)
        time.sleep(1)
        self.assertEqual(self.status()["waiting"], count - 5)
        self.commit_all()
        self.finish(worker)
        self.commit_all()
        self.assert_like_add()

    def test_bundles_travel_through_an_s3_like_service(self):
        server = s3_server.S3Server()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.environment.update(s3_server.KEYS)
        self.make_documents(12)
        self.init(server.url())
        count = self.submit()
        server.failures = 3
        worker = self.worker("--once", "-v")
        said = self.finish(worker)
        self.assertEqual(len(server.objects), count)
        self.assertTrue(all(name.startswith("a/b/") for name in server.objects))
        self.commit_all()
        self.assert_like_add()
        self.assertEqual((server.unsigned, server.objects), (0, {}))
        self.assertNotIn(s3_server.KEYS["AWS_SECRET_ACCESS_KEY"], said)

    def test_wrong_keys_are_told(self):
        server = s3_server.S3Server()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.make_documents(2)
        self.init(server.url())
        self.submit()
        wrong = {"AWS_ACCESS_KEY_ID": "TESTKEY", "AWS_SECRET_ACCESS_KEY": "no"}
        self.assertIn("SignatureDoesNotMatch", self.run_sluice("work", "--once", code=1, env=wrong).stderr)
        self.assertIn("AWS_ACCESS_KEY_ID", self.run_sluice("work", "--once", code=2).stderr)
        self.assertEqual(self.status()["waiting"], 2, "what it had is given back")

    def test_names_of_every_kind(self):
        for name in ("a b.md", "ä.md", "%41.md", "quote'\".md", "back\\slash.md", "new\nline.md", "tab\t.md"):
            self.write(name, f"# {name!r}\n")
        with open(os.fsencode(self.docs) + b"/no-\xff.md", "w") as file:
            file.write("# bytes\n")
        self.init()
        self.assertEqual(self.submit(), 8)
        self.run_sluice("work", "--once")
        self.commit_all(code=0)
        self.assert_like_add()

    def test_a_file_that_a_worker_cannot_read_is_left_to_others(self):
        self.attempts = "2"
        self.make_documents(3)
        self.init()
        self.submit()
        away = self.home / "away"
        self.docs.rename(away)
        self.run_sluice("work", "--once", code=3)
        status = self.status()
        self.assertEqual((status["failed"], status["lost_attempts"]), (3, 6))
        away.rename(self.docs)
        failed = [one for one in self.commit_all(code=3) if one["type"] == "doc"]
        self.assertEqual([one["result"] for one in failed], ["failed"] * 3)
        self.assertIn("in 2 attempts", self.run_sluice("-C", str(self.kb.path), "list", "--failed", code=None).stdout)
        self.objects("queue", "retry")
        self.run_sluice("work", "--once")
        self.commit_all(code=0)
        self.assert_like_add()


class Faults(QueueFixture):
    def test_killed_and_frozen_workers_lose_nothing(self):
        self.lease = "1"
        self.attempts = "20"
        self.make_documents(60)
        self.init()
        self.submit()
        committer = self.committer("--once")
        for turn in range(6):
            victim = self.worker("--once")
            time.sleep(0.4)
            if turn % 2:
                freeze(victim)
            else:
                os.killpg(victim.pid, signal.SIGKILL)
        frozen = self.running[2::2]
        last = self.worker("--once")
        self.finish(last, code=None)
        for one in frozen:
            thaw(one)
        for one in frozen:
            self.finish(one, code=None)
        self.finish(committer, code=3)
        self.assert_like_add()
        self.assert_nothing_left()

    def test_a_server_that_dies_and_comes_back(self):
        self.make_documents(40)
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

    def test_an_owner_that_is_killed_commits_each_document_once_and_in_order(self):
        self.make_documents(60)
        self.init()
        self.submit()
        self.run_sluice("work", "--once")
        for turn in range(8):
            victim = self.committer("--once")
            time.sleep(0.05 + 0.06 * turn)
            os.killpg(victim.pid, signal.SIGKILL)
            victim.wait()
        self.commit_all()
        self.assert_like_add()
        self.assert_nothing_left()

    def test_the_registry_decides_where_the_two_commits_differ(self):
        self.make_documents(10)
        self.init()
        self.submit()
        self.run_sluice("work", "--once")
        kept = self.home / "kept"
        shutil.copytree(self.store, kept)
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

    def forge(self, number, change):
        """The bundle of a task, changed by a worker that lies, which says what it then is."""
        token = str(uuid.uuid4())
        seq = int(self.sql(f"select seq from sluice_queue.claim('{token}', 'liar', 's', 1)"))
        self.assertEqual(seq, number)
        name = f"{number:012}-{token}.tar"
        folder = next(self.store.iterdir())
        data = change(self.honest[number])
        if data is not None:
            (folder / name).write_bytes(data)
        data = data or b""
        import hashlib
        self.sql(f"select sluice_queue.complete('{token}', array[{number}], array['{hashlib.sha256(data).hexdigest()}'], "
                 f"array[{len(data)}], array['ok'])")

    def change_tar(self, data, change):
        out = io.BytesIO()
        with tarfile.open(fileobj=io.BytesIO(data)) as old, tarfile.open(fileobj=out, mode="w") as new:
            for member in old.getmembers():
                text = old.extractfile(member).read()
                name, text = change(member.name, text)
                info = tarfile.TarInfo(name)
                info.size = len(text)
                new.addfile(info, io.BytesIO(text))
        return out.getvalue()

    def test_a_worker_that_lies_is_refused_and_named(self):
        self.attempts = "20"
        for number in range(1, 4):
            self.write(f"{number}.md", f"# Number {number}\n")
        self.init()
        self.submit()
        self.run_sluice("work", "--once")
        self.honest = {int(path.name[:12]): path.read_bytes() for path in self.store.rglob("*.tar")}
        self.sql("update sluice_queue.tasks set state = 'waiting', token = null")
        lies = {
            "is missing": lambda data: None,
            "no tar": lambda data: b"garbage" * 1000,
            "cut off": lambda data: data[:len(data) // 2],
            "of another task": lambda data: self.honest[2],
            "another place": lambda data: self.change_tar(data, lambda n, t: (n.replace("000000000001-", "000000000002-"), t)),
            "two bundles": lambda data: data[:-1024] + self.honest[2],
            "changed text": lambda data: self.change_tar(data, lambda n, t: (n, t + b"more" if n.endswith(".md") else t)),
            "changed raw": lambda data: self.change_tar(data, lambda n, t: (n, b"other" if n.endswith(".raw") else t)),
            "another path": lambda data: self.change_tar(data, lambda n, t: (n, t.replace(b"1.md", b"9.md"))),
            "a way out": lambda data: self.change_tar(data, lambda n, t: (n + "/../../x" if n.endswith(".md") else n, t)),
        }
        before = self.tree(self.kb)
        for what, change in lies.items():
            with self.subTest(what):
                self.forge(1, change)
                committer = self.committer("--once", "--json")
                self.wait_for(lambda: self.status()["waiting"] == 3, 60)
                os.killpg(committer.pid, signal.SIGINT)
                said = self.finish(committer, code=None)
                self.assertIn("liar", said)
                loss = self.status()["losses"][0]
                self.assertEqual((loss["worker"], loss["number"]), ("liar", 1))
                self.assertIn("refused", loss["reason"])
                self.assertEqual(self.tree(self.kb), before, "nothing of the knowledge base changes")
        self.run_sluice("work", "--once")
        self.commit_all(code=0)
        self.assert_like_add()
        self.assert_nothing_left()

    def test_a_full_store_holds_up_and_loses_nothing(self):
        if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", self.store]).returncode != 0:
            self.skipTest("only root can make a small file system")
        self.addCleanup(lambda: subprocess.run(["umount", "-l", self.store]))
        self.make_documents(40)
        self.init()
        self.submit()
        worker = self.worker()
        self.wait_for(lambda: self.status()["done"] > 0)
        time.sleep(3)
        self.assertLess(self.status()["done"], 40)
        committer = self.committer("--once")
        self.finish(committer, code=3)
        os.killpg(worker.pid, signal.SIGINT)
        self.assertIn("space", self.finish(worker, code=130))
        self.assert_like_add()
        self.assert_nothing_left()


if __name__ == "__main__":
    queue_fixture.main()
