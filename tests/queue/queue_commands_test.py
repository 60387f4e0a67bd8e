"""The queue as people and programs see it: its commands, and what each role may do in the database.

    queue_commands_test.py SLUICE SCHEMA_FOLDER
"""
import json
import os
import pathlib
import subprocess
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import queue_fixture  # noqa: E402
from queue_fixture import SLUICE, QueueFixture  # noqa: E402

HASH = "ab" * 32


def setUpModule():
    queue_fixture.start_server(options={"fsync": "off"})


class Queue(QueueFixture):
    def init(self, *options):
        return self.objects("queue", "init", self.url, "--store", f"file://{self.home}/store", *options)[0]

    def as_role(self, role):
        """A user who has this role alone."""
        user = f"user_of_{role}"
        self.sql(f"do $$ begin if not exists (select from pg_roles where rolname = '{user}') then "
                 f"create role {user} login; end if; end $$; grant {role} to {user}")
        return user

    def refused(self, statement, user):
        result = self.server.sql(self.database, statement, user, check=False)
        self.assertNotEqual(result.returncode, 0, f"{user} may: {statement}")
        return result.stderr

    def submit(self, count):
        for number in range(count):
            self.write(f"{number:04}.md", f"# {number}\n")
        return self.objects("queue", "submit", str(self.docs))[-1]

    def claim(self, most, user="postgres", token=None):
        token = token or str(uuid.uuid4())
        rows = self.sql(f"select seq, attempts from sluice_queue.claim('{token}', 'w', 's', {most})", user)
        return token, [tuple(map(int, row.split("|"))) for row in rows.splitlines()]

    def complete(self, token, seqs, user="postgres"):
        return [int(row) for row in self.sql(
            f"select sluice_queue.complete('{token}', array{list(seqs)}::bigint[], array{[HASH] * len(seqs)}, "
            f"array{[1] * len(seqs)}::bigint[], array{['ok'] * len(seqs)})", user).splitlines()]

    def expire(self, token):
        self.sql(f"update sluice_queue.claims set lease_until = now() - interval '1 s' where token = '{token}'")


