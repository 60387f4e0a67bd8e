#!/usr/bin/env python3
"""The Tab key in bash, zsh and fish: completions_test.py SLUICE COMPLETIONS

Each shell runs in a terminal (tmux). The test types a part of a command and the Tab key, and compares what
then stands on the screen. A shell that is not installed is skipped.
"""
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
PATIENCE = 20  # seconds; a shell's first completion loads its own functions

# What is typed, and what stands in the line after Tab: what is unique is filled in.
CASES = [
    ("sluice conv", "sluice convert "),
    ("sluice plugin ins", "sluice plugin install "),
    ("sluice help outd", "sluice help outdated "),
    ("sluice add --fail", "sluice add --fail-fast "),
    ("sluice add --files-from lis", "sluice add --files-from list.txt "),
    ("sluice list --color=alw", "sluice list --color=always "),
    ("sluice list --color nev", "sluice list --color never "),
    ("sluice -C kb show har", "sluice -C kb show harbour "),
    ("sluice -C kb show wi", "sluice -C kb show with-a-long-name "),
    ("sluice sync fol", "sluice sync folder/"),
    ("sluice add list.t", "sluice add list.txt "),
    ("sluice plugin info pd", "sluice plugin info pd"),  # set below: pdf, if it is built
    ("sluice add --converter htm", "sluice add --converter html "),
    ("sluice add --option html.main", "sluice add --option html.main_content="),
]
# What is typed, and words that Tab Tab shows.
LISTS = [
    ("sluice plugin ", ["enable", "disable", "order", "pin"]),
    ("sluice check --", ["--repair", "--quick", "--json"]),
]


class Terminal:
    def __init__(self, folder, command):
        self.socket = str(folder / "tmux")
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "TERM": "xterm",
                       "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(folder / "home/config"),
                       "PS1": "> "}
        subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "50",
                        command], check=True, env=environment, cwd=folder / "work")

    def tmux(self, *words):
        return subprocess.run(["tmux", "-S", self.socket, *words], check=True, capture_output=True, text=True).stdout

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def screen(self):
        return self.tmux("capture-pane", "-p", "-N")

    def wait(self, is_there):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            screen = self.screen()
            if is_there(screen):
                return screen
            time.sleep(0.05)
        return None

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)


def shells(completions):
    """Each shell with the line that starts it, and what it reads first."""
    bash = (f"[ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion\n"
            f". {completions}/sluice.bash\nPS1='> '\nbind 'set enable-bracketed-paste off'\n")
    zsh = (f"fpath=({completions} $fpath)\nautoload -Uz compinit && compinit -u -D\nPS1='> '\n"
           f"unsetopt PROMPT_SP\nzstyle ':completion:*' format ''\n")
    fish = (f"function fish_prompt; echo -n '> '; end\nset -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n"
            f"source {completions}/sluice.fish\n")
    return {
        "bash": (bash, "bash --noprofile --rcfile {rc} -i"),
        "zsh": (zsh, "zsh --no-globalrcs -i"),
        "fish": (fish, "fish --no-config --init-command 'source {rc}' -i"),
    }


def line_of(screen):
    """The line with the last prompt, with its blanks at the end, as far as something is written."""
    lines = [line for line in screen.split("\n") if line.startswith("> sluice")]
    return lines[-1][2:] if lines else ""


def try_shell(name, folder, completions, cases):
    faults = []
    text, command = shells(completions)[name]
    rc = folder / "home" / f"{name}rc"
    rc.write_text(text)
    if name == "zsh":
        (folder / "home" / ".zshrc").write_text(text)
    terminal = Terminal(folder, command.format(rc=shlex.quote(str(rc))))
    try:
        if terminal.wait(lambda screen: ">" in screen) is None:
            return [f"{name}: does not start: {terminal.screen().strip()}"]
        for typed, wanted in cases:
            terminal.type(typed)
            terminal.wait(lambda screen: line_of(screen).rstrip().endswith(typed.rstrip()[-6:]))
            terminal.press("Tab")
            seen = terminal.wait(lambda screen: line_of(screen).rstrip() == wanted.rstrip())
            if seen is None:
                faults.append(f"{name}: {typed!r} became {line_of(terminal.screen()).rstrip()!r}, not {wanted!r}")
            else:
                # A blank behind it, or none: the next key tells.
                terminal.type("@")
                if terminal.wait(lambda screen: line_of(screen).rstrip() == wanted + "@") is None:
                    faults.append(f"{name}: behind {typed!r} stands {line_of(terminal.screen()).rstrip()!r}")
            terminal.press("C-u")
            terminal.press("C-l")
            terminal.wait(lambda screen: line_of(screen).rstrip() == "")
        for typed, words in LISTS:
            terminal.type(typed)
            terminal.press("Tab")
            terminal.press("Tab")
            if terminal.wait(lambda screen: all(word in screen for word in words)) is None:
                faults.append(f"{name}: {typed!r} shows {terminal.screen().strip()!r}, not {words}")
            # zsh leaves its menu with the first key, and the line with the second.
            terminal.press("C-g")
            terminal.press("C-u")
            terminal.press("C-l")
            terminal.wait(lambda screen: line_of(screen).rstrip() == "")
    finally:
        terminal.close()
    return faults


def make_world(folder, sluice):
    work = folder / "work"
    (folder / "home").mkdir()
    (work / "folder").mkdir(parents=True)
    (work / "list.txt").write_text("x\n")
    (work / "in").mkdir()
    (work / "in/harbour.md").write_text("# Harbour\n")
    (work / "in/with a long name.md").write_text("# Long\n")
    for words in (["init", "kb"], ["-C", "kb", "add", "in"]):
        subprocess.run([sluice, *words], cwd=work, check=True, capture_output=True)


def main():
    sluice, completions = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    os.environ["PATH"] = f"{sluice.parent}:{os.environ['PATH']}"
    if not shutil.which("tmux"):
        print("skipped: tmux is not installed")
        return SKIPPED
    plugins = subprocess.run([sluice, "complete", "--", "plugin", "info", "pd"], capture_output=True, text=True)
    pdf = "sluice plugin info pdf " if "\npdf\t" in plugins.stdout else "sluice plugin info pd"
    cases = [(typed, pdf if typed == "sluice plugin info pd" else wanted) for typed, wanted in CASES]
    faults, tried = [], []
    for name in shells(completions):
        if not shutil.which(name):
            print(f"{name} is not installed")
            continue
        with tempfile.TemporaryDirectory(prefix="sluice-completions-") as folder:
            make_world(pathlib.Path(folder), sluice)
            faults += try_shell(name, pathlib.Path(folder), completions, cases)
        tried.append(name)
    print("\n".join(faults) or f"right in: {', '.join(tried)}")
    if faults:
        return 1
    return 0 if tried else SKIPPED


if __name__ == "__main__":
    sys.exit(main())
