"""The faults, one function each: what goes wrong with the machine around a run. See scene.py for what
must be true afterwards; what a fault promises beyond that stands in its function.
"""
import hashlib
import os
import resource
import signal
import subprocess
import time

from scene import NOBODY, Broken, need

IMAGE = "truncate -s {size} image && mkfs.ext4 -q -F {more} image && mount -o loop image disk"


# --- disks that are full, read-only or gone ---
def full_tmpfs(scene):
    need(root=True)
    scene.mount("mount -t tmpfs -o size=1m tmpfs disk")
    scene.new_kb("disk/kb")
    scene.add(endings={1, 3})
    # As long as it is full, `recover` may need room, and says so.
    subprocess.run(["mount", "-o", "remount,size=256m", scene.folder / "disk"], check=True)
    scene.expect_sound()
    scene.add(endings={0})


def full_ext4(scene):
    need("mkfs.ext4", root=True)
    disk = scene.mount(IMAGE.format(size="24M", more=""))
    scene.new_kb("disk/kb")
    with open(disk / "fill", "wb") as fill:
        try:
            while True:
                fill.write(b"\0" * 65536)
                fill.flush()
        except OSError:
            pass
    scene.add(endings={1, 3})
    (disk / "fill").unlink()
    scene.expect_sound()
    scene.add(endings={0})


def no_inodes(scene):
    need("mkfs.ext4", root=True)
    scene.mount(IMAGE.format(size="24M", more="-N 64"))
    scene.new_kb("disk/kb")
    scene.add(endings={1, 3})


def read_only_midway(scene):
    need("mkfs.ext4", root=True)
    disk = scene.mount(IMAGE.format(size="200M", more=""))
    scene.new_kb("disk/kb")
    run = scene.start("add", "--json", scene.source)
    time.sleep(0.4)
    # Refused while files are open for writing; then the run simply goes on.
    subprocess.run(["mount", "-o", "remount,ro", disk], capture_output=True)
    scene.finish(run)
    scene.run("list", endings={0, 1})
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)


def disk_shut_down_midway(scene):
    need("mkfs.ext4", root=True)
    disk = scene.mount(IMAGE.format(size="200M", more=""))
    scene.new_kb("disk/kb")
    run = scene.start("add", "--json", scene.source)
    time.sleep(0.4)
    shut_down = ("import fcntl, os, struct, sys; "
                 "fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 0))")
    subprocess.run(["python3", "-c", shut_down, str(disk)], check=True)
    scene.finish(run, endings={0, 1, 3, 13})
    scene.unmount()
    scene.mount("mount -o loop image disk")


# --- resources ---
def few_descriptors(scene):
    for most in (10, 14, 16, 20, 24, 32, 48):
        scene.new_kb(f"kb{most}")
        limit = (most, most)
        scene.add(scene.source / "d00", endings={0, 1, 3, 127},
                  preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_NOFILE, limit))
        scene.expect_sound()


def little_address_space(scene):
    for kibibytes in (60_000, 100_000, 200_000, 400_000, 1_000_000):
        scene.new_kb(f"kb{kibibytes}")
        limit = (kibibytes * 1024, kibibytes * 1024)
        scene.add(scene.source / "d00", endings={0, 1, 3, 127},
                  preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_AS, limit))
        scene.expect_sound()


# --- processes ---
def stopped_and_continued(scene):
    scene.new_kb()
    run = scene.start("add", "--json", scene.source)
    for _ in range(4):
        time.sleep(0.1)
        processes = {run.pid} | scene.note_workers(run.pid)
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for pid in processes:
                send(pid, number)
            time.sleep(0.2)
    scene.finish(run, endings={0})


def workers_killed(scene):
    """Guards, zygotes and forks: what is killed is converted again."""
    scene.new_kb()
    run = scene.start("add", "--json", scene.source)
    scene.wait_for_results(run)  # without any worker, a run does not begin
    killed = 0
    while killed < 25 and run.poll() is None:
        time.sleep(0.05)
        workers = sorted(scene.note_workers(run.pid))
        if workers:
            send(workers[killed % len(workers)], signal.SIGKILL)
            killed += 1
    if killed == 0:
        raise Broken("no worker was there to be killed: the fault did not happen")
    scene.finish(run, endings={0, 3})
    scene.add(endings={0})


def send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


# --- signals ---
def each_signal(scene):
    for name in ("HUP", "PIPE", "QUIT", "ABRT", "USR1", "ALRM", "SEGV", "TERM", "KILL"):
        scene.new_kb(f"kb-{name}")
        scene.reported.clear()
        number = getattr(signal, "SIG" + name)
        run = scene.start("add", "--json", scene.source)
        time.sleep(0.5)
        scene.note_workers(run.pid)
        run.send_signal(number)
        scene.finish(run, endings={0, 130, 143, -number})
        scene.expect_no_worker()
        scene.expect_sound()


def interrupted(scene):
    for times in (1, 2):
        scene.new_kb(f"kb-{times}")
        scene.reported.clear()
        run = scene.start("add", "--json", scene.source)
        time.sleep(0.5)
        for _ in range(times):
            run.send_signal(signal.SIGINT)
        scene.finish(run, endings={0, 130, -signal.SIGINT})
        scene.expect_sound()


# --- streams ---
def closed_streams(scene):
    """None of them becomes the registry's descriptor; what is done counts."""
    scene.new_kb()
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        command = " ".join(scene.command("add", scene.source / "d00"))
        code = subprocess.run(["sh", "-c", f"{command} {closed}"], cwd=scene.folder, env=scene.env,
                              capture_output=True).returncode
        scene.said.append(f"{closed} {code}")
        if code not in (0, 1):
            raise Broken(f"{closed}: exit code {code}")
        if not (scene.kb / ".sluice/registry.db").read_bytes().startswith(b"SQLite format 3"):
            raise Broken(f"{closed}: something else was written into the registry")


