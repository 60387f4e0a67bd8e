"""Archives that were made to do harm, or to lie, and what each must end as.

    containers.py FOLDER      writes all of them there

MANIFEST has a row for each: how its own document ends, how many documents within it are taken, how those that
are not end, and what its messages say. The limits are those of LIMITS. Made here byte by byte; the same each time.
"""
import bz2
import gzip
import hashlib
import lzma
import pathlib
import struct
import sys
import zlib
from dataclasses import dataclass, field

# Small ones, so that a test of limits takes seconds.
LIMITS = {"SLUICE_LIMITS_TREE_DOCUMENTS": "100", "SLUICE_LIMITS_TREE_BYTES": "80MiB"}
MARKDOWN = b"# Title\n\nText of a member.\n"


# --- ZIP, with all fields at hand -------------------------------------------------------------------------------


@dataclass
class Entry:
    name: bytes
    content: bytes = MARKDOWN
    method: int = 8
    flags: int = 0
    mode: int = 0            # of Unix; 0: made on MS-DOS
    size: int | None = None  # what is declared, where it is not the truth
    crc: int | None = None
    offset: int | None = None
    packed: bytes | None = None


def deflated(content):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def fields(entry, packed):
    crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
    size = len(entry.content) if entry.size is None else entry.size
    return struct.pack("<HHIIIIHH", entry.flags, entry.method, 0x58210000, crc, len(packed), size, len(entry.name), 0)


def local_header(entry, packed):
    return b"PK\3\4" + struct.pack("<H", 20) + fields(entry, packed) + entry.name + packed


def central_header(entry, packed, offset):
    made_by = 20 | (3 << 8 if entry.mode else 0)
    return (b"PK\1\2" + struct.pack("<HH", made_by, 20) + fields(entry, packed) +
            struct.pack("<HHHII", 0, 0, 0, entry.mode << 16, offset) + entry.name)


def end_record(count, size, offset, comment=b""):
    return b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, size, offset, len(comment)) + comment


def zip_of(*entries, comment=b"", directory=True):
    data, central = b"", b""
    for entry in entries:
        packed = entry.packed
        if packed is None:
            packed = deflated(entry.content) if entry.method == 8 else entry.content
        offset = len(data) if entry.offset is None else entry.offset
        if entry.offset is None:
            data += local_header(entry, packed)
        central += central_header(entry, packed, offset)
    return data + central + end_record(len(entries), len(central), len(data), comment) if directory else data


def nested(depth, archive):
    for _ in range(depth):
        archive = zip_of(Entry(b"in.zip", archive, method=0))
    return archive


def overlapping(count):
    """Entries each of which runs over all that come after it (D. Fifield, 2019)."""
    kernel = deflated(bytes(1 << 20))
    headers = [Entry(b"%d.md" % n, b"", packed=kernel, size=1 << 20) for n in range(count)]
    data = b"".join(local_header(one, b"") for one in headers) + kernel
    central, at = b"", 0
    for one in headers:
        central += central_header(one, data[at + 30 + len(one.name):], at)
        at += 30 + len(one.name)
    return data + central + end_record(count, len(central), len(data))


# --- TAR ----------------------------------------------------------------------------------------------------------


def tar_header(name, size=len(MARKDOWN), kind=b"0", link=b"", size_field=None):
    head = bytearray(512)
    head[0:len(name)] = name
    head[100:108], head[108:116], head[116:124] = b"0000644\0", b"0000000\0", b"0000000\0"
    head[124:136] = b"%011o\0" % size if size_field is None else size_field
    head[136:148], head[148:156], head[156:157] = b"14000000000\0", b" " * 8, kind
    head[157:157 + len(link)] = link
    head[257:265] = b"ustar\00000"
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


def tar_file(name, content=MARKDOWN, **more):
    return tar_header(name, len(content), **more) + content + bytes(-len(content) % 512)


def tar_of(*parts):
    return b"".join(parts) + bytes(1024)


def sparse_bomb():
    """A hole of a terabyte (GNU's format 1.0 is in pax headers)."""
    records = b""
    for key, value in ((b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", b"hole.md"),
                       (b"GNU.sparse.realsize", b"1099511627776")):
        body = b" " + key + b"=" + value + b"\n"
        size = len(body) + len(str(len(body)))
        size = len(body) + len(str(size))
        records += str(size).encode() + body
    sparse_map = b"1\n1099511627775\n1\n".ljust(512, b"\0")
    return tar_of(tar_file(b"x", records, kind=b"x"), tar_file(b"hole.md", sparse_map + b"x"))


def big_pax():
    name = b"a" * (3 << 20)
    body = b" path=" + name + b"\n"
    return tar_of(tar_file(b"x", str(len(body) + 7).encode() + body, kind=b"x"), tar_file(b"a.md"))


def compressed(pack, content, times):
    for _ in range(times):
        content = pack(content)
    return content


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 0xff]) + data[at + 1:]


