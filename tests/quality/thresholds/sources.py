"""The constants of the PDF converter: which there are, and a build of a copy in which they can be changed.

A constant is a number with a name, alone or beside others, that the converter compares something with. Bounds of
memory, time and count (kMax...) and numbers that stand for "none" or "far" (100,000 and more) are none."""
import os
import pathlib
import re
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = "plugins/pdf"
TYPES = r"double|float|int|unsigned|std::size_t|std::ptrdiff_t|std::u?int(?:32|64)_t"
ONE = r"k[A-Z]\w* = [\d'.]+(?:e\d+)?F?"
DECLARATION = re.compile(rf"^( *)((?:inline |static )*)constexpr ({TYPES}) ((?:{ONE}, )*{ONE});(?: +// (.*))?$", re.M)
FAR = 100_000
# Numbers that are facts of formats, and what they count.
FACTS = {"kCodes": "a simple font has 256 codes", "kInflation": "of Deflate, or of a glyph in JBIG2",
         "kLayers": "what libjbig2dec needs",
         "kLinkRow": "of a page, by which areas of links are found; it changes no text",
         "kMostDigits": "of a code in a glyph's name"}


@dataclass(frozen=True)
class Constant:
    file: str  # below FOLDER
    name: str
    type: str
    text: str  # as it stands there: 0.5F
    meaning: str

    @property
    def id(self):
        return f"{self.file} {self.name}"

    @property
    def value(self):
        return float(self.text.rstrip("F").replace("'", ""))

    @property
    def is_whole(self):
        return self.type not in ("double", "float")


def is_threshold(name, text, source):
    if name.startswith("kMax") or name in FACTS or float(text.rstrip("F").replace("'", "")) >= FAR:
        return False
    return not re.search(rf"std::array<[^;{{]*\b{name}\b", source)  # sizes are set when it is built


def comment_above(text, place):
    """The comment that ends on the line before, of one line or more."""
    lines = []
    for line in reversed(text[:place].splitlines()):
        if not line.strip().startswith("// "):
            break
        lines.insert(0, line.strip()[3:])
    return " ".join(lines)


def first_sentence(text):
    return re.split(r"(?<=[.:;]) ", text)[0].rstrip(":;.")


def constants_in(file, text):
    found, group = [], ("", -1)
    for match in DECLARATION.finditer(text):
        above = comment_above(text, match.start())
        if above:
            group = (above, match.end())
        elif text[group[1]:match.start()] != "\n":  # something else is between
            group = ("", -1)
        else:
            group = (group[0], match.end())
        for one in match[4].split(", "):
            name, value = one.split(" = ")
            if is_threshold(name, value, text):
                found.append(Constant(file, name, match[3], value, match[5] or first_sentence(group[0])))
    return found


def constants_of(project):
    """All of them, by file and place."""
    folder = pathlib.Path(project) / FOLDER
    files = sorted(path for path in folder.rglob("*.?pp"))
    return [one for path in files for one in constants_in(path.relative_to(folder).as_posix(), path.read_text())]


def tunable(file, text):
    """The source with constants that can be changed."""
    def declared(match):
        indent, storage, type_, list_ = match.group(1, 2, 3, 4)
        ones = [one.split(" = ") for one in list_.split(", ")]
        if not any(is_threshold(*one, text) for one in ones):
            return match[0]
        storage = storage if "inline" in storage or "static" in storage else storage + "static "
        return indent + " ".join(
            f'{storage}const {type_}& {name} = sluice_thresholds::constant<{type_}>("{file} {name}", {value});'
            if is_threshold(name, value, text) else f"constexpr {type_} {name} = {value};" for name, value in ones)
    return DECLARATION.sub(declared, text)


class Copy:
    """The sources in `folder`, with constants that can be changed, and the program `trials` built of them."""

    def __init__(self, project, build, folder, jobs):
        self.project, self.build, self.folder = pathlib.Path(project), pathlib.Path(build), pathlib.Path(folder)
        self.jobs = jobs
        self._write_sources()
        self.program = self._make()

    def _write_sources(self):
        for path in (self.project / FOLDER).rglob("*.?pp"):
            name = path.relative_to(self.project / FOLDER).as_posix()
            out = self.folder / FOLDER / name
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(tunable(name, path.read_text()))

    def _moved(self, text):
        return text.replace(f"{self.project}/plugins", f"{self.folder}/plugins")

    def _compile(self, command, source=None):
        """The object; `source` in place of the command's own."""
        words = [word for word in shlex.split(self._moved(command)) if word != "-Werror"]
        own = pathlib.Path(words[-1])
        if source is None and self.build in own.parents:  # a list of sources in one
            source = self.folder / own.name
            source.write_text(re.sub(r'"(.*)"', lambda one: f'"{self._moved(os.path.normpath(own.parent / one[1]))}"',
                                     own.read_text()))
        source = source or own
        out = self.folder / f"{source.stem}.o"
        for option in ("-MT", "-MF", "-o"):
            words[words.index(option) + 1] = f"{out}.d" if option == "-MF" else str(out)
        words[-1] = str(source)
        subprocess.run([*words, "-w", "-include", HERE / "tunable.hpp"], cwd=self.build, check=True)
        return str(out)

    def _make(self):
        target = "tests/plugin_pdf_test"
        listed = subprocess.run(["ninja", "-t", "commands", target], cwd=self.build, check=True, capture_output=True,
                                text=True).stdout.splitlines()
        compiled = [line for line in listed if " -c " in line and re.search(r"[ /]plugins/pdf/", line.split(" -c ")[1])]
        a_test = next(line for line in compiled if "/tests/" in line.split(" -c ")[1])
        with ThreadPoolExecutor(self.jobs) as pool:
            work = [pool.submit(self._compile, line) for line in compiled]
            work.append(pool.submit(self._compile, a_test, HERE / "trials.cpp"))
            objects = [one.result() for one in work]
        link = shlex.split(next(line for line in listed if f" -o {target} " in line).removeprefix(": && ").removesuffix(" && :"))
        left_out = re.compile(r"plugins/pdf/.*\.o$|libsluice_(pdf|pages)\.a$|libgtest_main\.a$")
        kept = [word for word in link if not left_out.search(word)]
        program = self.folder / "trials"
        kept[kept.index("-o") + 1] = str(program)
        at = kept.index("-o")
        subprocess.run(kept[:at] + objects + kept[at:], cwd=self.build, check=True)
        return os.fspath(program)
