"""Network namespaces as hosts: each has an address of its own, on one bridge, and can be cut off. Needs root."""
import os
import shutil
import subprocess


def ip(*words, check=True):
    return subprocess.run(["ip", *map(str, words)], check=check, capture_output=True, text=True)


def why_not():
    if os.getuid() != 0:
        return "only root can make network namespaces"
    if not shutil.which("ip"):
        return "the program 'ip' (iproute2) is not installed"
    if ip("netns", "add", "slqtry", check=False).returncode != 0:
        return "network namespaces cannot be made here"
    bridge = ip("-n", "slqtry", "link", "add", "br0", "type", "bridge", check=False)
    ip("netns", "delete", "slqtry")
    return None if bridge.returncode == 0 else f"no bridge: {bridge.stderr.strip()}"


class Hosts:
    def __init__(self, names):
        self.prefix = f"slq{os.getpid()}"
        self.numbers = {name: number for number, name in enumerate(names, 1)}
        ip("netns", "add", f"{self.prefix}-hub")
        ip("-n", f"{self.prefix}-hub", "link", "add", "br0", "type", "bridge")
        ip("-n", f"{self.prefix}-hub", "link", "set", "br0", "up")
        for name, number in self.numbers.items():
            ip("netns", "add", self.space(name))
            ip("link", "add", "eth0", "netns", self.space(name), "type", "veth", "peer", "name", f"port{number}", "netns", f"{self.prefix}-hub")
            ip("-n", f"{self.prefix}-hub", "link", "set", f"port{number}", "master", "br0", "up")
            ip("-n", self.space(name), "addr", "add", f"{self.address(name)}/24", "dev", "eth0")
            ip("-n", self.space(name), "link", "set", "eth0", "up")
            ip("-n", self.space(name), "link", "set", "lo", "up")

    def space(self, name):
        return f"{self.prefix}-{name}"

    def address(self, name):
        return f"10.77.0.{self.numbers[name]}"

    def on(self, name):
        """What stands in front of a command that runs on this host."""
        return ["ip", "netns", "exec", self.space(name)]

    def cut(self, name):
        ip("-n", f"{self.prefix}-hub", "link", "set", f"port{self.numbers[name]}", "down")

    def heal(self, name):
        ip("-n", f"{self.prefix}-hub", "link", "set", f"port{self.numbers[name]}", "up")

    def remove(self):
        for name in self.numbers:
            ip("netns", "delete", self.space(name), check=False)
        ip("netns", "delete", f"{self.prefix}-hub", check=False)
