#!/usr/bin/env python3
"""CPU a document of each converter against a peer that Debian has, interleaved in one run.

    tests/bench/converters.py BUILD [--rounds N] [--least N] [--corpus DIR] [FORMAT...]

Messages and archives have no peer: their CPU is printed.

Ours is one `sluice add` of all the format's documents into a new knowledge base, on one lane, inside the
sandbox, start of the program and of its workers included; the peer's is one process a document, as its
users run it. A format with few documents gets copies of them in other bytes, so that our start is shared by
enough. Documents that either refuses count for neither. The ratio is what counts: absolute figures
depend on the machine. Exit code 1 if a format misses its bar, 3 if there are no test documents."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

from made_documents import make_markup, make_messages

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Format:
    name: str
    folders: list          # below the corpus
    extensions: tuple
    peer: list             # a command; {} is the document
    bar: float             # the peer's CPU must be at least so many times ours
    only: set = field(default_factory=set)   # base names, where not all files of the folders are meant
    options: list = field(default_factory=list)   # of our converter
    most: int = 0          # documents, evenly from all; 0: all of them
    make: object = None    # makes the documents in a folder, in place of those of `folders`
    bar_ms: float = 0      # without a peer: our CPU may be at most so much


def soffice(target):
    """A suite takes a hundred times as long: a few documents say enough."""
    return ["timeout", "120", "soffice", "--headless", "--convert-to", target, "--outdir",
            os.path.join(tempfile.gettempdir(), "sluice-bench"), "{}"]


def pandoc(reader):
    return ["pandoc", "-f", reader, "-t", "gfm", "-o", "/dev/null", "{}"]


FEW = 6  # documents for a suite

# One row a format. The last ones have no peer in Debian; a message has a bar of its own.
FORMATS = [
    Format("docx", ["pandoc/docx", "python-docx", "mammoth"], ("docx", "docm"),
           ["pandoc", "-f", "docx", "-t", "gfm", "-o", "/dev/null", "{}"], 20),
    Format("xlsx", ["calamine"], ("xlsx", "xlsm"), ["xlsx2csv", "{}", "/dev/null"], 10),
    # Nothing smaller in Debian reads decks; ten of them say enough.
    Format("pptx", ["python-pptx", "pandoc/pptx"], ("pptx",),
           ["soffice", "--headless", "--convert-to", "pdf", "--outdir",
            os.path.join(tempfile.gettempdir(), "sluice-bench"), "{}"], 50,
           {"cht-charts.pptx", "shp-shapes.pptx", "tbl-cell.pptx", "txt-text.pptx", "sld-notes.pptx",
            "ph-inherit-props.pptx", "shp-picture.pptx", "cht-datalabels.pptx", "txt-fit-text.pptx",
            "test.pptx"}),
    Format("html", ["html-to-markdown", "readability"], ("html",),
           ["pandoc", "-f", "html", "-t", "gfm", "-o", "/dev/null", "{}"], 40),
    # All the structure, against the text alone. The peer recognizes no text in pictures of pages.
    Format("pdf", ["pdfplumber", "pdfminer", "pypdf-samples"], ("pdf",),
           ["pdftotext", "-q", "{}", "/dev/null"], 1 / 1.2, options=["pdf.ocr=off"]),
    Format("epub", ["epub"], ("epub",),
           ["pandoc", "-f", "epub", "-t", "gfm", "-o", "/dev/null", "{}"], 40),
    # The goal is 20 here, too. These documents are small: a process for each and its durable files are much of our CPU.
    Format("odt", ["odf", "pandoc/odt"], ("odt",), pandoc("odt"), 8),
    Format("rtf", ["rtf", "pandoc/rtf"], ("rtf",), pandoc("rtf"), 20),
    Format("ipynb", ["ipynb", "pandoc/ipynb"], ("ipynb",), pandoc("ipynb"), 4),
    Format("tex", [], ("tex",), pandoc("latex"), 20, make=make_markup("latex", "tex")),
    Format("rst", [], ("rst",), pandoc("rst"), 20, make=make_markup("rst", "rst")),
    Format("org", [], ("org",), pandoc("org"), 20, make=make_markup("org", "org")),
    Format("adoc", [], ("adoc",), ["asciidoctor", "-o", "/dev/null", "{}"], 20, make=make_markup("asciidoc", "adoc")),
    Format("ods", ["odf", "calamine"], ("ods",), soffice("csv"), 20, most=FEW),
    Format("odp", ["odf"], ("odp",), soffice("pdf"), 20, most=FEW),
    Format("doc", ["office-legacy"], ("doc",), soffice("txt:Text"), 20, most=FEW),
    Format("xls", ["office-legacy", "calamine"], ("xls",), soffice("csv"), 20, most=FEW),
    Format("ppt", ["office-legacy"], ("ppt",), soffice("pdf"), 20, most=FEW),
    Format("eml", [], ("eml",), [], 0, make=make_messages, bar_ms=1),
    Format("msg", ["mail"], ("msg",), [], 0),
    Format("zip", ["archives/yauzl", "archives/go", "archives/libarchive"], ("zip",), [], 0),
]


def cpu_of(command, **options):
    """(CPU seconds of a command and of all its children, exit code, standard output)."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, **options)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, child.returncode, out.read()


