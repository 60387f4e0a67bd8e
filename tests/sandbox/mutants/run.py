#!/usr/bin/env python3
"""Removes the enforcers of the sandbox one by one: run.py BUILD [--sample | NAME...]

For each mutant (mutants.py), `sluice doctor --json` must call its promise broken, and its attack must
succeed; with the program as it is, at the same version of Landlock, the promise is kept and the attack
fails. So both doctor and the attacks can fail, and no enforcer is there for nothing.
"""
import argparse
import functools
import sys
import tempfile
from pathlib import Path

from build import Builder
from mutants import MUTANTS, SAMPLE
from world import World, doctor


@functools.cache
def promises_kept(program, build, landlock):
    return doctor(program, build, landlock)


def verdict(world, program, mutant):
    kept = promises_kept(program, world.build, mutant.landlock)[mutant.promise]
    return kept, world.succeeds(program, mutant)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--sample", action="store_true", help="a few of them")
    arguments = parser.parse_args()
    names = SAMPLE if arguments.sample else arguments.names
    unknown = set(names) - {mutant.name for mutant in MUTANTS}
    if unknown:
        parser.error("no such mutant: " + ", ".join(sorted(unknown)))
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    build = arguments.build.resolve()
    builder = Builder(Path(__file__).resolve().parents[3], build, build / "tests/sandbox-mutants")
    failed = 0
    print(f"{'mutant':24} {'promise':12} {'as it is':20} mutated")
    for mutant in chosen:
        program = builder.make(mutant) / "bin/sluice"
        with tempfile.TemporaryDirectory() as folder, World(build, Path(folder)) as world:
            usual = verdict(world, build / "bin/sluice", mutant)
            mutated = verdict(world, program, mutant)
        good = usual == (True, False) and mutated == (False, True)
        failed += not good
        words = [("kept" if kept else "broken") + ", " + ("escapes" if escapes else "denied")
                 for kept, escapes in (usual, mutated)]
        print(f"{mutant.name:24} {mutant.promise:12} {words[0]:20} {words[1]}{'' if good else '   WRONG'}",
              flush=True)
    print(f"{len(chosen)} mutants, {failed} not noticed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
