#!/usr/bin/env python3
"""The conformance kit on plugins that break one rule each: mutants_test.py BUILD CXX SDK [MUTANT...]

For each test of the kit there is a mutant of a sound plugin that fails this test and no other. Besides
these, plugins that are broken as a whole must be caught by the test that is named here.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

build, cxx, sdk = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], pathlib.Path(sys.argv[3]).resolve()
tool = build / "bin/sluice-sdk"
here = pathlib.Path(__file__).resolve().parent

MANIFEST = """[plugin]
id = "mutant"
version = "1.0.0"
abi = "{abi}"
license = "Apache-2.0"
library = "mutant.so"
sha256 = "{sha256}"

[[converter]]
id = "mutant"
media_types = ["text/x-mutant"]
extensions = ["mut"]
{more}
[converter.options.level]
type = "integer"
default = 1
minimum = 0
maximum = 9
description = "How much"
"""

# Plugins that are broken as a whole, and the test that catches each.
BROKEN = {
    "constructor-socket": "load.idle", "constructor-forks": "load.idle",
    "constructor-aborts": "load.opens", "constructor-exits": "load.opens",
    "constructor-loops": "load.opens", "constructor-throws": "load.opens",
    "entry-throws": "load.opens", "entry-loops": "load.opens", "refuses-in-silence": "load.opens",
    "plugin-size-0": "load.opens", "converter-size-0": "load.opens", "no-prepare": "load.opens",
    "no-converters": "load.opens", "another-major": "load.truth", "later-minor": "load.truth",
    "converter-named-otherwise": "load.truth",
    "other-entry": "load.exports", "missing-symbol": "load.opens", "missing-library": "load.opens",
    "not-a-library": "load.opens", "cut-library": "load.opens", "empty-library": "load.opens",
    "no-library": "load.manifest", "hash-is-no-hash": "load.manifest", "unknown-key": "load.manifest",
    "later-abi-in-manifest": "load.manifest", "wants-network": "load.manifest",
    "writable-library": "load.rights",
    "probe-odd-answer": "input.probe-pure", "source-overwritten": "input.source-bounds",
    "body-aborts": "output.utf8", "body-segfaults": "output.utf8", "body-exits": "output.utf8",
    "body-loops": "output.utf8", "body-throws": "control.exceptions", "body-forks": "control.sandbox",
    "body-kills": "control.sandbox", "asset-twice-finished": "output.links",
    "link-to-nothing": "output.links", "key-of-the-host": "output.metadata",
    "warning-odd-severity": "output.warnings", "outcome-99": "output.outcome",
    "outcome-negative": "output.outcome",
}
# A second or two is for ever for these samples; under load a sound test still ends.
PATIENCE = {"control.deadline": 600, "body-loops": 5, "constructor-loops": 5, "entry-loops": 5}


def compile_plugin(name, folder):
    library = folder / "mutant.so"
    entry = "sluice_plugin_v9" if name == "other-entry" else "sluice_plugin_v1"
    command = [cxx, "-std=c++20", "-O1", "-fPIC", "-shared", "-fvisibility=hidden", "-pthread",
               f"-I{sdk / 'include'}", f'-DMUTANT="{name}"', f"-DENTRY={entry}", str(here / "mutants/mutant.cpp"),
               "-o", str(library)]
    exports = folder.parent / f"{name}.map"
    names = "sluice_plugin_*;" + (" sluice_mutant_second_export;" if name == "load.exports" else "")
    exports.write_text("{ global: %s local: *; };" % names)
    command.append(f"-Wl,--version-script={exports}")
    if name == "load.exports":
        command.append("-DSECOND_EXPORT")
    if name == "missing-symbol":
        command.append("-DMISSING_SYMBOL")
    if name == "missing-library":
        other = folder.parent / f"{name}-lib"
        other.mkdir()
        subprocess.run([cxx, "-shared", "-fPIC", "-x", "c", "/dev/null", "-o", other / "libgone.so"], check=True)
        command += [f"-L{other}", "-Wl,--no-as-needed", "-lgone"]
    subprocess.run(command, check=True)
    return library


def damage_library(name, library):
    if name == "not-a-library":
        library.write_text("#!/bin/sh\n")
    elif name == "cut-library":
        library.write_bytes(library.read_bytes()[:5000])
    elif name == "empty-library":
        library.write_bytes(b"")


def make_plugin(name, work):
    folder = work / name / "mutant"
    folder.mkdir(parents=True)
    library = compile_plugin(name, folder)
    damage_library(name, library)
    sha256 = hashlib.sha256(library.read_bytes()).hexdigest()
    if name == "load.manifest":
        sha256 = "0" * 64
    elif name == "hash-is-no-hash":
        sha256 = "abc"
    more = {"unknown-key": "extentions = []", "wants-network": "needs = { network = true }"}.get(name, "")
    abi = "1.5" if name == "later-abi-in-manifest" else "1.0"
    (folder / "plugin.toml").write_text(MANIFEST.format(sha256=sha256, more=more, abi=abi))
    if name == "no-library":
        library.unlink()
    if name == "load.rights":
        folder.chmod(0o777)
    if name == "writable-library":
        library.chmod(0o666)
    return folder


def validate(name, work):
    """What the kit says of a plugin: the tests that failed, those that were skipped, and why."""
    folder = make_plugin(name, work)
    result = subprocess.run([tool, "validate", "--json", "--samples", work / "samples", "--timeout",
                             str(PATIENCE.get(name, 100)), folder], text=True, stdout=subprocess.PIPE)
    tests = json.loads(result.stdout)["tests"]
    for test in tests:
        if test["verdict"] == "failed" and not (test["detail"] and test["rule"] and test["mend"]):
            sys.exit(f"{name}: {test['id']} failed without a detail, a rule or how to mend it")
    failed = [test["id"] for test in tests if test["verdict"] == "failed"]
    if (result.returncode == 0) != (not failed):
        sys.exit(f"{name}: exit code {result.returncode}, but {failed} failed")
    skipped = [test["id"] for test in tests if test["verdict"] == "skipped"]
    said = [f"  {test['id']}: {test['detail'][:300]}" for test in tests if test["verdict"] != "passed"]
    return failed, skipped, "\n".join(said)


def judge(name, work):
    failed, skipped, said = validate(name, work)
    if name == "none":
        right = not failed and not skipped
    elif name in BROKEN:
        right = BROKEN[name] in failed
    else:
        right = failed == [name]
    return "" if right else f"{name}: failed {failed}, skipped {skipped}\n{said}"


def main():
    listed = subprocess.run([tool, "validate", "--list"], text=True, stdout=subprocess.PIPE, check=True).stdout
    tests = [line.split(" ")[0] for line in listed.splitlines()]
    names = sys.argv[4:] or ["none", *tests, *BROKEN]
    with tempfile.TemporaryDirectory(prefix="sluice-mutants-") as folder:
        work = pathlib.Path(folder)
        work.chmod(0o755)
        (work / "samples").mkdir()
        (work / "samples/full.mut").write_text("MUT\nall\nof it, once.\n")
        (work / "samples/plain.mut").write_text("MUT\nplain\n")
        with concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
            wrong = [text for text in pool.map(lambda name: judge(name, work), names) if text]
    print(f"{len(tests)} tests, each with its mutant; {len(BROKEN)} broken plugins; {len(wrong)} not as they must be")
    for text in wrong:
        print(text)
    return 1 if wrong else 0


os.umask(0o022)
sys.exit(main())
