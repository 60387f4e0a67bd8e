#!/usr/bin/env python3
"""Runs what the manuals say: tests/docs/run_manuals.py PROJECT BUILD [MANUAL...]

A manual is wrong the day its commands are. Of every Markdown file of the project this runs or checks

- sessions, blocks with lines that begin with `$ `: each command is run, and each line that the manual
  shows below it must be in what it prints, numbers aside;
- shell blocks (```sh): run as a script that must succeed;
- `make` commands: make must know how to do them (make -n);
- `sluice ...` in running text: the command and its options must be in the program's help;
- blocks of TOML and JSON: they must be well-formed;
- links to files of the project: they must be there.

Each manual has a home folder of its own, with sample documents in ~/Documents, and `sluice` in the
PATH. /usr/local stands for a prefix into which this build is installed first.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

NUMBER = re.compile(r"\d[\d,.]*")
FENCE = re.compile(r"^```(\w*)")
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
COMMAND_TIMEOUT = 300
NOT_UNDERSTOOD = (2, 126, 127)  # usage, and what the shell says of a command that it cannot run


class Block:
    def __init__(self, line, language):
        self.line = line
        self.language = language
        self.lines = []

    @property
    def text(self):
        return "\n".join(self.lines) + "\n"

    def is_session(self):
        return any(line.startswith("$ ") for line in self.lines)


def blocks_and_prose(text):
    """The fenced and indented blocks of a manual, and its lines outside of them."""
    blocks, prose = [], []
    fenced = indented = None
    was_blank = True
    for number, line in enumerate(text.split("\n"), 1):
        fence = FENCE.match(line)
        if fenced is not None:
            if fence:
                fenced = None
            else:
                fenced.lines.append(line)
        elif fence:
            fenced, indented = Block(number, fence.group(1)), None
            blocks.append(fenced)
        elif line.startswith("    ") and (indented or was_blank):
            if indented is None:
                indented = Block(number, "")
                blocks.append(indented)
            indented.lines.append(line[4:])
        elif not line.strip() and indented:
            indented.lines.append("")
        else:
            indented = None
            prose.append((number, line))
        was_blank = not line.strip()
    return blocks, prose


class Manual:
    """One Markdown file, and what is wrong with it."""

    def __init__(self, path, project, prefix, home):
        self.path = path
        self.project = project
        self.prefix = prefix
        self.home = home
        self.wrong = []
        self.tried = 0
        self.environment = dict(os.environ, HOME=str(home), PATH=f"{prefix}/bin:{os.environ['PATH']}",
                                LC_ALL="C.UTF-8", NO_COLOR="1")
        for name in [name for name in self.environment if name.startswith(("SLUICE_", "XDG_"))]:
            del self.environment[name]

    def error(self, line, what):
        self.wrong.append(f"{self.path.relative_to(self.project)}:{line}: {what}")

    def shell(self, script, folder):
        script = script.replace("/usr/local", str(self.prefix))
        return subprocess.run(["bash", "-c", script], cwd=folder, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=COMMAND_TIMEOUT)

    def check(self):
        blocks, prose = blocks_and_prose(self.path.read_text(encoding="utf-8"))
        for block in blocks:
            if block.is_session():
                self.check_session(block)
            elif block.language == "sh":
                self.check_script(block)
            elif block.language in ("toml", "json"):
                self.check_data(block)
            self.check_make(block)
        for number, line in prose:
            for link in LINK.findall(INLINE.sub("", line)):
                if "://" not in link and not link.startswith("mailto:"):
                    self.check_link(number, link)
            for code in INLINE.findall(line):
                if code.startswith("sluice "):
                    self.check_help(number, code)
                elif code.startswith("make "):
                    self.check_target(number, code)

    def check_session(self, block):
        """One shell for the whole session, so that `cd` lasts; a mark between the commands' outputs."""
        commands, shown = [], []
        for line in block.lines:
            if line.startswith("$ "):
                commands.append(line[2:])
                shown.append([])
            elif line.strip() and commands:
                shown[-1].append(line)
        self.tried += len(commands)
        mark = "==exit code=="
        script = "\n".join(f"{command}\ncode=$?; echo; echo \"{mark} $code\"" for command in commands)
        parts = re.split(rf"{mark} (\d+)\n", self.shell(script, self.home).stdout)
        for command, lines, output, code in zip(commands, shown, parts[::2], parts[1::2]):
            # Documents may fail in a session (3); a command that nobody understands may not.
            if int(code) in NOT_UNDERSTOOD:
                self.error(block.line, f"`{command}`: exit code {code}:\n{output}")
            printed = [NUMBER.sub("N", line.rstrip()) for line in output.split("\n")]
            for line in lines:
                # "..." stands for lines, or an end of a line, that differ from run to run.
                if line.strip() == "...":
                    continue
                start = NUMBER.sub("N", line.rstrip().removesuffix("..."))
                if not any(got == start or (line.endswith("...") and got.startswith(start)) for got in printed):
                    self.error(block.line, f"`{command}` does not print\n    {line}\n  but\n"
                               + "".join(f"    {got}\n" for got in output.strip().split("\n")))

    def check_script(self, block):
        self.tried += 1
        result = self.shell("set -e\n" + block.text, self.home)
        if result.returncode != 0:
            self.error(block.line, f"exit code {result.returncode}:\n{result.stdout}")

    def check_data(self, block):
        self.tried += 1
        try:
            if block.language == "toml":
                tomllib.loads(block.text)
            else:
                for line in [block.text] if block.text.lstrip().startswith("{\n") else block.lines:
                    if line.strip():
                        json.loads(line)
        except ValueError as error:
            if "..." not in block.text:
                self.error(block.line, f"no {block.language}: {error}")

    def check_make(self, block):
        for line in block.lines:
            for command in re.findall(r"make(?: [^\s#]+)*(?=\s*#|\s{2,}|$)", line) if line.startswith("make") else []:
                self.check_target(block.line, command)

    def check_target(self, number, command):
        self.tried += 1
        result = self.shell(f"{command.replace('make', 'make -n', 1)}", self.project)
        if result.returncode != 0:
            self.error(number, f"`{command}`: {result.stdout.strip()}")

    def check_help(self, number, code):
        """`sluice remove NAME...`: help must know `remove`, and each --option beside it."""
        self.tried += 1
        words = [word.strip("[](),") for word in code.split()[1:]]
        command = []
        for word in words:
            if re.fullmatch(r"[a-z]+", word):
                command.append(word)
            elif command:
                break
        options = [word for word in words if word.startswith("--")]
        result = self.shell(" ".join(["sluice", *command, "--help"]), self.home)
        if result.returncode != 0:
            self.error(number, f"`{code}`: there is no such command: {result.stdout.strip()}")
            return
        everywhere = result.stdout + self.shell("sluice --help", self.home).stdout
        for option in options:
            if option.split("=")[0] not in everywhere:
                self.error(number, f"`{code}`: its help does not name {option}")

    def check_link(self, number, link):
        self.tried += 1
        if not (self.path.parent / link).exists():
            self.error(number, f"there is no {link}")


