"""Makes .venv with the pinned requirements and continues inside it.

Standard library only: nothing else is installed when this runs. A stamp per requirements file, written last, tells that the
environment is complete; without it the environment is built anew, so that an interrupted run leaves nothing half-made behind.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

from devtools.errors import SetupError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BASE, DEV = "requirements.txt", "requirements-dev.txt"
# In an active virtual environment, the interpreter it was made from.
SYSTEM_PYTHON = getattr(sys, "_base_executable", None) or sys.executable
# Settings of pip that would send the packages elsewhere, and variables that would make Python find others.
MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME", "PYTHONPATH")


def ensure(*, dev: bool) -> None:
    """Return inside .venv with all requirements installed; this may replace the running process.

    VOLUBILIS_BOOTSTRAP=0 leaves the environment to the operator (container images, packaged installations).
    """
    if os.environ.get("VOLUBILIS_BOOTSTRAP") == "0":
        return
    name = DEV if dev else BASE
    if not is_complete(name):
        with locked():
            if not is_complete(name):
                build(name)
    if Path(sys.prefix).resolve() != VENV.resolve():
        sys.stdout.flush()
        os.execv(PYTHON, [str(PYTHON), *sys.orig_argv[1:]])


def is_complete(name: str) -> bool:
    try:
        return os.access(PYTHON, os.X_OK) and stamp(name).read_text() == fingerprint(name)
    except OSError:
        return False


def stamp(name: str) -> Path:
    return VENV / f"{name}.stamp"


def fingerprint(name: str) -> str:
    """Changes with the pins and with the Python and the platform for which they were installed."""
    files = [BASE, DEV] if name == DEV else [BASE]
    digest = hashlib.sha256(f"{sys.implementation.cache_tag} {sysconfig.get_platform()}".encode())
    for file in files:
        digest.update((ROOT / file).read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """One installation at a time in this checkout; the kernel drops the lock of a killed run."""
    folder = ROOT / ".cache"
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / "bootstrap.lock").open("w")
    except PermissionError as error:
        raise SetupError(f"Cannot write in {ROOT}. Use a checkout that belongs to you.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another run that installs the requirements ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build(name: str) -> None:
    started = time.monotonic()
    if not any(stamp(each).exists() for each in (BASE, DEV)) or not runs(PYTHON):
        say("Making the virtual environment .venv ...")
        make_environment()
    for each in (BASE, DEV):
        stamp(each).unlink(missing_ok=True)
    say(f"Installing {name} (once; about half a minute) ...")
    install(name)
    for each in {BASE, name}:
        stamp(each).write_text(fingerprint(each))
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def runs(python: Path) -> bool:
    """False for a missing interpreter, one of another version, or a link to one that was removed."""
    script = "import sys; print(sys.implementation.cache_tag)"
    try:
        result = subprocess.run([python, "-c", script], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0 and result.stdout.strip() == sys.implementation.cache_tag


def make_environment() -> None:
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            shutil.rmtree(VENV)
    except OSError as error:
        raise SetupError(f"Cannot replace {VENV}: {error.strerror}. Remove it as the user to whom it belongs.") from error
    # Without pip: ten times faster, and Debian's Python has no ensurepip.
    run(
        [SYSTEM_PYTHON, "-m", "venv", "--without-pip", VENV],
        hint="Python's venv module is needed. Debian and Ubuntu: apt-get install python3-venv",
    )


def install(name: str) -> None:
    uv = shutil.which("uv")
    if uv:
        with contextlib.suppress(SetupError):  # uv does not read pip's configuration, so pip gets a second try
            run([uv, "pip", "install", "--quiet", "--python", PYTHON, "-r", ROOT / name])
            return
    run(
        [*pip(), "install", "--quiet", "--progress-bar=off", "--no-compile", "-r", ROOT / name],
        hint="Is this machine online, or does pip know a package index that is?",
    )


def pip() -> list[str]:
    """The system's pip working on .venv; where there is none, one unpacked into .venv by ensurepip."""
    if succeeds([SYSTEM_PYTHON, "-m", "pip", "--version"]):
        return [SYSTEM_PYTHON, "-m", "pip", "--python", str(PYTHON)]
    if succeeds([str(PYTHON), "-m", "ensurepip"]):
        return [str(PYTHON), "-m", "pip"]
    raise SetupError(
        f"Volubilis installs its requirements with pip, and {SYSTEM_PYTHON} has none.\n"
        "Debian and Ubuntu: apt-get install python3-pip\nFedora: dnf install python3-pip\nElsewhere: https://pip.pypa.io/"
    )


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, env=clean_environment(), capture_output=True).returncode == 0


def run(command: list[str | Path], *, hint: str = "") -> None:
    """Quiet when all is well; otherwise SetupError with the last lines of the output."""
    result = subprocess.run(command, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        tail = "\n".join(result.stdout.strip().splitlines()[-15:])
        raise SetupError(f"{tail}\n\nThis step failed: {' '.join(map(str, command))}\n{hint}".strip())


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    return kept | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_INPUT": "1"}


def say(line: str) -> None:
    print(line, flush=True)
