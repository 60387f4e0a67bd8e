"""Measures the queue alone: how fast tasks are submitted, claimed, completed and settled. Prints a table; no test.

    measure_queue.py [TASKS [SECONDS [SLUICE]]]      1,000,000 tasks and 10 s for each figure, unless given; with the
                                                     program, also what a worker costs that has nothing to do

Clients are those of pgbench, on the same computer as the server: so the figures are of both together.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import postgres_server  # noqa: E402

SQL = pathlib.Path(__file__).resolve().parents[2] / "host/queue/sql"
# One after another, as a worker does it: claim, then complete what came.
CLAIM = "select count(*) from sluice_queue.claim(gen_random_uuid(), 'measure', 'setup', {most});\n"
WORK = """select gen_random_uuid()::text as token \\gset
select coalesce(array_agg(seq)::text, '{{}}') as seqs, coalesce(array_agg(repeat('ab', 32))::text, '{{}}') as hashes,
  coalesce(array_agg(1)::text, '{{}}') as sizes, coalesce(array_agg('ok'::text)::text, '{{}}') as outcomes
  from sluice_queue.claim(:token::uuid, 'measure', 'setup', {most}) \\gset
select count(*) from sluice_queue.complete(:token::uuid, :seqs::bigint[], :hashes::text[], :sizes::bigint[], :outcomes::text[]);
"""


class Measure:
    def __init__(self, tasks, seconds):
        self.tasks, self.seconds = tasks, seconds
        self.server = postgres_server.Server({"shared_buffers": "'256MB'", "max_wal_size": "'4GB'"})
        self.server.make_database("q")
        for part in ("tables", "inner_calls", "worker_calls", "owner_calls", "roles"):
            self.server.sql("q", (SQL / f"{part}.sql").read_text())
        self.server.sql("q", "insert into sluice_queue.about (version, store, lease, max_attempts, task_window) "
                             f"values (1, 'file:///x', '1 hour', 5, {2 * tasks})")

    def submit(self):
        begin = time.monotonic()
        self.server.sql("q", f"""do $$ begin for part in 0 .. {self.tasks // 5000 - 1} loop
          perform sluice_queue.submit(array_agg('/srv/documents'::text), array_agg('/srv/documents/'::text),
            array_agg(('folder' || part || '/a document with a name of some length ' || n || '.pdf')::text))
          from generate_series(1, 5000) n; end loop; end $$""")
        spent = time.monotonic() - begin
        size = self.server.sql("q", "select pg_size_pretty(pg_total_relation_size('sluice_queue.tasks'))")
        print(f"submit {self.tasks:,} tasks: {spent:.1f} s, {self.tasks / spent:,.0f} a second, {size}", flush=True)

    def server_seconds(self):
        """Of the processor, that ended processes of the server have used: a benchmark's are ended."""
        pid = (self.server.data / "postmaster.pid").read_text().splitlines()[0]
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def bench(self, name, script, most, clients):
        before = self.server_seconds()
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script.format(most=most))
            file.flush()
            result = subprocess.run(
                [self.server.programs / "pgbench", "-n", "-c", str(clients), "-j", "2", "-T", str(self.seconds), "-f", file.name,
                 "-M", "prepared", self.server.url("q")], capture_output=True, text=True,
                env={**os.environ, "PGOPTIONS": "-c synchronous_commit=off"})
        assert result.returncode == 0, result.stderr
        rate = float(next(line for line in result.stdout.splitlines() if line.startswith("tps")).split()[2])
        wait = float(next(line for line in result.stdout.splitlines() if "latency average" in line).split()[3])
        time.sleep(1)
        calls = int(next(line for line in result.stdout.splitlines() if "actually processed" in line).split()[5].split("/")[0])
        spent = (self.server_seconds() - before) / calls * 1000
        print(f"{name}, {most} in a call, {clients} clients: {rate:,.0f} calls, {rate * most:,.0f} tasks a second, "
              f"{wait:.1f} ms a call; {spent:.2f} ms of the server's processor", flush=True)

    def settle(self):
        self.server.sql("q", "update sluice_queue.tasks set state = 'done', bundle_sha256 = '\\x" + "ab" * 32 + "' "
                             "where seq <= 51200")
        script = ("do $$ declare seqs bigint[]; begin for round in 1 .. 100 loop "
                  "select array_agg(seq) into seqs from sluice_queue.next_over(512); "
                  "perform sluice_queue.settle(0, seqs[cardinality(seqs)], seqs); commit; end loop; end $$")
        begin = time.monotonic()
        self.server.sql("q", script)
        spent = time.monotonic() - begin
        print(f"look for what is next and settle it, 512 at a time: {51200 / spent:,.0f} tasks a second", flush=True)

    def idle(self, sluice):
        """Of a worker in a queue where nothing waits."""
        self.server.sql("q", "update sluice_queue.tasks set state = 'cancelled'")
        self.server.sql("q", "vacuum analyze")
        with tempfile.TemporaryDirectory() as scratch:
            worker = subprocess.Popen([sluice, "work", self.server.url("q"), "--scratch", scratch],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

            def spent():
                fields = pathlib.Path(f"/proc/{worker.pid}/schedstat").read_text().split()
                calls = self.server.sql("q", "select xact_commit + xact_rollback from pg_stat_database where datname = 'q'")
                return int(fields[0]) / 1e6, int(calls)
            time.sleep(5)
            (processor, calls), seconds = spent(), 60
            time.sleep(seconds)
            processor, calls = (after - before for after, before in zip(spent(), (processor, calls)))
            worker.kill()
            worker.wait()
        # Two of the transactions are ours.
        print(f"an idle worker: {processor / seconds:.2f} ms of a processor a second and {(calls - 2) * 60 / seconds:.0f} transactions a minute",
              flush=True)


def main():
    postgres_server.skip_without_postgres()
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    measure = Measure(tasks, seconds)
    try:
        measure.submit()
        for clients in (1, 8, 32):
            measure.bench("claim", CLAIM, 1, clients)
        for clients in (1, 8, 32):
            measure.bench("claim and complete", WORK, 16, clients)
        measure.settle()
        if len(sys.argv) > 3:
            measure.idle(sys.argv[3])
    finally:
        measure.server.remove()


if __name__ == "__main__":
    main()
