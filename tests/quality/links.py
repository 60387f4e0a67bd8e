"""Links within manuals and books: each leads to a file that is there, and to a heading that is in it.

The manuals of Debian's documentation packages are added as the folders of pages that they are, and the
books of the test documents as files. A link that leads to no file is judged where the same link of the
page does; a fragment, where its file is Markdown."""
import collections
import os
import pathlib
import re
import subprocess
import tempfile
import urllib.parse

MANUALS = ("python3.11/html", "debian-handbook/html/en-US", "postgresql-doc-15/html")  # below /usr/share/doc
MOST_LOST = 0.001  # of all links: ids that stand behind the last heading of their page, and the like

LINK = re.compile(r'\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)')
CODE = re.compile(r"^(```+|~~~+).*?^\1", flags=re.S | re.M)
HEADING = re.compile(r"^(?:[> ]+)?#{1,6} (.*)", flags=re.M)


def anchor(heading):
    """As GitHub makes it from a heading's text."""
    text = re.sub(r"!?\[((?:[^\]\\]|\\.)*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"</?[a-z]+>", "", text)
    text = re.sub(r"\\(.)|[`*]", lambda m: m[1] or "", text)
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


class Notes:
    """The Markdown files of a knowledge base, without their listings, and the anchors in each."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.texts = {path: CODE.sub("", path.read_text()) for path in sorted(self.folder.rglob("*.md"))}
        self.known = {}

    def anchors(self, path):
        if path not in self.known:
            found, seen = set(), collections.Counter()
            for match in HEADING.finditer(self.texts[path]):
                name = anchor(match[1])
                found.add(f"{name}-{seen[name]}" if seen[name] else name)
                seen[name] += 1
            found.update(re.findall(r'(?:id|name)="([^"]+)"', self.texts[path]))
            self.known[path] = found
        return self.known[path]

    def links(self):
        """(file, target, fragment) of each link that is none of the web or the site's root."""
        for path, text in self.texts.items():
            for match in LINK.finditer(text):
                if not re.match(r"[a-z][a-z0-9+.-]*:|/", match[1]):
                    target, _, fragment = match[1].partition("#")
                    yield path, urllib.parse.unquote(target), urllib.parse.unquote(fragment)


def judge(name, folder, was_there):
    """Prints a row; whether nearly all links lead somewhere. `was_there(file, target)`: in the source."""
    notes = Notes(folder)
    links = fragments = 0
    lost, lost_fragments = [], []
    for path, target, fragment in notes.links():
        links += 1
        there = (path.parent / target).resolve() if target else path
        if not there.exists():
            if was_there(path, target):
                lost.append(f"{path.name}: {target}")
        elif fragment and there in notes.texts:
            fragments += 1
            if fragment not in notes.anchors(there):
                lost_fragments.append(f"{path.name}: {target}#{fragment}")
    print(f"{name:28} {len(notes.texts):5} notes {links:7} links, {len(lost)} lead nowhere; "
          f"{fragments:6} to a heading, {len(lost_fragments)} to none")
    for one in (lost + lost_fragments)[:5]:
        print(f"    {one}")
    return links > 0 and len(lost) + len(lost_fragments) <= MOST_LOST * links


def added(context, work, name, sources):
    kb = os.path.join(work, name)
    subprocess.run([context.sluice, "init", kb], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([context.sluice, "-C", kb, "--progress", "never", "add", *sources],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return os.path.join(kb, "wiki", "sources")


def run(context):
    good = True
    with tempfile.TemporaryDirectory() as work:
        for number, manual in enumerate(MANUALS):
            root = os.path.realpath(os.path.join("/usr/share/doc", manual))
            pages = sorted(str(p) for p in pathlib.Path(root).rglob("*.html"))
            if not pages:
                print(f"{manual}: skipped, not installed (config/dependencies.sh quality)")
                continue
            names = {os.path.basename(page) for page in pages}
            good = judge(manual, added(context, work, str(number), pages),
                         lambda _, target: os.path.basename(target) in names) and good
        books = context.files("epub", extensions=("epub",))
        good = judge("books (EPUB)", added(context, work, "books", books), lambda *_: True) and good
    return good
