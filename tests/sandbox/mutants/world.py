"""What the attacks of the plugin `hostile` aim at, and one attack through a program."""
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PATIENCE = 120  # seconds
MARKER = b"SLUICE-CONSTRUCTOR-ORDER:"
ORPHAN_STAYS = 5  # seconds


class World:
    """A knowledge base, files, a process and a socket of somebody else; gone at the end."""

    def __init__(self, build: Path, folder: Path):
        self.build, self.folder = build, folder
        self.victim = None
        self.socket = None

    def __enter__(self):
        for name in ("outside", "in", "plugins"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "outside/victim.txt").write_text("of somebody else\n")
        (self.folder / "outside/secret.txt").write_text("secret\n")
        self.victim = subprocess.Popen(["sleep", "1000"])
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(self.folder / "outside/socket"))
        self.socket.listen()
        (self.folder / "in/old.md").write_text("# Old\n")
        kb = self.folder / "kb"
        sluice = self.build / "bin/sluice"
        subprocess.run([sluice, "init", kb], check=True, capture_output=True)
        subprocess.run([sluice, "-C", kb, "add", self.folder / "in/old.md"], check=True, capture_output=True)
        return self

    def __exit__(self, *_):
        self.victim.kill()
        self.victim.wait()
        self.socket.close()

    def order(self, attack: str, told: dict) -> bytes:
        outside, kb = self.folder / "outside", self.folder / "kb"
        world = {
            "secret": outside / "secret.txt", "victim-file": outside / "victim.txt", "outside": outside,
            "kb": kb, "document": kb / "raw/old.md", "registry": kb / ".sluice/registry.db",
            "staging": kb / ".sluice/staging", "neighbour": self.folder / "in/old.md",
            "victim": self.victim.pid, "name-of-orphan": self.name_of_orphan(),
            "beside-library": self.folder / "plugins/hostile/beside.txt",
            "unix": outside / "socket", **told,
        }
        return "\n".join([attack] + [f"{key} {value}" for key, value in world.items()] + [""]).encode()

    def name_of_orphan(self) -> str:
        return f"orphan{self.victim.pid}"

    def orphan_lives(self) -> bool:
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                text = status.read_text()
            except OSError:
                continue
            if f"({self.name_of_orphan()})" in text and text[text.rindex(")") + 2] not in "ZX":
                return True
        return False

    def plugin(self, order: bytes | None) -> Path:
        """The plugin; a copy of it whose constructor has that order."""
        usual = self.build / "tests/sandbox-plugins"
        if order is None:
            return usual
        folder = self.folder / "plugins/hostile"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(usual / "hostile", folder)
        library = folder / "hostile.so"
        code = bytearray(library.read_bytes())
        before = hashlib.sha256(code).hexdigest()
        at = code.index(MARKER) + len(MARKER)
        code[at:at + len(order) + 1] = order + b"\0"
        library.write_bytes(code)
        manifest = folder / "plugin.toml"
        manifest.write_text(manifest.read_text().replace(before, hashlib.sha256(code).hexdigest()))
        (folder / "beside.txt").write_text("of the plugin's folder\n")
        return self.folder / "plugins"

    def succeeds(self, program: Path, mutant) -> bool:
        if mutant.attack == "outlive-killed-host":
            return self._outlives_killed_host(program, mutant)
        order = self.order(mutant.attack, mutant.world)
        plugins = self.plugin(order if mutant.in_constructor else None)
        document = self.order("constructor", {}) if mutant.in_constructor else order
        # No text, so that no other converter gets a try.
        source = self.folder / f"in/{program.parent.parent.name}.hostile"
        source.write_bytes(document + b"\0\1\2\3\4\5\6\7")
        done = subprocess.run(
            command(self.build, program, mutant.landlock, "convert", source, "--plugin", plugins,
                    "--timeout", "20"),
            capture_output=True, text=True, timeout=PATIENCE, env=environment())
        return " succeeded\n" in done.stdout

    def _outlives_killed_host(self, program: Path, mutant) -> bool:
        plugins = self.plugin(self.order("start-with-key-of-run", mutant.world))
        source = self.folder / "in/killed.hostile"
        source.write_bytes(self.order("constructor", {}) + b"\0\1\2\3\4\5\6\7")
        host = subprocess.Popen(
            command(self.build, program, mutant.landlock, "convert", source, "--plugin", plugins),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
        end = time.monotonic() + PATIENCE
        while not self.orphan_lives():
            if host.poll() is not None or time.monotonic() > end:
                host.kill()
                raise SystemExit("the attack began no process")
            time.sleep(0.02)
        host.send_signal(signal.SIGKILL)
        host.wait()
        end = time.monotonic() + ORPHAN_STAYS
        while self.orphan_lives() and time.monotonic() < end:
            time.sleep(0.05)
        stays = self.orphan_lives()
        for status in Path("/proc").glob("[0-9]*/comm"):
            try:
                if status.read_text().strip() == self.name_of_orphan():
                    os.kill(int(status.parent.name), signal.SIGKILL)
            except OSError:
                continue
        return stays


def command(build: Path, program: Path, landlock, *arguments):
    """A command of Sluice, on a kernel with that version of Landlock."""
    words = [program, *arguments]
    if landlock is not None:
        words = [build / "tests/sandbox_without", f"landlock={landlock}", "--", *words]
    return [str(word) for word in words]


def doctor(program: Path, build: Path, landlock) -> dict:
    """Whether each promise is kept, by name."""
    done = subprocess.run(command(build, program, landlock, "doctor", "--json"), capture_output=True,
                          text=True, timeout=PATIENCE, env=environment())
    if not done.stdout:
        raise SystemExit(f"{program} doctor: {done.stderr}")
    return {promise["name"]: promise["kept"] for promise in json.loads(done.stdout)["promises"]}


def environment():
    return {**os.environ, "XDG_CONFIG_HOME": "/nonexistent", "SLUICE_SANDBOX_LEVEL": "best-effort"}
