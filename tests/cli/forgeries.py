"""Ways to lie in a bundle: what each does to a sound one, and the reason for which it is refused."""
import hashlib
import json
import os
import random
import shutil

PICTURE = b"<svg/>"


def key_hash(path):
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


class Forgery:
    """A copy of a sound bundle, on its way to another one."""

    def __init__(self, folder):
        self.folder = folder
        self.facts = json.loads((folder / "bundle.json").read_text())

    @property
    def root(self):
        return self.facts["documents"][0]

    def child(self, number):
        return self.facts["documents"][number]

    def rename(self, path):
        """Gives the source another path, and the bundle the name that goes with it."""
        self.root["path"] = path
        self.folder = self.folder.rename(self.folder.with_name(self.folder.name[:13] + key_hash(path)))

    def rewrite(self, name, content):
        """Gives a file other bytes, and its facts the hash of these."""
        (self.folder / name).write_bytes(content)
        def fix(value):
            if isinstance(value, dict):
                if value.get("file") == name:
                    value["size"], value["sha256"] = len(content), hashlib.sha256(content).hexdigest()
                for one in value.values():
                    fix(one)
            elif isinstance(value, list):
                for one in value:
                    fix(one)
        fix(self.facts)

    def markdown(self):
        return (self.folder / "0.md").read_bytes()

    def add_sidecar(self, kind, content, write=True):
        name = f"0.{kind}.json"
        if write:
            (self.folder / name).write_bytes(content)
        self.root["sidecars"] = [{"kind": kind, "file": name, "size": len(content),
                                  "sha256": hashlib.sha256(content).hexdigest()}]

    def save(self):
        (self.folder / "bundle.json").write_text(json.dumps(self.facts))


def set_to(place, **values):
    return lambda forgery: place(forgery).update(values)


def root(forgery):
    return forgery.root


FORGERIES = []  # name, template, what it does, part of the reason, whether the facts are written back


def forges(template, reason, saves=True):
    def add(function):
        FORGERIES.append((function.__name__, template, function, reason, saves))
        return function
    return add


def forge_fields(template, reason, **fields):
    for name, value in fields.items():
        FORGERIES.append((f"{name}={value!r:.20}", template, set_to(root, **{name: value}), reason, True))


# What bundle.json is.
@forges("note", "not JSON", saves=False)
def no_json(forgery):
    (forgery.folder / "bundle.json").write_text("{")


@forges("note", "too deep", saves=False)
def nested(forgery):
    (forgery.folder / "bundle.json").write_text('{"x":' + "[" * 100000 + "]" * 100000 + "}")


@forges("note", "bundle.json is not there", saves=False)
def no_facts(forgery):
    (forgery.folder / "bundle.json").unlink()


@forges("note", "larger than 64 MiB", saves=False)
def huge_facts(forgery):
    os.truncate(forgery.folder / "bundle.json", 65 << 20)


@forges("note", "format 2")
def later_format(forgery):
    forgery.facts["format"] = 2


@forges("note", "format is missing")
def no_format(forgery):
    del forgery.facts["format"]


@forges("note", "is empty")
def no_documents(forgery):
    forgery.facts["documents"] = []


@forges("note", "no object")
def documents_of_numbers(forgery):
    forgery.facts["documents"] = [7]


@forges("note", "though it was skipped")
def skipped_and_there(forgery):
    forgery.facts["skipped"] = {"path": forgery.root["path"], "source": "x", "kind": "md", "why": "ignored"}


for why, reason in (("boredom", "no reason that there is"), ("\x1b[31m", "control character")):
    def skipped(forgery, why=why):
        forgery.facts["skipped"] = {"path": forgery.root["path"], "source": "x", "kind": "md", "why": why}
        del forgery.facts["documents"]
    FORGERIES.append((f"skipped for {why!r}", "note", skipped, reason, True))


# Its path.
@forges("note", "not that of its path")
def other_path(forgery):
    forgery.root["path"] = "/etc/passwd.md"


for path, why in (("/x/../etc/passwd", "leads to no file"), ("../outside.md", "leads to no file"), ("/", "leads to no file"),
                  ("a//b.md", "leads to no file"), ("raw/note.md", "knowledge base itself"),
                  ("wiki/sources/note.md", "knowledge base itself"), (".sluice/config.toml", "knowledge base itself"),
                  ("@KB@/notes/a.md", "is in the knowledge base")):
    FORGERIES.append((f"path {path}", "note", lambda forgery, path=path: forgery.rename(path.replace("@KB@", forgery.kb)),
                      why, True))


@forges("note", "not encoded as paths are")
def two_texts_of_a_path(forgery):
    forgery.root["path"] = "/x\u202e.md"


@forges("note", "no path")
def nul_in_path(forgery):
    forgery.root["source"] = "x%00y"


# Its files.
for file in ("0.raw", "0.md", "0.assets/p.svg"):
    def other_bytes(forgery, file=file):
        content = (forgery.folder / file).read_bytes()
        (forgery.folder / file).write_bytes(content[:-1] + b"?")
    FORGERIES.append((f"other bytes in {file}", "note", other_bytes, "other bytes", True))

    def cut(forgery, file=file):
        os.truncate(forgery.folder / file, 3)
    FORGERIES.append((f"a short {file}", "note", cut, "another size", True))

    def link(forgery, file=file):
        (forgery.folder / file).unlink()
        (forgery.folder / file).symlink_to("/etc/passwd")
    FORGERIES.append((f"{file} is a link", "note", link, "cannot be read", True))

    def second_name(forgery, file=file):
        os.link(forgery.folder / file, forgery.folder.parent / f".other-{random.random()}")
    FORGERIES.append((f"{file} has another name", "note", second_name, "another name", True))

    def pipe(forgery, file=file):
        (forgery.folder / file).unlink()
        os.mkfifo(forgery.folder / file)
    FORGERIES.append((f"{file} is a pipe", "note", pipe, "no plain file", True))


@forges("note", "not a file of it")
def one_file_more(forgery):
    (forgery.folder / "7.md").write_text("x")


@forges("note", "not a file of it")
def one_asset_more(forgery):
    (forgery.folder / "0.assets/q.svg").write_bytes(PICTURE)


@forges("note", "folder in it")
def folder_in_assets(forgery):
    (forgery.folder / "0.assets/more").mkdir()


@forges("note", "")
def assets_elsewhere(forgery):
    shutil.move(forgery.folder / "0.assets", forgery.folder.parent / ".assets-elsewhere")
    (forgery.folder / "0.assets").symlink_to(forgery.folder.parent / ".assets-elsewhere")


@forges("note", "no folder", saves=False)
def bundle_elsewhere(forgery):
    other = forgery.folder.with_name(".bundle-elsewhere")
    forgery.folder.rename(other)
    forgery.folder.symlink_to(other)


@forges("note", "is not 0.raw")
def raw_of_another_name(forgery):
    forgery.root["raw"]["file"] = "../0.raw"


for name, why in (("../../../x.svg", "name that no asset gets"), (".p.svg", "name that no asset gets"),
                  ("CON.svg", "name that no asset gets"), ("p.exe", "name that no asset gets"),
                  ("a/b.svg", "name that no asset gets"), ("p\u202e.svg", "name that no asset gets")):
    FORGERIES.append((f"asset {name!r}", "note",
                      lambda forgery, name=name: forgery.root["assets"][0].update(file="0.assets/" + name), why, True))


@forges("note", "not in 0.assets")
def asset_of_another_folder(forgery):
    forgery.root["assets"][0]["file"] = "1.assets/p.svg"


@forges("note", "two assets have one name")
def assets_of_one_name(forgery):
    forgery.root["assets"].append({**forgery.root["assets"][0], "file": "0.assets/P.svg"})


for kind in ("../x", "parts", "A", ""):
    FORGERIES.append((f"sidecar {kind!r}", "note",
                      lambda forgery, kind=kind: forgery.add_sidecar(kind, b"{}", write="/" not in kind),
                      "kind that it may not have", True))


@forges("note", "not JSON")
def sidecar_of_text(forgery):
    forgery.add_sidecar("outline", b"text")


@forges("note", "is not there")
def sidecar_that_is_not_there(forgery):
    forgery.add_sidecar("outline", b"{}", write=False)


# What it says of itself.
forge_fields("note", "not the file that comes with it", sha256="0" * 64, size=7)
forge_fields("note", "no SHA-256", sha256="0" * 63)
forge_fields("note", "none that a document gets", name="../../evil")
FORGERIES.append(("a name of Windows", "note", set_to(root, name="CON"), "none that a document gets", True))
FORGERIES.append(("a long name", "note", set_to(root, name="n" * 200), "none that a document gets", True))
forge_fields("note", "not one of it", outcome="timeout", result="failed")
FORGERIES.append(("no outcome", "note", set_to(root, outcome="fine"), "no outcome", True))
FORGERIES.append(("a converter with a control", "note", set_to(root, converter="\x1b[2J"), "control character", True))
forge_fields("note", "hash of its options", options_hash="../x")
FORGERIES.append(("a negative size", "note", set_to(root, size=-1), "no number from 0 on", True))
FORGERIES.append(("a fraction", "note", set_to(root, size=1.5), "no number from 0 on", True))
FORGERIES.append(("a number as text", "note", set_to(root, size="7"), "no number from 0 on", True))
FORGERIES.append(("a text as number", "note", set_to(root, converter=7), "no text", True))
FORGERIES.append(("a source within nothing", "note", set_to(root, container="/x"), "within another", True))


@forges("note", "front matter is not what its facts say")
def another_source_in_front_matter(forgery):
    forgery.rewrite("0.md", forgery.markdown().replace(b"source: ", b"source: /etc/x #", 1))


@forges("note", "front matter is not what its facts say")
def another_title(forgery):
    forgery.root["metadata"] = [{"key": "title", "value": "Forged"}]


