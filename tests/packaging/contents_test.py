#!/usr/bin/env python3
"""Each part of Sluice is in one package, and in the right one; packages_test.sh installs them for real.

contents_test.py BUILD CMAKE    installs each component of BUILD below a folder, as the packages have it
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

COMPONENTS = {"host": "sluice", "sdk": "sluice-sdk", "pdf": "sluice-plugin-pdf", "ocr": "sluice-plugin-ocr",
              "legacy": "sluice-plugin-legacy", "queue": "sluice-queue"}
faults = []


def check(holds, text):
    if not holds:
        faults.append(text)


def install(build, cmake, component, root):
    subprocess.run([cmake, "--install", build, "--component", component, "--prefix", "/usr"],
                   env={**os.environ, "DESTDIR": str(root)}, check=True, stdout=subprocess.DEVNULL)


def files_of(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_symlink() or path.is_file()}


def check_plugins(build, roots):
    """Every plugin that was built and is not a test's is in a package, with the hash that its manifest gives."""
    found = {}
    for component, root in roots.items():
        for manifest in root.glob("usr/lib/sluice/plugins/*/plugin.toml"):
            plugin = tomllib.loads(manifest.read_text())["plugin"]
            library = manifest.parent / plugin["library"]
            check(library.is_file() and hashlib.sha256(library.read_bytes()).hexdigest() == plugin["sha256"],
                  f"{plugin['id']}: its library is not the one of its manifest")
            found[manifest.parent.name] = component
    built = {path.parent.name for path in pathlib.Path(build, "lib/sluice/plugins").glob("*/plugin.toml")}
    check(set(found) == built, f"plugins in no package, or in one without being built: {set(found) ^ built}")
    for plugin, component in found.items():
        wanted = plugin if plugin in COMPONENTS else "host"
        check(component == wanted, f"plugin {plugin} is in {COMPONENTS[component]}")


def check_manual_pages(build, files):
    """Every page that was built is in a package: those of the queue in its own."""
    for page in pathlib.Path(build, "share/man").rglob("*.?"):
        name = f"usr/share/man/{page.parent.name}/{page.name}.gz"
        of_queue = "queue" in files and re.match(r"sluice-(queue|work)\b", page.name)
        owners = [component for component, names in files.items() if name in names]
        check(owners == ["queue" if of_queue else "host"], f"{name} is in {owners}")
    for component, names in files.items():
        for name in names:
            if not name.startswith("usr/bin/"):
                continue
            page = f"usr/share/man/man1/{pathlib.Path(name).name}.1.gz"
            check(page in names, f"{name} has no manual page in {COMPONENTS[component]}")


def check_documents(files, roots):
    """Who made it and what changed in each package; no link of a page leads to nothing."""
    for component, names in files.items():
        for name in ("copyright", "changelog.gz"):
            check(f"usr/share/doc/{COMPONENTS[component]}/{name}" in names, f"{COMPONENTS[component]} has no {name}")
    with tempfile.TemporaryDirectory() as all_of_them:
        for root in roots.values():
            shutil.copytree(root, all_of_them, symlinks=True, dirs_exist_ok=True)
        pages = list(pathlib.Path(all_of_them, "usr/share/doc").rglob("*.md"))
        check(len(pages) > 30, f"only {len(pages)} pages are installed")
        for page in pages:
            text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.S)
            for target in re.findall(r"\]\(([^)\s#]+)", text):
                if not re.match(r"[a-z]+:", target):
                    check((page.parent / target).exists(), f"{page.relative_to(all_of_them)}: {target} leads nowhere")


def check_units(root):
    """What the units start is there; systemd itself finds nothing wrong with them."""
    units = sorted(root.glob("usr/lib/systemd/*/*"))
    check(len(units) == 5, f"units: {[unit.name for unit in units]}")
    for unit in units:
        for program in re.findall(r"^ExecStart=(\S+)", unit.read_text(), flags=re.M):
            check((root / program.lstrip("/")).is_file(), f"{unit.name} starts {program}, which no package has")


def check_administrators_file(build, cmake, root):
    """It is there, it says nothing that is not a comment, and a second installation leaves it alone."""
    file = root / "etc/sluice/config.toml"
    check(file.is_file() and tomllib.loads(file.read_text()) == {}, "etc/sluice/config.toml changes settings")
    file.write_text("# mine\n")
    install(build, cmake, "host", root)
    check(file.read_text() == "# mine\n", "etc/sluice/config.toml was replaced")


def main():
    build, cmake = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        roots = {}
        for component, package in COMPONENTS.items():
            root = pathlib.Path(folder, package)
            root.mkdir()
            install(build, cmake, component, root)
            if files_of(root):
                roots[component] = root
        check({"host", "sdk", "pdf"} <= set(roots), f"components: {list(roots)}")
        files = {component: files_of(root) for component, root in roots.items()}
        names = [name for names in files.values() for name in names]
        check(len(names) == len(set(names)), "a file is in two packages: " +
              str({name for name in names if names.count(name) > 1}))
        check_plugins(build, roots)
        check_manual_pages(build, files)
        check_documents(files, roots)
        for shell in ("bash-completion/completions/sluice", "fish/vendor_completions.d/sluice.fish",
                      "zsh/vendor-completions/_sluice"):
            check(f"usr/share/{shell}" in files["host"], f"there is no {shell}")
        for program in ("sluice-worker", "sluice-fetch"):
            check(f"usr/libexec/sluice/{program}" in files["host"], f"there is no {program}")
        check_units(roots["host"])
        check_administrators_file(build, cmake, roots["host"])
    print("\n".join(faults) or f"{len(names)} files in {len(roots)} packages")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
