#!/usr/bin/env python3
"""How well documents are converted, measured on real ones against what others read in them.

    tests/quality/quality.py BUILD [--verbose] [--corpus DIR] [FORMAT...]

FORMAT is one or more of: docx, pptx, xlsx, xls, ods, doc, ppt, epub, markup, notebook, rtf, odt, odp, pdf, mail, msg, ics, links, skipped
(default: all that have a module here). Each prints
its table; the exit code is 0 if all of them reach their bars, 3 if there are no test documents.
`config/dependencies.sh quality` installs what this needs. A format's module has run(context) -> bool."""
import argparse
import importlib
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FORMATS = ("docx", "pptx", "xlsx", "xls", "ods", "doc", "ppt", "epub", "markup", "notebook", "rtf", "odt", "odp", "pdf", "mail", "msg", "ics", "links", "skipped")


class Context:
    """What a format's module needs: the program, the documents, and how to print."""

    def __init__(self, build, corpus, verbose):
        self.build, self.corpus, self.verbose = build, corpus, verbose
        self.sluice = os.path.join(build, "bin", "sluice")

    def convert(self, path, assets=None, environment=None):
        """(exit code, Markdown with front matter, what was said on standard error)."""
        command = [self.sluice, "convert", path] + (["--assets", assets] if assets else [])
        done = subprocess.run(command, capture_output=True, timeout=600,
                              env={**os.environ, **(environment or {})})
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")

    def files(self, *folders, extensions):
        """Files below folders of the corpus, in order."""
        found = []
        for folder in folders:
            for root, _, names in os.walk(os.path.join(self.corpus, folder)):
                found += [os.path.join(root, n) for n in names if n.lower().rsplit(".", 1)[-1] in extensions]
        return sorted(found)


def parsed(parser):
    """The arguments, and the context that they name. Ends the program if there are no test documents."""
    parser.add_argument("--verbose", action="store_true", help="every document, not only those below 1.0")
    parser.add_argument("--corpus", default=os.environ.get(
        "SLUICE_CORPUS", os.path.join(HERE, "..", "..", "..", "shared", "corpus")))
    arguments = parser.parse_intermixed_args()
    if not os.path.isdir(arguments.corpus):
        parser.exit(3, f"{parser.prog}: there are no test documents in {arguments.corpus}; set SLUICE_CORPUS\n")
    return arguments, Context(os.path.abspath(arguments.build), os.path.abspath(arguments.corpus), arguments.verbose)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    arguments, context = parsed(parser)
    sys.path.insert(0, HERE)
    there = [f for f in FORMATS if os.path.exists(os.path.join(HERE, f"{f}.py"))]
    good = True
    for name in arguments.formats or there:
        if name not in there:
            parser.error(f"there is no format '{name}'; there are: {', '.join(there)}")
        good = importlib.import_module(name).run(context) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