@forges("note", "may not be there")
def metadata_of_the_host(forgery):
    forgery.root["metadata"] = [{"key": "sha256", "value": "x"}]


@forges("note", "may not be there")
def metadata_twice(forgery):
    forgery.root["metadata"] = [{"key": "title", "value": "x"}] * 2


@forges("note", "author's front matter")
def author_who_ends_it(forgery):
    forgery.root["author"] = "a: b\n---\n"


for text in (b"\r\n", b"\xff\n", b"\0\n", b"no end"):
    FORGERIES.append((f"Markdown with {text!r}", "note",
                      lambda forgery, text=text: forgery.rewrite("0.md", forgery.markdown() + text),
                      "no text as Sluice writes it", True))


# Positions.
@forges("note", "cannot be")
def name_behind_the_end(forgery):
    forgery.root["name_positions"] = [10 ** 12]


@forges("note", "no link to an asset where it says")
def name_elsewhere(forgery):
    forgery.root["name_positions"][0] -= 1


@forges("note", "no link to an asset where it says")
def name_in_front_matter(forgery):
    forgery.root["name_positions"] = [forgery.markdown().index(b"note")]


@forges("note", "cannot be")
def name_twice(forgery):
    forgery.root["name_positions"] *= 2


@forges("note", "no assets")
def links_to_assets_alone(forgery):
    del forgery.root["assets"]
    shutil.rmtree(forgery.folder / "0.assets")


@forges("note", "overlap")
def links_that_overlap(forgery):
    at = forgery.root["name_positions"][0]
    forgery.root["source_links"] = [{"position": at + 1, "path": "x.md", "written": "ote/"}]


@forges("note", "no link to another source where it says")
def link_of_other_text(forgery):
    forgery.root["source_links"][0]["written"] = "x" * len(forgery.root["source_links"][0]["written"])


@forges("note", "link to another source that cannot be")
def link_of_two_lines(forgery):
    forgery.root["source_links"][0]["before"] = "\n# Heading"


@forges("note", "link to another source that cannot be")
def link_from_the_root(forgery):
    forgery.root["source_links"][0]["path"] = "/etc/passwd"


@forges("note", "anchor that cannot be")
def anchor_of_two_lines(forgery):
    forgery.root["anchors"] = [{"name": "a", "anchor": "b\nc"}]


@forges("note", "cannot be where it says")
def page_behind_the_end(forgery):
    forgery.root["parts"] = [{"position": 10 ** 12, "unit": "page", "number": 1}]


@forges("note", "cannot be where it says")
def page_of_an_odd_unit(forgery):
    forgery.root["parts"] = [{"position": 0, "unit": "\u202e", "number": 1}]


@forges("note", "not within it")
def link_to_a_stranger(forgery):
    forgery.root["links"] = [{"position": 0, "length": 3, "path": "/etc/passwd"}]


# Documents within documents.
@forges("mail", "none of a document within")
def child_elsewhere(forgery):
    forgery.child(1)["path"] = "/etc/passwd"


@forges("mail", "none of a document within")
def child_that_climbs(forgery):
    forgery.child(1)["path"] = forgery.root["path"] + "!/../x.md"


@forges("mail", "none of a document within")
def child_like_a_container(forgery):
    forgery.child(1)["path"] = forgery.root["path"] + "!/a!/x.md"


@forges("mail", "there twice")
def child_twice(forgery):
    forgery.child(2)["path"] = forgery.child(1)["path"]


@forges("mail", "not stand behind")
def child_of_a_stranger(forgery):
    forgery.child(1)["container"] = "/etc"


@forges("mail", "not stand behind")
def child_behind_another(forgery):
    forgery.child(2)["container"] = forgery.child(1)["path"]
    forgery.child(2)["path"] = forgery.child(1)["path"] + "!/x.md"
    forgery.facts["documents"][1:] = reversed(forgery.facts["documents"][1:])
    for number, one in enumerate(forgery.facts["documents"]):
        for key, suffix in (("raw", ".raw"), ("markdown", ".md")):
            one[key]["file"] = f"{number}{suffix}"


@forges("mail", "failed, and has documents")
def failed_with_children(forgery):
    for key in ("raw", "markdown", "name", "links", "metadata"):
        forgery.root.pop(key, None)
    forgery.root.update(result="failed", outcome="malformed")


@forges("mail", "deeper than 8")
def too_deep(forgery):
    around = forgery.child(1)
    for level in range(9):
        around = {**around, "container": around["path"], "path": around["path"] + f"!/{level}.md"}
        forgery.facts["documents"].insert(2 + level, around)
    for number, one in enumerate(forgery.facts["documents"]):
        one["raw"] = {**one["raw"], "file": f"{number}.raw"}
        one["markdown"] = {**one["markdown"], "file": f"{number}.md"}


@forges("mail", "other bytes")
def child_with_other_bytes(forgery):
    content = (forgery.folder / "1.raw").read_bytes()
    (forgery.folder / "1.raw").write_bytes(b"?" + content[1:])
