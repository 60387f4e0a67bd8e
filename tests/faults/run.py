"""Faults of the machine around Sluice, and a table of what became of each.

    run.py BUILD [--sample] [FAULT...]     (all faults: `make faults`)

The file systems themselves are tests of their own (tests/cli/file_systems_test.cpp).
"""
import argparse
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from faults import FAULTS, SAMPLE  # noqa: E402
from scene import Broken, Scene, Skipped  # noqa: E402


def outcome_of(fault, sluice, documents):
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        scene = Scene(sluice, folder, documents)
        try:
            fault(scene)
            known = scene.expect_sound()
            return "sound", f"{known} on record; exit codes {', '.join(scene.said)[:150]}"
        except Skipped as why:
            return "skipped", str(why)
        except Broken as why:
            return "BROKEN", str(why)
        finally:
            scene.unmount()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("faults", nargs="*")
    parser.add_argument("--sample", action="store_true", help="one fault of each kind, fewer documents")
    options = parser.parse_intermixed_args()
    chosen = [fault for fault in (SAMPLE if options.sample else FAULTS)
              if not options.faults or fault.__name__ in options.faults]
    if not chosen:
        sys.exit("no such fault: " + ", ".join(options.faults))
    sluice = (options.build / "bin/sluice").resolve()
    broken = 0
    for fault in chosen:
        begin = time.time()
        word, text = outcome_of(fault, sluice, 100 if options.sample else 400)
        print(f"{fault.__name__.replace('_', ' '):24} {word:8} {time.time() - begin:5.1f} s  {text}", flush=True)
        broken += word == "BROKEN"
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
