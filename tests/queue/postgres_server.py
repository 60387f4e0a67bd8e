"""A PostgreSQL server of our own in a temporary folder, for tests. Skips (exit code 77) where there is none."""
import glob
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


def find_programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    initdb = found[-1] if found else shutil.which("initdb")
    return pathlib.Path(initdb).parent if initdb else None


def other_user():
    """PostgreSQL refuses to run as root: somebody else for it, or nobody."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            pass
    return None


def why_not():
    if find_programs() is None:
        return "PostgreSQL is not installed"
    if os.getuid() == 0 and (other_user() is None or not shutil.which("runuser")):
        return "root cannot start PostgreSQL without another user"
    return None


def skip_without_postgres():
    reason = why_not()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)


class Server:
    """`options`: settings of the server, as {"fsync": "off"}."""

    def __init__(self, options=None, listen="", hba="local all all trust\n"):
        self.programs = find_programs()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sluice-pg-", dir="/tmp")).resolve()
        self.data = self.folder / "data"
        if os.getuid() == 0:
            shutil.chown(self.folder, other_user())
        self.folder.chmod(0o755)
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = {"unix_socket_directories": f"'{self.folder}'", "listen_addresses": f"'{listen}'",
                    "max_connections": "200", "shared_buffers": "'64MB'", **(options or {})}
        with open(self.data / "postgresql.conf", "a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in settings.items())
        (self.data / "pg_hba.conf").write_text(hba)
        self.port = int(settings.get("port", 5432))
        self.start()

    def command(self, program, *words):
        command = [str(self.programs / program), *map(str, words)]
        return ["runuser", "-u", other_user(), "--", *command] if os.getuid() == 0 else command

    def run(self, program, *words):
        # A server that pg_ctl starts keeps its output open: it goes to a file.
        with tempfile.TemporaryFile("w+") as said:
            result = subprocess.run(self.command(program, *words), stdout=said, stderr=said, cwd="/", timeout=120)
            if result.returncode != 0:
                said.seek(0)
                raise AssertionError(f"{program}: {said.read()}")

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "start")

    def stop(self, mode="fast"):
        self.run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def kill(self):
        """As if the machine died, and came back."""
        self.kill_for_good()
        self.start()

    def kill_for_good(self):
        pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 9)
        while os.path.exists(f"/proc/{pid}"):
            pass

    def standby(self):
        """Another server that follows this one by streaming replication, asynchronously."""
        other = object.__new__(Server)
        other.programs, other.port = self.programs, self.port
        other.folder = pathlib.Path(tempfile.mkdtemp(prefix="sluice-pg-", dir="/tmp")).resolve()
        other.data = other.folder / "data"
        if os.getuid() == 0:
            shutil.chown(other.folder, other_user())
        other.folder.chmod(0o755)
        self.run("pg_basebackup", "-h", self.folder, "-p", self.port, "-U", "postgres", "-D", other.data, "-R", "-c", "fast", "-X", "stream")
        with open(other.data / "postgresql.conf", "a") as conf:
            conf.write(f"unix_socket_directories = '{other.folder}'\nhot_standby = on\n")
        other.start()
        return other

    def wait_for_replay(self, database, query, answer):
        end = time.monotonic() + 60
        while self.sql(database, query, check=False).stdout.strip() != answer:
            assert time.monotonic() < end, f"the standby does not follow: {query}"
            time.sleep(0.1)

    def wal_receiver(self):
        return int(self.sql("postgres", "select pid from pg_stat_activity where backend_type = 'walreceiver'"))

    def promote(self):
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def url(self, database, user="postgres"):
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def sql(self, database, statement, user="postgres", check=True):
        result = subprocess.run([self.programs / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.url(database, user),
                                 "-c", statement], capture_output=True, text=True, timeout=600)
        if check and result.returncode != 0:
            raise AssertionError(f"{statement}: {result.stderr}")
        return result.stdout.strip() if check else result

    def make_database(self, name):
        self.sql("postgres", f"create database {name}")

    def remove(self):
        try:
            self.stop("immediate")
        except AssertionError:
            pass
        shutil.rmtree(self.folder, ignore_errors=True)
