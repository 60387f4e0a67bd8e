#!/usr/bin/env python3
"""Benchmarks of the whole program: ratios taken in one run, interleaved with their baseline.

    tests/bench/bench.py BUILD [--quick] [--documents N] [--rounds N] [--dir DIR] [CASE...]

CASE is one or more of: small, large, unchanged, growth, rows, memory, sandbox, cold, tables, links (default: all).

small      documents/s for 4 KB Markdown files, and the time against `cp -r` + `sync` of the same tree,
           and against the file calls alone that raw copies and Markdown take (file_calls.cpp);
           processor time, bytes written and flushes for each document
large      the same for 5 MB Markdown files
unchanged  CPU of `add` and `sync` over documents that are all on record, of a `sync` with ten changes, of
           `check --quick` and of `list`, against `git status` of the same tree
growth     CPU and bytes written per document in a knowledge base of 1,000 and of many documents
rows       the same beside 1,000,000 documents that stand in the registry alone: rows as `sluice add`
           would have made them, written by this script straight into the tables
memory     the most memory that the host (not its workers) had resident at once, for many sources and
           for one of 5 GB
sandbox    documents/s and CPU per document: one document a process (the default), 60 a process, and 60
           without a sandbox; of 4 KB Markdown, and of the PDF and Office files below --corpus
cold       one `convert` of a small Markdown file and of a CSV file, against `pdftotext -v`: what a process
           of its own takes to start
tables     CPU of one large CSV file and one large XLSX file, per byte and per cell, against `wc` of the same
           bytes
links      time and CPU of `add` for half as many notes with ten links each to one another, against the same notes
           whose links lead to the web: what the pass over links between documents takes

Every figure is the median over the rounds, with its range. Absolute figures depend on the machine and on who else
uses it: the ratios are what counts. SLUICE_SANDBOX_DOCUMENTS_PER_PROCESS (1) holds for each case but `sandbox`.
"""
import argparse
import hashlib
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

from made_documents import make_csv, make_file, make_linked_notes, make_tree, make_xlsx

TOGETHER = "SLUICE_SANDBOX_DOCUMENTS_PER_PROCESS"


class Run:
    """One timed command: its wall seconds; CPU seconds and bytes sent to the disk, with those of all
    its children; with `watch`, the most memory it had resident itself."""

    def __init__(self, command, watch=False, allowed=(0,), **options):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            start = time.monotonic()
            child = subprocess.Popen(command, stdout=out, stderr=err, **options)
            self.peak = 0
            while watch and not os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                self.peak = max(self.peak, resident_peak(child.pid))
                time.sleep(0.02)
            os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
            self.wall = time.monotonic() - start
            self.written = written_bytes(child.pid)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.cpu = used.ru_utime + used.ru_stime
            out.seek(0)
            self.out = out.read().decode(errors="replace")
            err.seek(0)
            if child.returncode not in allowed:
                sys.exit(f"{command} failed with {child.returncode}:\n"
                         + err.read().decode(errors="replace")[-2000:])


def resident_peak(pid):
    """Bytes, from /proc; 0 where there is none."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) << 10
    except OSError:
        pass
    return 0


def written_bytes(pid):
    """What a process that has ended and its children made dirty (proc(5), write_bytes)."""
    try:
        with open(f"/proc/{pid}/io", encoding="utf-8") as counts:
            return next(int(line.split()[1]) for line in counts if line.startswith("write_bytes:"))
    except OSError:
        return 0


def flushes(sluice, kb, tree):
    """How often a run asks the disk to flush, counted by strace; nothing without it."""
    if not shutil.which("strace"):
        return None
    with tempfile.NamedTemporaryFile("r") as counts:
        Run(["strace", "-f", "-c", "--seccomp-bpf", "-e", "trace=syncfs,fsync,fdatasync",
             "-o", counts.name, sluice, "-C", kb, "--json", "--progress", "never", "add", tree])
        fields = [line.split() for line in counts]
        return sum(int(f[3]) for f in fields if f and f[-1] in ("syncfs", "fsync", "fdatasync"))


def copy_and_sync(tree, target):
    return Run(["sh", "-c", f"cp -r '{tree}' '{target}' && sync"])


def file_calls(sluice, tree, target):
    """What the file system alone needs for raw copies and Markdown; nothing if that is not built."""
    program = os.path.join(os.path.dirname(sluice), "..", "tests", "bench_file_calls")
    return Run([program, tree, target]) if os.path.exists(program) else None


def add(sluice, kb, tree, sandbox="best-effort", documents_per_process=None):
    together = str(documents_per_process or os.environ.get(TOGETHER, 1))
    run = Run([sluice, "-C", kb, "--json", "--progress", "never", "add", tree],
              allowed=(0, 3), env=dict(os.environ, SLUICE_SANDBOX_LEVEL=sandbox, **{TOGETHER: together}))
    lines = run.out.strip().splitlines()
    run.sandbox = json.loads(lines[0])["sandbox"]
    run.summary = json.loads(lines[-1])
    return run


def init(sluice, kb):
    os.makedirs(kb)
    Run([sluice, "init", kb])


def spread(values, digits=2):
    return (f"{statistics.median(values):.{digits}f} "
            f"({min(values):.{digits}f} to {max(values):.{digits}f})")


def against_copy(sluice, work, name, count, size, rounds):
    tree = os.path.join(work, name)
    make_tree(tree, count, size)
    ratios, calls, bounds, least_cpus, rates, cpus, written = [], [], [], [], [], [], []
    for i in range(rounds):
        # Side by side in fresh folders; nothing is deleted in between, which would cost the next
        # run on ext4.
        copy = copy_and_sync(tree, os.path.join(work, f"{name}-copy-{i}"))
        least = file_calls(sluice, tree, os.path.join(work, f"{name}-calls-{i}"))
        kb = os.path.join(work, f"{name}-kb-{i}")
        init(sluice, kb)
        os.sync()
        run = add(sluice, kb, tree)
        if run.summary["added"] != count:
            sys.exit(f"{name}: {run.summary} instead of {count} added")
        ratios.append(run.wall / copy.wall)
        if least:
            calls.append(run.wall / least.wall)
            bounds.append(least.wall / copy.wall)
            least_cpus.append(least.cpu / count * 1e6)
        rates.append(count / run.wall)
        cpus.append(run.cpu / count * 1e6)
        written.append(run.written / count)
    kb = os.path.join(work, f"{name}-kb-flushes")
    init(sluice, kb)
    syncs = flushes(sluice, kb, tree)
    print(f"{name}: {count} files of {size >> 10} KiB, {rounds} rounds")
    print(f"  documents/s                      {spread(rates, 0)}")
    print(f"  time against cp -r + sync        {spread(ratios)}")
    if calls:
        print(f"  time against the file calls      {spread(calls)}")
        print(f"  those against cp -r + sync       {spread(bounds)}")
        print(f"  their CPU a document             {spread(least_cpus, 0)}")
    print(f"  CPU per document, microseconds   {spread(cpus, 0)}")
    print(f"  bytes written per document       {spread(written, 0)}")
    if syncs is not None:
        print(f"  flushes per document             {syncs / count:.4f} ({syncs} in all, under strace)")


def git_repository(tree):
    """Commits all of a tree, so that `git status` has something to look at."""
    git = ["git", "-C", tree, "-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    Run(git + ["init", "-q"])
    Run(git + ["add", "-A"])
    Run(git + ["commit", "-q", "-m", "all"])


def unchanged(sluice, work, count, rounds):
    tree = os.path.join(work, "unchanged")
    make_tree(tree, count, 4096)
    kb = os.path.join(work, "unchanged-kb")
    init(sluice, kb)
    add(sluice, kb, tree)
    has_git = shutil.which("git") is not None
    if has_git:
        git_repository(tree)
    # The first `sync` puts the folder on record.
    Run([sluice, "-C", kb, "--progress", "never", "sync", tree])
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(tree) for name in names
             if name.endswith(".md")]
    cpus = {"add": [], "sync": [], "sync, 10 changed": [], "check --quick": [], "list": [], "git status": []}
    for turn in range(rounds):
        # Changes of the round before are on record by now, and git does not have to read them again.
        if has_git and turn > 0:
            Run(["git", "-C", tree, "commit", "-qam", "changes"])
        cpus["sync"].append(Run([sluice, "-C", kb, "--progress", "never", "sync", tree]).cpu)
        run = add(sluice, kb, tree)
        if run.summary["unchanged"] != count:
            sys.exit(f"unchanged: {run.summary}")
        cpus["add"].append(run.cpu)
        cpus["check --quick"].append(Run([sluice, "-C", kb, "--progress", "never", "check", "--quick"]).cpu)
        cpus["list"].append(Run([sluice, "-C", kb, "list"]).cpu)
        if has_git:
            cpus["git status"].append(Run(["git", "-C", tree, "status", "--short"]).cpu)
        for path in random.Random(turn).sample(paths, 10):
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"\nTurn {turn}.\n")
        cpus["sync, 10 changed"].append(Run([sluice, "-C", kb, "--progress", "never", "sync", tree]).cpu)
    print(f"unchanged: {count} documents that are on record, {rounds} rounds")
    for name, values in cpus.items():
        if values:
            print(f"  CPU of {name:<17}, seconds    {spread(values)}")
    if has_git:
        ratios = [ours / git for ours, git in zip(cpus["sync"], cpus["git status"])]
        print(f"  sync / git status          {spread(ratios)}")


def cold(sluice, work, rounds):
    """What a command takes for one small document."""
    folder = os.path.join(work, "cold")
    os.makedirs(folder)
    note = os.path.join(folder, "note.md")
    make_file(note, 4096, 1)
    table = os.path.join(folder, "table.csv")
    with open(table, "w", encoding="utf-8") as file:
        file.write("a,b\n" + "1,2\n" * 1000)
    commands = {"convert note.md": [sluice, "convert", note], "convert table.csv": [sluice, "convert", table]}
    if shutil.which("pdftotext"):
        commands["pdftotext -v"] = ["pdftotext", "-v"]
    cpus = {name: [] for name in commands}
    walls = {name: [] for name in commands}
    for _ in range(10 * rounds):
        for name, command in commands.items():
            run = Run(command, allowed=(0, 99))
            cpus[name].append(run.cpu * 1e3)
            walls[name].append(run.wall * 1e3)
    print(f"cold: one process for one document, {10 * rounds} rounds")
    for name in commands:
        print(f"  {name:<20} wall {spread(walls[name], 1)} ms, CPU {spread(cpus[name], 1)} ms")


def tables(sluice, work, documents, rounds):
    csv = os.path.join(work, "tables.csv")
    size = make_csv(csv, documents * 10_000)
    xlsx = os.path.join(work, "tables.xlsx")
    cells = make_xlsx(xlsx, documents * 10)
    ours, words, sheet = [], [], []
    for _ in range(rounds):
        ours.append(Run([sluice, "convert", "--timeout", "3600", "--option", "csv.max_rows=0", csv]).cpu)
        words.append(Run(["wc", csv]).cpu)
        sheet.append(Run([sluice, "convert", "--timeout", "3600", xlsx]).cpu)
    print(f"tables: {size / 1e6:.0f} MB of CSV, {cells} cells of XLSX, {rounds} rounds")
    print(f"  CSV, MB for each second of CPU   {spread([size / 1e6 / cpu for cpu in ours], 0)}")
    print(f"  CPU against wc of the same file  {spread([a / b for a, b in zip(ours, words)])}")
    print(f"  XLSX, microseconds for each cell {spread([cpu / cells * 1e6 for cpu in sheet])}")


def copy_corpus(corpus, target, extensions, most):
    """Different files of ordinary size below `corpus`, by their content."""
    os.makedirs(target)
    seen, taken = set(), 0
    for folder, folders, names in os.walk(corpus):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            size = os.path.getsize(path)
            if not name.lower().endswith(extensions) or not 8 << 10 <= size <= 4 << 20:
                continue
            with open(path, "rb") as file:
                content = hashlib.sha256(file.read()).hexdigest()
            if content in seen:
                continue
            seen.add(content)
            taken += 1
            shutil.copyfile(path, os.path.join(target, f"{taken:04d}-{name}"))
            if taken == most:
                return taken
    return taken


# How documents may run: the level of the sandbox, documents in one process, and what run_start says.
WAYS = {
    "one a process": ("best-effort", 1, "full"),
    "60 a process": ("best-effort", 60, "reduced"),
    "no sandbox, 60": ("off", 60, "off"),
}


def ways_side_by_side(sluice, work, name, tree, rounds):
    runs = {way: [] for way in WAYS}
    for i in range(rounds):
        # The order changes from round to round, so that none profits from a warm cache.
        for way in list(WAYS) if i % 2 == 0 else reversed(WAYS):
            level, together, state = WAYS[way]
            kb = os.path.join(work, f"sandbox-{name}-kb-{together}-{level}-{i}")
            init(sluice, kb)
            os.sync()
            run = add(sluice, kb, tree, level, together)
            if run.sandbox != state:
                sys.exit(f"sandbox: {way} gave {run.sandbox}")
            runs[way].append(run)
    done = runs["one a process"][0].summary["added"]
    print(f"sandbox: {done} {name} documents, {rounds} rounds")
    for way in WAYS:
        print(f"  documents/s, {way:<15}     {spread([done / run.wall for run in runs[way]], 0)}")
        print(f"  CPU per document, {way:<15}{spread([run.cpu / done * 1e6 for run in runs[way]], 0)}")
    for way in list(WAYS)[1:]:
        pairs = list(zip(runs["one a process"], runs[way]))
        print(f"  CPU, one a process : {way:<15}        {spread([a.cpu / b.cpu for a, b in pairs])}")
        print(f"  throughput, one a process : {way:<15} {spread([b.wall / a.wall for a, b in pairs])}")


def sandbox(sluice, work, documents, corpus, rounds):
    tree = os.path.join(work, "sandbox-markdown")
    make_tree(tree, documents, 4096)
    ways_side_by_side(sluice, work, "Markdown", tree, rounds)
    for name, extensions in (("PDF", (".pdf",)), ("Office", (".docx", ".xlsx", ".pptx"))):
        tree = os.path.join(work, f"sandbox-{name}")
        if not corpus or copy_corpus(corpus, tree, extensions, 300) == 0:
            print(f"sandbox: no {name} files; give --corpus a folder that has some")
            continue
        ways_side_by_side(sluice, work, name, tree, rounds)


def growth(sluice, work, few, many, rounds):
    """CPU per document of the same 1,000 new documents, in a small and in a large KB, interleaved."""
    step = 1000
    small_kb = os.path.join(work, "growth-small")
    large_kb = os.path.join(work, "growth-large")
    for kb, count, first in ((small_kb, few, 0), (large_kb, many, few)):
        tree = os.path.join(work, f"growth-fill-{count}")
        make_tree(tree, count, 1024, 10_000_000 + first)
        init(sluice, kb)
        run = add(sluice, kb, tree)
        print(f"growth: filled with {count} documents, {run.cpu / count * 1e6:.0f} microseconds of CPU each")
    side_by_side(sluice, work, "growth", (small_kb, few), (large_kb, many), step, rounds)


def side_by_side(sluice, work, name, small, large, step, rounds):
    """What the same new documents cost in two knowledge bases."""
    cpus, written = ([], []), ([], [])
    for i in range(rounds):
        tree = os.path.join(work, f"{name}-step-{i}")
        make_tree(tree, step, 4096, 20_000_000 + i * step)
        for side, (kb, _) in enumerate((small, large)):
            os.sync()
            run = add(sluice, kb, tree)
            cpus[side].append(run.cpu / step * 1e6)
            written[side].append(run.written / step)
    print(f"{name}: {step} more documents, {rounds} rounds")
    for title, values, in (("CPU, microseconds", cpus), ("bytes written", written)):
        for side, (_, count) in enumerate((small, large)):
            print(f"  {title + ' beside':<24} {count:>8}  {spread(values[side], 0)}")
        ratio = statistics.median(values[1]) / max(1, statistics.median(values[0]))
        print(f"  ratio of the medians               {ratio:.2f}")


def fill_registry(kb, count):
    """Rows of `count` documents that have no files, with random hashes as real ones have."""
    db = sqlite3.connect(os.path.join(kb, ".sluice", "registry.db"))
    db.execute("PRAGMA cache_size=-400000")
    names = [f"filled-{i:07d}" for i in range(count)]
    digests = random.Random(1)
    hashes = [digests.randbytes(32) for _ in range(count)]
    first = 1 + (db.execute("SELECT max(id) FROM documents").fetchone()[0] or 0)
    db.executemany(
        "INSERT INTO documents(id, name, name_key, path_key, sha256, size, raw, markdown,"
        " markdown_sha256, markdown_size, assets, media_type, converter, converter_version,"
        " options_hash, outcome, added_at, updated_at) VALUES(?,?,?,?,?,4096,?,?,?,4200,0,"
        "'text/markdown','markdown','1.0.0','','ok',1700000000,1700000000)",
        ((first + i, n, n, f"/filled/{n}.md", h, f"raw/{n}.md", f"wiki/sources/{n}.md", h)
         for i, (n, h) in enumerate(zip(names, hashes))))
    db.executemany(
        "INSERT INTO sources(path_key, document, sha256, device, inode, size, mtime_ns, ctime_ns,"
        " settled) VALUES(?,?,?,1,?,4096,0,0,1)",
        ((f"/filled/{n}.md", first + i, h, i) for i, (n, h) in enumerate(zip(names, hashes))))
    db.executemany(
        "INSERT INTO events(at, op, name, path_key, sha256) VALUES(1700000000,'added',?,?,?)",
        ((n, f"/filled/{n}.md", h) for n, h in zip(names, hashes)))
    # As the owner leaves the index of contents on average: with half of the recent ones to come.
    db.execute("INSERT INTO contents SELECT prefix, document FROM recent_contents"
               f" WHERE document < {first + count - (1 << 15)}")
    db.execute(f"DELETE FROM recent_contents WHERE document < {first + count - (1 << 15)}")
    # As if the log had them, too.
    db.execute("INSERT OR REPLACE INTO meta SELECT 'log_cursor', max(seq) || ' 0' FROM events")
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    os.sync()


def rows(sluice, work, count, rounds):
    step = 1000
    kbs = []
    for name, filled in (("rows-small", 0), ("rows-large", count)):
        kb = os.path.join(work, name)
        tree = os.path.join(work, f"{name}-fill")
        make_tree(tree, step, 1024, 30_000_000)
        init(sluice, kb)
        add(sluice, kb, tree)
        if filled:
            fill_registry(kb, filled)
        kbs.append((kb, step + filled))
    side_by_side(sluice, work, "rows", kbs[0], kbs[1], step, rounds)


def memory(sluice, work, count, large_bytes):
    tree = os.path.join(work, "memory-many")
    make_tree(tree, count, 256, 40_000_000)
    kb = os.path.join(work, "memory-many-kb")
    init(sluice, kb)
    many = Run([sluice, "-C", kb, "--progress", "never", "add", tree], watch=True)
    # A text of that size that takes no room itself: lines, and then nothing but NULs, which the
    # converter drops. The host copies and hashes every byte.
    one = os.path.join(work, "memory-one.txt")
    with open(one, "w", encoding="utf-8") as file:
        file.write("A line of text like any other.\n" * 10_000)
        file.truncate(large_bytes)
    kb = os.path.join(work, "memory-one-kb")
    init(sluice, kb)
    large = Run([sluice, "-C", kb, "--progress", "never", "add", one], watch=True, allowed=range(256))
    print("memory: the host's own resident memory at its peak")
    print(f"  {count} sources              {many.peak / 2**20:.0f} MiB")
    print(f"  one source of {large_bytes / 1e9:.1f} GB       {large.peak / 2**20:.0f} MiB"
          f" ({large.out.strip()})")


def links(sluice, work, count, rounds):
    """The same notes with links to one another and without, each round into new knowledge bases."""
    trees = [os.path.join(work, f"links-{name}") for name in ("within", "web")]
    for tree, within in zip(trees, (True, False)):
        make_linked_notes(tree, count, 10, within)
    walls, cpus = ([], []), ([], [])
    for i in range(rounds):
        for side, tree in enumerate(trees):
            kb = os.path.join(work, f"links-kb-{i}-{side}")
            init(sluice, kb)
            os.sync()
            run = add(sluice, kb, tree)
            walls[side].append(run.wall)
            cpus[side].append(run.cpu)
            shutil.rmtree(kb)
    print(f"links: {count} notes with 10 links each, {rounds} rounds")
    for title, (within, web) in (("time", walls), ("CPU", cpus)):
        print(f"  {title}, with links to one another {statistics.median(within):7.2f} s, to the web "
              f"{statistics.median(web):7.2f} s; ratio {spread([a / b for a, b in zip(within, web)])}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--quick", action="store_true", help="a tenth of the documents, one round")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--corpus", help="real PDF and Office files for the case sandbox")
    parser.add_argument("--dir", help="where to work (default: below the build folder, on its disk)")
    options = parser.parse_intermixed_args()
    if options.quick:
        options.documents //= 10
        options.rounds = 1
    sluice = os.path.abspath(os.path.join(options.build, "bin", "sluice"))
    cases = options.cases or ["small", "large", "unchanged", "growth", "rows", "memory", "sandbox", "cold",
                                "tables", "links"]
    work = tempfile.mkdtemp(prefix="bench-", dir=options.dir or options.build)
    try:
        if "small" in cases:
            against_copy(sluice, work, "small", options.documents, 4096, options.rounds)
        if "large" in cases:
            against_copy(sluice, work, "large", max(4, options.documents // 50), 5 << 20,
                         max(1, options.rounds // 2))
        if "unchanged" in cases:
            unchanged(sluice, work, options.documents, options.rounds)
        if "growth" in cases:
            growth(sluice, work, 1000, options.documents * 10, options.rounds)
        if "rows" in cases:
            rows(sluice, work, options.documents * 100, options.rounds)
        if "memory" in cases:
            memory(sluice, work, options.documents * 10,
                   5_000_000_000 if not options.quick else 100_000_000)
        if "sandbox" in cases:
            sandbox(sluice, work, options.documents // 2, options.corpus, options.rounds)
        if "cold" in cases:
            cold(sluice, work, options.rounds)
        if "tables" in cases:
            tables(sluice, work, options.documents, options.rounds)
        if "links" in cases:
            links(sluice, work, options.documents // 2, options.rounds)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
