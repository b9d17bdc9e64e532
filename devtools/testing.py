"""`python3 manage.py test [--full] [arguments of pytest]`: catalogues, a browser, then pytest in two processes.

The database is the business of tests/plugin.py, so that `python -m pytest` alone works too.
"""

import os
import sys

from devtools import catalogues, chromium
from devtools.local import ROOT

ONE_PROCESS = ("-n", "--numprocesses", "--pdb", "--trace", "--collect-only", "--co", "--version", "--fixtures", "-h", "--help")

PLAIN = "each browser test in one language and width, chosen by its name. `--full` runs all of them, as .ci/run does."
FULL = "every language and width, and the large numbers."


def main(arguments: list[str]) -> int:
    compiled = catalogues.compile_changed(ROOT / "locale")
    print(f"Message catalogues: {compiled} compiled.", flush=True)
    browser = chromium.provide(ROOT / ".cache")
    if browser:
        os.environ["CHROMIUM"] = browser
    print(f"Browser tests: {browser or 'NO CHROMIUM FOUND (set CHROMIUM=<path>); they are ' + consequence()}", flush=True)
    print(f"Extent: {FULL if '--full' in arguments else PLAIN}", flush=True)
    command = [sys.executable, "-m", "pytest", *processes(arguments), *arguments]
    print(f"Running {' '.join(command[1:])}", flush=True)
    os.chdir(ROOT)
    os.execv(command[0], command)


def consequence() -> str:
    return "FAILED" if os.environ.get("CI") == "true" else "SKIPPED"


def processes(arguments: list[str]) -> list[str]:
    """Two processes, unless the caller says otherwise or wants to talk to the debugger."""
    if any(argument.startswith(ONE_PROCESS) for argument in arguments):
        return []
    return ["-n", "2", "--dist", "worksteal"]
