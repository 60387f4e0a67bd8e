"""A discrete-event model of a queue with many hosts: what limits them, by parameters that were measured.

    scale_model.py                 the table of host/docs/scale.md
    scale_model.py --self-test     fails if the model breaks a law that any such system obeys

A host claims a batch, converts it on its cores, sends the bundles to the store, and says so to the database. The owner
takes what is next in order, a group at a time. The database and the owner each do one thing at a time; the store has one bandwidth for all.
The window stops claims that are too far ahead of the owner; whenever that moves, all hosts that wait ask again.
"""
import heapq
import json
import pathlib
import random
import sys

GROUP = 512  # that the owner commits at a time
PARAMETERS = pathlib.Path(__file__).with_name("scale_parameters.json")


class Line:
    """A server that does one thing after another: when is it done with this one?"""

    def __init__(self):
        self.free_at = 0.0
        self.busy = 0.0

    def serve(self, now, seconds):
        self.free_at = max(now, self.free_at) + seconds
        self.busy += seconds
        return self.free_at


class Model:
    def __init__(self, hosts, kind, parameters, documents, seed=1, cores=None, window=None):
        self.random = random.Random(seed)
        self.p, self.kind = parameters, parameters["documents"][kind]
        self.hosts, self.documents = hosts, documents
        self.cores = cores or parameters["cores_of_a_host"]
        self.batch = 16 * self.cores
        # What all hosts have in hand, twice: so the slowest batch holds nobody up.
        self.window = window or max(parameters["window"], 2 * self.batch * hosts)
        self.database, self.store, self.owner = Line(), Line(), Line()
        self.claimed = self.next = self.settled = 0
        self.is_owner_busy = False
        self.done = set()
        self.events, self.count = [], 0
        self.idle = []
        self.stalled = 0.0  # host seconds without work, because of the window

    def at(self, time, what, *given):
        self.count += 1
        heapq.heappush(self.events, (time, self.count, what, given))

    def run(self):
        for host in range(self.hosts):
            # Nobody starts at the same moment.
            self.at(self.random.random(), self.claim, host)
        now = 0.0
        while self.events and self.settled < self.documents:
            now, _, what, given = heapq.heappop(self.events)
            what(now, *given)
        self.seconds = now
        return self

    def claim(self, now, host):
        answered = self.database.serve(now, self.p["claim_seconds"])
        most = min(self.documents, self.settled + self.window)
        seqs = range(self.claimed, min(self.claimed + self.batch, most))
        if not seqs:
            if self.claimed < self.documents:
                self.idle.append((now, host))
            return
        self.claimed = seqs.stop
        # Each core takes the next document: the batch ends with the slowest core.
        cores = [answered + self.p["prepare_start_seconds"]] * self.cores
        for seq in seqs:
            began = heapq.heappop(cores)
            spent = self.random.lognormvariate(0, self.kind["spread"]) * self.kind["convert_seconds"]
            heapq.heappush(cores, began + spent)
            self.at(began + spent, self.send, seq)
        self.at(max(cores), self.claim, host)

    def send(self, now, seq):
        arrived = self.store.serve(now, self.kind["bundle_bytes"] / self.p["store_bytes_per_second"])
        self.at(arrived + self.p["store_latency_seconds"], self.complete, seq)

    def complete(self, now, seq):
        self.at(self.database.serve(now, self.p["complete_seconds"]), self.commit, seq)

    def commit(self, now, seq):
        self.done.add(seq)
        if not self.is_owner_busy:
            self.commit_group(now)

    def commit_group(self, now):
        count, at = 0, now
        while self.next in self.done and count < GROUP:
            self.done.remove(self.next)
            self.next += 1
            count += 1
            # The bytes go through the store once more.
            fetched = self.store.serve(at, self.kind["bundle_bytes"] / self.p["store_bytes_per_second"])
            self.owner.busy += fetched - at  # it waits for them
            at = self.owner.serve(fetched, self.kind["commit_seconds"])
        self.is_owner_busy = count > 0
        if count > 0:
            self.at(at, self.settle, count)

    def settle(self, now, count):
        self.settled += count
        self.database.serve(now, self.p["settle_seconds"] * count)
        self.commit_group(now)
        idle, self.idle = self.idle, []
        for since, host in idle:
            self.stalled += now - since
            self.at(now, self.claim, host)

    def rate(self):
        return self.documents / self.seconds

    def limit(self):
        end = self.seconds
        shares = {"owner": self.owner.busy / end, "store": self.store.busy / end, "database": self.database.busy / end}
        name, share = max(shares.items(), key=lambda one: one[1])
        return (name, share) if share > 0.85 else ("hosts", share)


def table(parameters):
    print("| documents | hosts | documents a second | what limits it | how busy that is |")
    print("| --- | --- | --- | --- | --- |")
    for kind in parameters["documents"]:
        for hosts in (1, 10, 100, 1000):
            # So many that all hosts have work for a while, after which one waits for the slowest.
            documents = min(600_000, 8 * 256 * hosts)
            model = Model(hosts, kind, parameters, documents).run()
            name, share = model.limit()
            busy = f"{share:.0%}" if name != "hosts" else f"next: {share:.0%}"
            print(f"| {kind} | {hosts} | {model.rate():,.{0 if model.rate() > 20 else 1}f} | {name} | {busy} |", flush=True)


def self_test(parameters):
    kind = next(iter(parameters["documents"]))
    facts = parameters["documents"][kind]
    one = Model(1, kind, parameters, 2_000).run()
    assert one.settled == 2_000, "all is committed"
    ideal = one.cores / (facts["convert_seconds"] * 2.718281828 ** (facts["spread"] ** 2 / 2))
    assert one.rate() < ideal * 1.05, f"no host is faster than its cores: {one.rate()} and {ideal}"
    many = Model(500, kind, parameters, 8_000).run()
    assert many.rate() <= 1 / facts["commit_seconds"] * 1.001, "nothing is committed faster than the owner can"
    assert Model(20, kind, parameters, 8_000).run().rate() >= one.rate(), "more hosts are not slower"
    small = Model(100, kind, parameters, 8_000, window=10)
    small.run()
    assert small.rate() < Model(100, kind, parameters, 8_000).run().rate(), "a small window costs speed"
    assert small.stalled > 0
    print("the model obeys")


if __name__ == "__main__":
    measured = json.loads(PARAMETERS.read_text())
    self_test(measured) if "--self-test" in sys.argv else table(measured)