def make_home(folder, project):
    """A home with the sample documents, and one that is none, as people have them."""
    folder.mkdir(parents=True)
    subprocess.run([sys.executable, project / "config/samples.py", folder], check=True)
    (folder / "documents").rename(folder / "Documents")
    (folder / "odd" / "broken.html").rename(folder / "Documents" / "scan.html")
    (folder / "some.shout").write_text("a text for the template's converter\n")


def manuals_of(project):
    ignored = {"build", ".git", "template", "seeds", "expectations"}
    return sorted(path for path in project.rglob("*.md")
                  if not ignored.intersection(part for part in path.relative_to(project).parts[:-1]))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    project, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    chosen = [pathlib.Path(name).resolve() for name in sys.argv[3:]] or manuals_of(project)
    with tempfile.TemporaryDirectory(prefix="sluice-manuals-") as work:
        work = pathlib.Path(work)
        prefix = work / "prefix"
        subprocess.run(["cmake", "--install", build, "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
        wrong, tried = [], 0
        for index, path in enumerate(chosen):
            home = work / f"home{index}"
            make_home(home, project)
            manual = Manual(path, project, prefix, home)
            manual.check()
            wrong += manual.wrong
            tried += manual.tried
            shutil.rmtree(home, ignore_errors=True)
    print(f"{len(chosen)} manuals, {tried} commands, snippets and links, {len(wrong)} wrong")
    for one in wrong:
        print(one)
    if tried < 50:
        print("too few: the manuals are not read as they are written")
        return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