class Commands(Queue):
    def test_init_makes_a_queue_once_and_then_changes_it(self):
        made = self.init("--lease", "30", "--attempts", "3", "--window", "50")
        self.assertEqual((made["created"], made["lease"], made["attempts"], made["window"]), (True, 30, 3, 50))
        again = self.objects("queue", "init", self.url, "--window", "70")[0]
        self.assertEqual((again["created"], again["queue"], again["window"], again["lease"]), (False, made["queue"], 70, 30))

    def test_a_new_queue_needs_a_store(self):
        self.assertIn("--store", self.run_sluice("queue", "init", self.url, code=2).stderr)
        self.assertIn("queue init", self.run_sluice("queue", "status", code=1).stderr)

    def test_a_password_in_a_url_is_refused_and_not_repeated(self):
        for url in ("postgresql://me:secret9@host/db", "host=h password=secret9", "postgresql://me@h/db?sslpassword=secret9"):
            said = self.run_sluice("queue", "status", url, code=2)
            self.assertIn("pgpass", said.stderr)
            self.assertNotIn("secret9", said.stderr + said.stdout)

    def test_no_url_and_no_server_say_what_to_do(self):
        self.assertIn("SLUICE_QUEUE", self.run_sluice("queue", "status", code=2, env={"SLUICE_QUEUE": ""}).stderr)
        self.assertIn("does not exist", self.run_sluice("queue", "status", self.server.url("nothing"), code=1).stderr)

    def test_submit_lists_as_add_does_in_order_and_names_what_it_leaves_out(self):
        self.init()
        for name in ("b.md", "a.md", "sub/c.md", "picture.xyz", ".hidden.md", "ä\u202e.md"):
            self.write(name, "text\n")
        os.mkdir(os.fsencode(self.docs) + b"/no-\xff")
        with open(os.fsencode(self.docs) + b"/no-\xff/x.md", "w") as file:
            file.write("x\n")
        said = self.objects("-v", "queue", "submit", str(self.docs))
        self.assertEqual((said[-1]["count"], said[-1]["first"], said[-1]["last"]), (5, 1, 5))
        added = self.kb.objects("add", str(self.docs))
        self.assertEqual([one["path"] for one in added if one["type"] == "doc"],
                         self.sql("select prefix || path from sluice_queue.tasks order by seq").splitlines())
        self.assertEqual([one for one in said if one["type"] == "skipped"], [one for one in added if one["type"] == "skipped"])
        self.assertEqual(self.objects("queue", "submit", str(self.docs / "a.md"))[-1]["first"], 6)

    def test_submit_refuses_what_no_worker_can_read(self):
        self.init()
        said = self.run_sluice("queue", "submit", "https://example.org/a", str(self.write("a.md", "# A\n")), code=3)
        self.assertIn("web pages", said.stderr)
        self.assertEqual(self.sql("select path from sluice_queue.tasks"), "a.md")

    def test_submit_tells_what_cannot_be_read(self):
        self.init()
        said = self.run_sluice("queue", "submit", str(self.docs / "gone.md"), code=3)
        self.assertIn("gone.md", said.stderr)
        self.assertEqual(self.status()["submitted"], 0)

    def test_status_counts_and_retry_and_cancel_change(self):
        self.init("--attempts", "1")
        self.submit(4)
        token, claimed = self.claim(2)
        self.assertEqual([seq for seq, _ in claimed], [1, 2])
        self.expire(token)
        status = self.status()
        self.assertEqual((status["submitted"], status["failed"], status["waiting"], status["lost_attempts"]), (4, 2, 2, 2))
        self.assertEqual([one["number"] for one in status["failures"]], [1, 2])
        self.assertIn("lease", status["failures"][0]["reason"])
        again = self.objects("queue", "retry", "1")
        self.assertEqual([(one["number"], one["result"]) for one in again], [(5, "submitted")])
        self.assertEqual([one["number"] for one in self.objects("queue", "cancel", "--all")], [3, 4, 5])
        self.assertIn("0001.md", self.run_sluice("queue", "status").stdout)
        self.run_sluice("queue", "cancel", code=2)

    def test_status_shows_nothing_that_a_terminal_acts_on(self):
        self.init()
        self.submit(2)
        for setup in ("\033[2Jone", "\033[2Jtwo"):
            self.sql(f"select sluice_queue.claim('{uuid.uuid4()}', E'w\\033[2J', '{setup}', 1)")
        said = self.run_sluice("queue", "status").stdout
        self.assertIn("different converters", said)
        self.assertNotIn("\033", said)

    def test_status_that_nobody_can_read_is_an_error(self):
        self.init()
        with open("/dev/full", "w") as full:
            result = subprocess.run([SLUICE, "queue", "status", self.url], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertIn("standard output", result.stderr)


class Calls(Queue):
    """What the functions promise, whoever calls them."""

    def test_a_claim_is_given_once_in_order_and_again_to_who_asks_again(self):
        self.init()
        self.submit(5)
        token, first = self.claim(2)
        self.assertEqual(self.claim(2, token=token)[1], first)
        self.assertEqual([seq for seq, _ in self.claim(9)[1]], [3, 4, 5])
        self.assertEqual(self.claim(9)[1], [])

    def test_a_lost_task_comes_alone_so_that_it_costs_no_other_an_attempt(self):
        self.init("--attempts", "3")
        self.submit(4)
        token, _ = self.claim(2)
        self.expire(token)
        self.assertEqual(self.claim(9)[1], [(1, 1)])
        self.assertEqual(self.claim(9)[1], [(2, 1)])
        self.assertEqual(self.claim(9)[1], [(3, 0), (4, 0)])

    def test_a_late_worker_is_not_heard(self):
        self.init()
        self.submit(1)
        late, _ = self.claim(1)
        self.expire(late)
        now, claimed = self.claim(1)
        self.assertEqual(claimed, [(1, 1)])
        self.assertEqual(self.sql(f"select sluice_queue.heartbeat('{late}')"), "f")
        self.assertEqual(self.complete(late, [1]), [])
        self.assertEqual(self.complete(now, [1]), [1])
        self.assertEqual(self.complete(now, [1]), [1], "the answer was lost, and it asks again")
        self.assertEqual(self.sql("select token from sluice_queue.tasks"), now)

    def test_no_claim_goes_beyond_the_window(self):
        self.init("--window", "3")
        self.submit(5)
        token, claimed = self.claim(9)
        self.assertEqual([seq for seq, _ in claimed], [1, 2, 3])
        self.assertEqual(self.claim(9)[1], [])
        self.complete(token, [2, 3])
        self.assertEqual(self.claim(9)[1], [], "the first one holds up the window")
        self.complete(token, [1])
        self.assertEqual(self.sql("select sluice_queue.settle(0, 2, array[1,2]::bigint[])"), "2")
        self.assertEqual([seq for seq, _ in self.claim(9)[1]], [4, 5])

    def test_what_is_over_comes_in_order_up_to_the_first_that_is_not(self):
        self.init()
        self.submit(4)
        token, _ = self.claim(4)
        self.complete(token, [1, 2, 4])
        self.assertEqual(self.sql("select seq from sluice_queue.next_over(10)").split(), ["1", "2"])
        said = self.refused("select sluice_queue.settle(0, 3, array[1,2]::bigint[])", "postgres")
        self.assertIn("is not over", said)
        self.sql("select sluice_queue.settle(0, 2, array[1,2]::bigint[])")
        self.assertEqual(self.sql("select sluice_queue.settle(0, 1, array[1]::bigint[])"), "2", "a mark never goes back")

    def test_what_waits_again_is_claimed_first_wherever_claims_have_got_to(self):
        self.init()
        self.submit(9)
        token, _ = self.claim(4)
        self.sql("select sluice_queue.raise_low_water()")
        self.assertEqual(self.sql("select seq from sluice_queue.low_water"), "4")
        self.sql(f"select sluice_queue.give_back('{token}')")
        self.assertEqual([seq for seq, _ in self.claim(2)[1]], [1, 2])
        token, _ = self.claim(3)
        self.sql("select sluice_queue.raise_low_water()")
        self.sql(f"select sluice_queue.fail('{token}', 4, 'x')")
        self.assertEqual(self.claim(9)[1], [(4, 1)], "it comes alone")
        self.assertEqual([seq for seq, _ in self.claim(9)[1]], [6, 7, 8, 9])

    def test_a_claim_that_comes_to_nothing_hides_no_task(self):
        self.init()
        self.submit(4)
        other = subprocess.Popen([self.server.programs / "psql", "-XqAt", "-d", self.url], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, text=True)
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        other.stdin.write(f"begin; select count(*) from sluice_queue.claim('{uuid.uuid4()}', 'w', 's', 2);\n")
        other.stdin.flush()
        self.assertEqual(other.stdout.readline(), "2\n")
        self.assertEqual([seq for seq, _ in self.claim(1)[1]], [3])
        self.sql("select sluice_queue.raise_low_water()")
        other.communicate("rollback;\n")
        self.assertEqual([seq for seq, _ in self.claim(9)[1]], [1, 2, 4])

    def test_claims_never_read_a_whole_table(self):
        """Plans are made while the tables are small, and kept while they grow."""
        self.init()
        self.submit(3000)
        scans = "select sum(seq_scan) from pg_stat_user_tables where relname in ('tasks', 'claims')"
        before = self.sql(scans)
        self.sql("do $$ declare token uuid; begin for n in 1 .. 300 loop token := gen_random_uuid(); "
                 "perform sluice_queue.claim(token, 'w', 's', 3); perform sluice_queue.heartbeat(token); "
                 "perform sluice_queue.complete(token, array[3 * n - 2]::bigint[], array[repeat('ab', 32)], array[1]::bigint[], array['ok']); "
                 "perform sluice_queue.next_over(10); perform sluice_queue.is_idle(); commit; end loop; end $$")
        self.assertEqual(self.sql(scans), before)

    def test_what_the_server_forgets_of_settled_tasks_is_settled_again(self):
        self.init()
        self.submit(6)
        token, _ = self.claim(6)
        self.complete(token, [1, 2, 3, 4, 5])
        self.sql("select sluice_queue.settle(0, 2, array[1,2]::bigint[])")
        # As if it died: the mark is gone, and that bundles had come.
        self.sql("update sluice_queue.marks set seq = 0 where name = 'settled'; "
                 "update sluice_queue.tasks set state = 'claimed' where seq in (1, 3); "
                 "update sluice_queue.tasks set state = 'waiting', token = null where seq in (2, 4)")
        self.refused("select sluice_queue.settle(0, 4, array[3,4]::bigint[])", "postgres")
        self.assertEqual(self.sql("select sluice_queue.settle(2, 4, array[3,4]::bigint[])"), "4")
        self.assertEqual(self.sql("select seq, state from sluice_queue.tasks order by seq").split(),
                         ["1|committed", "2|committed", "3|committed", "4|committed", "5|done", "6|claimed"])

    def test_a_refused_bundle_is_made_again_and_its_maker_is_named(self):
        self.init()
        self.submit(1)
        token, _ = self.claim(1)
        self.complete(token, [1])
        self.assertEqual(self.sql(f"select sluice_queue.refuse(1, '{uuid.uuid4()}', 'x')"), "f", "of another attempt")
        self.assertEqual(self.sql(f"select sluice_queue.refuse(1, '{token}', 'wrong hash')"), "t")
        self.assertEqual(self.claim(9)[1], [(1, 1)])
        loss = self.status()["losses"][0]
        self.assertEqual((loss["worker"], loss["role"]), ("w", "postgres"))
        self.assertIn("wrong hash", loss["reason"])


class Rights(Queue):
    """A worker is any program that has its password. It can do no more than work badly."""

    def setUp(self):
        super().setUp()
        self.init()
        self.submit(3)
        self.worker = self.as_role("sluice_worker")
        self.submitter = self.as_role("sluice_submitter")
        self.committer = self.as_role("sluice_committer")

    def test_nobody_touches_tables_or_the_schema(self):
        for user in (self.worker, self.submitter, self.committer):
            for table in ("about", "marks", "claims", "tasks", "losses"):
                for statement in (f"select * from sluice_queue.{table}", f"delete from sluice_queue.{table}",
                                  f"truncate sluice_queue.{table}", f"drop table sluice_queue.{table}",
                                  f"lock table sluice_queue.{table}"):
                    self.refused(statement, user)
            self.refused("create table sluice_queue.mine (x int)", user)
            self.refused("create or replace function sluice_queue.is_idle() returns boolean language sql as 'select true'", user)
            self.refused("drop schema sluice_queue cascade", user)
            self.refused("select sluice_queue.end_old_claims()", user)

    def test_each_role_calls_its_own_functions_alone(self):
        for user in (self.worker, self.committer):
            self.sql("begin; set local synchronous_commit = on; select pg_logical_emit_message(true, 'sluice_queue', ''); commit", user)
        token = uuid.uuid4()
        of_worker = ["sluice_queue.claim('%s', 'w', 's', 1)" % token, f"sluice_queue.heartbeat('{token}')",
                     f"sluice_queue.give_back('{token}')", f"sluice_queue.fail('{token}', 1, 'x')", "sluice_queue.is_idle()"]
        of_submitter = ["sluice_queue.submit(array['/r'], array['/r/'], array['a'])", "sluice_queue.status()"]
        of_committer = ["sluice_queue.next_over(1)", "sluice_queue.settle(0, 0, null)", f"sluice_queue.refuse(1, '{token}', 'x')",
                        "sluice_queue.cancel('{}')", "sluice_queue.retry('{}')"]
        for call in of_worker:
            self.sql(f"select * from {call}", self.worker)
            self.refused(f"select * from {call}", self.submitter)
            self.refused(f"select * from {call}", self.committer)
        for call in of_submitter:
            self.refused(f"select * from {call}", self.worker)
            self.sql(f"select * from {call}", self.submitter)
        for call in of_committer:
            self.refused(f"select * from {call}", self.worker)
            self.refused(f"select * from {call}", self.submitter)
            self.sql(f"select * from {call}", self.committer)

    def test_a_worker_with_another_ones_token_gets_nothing(self):
        self.sql("create role thief login; grant sluice_worker to thief")
        self.addCleanup(lambda: self.sql("drop role thief"))
        token, _ = self.claim(3, self.worker)
        self.assertEqual(self.claim(3, "thief", token)[1], [])
        self.assertEqual(self.sql(f"select sluice_queue.heartbeat('{token}')", "thief"), "f")
        self.assertEqual(self.complete(token, [1, 2, 3], "thief"), [])
        self.assertEqual(self.sql(f"select sluice_queue.fail('{token}', 1, 'x')", "thief"), "f")
        self.assertEqual(self.sql(f"select sluice_queue.give_back('{token}')", "thief"), "0")
        self.assertEqual(self.complete(token, [1, 2, 3], self.worker), [1, 2, 3])

    def test_a_worker_says_nothing_about_tasks_of_other_claims(self):
        mine, _ = self.claim(1, self.worker)
        other, _ = self.claim(1, self.worker)
        self.assertEqual(self.complete(mine, [2, 3], self.worker), [])
        self.assertEqual(self.sql(f"select sluice_queue.fail('{mine}', 2, 'x')", self.worker), "f")
        self.assertEqual(self.complete(other, [2], self.worker), [2])

    def test_objects_of_a_users_own_do_not_get_into_the_functions(self):
        evil = ("create temp table tasks (seq bigint); create function pg_temp.left(text, int) returns text language sql as "
                "'select (1/0)::text'; set search_path = pg_temp, sluice_queue; ")
        rows = self.sql(f"{evil} select seq from sluice_queue.claim('{uuid.uuid4()}', 'w', 's', 1)", self.worker)
        self.assertEqual(rows, "1")

    def test_long_texts_are_cut(self):
        token = uuid.uuid4()
        self.sql(f"select sluice_queue.claim('{token}', repeat('w', 100000), repeat('s', 100000), 1)", self.worker)
        self.sql(f"select sluice_queue.fail('{token}', 1, repeat('x', 10000000))", self.worker)
        self.assertLess(int(self.sql("select max(length(reason) + length(worker)) from sluice_queue.losses")), 2000)

    def test_a_user_without_a_role_is_told_which_one(self):
        self.sql("create role nobody_here login")
        self.addCleanup(lambda: self.sql("drop role nobody_here"))
        said = self.run_sluice("queue", "status", self.server.url(self.database, "nobody_here"), code=1)
        self.assertIn("GRANT sluice_worker", said.stderr)


class WithoutTheProgram(unittest.TestCase):
    def test_sluice_names_the_package(self):
        import shutil
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder) / "bin"
            place.mkdir()
            shutil.copy(SLUICE, place / "sluice")
            result = subprocess.run([place / "sluice", "queue", "status", "postgresql://h/d"], capture_output=True, text=True)
            self.assertEqual(result.returncode, 1)
            self.assertIn("install the package sluice-queue", result.stderr)
            said = subprocess.run([place / "sluice", "--json", "queue", "status"], capture_output=True, text=True)
            self.assertEqual(json.loads(said.stdout.splitlines()[-1])["type"], "error")


if __name__ == "__main__":
    queue_fixture.main()
