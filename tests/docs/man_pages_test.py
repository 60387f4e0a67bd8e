#!/usr/bin/env python3
"""The manual pages are free of what mandoc complains about, and lead only to pages that are there.

man_pages_test.py FOLDER    the folder with man1, man5 and man7, as built
"""
import pathlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77
# Pages of the system, which a bare machine need not have.
OF_THE_SYSTEM = {("landlock", "7"), ("seccomp", "2")}


def main():
    if not shutil.which("mandoc"):
        print("skipped: mandoc is not installed")
        return SKIPPED
    pages = sorted(pathlib.Path(sys.argv[1]).glob("man?/*"))
    faults = []
    if len(pages) < 30:
        faults.append(f"only {len(pages)} pages were built")
    names = {(page.stem, page.suffix[1:]) for page in pages}
    for page in pages:
        said = subprocess.run(["mandoc", "-T", "lint", "-W", "style", page], capture_output=True, text=True)
        # mandoc looks for other pages where they are installed; here they are looked up in what was built.
        faults += [line for line in said.stdout.splitlines() if "referenced manual not found" not in line]
        for name, section in re.findall(r"\.Xr (\S+) (\d)", page.read_text()):
            if (name, section) not in names | OF_THE_SYSTEM:
                faults.append(f"{page.name}: leads to {name}({section}), which is not there")
        shown = subprocess.run(["mandoc", "-T", "utf8", page], capture_output=True, text=True, check=True)
        if page.stem not in re.sub("(.)\b\\1|_\b", "\\1", shown.stdout).lower():
            faults.append(f"{page.name}: shown without its name")
    print("\n".join(faults) or f"{len(pages)} pages are clean")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
