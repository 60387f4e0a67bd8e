"""Builds Sluice with one change in one source file, beside a build that is there."""
import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

TABLE = "syscall_filter_table.inc"
FILTER_SOURCE = "host/worker/posix/syscall_filter.cpp"


class Builder:
    def __init__(self, project: Path, build: Path, out: Path):
        self.project, self.build, self.out = project, build, out
        self.commands = json.loads((build / "compile_commands.json").read_text())

    def make(self, mutant) -> Path:
        """The folder of an installation with that mutant."""
        folder = self.out / mutant.name
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("src", "bin", "libexec/sluice", "lib/sluice"):
            (folder / name).mkdir(parents=True)
        mutated = folder / "src" / Path(mutant.source).name
        mutated.write_text(self._mutated(mutant))
        worker = folder / "libexec/sluice/sluice-worker"
        sluice = folder / "bin/sluice"
        if mutant.source.startswith("host/worker/program/"):
            made = self._compile(mutant.source, mutated, folder)
            self._link("libexec/sluice/sluice-worker", worker, made)
            shutil.copy2(self.build / "bin/sluice", sluice)
        else:
            self._make_filter(mutated, folder)
            table = ["-I" + str(folder / "src")]
            made = self._compile(FILTER_SOURCE, self.project / FILTER_SOURCE, folder, table)
            self._link("bin/sluice", sluice, made)
            shutil.copy2(self.build / "libexec/sluice/sluice-worker", worker)
        (folder / "lib/sluice/plugins").mkdir()  # one is enough, and quicker
        os.symlink(self.build / "lib/sluice/plugins/markdown", folder / "lib/sluice/plugins/markdown")
        return folder

    def _mutated(self, mutant) -> str:
        text = (self.project / mutant.source).read_text()
        for old, new in mutant.changes:
            if text.count(old) != 1:
                raise SystemExit(f"{mutant.name}: {mutant.source} has {old!r} {text.count(old)} times, not once")
            text = text.replace(old, new)
        return text

    def _make_filter(self, compiler_source: Path, folder: Path) -> None:
        compiler = folder / "src/filter_compiler"
        run(["c++", "-std=c++20", "-o", compiler, compiler_source, "-lseccomp"])
        (folder / "src" / TABLE).write_text(run([compiler]))

    def _entry_of(self, source: str):
        """How that file is compiled: by itself, or with others in one file that includes them."""
        path = str(self.project / source)
        for entry in self.commands:
            if entry["file"] == path:
                return entry, None
        for entry in self.commands:
            file = Path(entry["file"])
            if "batches" not in file.parts or not file.exists():
                continue
            for included in re.findall(r'#include "([^"]+)"', file.read_text()):
                if os.path.normpath(file.parent / included) == path:
                    return entry, file
        raise SystemExit(f"nothing in {self.build} is compiled from {source}")

    def _compile(self, source: str, mutated: Path, folder: Path, more=()):
        """The object in place of which it is, and the one that was made."""
        entry, batch = self._entry_of(source)
        words = shlex.split(entry["command"])
        usual = words[words.index("-o") + 1]
        to_compile = mutated
        if batch:
            path = str(self.project / source)
            lines = []
            for line in batch.read_text().splitlines():
                found = re.match(r'#include "([^"]+)"', line)
                if found:
                    included = os.path.normpath(batch.parent / found[1])
                    line = f'#include "{mutated if included == path else included}"'
                lines.append(line)
            to_compile = folder / "src" / ("batch_" + batch.name)
            to_compile.write_text("\n".join(lines) + "\n")
        made = folder / "src/mutated.o"
        words[words.index("-o") + 1] = str(made)
        words[words.index("-c") + 1] = str(to_compile)
        if "-MF" in words:
            words[words.index("-MF") + 1] = str(made) + ".d"
        compiler = 1 if Path(words[0]).name == "ccache" else 0
        # A mutant may leave something unused. It is compiled once and runs a moment.
        run(words[:compiler + 1] + list(more) + words[compiler + 1:] + ["-w", "-O0"], self.build)
        return usual, made

    def _link(self, target: str, to: Path, objects) -> None:
        usual, made = objects
        lines = run(["ninja", "-t", "commands", target], self.build).splitlines()
        command = lines[-1].removeprefix(": && ").removesuffix(" && :")
        words = shlex.split(command)
        words[words.index("-o") + 1] = str(to)
        if usual in words:
            words[words.index(usual)] = str(made)
        else:  # it comes from a library, which then is not asked for it
            words.insert(words.index("-o"), str(made))
        run(words, self.build)


def run(words, folder=None) -> str:
    done = subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{shlex.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout
