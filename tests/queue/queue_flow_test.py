"""Documents go through the queue into the knowledge base as `add` would have taken them. queue_faults_test.py is
about what goes wrong on the way.

    queue_flow_test.py SLUICE SCHEMA_FOLDER
"""
import os
import pathlib
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import queue_fixture  # noqa: E402
import s3_server  # noqa: E402
from queue_fixture import QueueFixture  # noqa: E402


def setUpModule():
    queue_fixture.start_server(options={"fsync": "off"})


class Flow(QueueFixture):
    lease = "60"  # nobody is lost here, however busy the computer is

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


if __name__ == "__main__":
    queue_fixture.main()