def peer_command(peer, path):
    return [path if part == "{}" else part for part in peer]


def documents(corpus, wanted):
    found = []
    for folder in wanted.folders:
        for root, _, names in os.walk(os.path.join(corpus, folder)):
            found += [os.path.join(root, n) for n in names
                      if n.rsplit(".", 1)[-1].lower() in wanted.extensions and (not wanted.only or n in wanted.only)]
    return sorted(found)


def varied(content, turn):
    """The same document in other bytes, so that it is not known already. Turn 0: as it is."""
    if turn == 0:
        return content
    if content.startswith(b"PK\3\4"):
        end = content.rfind(b"PK\5\6")
        comment = b"copy %d" % turn
        return content[:end + 20] + len(comment).to_bytes(2, "little") + comment
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return content + bytes(512 * turn)  # sectors that nothing refers to
    return content + b"\n" * turn


def laid_out(files, work, least=0):
    """The files under names of their own in one folder, equal ones once; and then in other bytes, until there are
    at least so many: few documents would say what the program takes to start."""
    tree = os.path.join(work, "documents")
    os.makedirs(tree)
    seen = {}
    for i, path in enumerate(files):
        with open(path, "rb") as file:
            seen.setdefault(file.read(), f"{i:04d}-{os.path.basename(path)}")
    for turn in range(max(1, -(-least // max(1, len(seen))))):
        for content, name in seen.items():
            with open(os.path.join(tree, f"{turn:03d}-{name}"), "wb") as file:
                file.write(varied(content, turn))
    return tree


def originals(files):
    """Those that are not copies of others: enough for a program that has a process for each."""
    return [path for path in files if os.path.basename(path).startswith("000-")]


def add(sluice, kb, wanted, tree, *arguments):
    """The command that adds the documents to a knowledge base."""
    given = [part for option in wanted.options for part in ("--option", option)]
    return [sluice, "-C", kb, *arguments, "--progress", "never", "add", *given, tree]


def without_refused(sluice, tree, wanted, work):
    """Takes the documents away that we or the peer refuse; returns the rest."""
    kb = os.path.join(work, "kb-first")
    subprocess.run([sluice, "init", kb], check=True, stdout=subprocess.DEVNULL)
    _, _, out = cpu_of(add(sluice, kb, wanted, tree, "--json"))
    refused = set()
    for line in out.splitlines():
        row = json.loads(line)
        if row["type"] != "doc" or row["result"] == "added":
            continue
        folder, name = os.path.split(row["source"])
        if folder == os.path.abspath(tree):  # not a document within another
            refused.add(name)
    for path in originals(os.path.join(tree, name) for name in os.listdir(tree)):
        if wanted.peer and cpu_of(peer_command(wanted.peer, path))[1] != 0:
            refused.add(os.path.basename(path))
    refused = {name.split("-", 1)[1] for name in refused}
    for name in os.listdir(tree):
        if name.split("-", 1)[1] in refused:
            os.remove(os.path.join(tree, name))
    return [os.path.join(tree, name) for name in sorted(os.listdir(tree))]


def our_cpu(sluice, tree, wanted, work, count):
    """Our CPU seconds a document, on one lane, into a new knowledge base."""
    kb = os.path.join(tempfile.mkdtemp(dir=work), "kb")
    subprocess.run([sluice, "init", kb], check=True, stdout=subprocess.DEVNULL)
    return cpu_of(add(sluice, kb, wanted, tree, "-j", "1"))[0] / count


def peer_cpu(peer, files):
    """The peer's CPU seconds a document, each in a process of its own."""
    files = originals(files)
    return sum(cpu_of(peer_command(peer, path))[0] for path in files) / len(files)


def measure(wanted, sluice, corpus, rounds, least, work):
    program = next((part for part in wanted.peer if part not in ("timeout", "120")), None)
    if program and not shutil.which(program):
        print(f"{wanted.name:6} skipped: {program} is not installed (config/dependencies.sh quality)")
        return True
    if wanted.make:
        corpus = os.path.join(work, "made")
        os.makedirs(corpus)
        wanted.make(corpus)
        wanted.folders = [""]
    files = documents(corpus, wanted)
    if wanted.most:
        files = files[::max(1, len(files) // wanted.most)][:wanted.most]
    if not files:
        print(f"{wanted.name:6} skipped: no documents")
        return True
    tree = laid_out(files, work, 0 if wanted.most else least)
    files = without_refused(sluice, tree, wanted, work)
    if not files:
        print(f"{wanted.name:6} skipped: one of the two refuses each document")
        return True
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(our_cpu(sluice, tree, wanted, work, len(files)))
        if program:
            theirs.append(peer_cpu(wanted.peer, files))
    own = statistics.median(ours) * 1e3
    row = f"{wanted.name:6} {len(files):5} documents   ours {own:8.2f} ms"
    if not program:
        good = not wanted.bar_ms or own <= wanted.bar_ms
        bar = f"   (at most {wanted.bar_ms:g} ms)" if wanted.bar_ms else "   (nothing in Debian makes text of these)"
    else:
        ratio = statistics.median(t / o for t, o in zip(theirs, ours))
        good = ratio >= wanted.bar
        row += f"   {program} {statistics.median(theirs) * 1e3:8.2f} ms   {ratio:6.1f} times"
        bar = f"   (at least {wanted.bar:g})"
    print(f"{row}{bar}{'' if good else '   BELOW THE BAR'}", flush=True)
    return good


def arguments(parser, known):
    """The command line of a comparison, whose formats are `known`. Ends the program if it cannot run."""
    parser.add_argument("build")
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--least", type=int, default=300, help="our documents of a format: fewer are added as copies")
    parser.add_argument("--corpus", default=os.environ.get(
        "SLUICE_CORPUS", os.path.join(HERE, "..", "..", "..", "shared", "corpus")))
    parser.add_argument("--dir", help="where to work (default: below the build folder, on its disk)")
    options = parser.parse_intermixed_args()
    options.dir = os.path.abspath(options.dir or options.build)
    if not os.path.isdir(options.corpus):
        parser.exit(3, f"{parser.prog}: there are no test documents in {options.corpus}; set SLUICE_CORPUS\n")
    unknown = set(options.formats) - set(known)
    if unknown:
        parser.error(f"there is no format {', '.join(sorted(unknown))}")
    return options


def working_folders(options):
    """The folder for all formats, in which each has one of its own. It goes away at the end and not format by format:
    ext4 without a journal gives away no file number that was deleted in the last minutes, and looks at each of them
    again for each new file. Most CPU of the next format would be that."""
    return tempfile.TemporaryDirectory(prefix="bench-", dir=options.dir, ignore_cleanup_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options = arguments(parser, [wanted.name for wanted in FORMATS])
    sluice = os.path.abspath(os.path.join(options.build, "bin", "sluice"))
    good = True
    with working_folders(options) as folders:
        for wanted in FORMATS:
            if not options.formats or wanted.name in options.formats:
                work = tempfile.mkdtemp(dir=folders)
                good = measure(wanted, sluice, options.corpus, options.rounds, options.least, work) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
