#!/usr/bin/env python3
"""/etc/sluice/config.toml is read, stronger than the installation's file and weaker than the user's.

computer_settings_test.py SLUICE    needs a mount namespace: exits with 77 where it cannot be had
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
# A folder in place of /etc, for this one command alone.
IN_ANOTHER_ETC = ["unshare", "--mount", "sh", "-euc", 'mount --bind "$0" /etc; exec "$@"']


def main():
    sluice = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        etc = pathlib.Path(folder, "etc")
        (etc / "sluice").mkdir(parents=True)
        for name in ("ld.so.cache", "passwd", "group"):
            (etc / name).write_bytes(pathlib.Path("/etc", name).read_bytes())
        if subprocess.run([*IN_ANOTHER_ETC, etc, "true"], capture_output=True).returncode != 0:
            print("skipped: a mount namespace cannot be made here")
            return SKIPPED
        users = pathlib.Path(folder, "config/sluice/config.toml")
        users.parent.mkdir(parents=True)
        users.write_text("[limits]\ntimeout = 70\n")
        (etc / "sluice/config.toml").write_text("[limits]\ntimeout = 60\nmemory = \"3GiB\"\n")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SLUICE_")}
        shown = subprocess.run([*IN_ANOTHER_ETC, etc, sluice, "--json", "config", "show"], capture_output=True,
                               text=True, cwd=folder, env={**environment, "XDG_CONFIG_HOME": f"{folder}/config"})
        assert shown.returncode == 0, shown.stderr
        lines = [json.loads(line) for line in shown.stdout.splitlines()]
        origins = {line["key"]: line["origin"] for line in lines if line["type"] == "config"}
        assert origins["limits.memory"] == "/etc/sluice/config.toml:3", origins["limits.memory"]
        assert origins["limits.timeout"] == f"{users}:2", origins["limits.timeout"]
    print("the computer's settings are between the user's and the installation's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