def mixed_tree():
    """A tar in a ZIP in a compressed tar, with documents on all levels."""
    inner = tar_of(tar_file(b"deep.md", b"# Deep\n"), tar_file(b"table.csv", b"a,b\n1,2\n"))
    middle = zip_of(Entry(b"in.tar", inner), Entry(b"middle.md", b"# Middle\n"))
    return gzip.compress(tar_of(tar_file(b"in.zip", middle), tar_file(b"outer.md", b"# Outer\n")), mtime=0)


# --- what each must end as ----------------------------------------------------------------------------------------


@dataclass
class Case:
    name: str
    content: bytes
    outcome: str = "ok"                        # of the archive's own document
    taken: int = 1                             # documents within it, at any depth, archives among them
    failed: tuple = ()                         # outcomes of those that are not
    says: str = ""                             # in its message or its Markdown
    paths: tuple = field(default_factory=tuple)  # behind `!/`, of documents within it


def cases():
    shift_jis = "日本語の文書.md".encode("shift_jis")
    zeros = bytes(100 << 20)
    letters = b"a" * (100 << 20)
    noise = b"".join(hashlib.sha256(bytes([n >> 8, n & 255])).hexdigest().encode() for n in range(20000))
    yield Case("ratio.zip", zip_of(Entry(b"a.md", zeros)), "partial", 0, ("limit",), "limit")
    yield Case("depth.zip", nested(20, zip_of(Entry(b"a.md"))), "ok", 8)
    yield Case("count.zip", zip_of(*[Entry(b"%d.md" % n, b"# %d\n" % n) for n in range(200)]), "partial", 100, (),
               "not converted")
    yield Case("count-nested.zip", zip_of(*[Entry(b"%d.zip" % n, zip_of(*[Entry(b"%d.md" % m, b"# %d %d\n" % (n, m))
                                                                         for m in range(20)])) for n in range(20)]),
               "ok", 100)
    yield Case("overlap.zip", overlapping(50), "malformed", 0, (), "share the same bytes")
    yield Case("same-entry-twice.zip", zip_of(Entry(b"a.md"), Entry(b"b.md", offset=0)), "malformed", 0, (),
               "share the same bytes")
    yield Case("parent-names.zip", zip_of(Entry(b"../../../../evil.md"), Entry(b"a/../../evil2.md", b"# 2\n")), "ok", 2,
               paths=("evil.md", "a/evil2.md"))
    yield Case("absolute-names.zip", zip_of(Entry(b"/tmp/evil.md")), "ok", 1, paths=("tmp/evil.md",))
    yield Case("windows-names.zip", zip_of(Entry(b"..\\..\\evil.md"), Entry(b"\\\\host\\share\\b.md", b"# b\n")), "ok", 2,
               paths=("evil.md", "host/share/b.md"))
    yield Case("nul-in-name.zip", zip_of(Entry(b"a\0b.md")), "ok", 1, paths=("ab.md",))
    yield Case("terminal-name.zip", zip_of(Entry(b"\x1b[2J\r\n\x07a.md")), "ok", 1)
    yield Case("long-name.zip", zip_of(Entry(b"a" * 60000 + b".md")), "ok", 1)
    yield Case("deep-name.zip", zip_of(Entry(b"a/" * 5000 + b"b.md")), "ok", 1)
    yield Case("no-name.zip", zip_of(Entry(b"")), "ok", 1, paths=("document",))
    yield Case("dots-for-names.zip", zip_of(Entry(b".."), Entry(b".", b"# 2\n")), "ok", 2,
               paths=("document", "document-2"))
    yield Case("same-names.zip", zip_of(*[Entry(b"a.md", b"# %d\n" % n) for n in range(3)]), "ok", 3,
               paths=("a.md", "a-2.md", "a-3.md"))
    yield Case("case-names.zip", zip_of(Entry(b"a.md", b"# 1\n"), Entry(b"A.md", b"# 2\n")), "ok", 2)
    yield Case("folder-and-file.zip", zip_of(Entry(b"a", b"# text of a\n"), Entry(b"a/b.md", b"# b\n")), "ok", 2)
    yield Case("key-like-names.zip", zip_of(Entry(b"x.zip!/y.md")), "ok", 1, paths=("x.zip_/y.md",))
    yield Case("markup-name.zip", zip_of(Entry(b"](javascript:alert(1)) <script> `x.md")), "ok", 1)
    yield Case("shift-jis-names.zip", zip_of(Entry(shift_jis)), "ok", 1, paths=("日本語の文書.md",))
    yield Case("cp437-names.zip", zip_of(Entry("Bücher über Käse.md".encode("cp437"))), "ok", 1,
               paths=("Bücher über Käse.md",))
    yield Case("utf8-names.zip", zip_of(Entry("Grüße €.md".encode(), flags=1 << 11)), "ok", 1, paths=("Grüße €.md",))
    yield Case("false-utf8-names.zip", zip_of(Entry("für.md".encode("cp437"), flags=1 << 11)), "ok", 1,
               paths=("für.md",))
    yield Case("link.zip", zip_of(Entry(b"lnk", b"/etc/passwd", mode=0o120777), Entry(b"a.md")), "ok", 1,
               says="a link to /etc/passwd")
    yield Case("encrypted.zip", zip_of(Entry(b"a.md", flags=1)), "encrypted", 0, (), "password")
    yield Case("encrypted-in-part.zip", zip_of(Entry(b"a.md", flags=1), Entry(b"b.md")), "partial", 1, (), "encrypted")
    yield Case("method.zip", zip_of(Entry(b"a.md", method=77), Entry(b"b.md")), "partial", 1, (),
               "compressed in a way that cannot be read")
    yield Case("checksum.zip", zip_of(Entry(b"a.md", crc=1), Entry(b"b.md")), "partial", 1, (), "damaged")
    yield Case("small-size.zip", zip_of(Entry(b"a.md", size=3), Entry(b"b.md")), "partial", 1, (), "damaged")
    yield Case("large-size.zip", zip_of(Entry(b"a.md", size=0xfffffffe), Entry(b"b.md")), "partial", 1, (), "too large")
    yield Case("no-directory.zip", zip_of(Entry(b"a.md"), Entry(b"b.md", b"# b\n"), directory=False), "partial", 2, (),
               "directory is missing")
    yield Case("outside.zip", zip_of(Entry(b"a.md", offset=1 << 30), Entry(b"b.md")), "malformed", 0, (), "outside")
    yield Case("archive-in-comment.zip", zip_of(Entry(b"a.md"), comment=zip_of(Entry(b"b.md"))[:-2]), "ok", 1)
    yield Case("behind-a-program.zip", b"MZ\0\1" * 100 + zip_of(Entry(b"a.md")), "ok", 1)
    yield Case("empty.zip", zip_of(), "empty", 0)
    yield Case("wheel.zip", zip_of(Entry(b"a/b.md"), Entry(b"a-1.dist-info/WHEEL")), "unsupported", 0, (), "wheel")
    yield Case("no-archive.zip", bytes(range(256)) * 20, "malformed", 0)
    yield Case("devices.tar", tar_of(*[tar_header(b"dev%d" % n, 0, kind=b"%d" % n) for n in (3, 4, 6)],
                                     tar_file(b"a.md")), "ok", 1, says="devices, pipes or sockets")
    yield Case("through-a-link.tar", tar_of(tar_header(b"lnk", 0, kind=b"2", link=b"/tmp"), tar_file(b"lnk/evil.md")),
               "ok", 1, paths=("lnk/evil.md",))
    yield Case("hard-link.tar", tar_of(tar_header(b"shadow.md", 0, kind=b"1", link=b"/etc/shadow"), tar_file(b"a.md")),
               "ok", 1, says="a link to /etc/shadow")
    yield Case("parent-names.tar", tar_of(tar_file(b"../../evil.md"), tar_file(b"/etc/b.md", b"# b\n")), "ok", 2,
               paths=("evil.md", "etc/b.md"))
    yield Case("huge-size.tar", tar_of(tar_file(b"a.md"), tar_header(b"b.md", size_field=b"\x80" + b"\x7f" * 11)),
               "partial", 1)
    yield Case("negative-size.tar", tar_of(tar_file(b"a.md"), tar_header(b"b.md", size_field=b"\xff" * 12)), "partial", 1)
    yield Case("sparse.tar", sparse_bomb(), "partial", 0, ("limit",), "limit")
    yield Case("long-path.tar", big_pax(), "malformed", 0)
    yield Case("checksum.tar", tar_of(tar_file(b"a.md"), flip(tar_file(b"b.md"), 3), tar_file(b"c.md", b"# c\n")), "partial", 2)
    yield Case("cut-off.tar.gz", gzip.compress(tar_of(tar_file(b"a.md"), tar_file(b"b.md", noise)),
                                               mtime=0)[:400_000], "partial", 1)
    yield Case("layers.gz", compressed(lambda data: gzip.compress(data, mtime=0), MARKDOWN, 10), "limit", 0)
    yield Case("bomb.md.gz", gzip.compress(letters, mtime=0), "partial", 0, ("limit",))
    yield Case("bomb.md.bz2", bz2.compress(letters), "partial", 0, ("limit",))
    yield Case("bomb.md.xz", lzma.compress(letters), "partial", 0, ("limit",))
    yield Case("garbage.7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(256)), "malformed", 0)
    yield Case("garbage.rar", b"Rar!\x1a\7\0" + bytes(range(256)), "malformed", 0)
    yield Case("tree.tgz", mixed_tree(), "ok", 6, paths=("in.zip!/in.tar!/deep.md", "in.zip!/middle.md", "outer.md"))


MANIFEST = list(cases())

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for case in MANIFEST:
        (folder / case.name).write_bytes(case.content)