def reader_gone(scene):
    """A reader that has seen enough: the exit code is that of the work, and nobody complains."""
    scene.new_kb()
    for words in (["add", "--json", scene.source], ["list"], ["list", "--json"]):
        run = scene.start(*words, piped=True)
        run.stdout.readline()
        run.stdout.close()
        run.stdout = None
        code, err = scene.finish(run, endings={0})
        if "Broken pipe" in err or "error" in err:
            raise Broken(f"{words[0]}: it complains: {err[:200]}")


def full_output(scene):
    scene.new_kb()
    command = " ".join(scene.command("add", scene.source / "d00"))
    result = subprocess.run(["sh", "-c", f"{command} > /dev/full"], cwd=scene.folder, env=scene.env,
                            capture_output=True)
    scene.judge(result.returncode, b"", result.stderr, endings={0, 1})


# --- the user and the environment ---
def trees(kb):
    digest = hashlib.sha256()
    for part in ("raw", "wiki/sources"):
        for file in sorted((kb / part).rglob("*")):
            if file.is_file():
                digest.update(str(file.relative_to(kb)).encode() + file.read_bytes())
    return digest.hexdigest()


def odd_environments(scene):
    """The same sources give the same bytes."""
    seen = {}
    for env in ({}, {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "C"}, {"LC_ALL": "nonsense"},
                {"TMPDIR": "/nonexistent"}, {"TZ": ":/dev/zero"}, {"MALLOC_PERTURB_": "170"}, {"LD_BIND_NOW": "1"}):
        scene.new_kb()
        scene.add(scene.source / "d00", env=env, endings={0})
        scene.expect_sound()
        seen[trees(scene.kb)] = env
        subprocess.run(["rm", "-rf", scene.kb], check=True)
        scene.reported.clear()
    if len(seen) != 1:
        raise Broken(f"other bytes with {list(seen.values())}")
    scene.run("convert", scene.source / "d00/n0000.md", at_kb=False, env={"TMPDIR": "/nonexistent"},
              endings={1})  # a sentence, not a bug report
    scene.new_kb()


def umasks(scene):
    for umask in (0o777, 0o077, 0):
        scene.kb = scene.folder / f"kb{umask:o}"

        def set_umask(umask=umask):
            os.umask(umask)

        scene.run("init", scene.kb, at_kb=False, endings={0, 1}, preexec_fn=set_umask)
        scene.add(scene.source / "d00", endings={0, 1, 3}, preexec_fn=set_umask)
        if (scene.kb / ".sluice/registry.db").exists() and os.geteuid() == 0:
            scene.expect_sound()


def nobody(scene):
    """A user without a home folder; root works in the same knowledge base and leaves it usable."""
    need("setpriv", root=True)
    place = scene.folder / "of nobody"
    place.mkdir()
    os.chown(place, NOBODY, NOBODY)
    os.chmod(scene.folder, 0o755)
    as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
                 "env", "-u", "HOME", "-u", "XDG_CONFIG_HOME", "-u", "XDG_DATA_HOME"]
    if subprocess.run([*as_nobody, "test", "-x", scene.sluice]).returncode != 0:
        need("a build folder that everybody may read")
    scene.new_kb("of nobody/kb", before=as_nobody)
    scene.add(before=as_nobody, endings={0})
    scene.add(scene.source / "d00", endings={0})
    scene.add(before=as_nobody, endings={0})


def odd_clocks(scene):
    need("faketime")
    scene.new_kb()
    for number, time_is in enumerate(("2038-01-20", "1969-12-31", "-10y", "+0 x1000")):
        folder = scene.source / f"d0{number}"
        is_relative = time_is[0] in "+-"
        how = ["faketime", "-f", time_is] if is_relative else ["faketime", time_is]
        # Where a second takes a millisecond, time limits end documents and starts of workers.
        scene.add(folder, before=how, env={"NO_FAKE_STAT": "1"}, endings={0, 1, 3} if "x" in time_is else {0})


# --- others ---
def several_hosts(scene):
    scene.new_kb()
    runs = [scene.start("add", "--json", scene.source) for _ in range(4)]
    for run in runs:
        scene.finish(run, endings={0})


def foreign_lock(scene):
    """Somebody holds the lock: the wait ends in time, with a sentence."""
    scene.new_kb()
    hold = ("import fcntl, sys, time; file = open(sys.argv[1], 'r+'); "
            "fcntl.lockf(file, fcntl.LOCK_EX); print('held', flush=True); time.sleep(60)")
    holder = subprocess.Popen(["python3", "-c", hold, str(scene.kb / ".sluice/kb.lock")], stdout=subprocess.PIPE)
    holder.stdout.readline()
    begin = time.time()
    scene.run("add", "--lock-timeout", "1", scene.source, endings={11})
    if time.time() - begin > 30:
        raise Broken("it waited longer than it was told to")
    holder.kill()
    holder.wait()


FAULTS = (full_tmpfs, full_ext4, no_inodes, read_only_midway, disk_shut_down_midway, few_descriptors,
          little_address_space, stopped_and_continued, workers_killed, each_signal, interrupted, closed_streams,
          reader_gone, full_output, odd_environments, umasks, nobody, odd_clocks, several_hosts, foreign_lock)
# What `make test` tries: one of each kind, in seconds.
SAMPLE = (full_tmpfs, few_descriptors, little_address_space, workers_killed, reader_gone, closed_streams, foreign_lock)
