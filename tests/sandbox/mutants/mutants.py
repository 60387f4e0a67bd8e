"""The enforcers of the sandbox, each with the change that removes it: what must be noticed.

A change is made in a copy of one source file of the project. Its text must stand there exactly once,
so a mutant cannot come to mean nothing. `promise` is what `sluice doctor` must then call broken, and
`attack` one of the plugin `hostile` that must succeed. `landlock`: the version at which nobody else
keeps the promise; None for the kernel's own.
"""
from dataclasses import dataclass, field

FILTER = "host/worker/posix/filter_compiler.cpp"
WORKER = "host/worker/program/posix/"


@dataclass(frozen=True)
class Mutant:
    name: str
    promise: str
    attack: str
    source: str
    changes: tuple  # of (text, what stands in its place)
    landlock: int | None = None
    in_constructor: bool = False
    world: dict = field(default_factory=dict)  # what the attack gets in place of the usual


def allowed(*calls):
    """Calls more on the list of those that are allowed."""
    return ('"readahead",', '"readahead", ' + "".join(f'"{call}", ' for call in calls))


def not_deadly(call):
    return (f'\n                                   "{call}",', "")


MUTANTS = (
    # The filter on system calls, where Landlock does not keep the promise, too.
    Mutant("filter-making", "making", "make-folder", FILTER, (allowed("mkdir", "mkdirat"),), landlock=0),
    Mutant("filter-changing", "changing", "write-kb", FILTER,
           (('rules.add(SCMP_ACT_ALLOW, "openat", {masked(2, kWriting, O_RDONLY)});',
             'rules.add(SCMP_ACT_ALLOW, "openat");'),), landlock=0),
    Mutant("filter-truncating", "truncating", "truncate", FILTER, (allowed("truncate"),), landlock=2),
    Mutant("filter-renaming", "renaming", "rename", FILTER,
           (allowed("rename", "renameat", "renameat2"),), landlock=0),
    Mutant("filter-attributes", "attributes", "chmod", FILTER, (allowed("chmod", "fchmodat"),)),
    Mutant("filter-signals", "signals", "kill-queued", FILTER,
           (allowed("rt_sigqueueinfo"), not_deadly("rt_sigqueueinfo")), landlock=5),
    Mutant("filter-processes", "processes", "own-session", FILTER, (allowed("setpgid"),)),
    Mutant("filter-reaching", "reaching", "slow-victim", FILTER, (allowed("setpriority"),), in_constructor=True),
    Mutant("filter-network", "network", "connect-unix", FILTER,
           (allowed("connect"), not_deadly("connect"),
            ('rules.add(SCMP_ACT_ERRNO(EACCES), "socket"', 'rules.add(SCMP_ACT_ALLOW, "socket"'))),
    Mutant("filter-documents", "documents", "shared-mapping", FILTER,
           (('rules.add(SCMP_ACT_ALLOW, "mmap", {masked(3, MAP_SHARED, 0)});',
             'rules.add(SCMP_ACT_ALLOW, "mmap");'),)),
    # What a worker puts on itself.
    Mutant("landlock", "reading", "read-secret", WORKER + "landlock.cpp",
           (("return ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;", "return true;"),)),
    Mutant("landlock-second-layer", "reading", "read-secret", WORKER + "confine.cpp",
           (("if (layers_.landlock_abi > 0 && !restrict_files(layers_.landlock_abi, converting_paths(files_)))",
             "if (false)"),), world={"secret": "/usr/lib/os-release"}),
    Mutant("landlock-signals", "signals", "kill", WORKER + "landlock.cpp",
           (("rights.scopes = kAbstractSockets | kSignals;", "rights.scopes = kAbstractSockets;"),),
           in_constructor=True),
    Mutant("zygote-signals", "signals", "kill", WORKER + "zygote_filter.cpp",
           (("signals_are_scoped ? kAllow : kSignal;", "kAllow;"),), landlock=5, in_constructor=True),
    Mutant("zygote-forks", "processes", "orphan", WORKER + "zygote_filter.cpp",
           (("when_equal(1, SYS_clone, kClone, 2)", "when_equal(1, SYS_clone, kAllow, 2)"),),
           in_constructor=True),
    Mutant("zygote-limits", "limits", "raise-memory", WORKER + "zygote_filter.cpp",
           (("when_equal(5, SYS_prlimit64, kLimits, kAllow)", "when_equal(5, SYS_prlimit64, kAllow, kAllow)"),),
           in_constructor=True),
    Mutant("run-signals", "signals", "kill-parent", WORKER + "run_filter.cpp",
           (("when_equal(2, SYS_kill, kSignal, 3)", "when_equal(2, SYS_kill, kAllow, 3)"),)),
    Mutant("run-memory", "limits", "hog-memory", WORKER + "rlimits.cpp",
           (("(!limits_memory() || set(RLIMIT_AS, inherited.memory, memory, memory))", "true"),
            ("(!limits_memory() || limit(RLIMIT_AS, load.memory_bytes, RLIM_INFINITY))", "true"))),
    Mutant("guard", "processes", "outlive-killed-host", WORKER + "guard.cpp",
           (("const pid_t zygote = ::fork();", "const pid_t zygote = 0;"),
            ("  return follow(self);", "  return true;")), in_constructor=True),
)

# What `make test` tries: a filter that the host hands out, and both kinds that a worker makes.
SAMPLE = ("filter-attributes", "landlock", "run-signals")
