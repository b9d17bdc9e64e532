"""Finds a Chromium for the browser tests, and fetches one where the machine offers a way. Standard library only."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell")
# What Playwright and the shared machines of a test run need: no sandbox as root, no shared memory, no traffic of its own.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
# Both are needed: the shell reads its resources from the second.
PACKAGES = ("chromium-headless-shell", "chromium-common")
NPM_PACKAGE = "@sparticuz/chromium@147"


def find() -> str | None:
    """$CHROMIUM, or one on PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def provide(cache: Path) -> str | None:
    """Like find(), and if there is none, fetch one by the first way that works and keep it in `cache`."""
    found = find()
    if found or os.environ.get("CHROMIUM"):
        return found
    kept = cache / "chromium"
    for way in (already_kept, install_with_apt, unpack_from_apt, unpack_from_npm):
        path = way(kept)
        if path and starts(path):
            return path
    return None


def already_kept(kept: Path) -> str | None:
    programs = [kept / "usr/lib/chromium/chromium-headless-shell", kept / "usr/lib/chromium/headless_shell", kept / "chromium"]
    return next((str(program) for program in programs if os.access(program, os.X_OK)), None)


def install_with_apt(_kept: Path) -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Chromium for the browser tests (apt-get, 80 MB) ...", flush=True)
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    return find()


def unpack_from_apt(kept: Path) -> str | None:
    """Without rights: download the packages and unpack them here; the shared libraries must be on the machine."""
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        return None
    print("Downloading Chromium for the browser tests (apt-get download, 96 MB) ...", flush=True)
    kept.mkdir(parents=True, exist_ok=True)
    if not run(["apt-get", "download", "-qq", *PACKAGES], cwd=kept):
        return None
    for package in kept.glob("*.deb"):
        run(["dpkg", "-x", package, kept])
        package.unlink()
    return already_kept(kept)


def unpack_from_npm(kept: Path) -> str | None:
    """A Chromium packed with Brotli; the decoder comes with whitenoise."""
    if not shutil.which("npm"):
        return None
    print("Downloading Chromium for the browser tests (npm, 68 MB) ...", flush=True)
    kept.mkdir(parents=True, exist_ok=True)
    if not run(["npm", "pack", "--silent", NPM_PACKAGE], cwd=kept):
        return None
    import brotli

    for archive in kept.glob("*.tgz"):
        shutil.unpack_archive(archive, kept)
        archive.unlink()
    packed = kept / "package" / "bin"
    target = kept / "chromium"
    target.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    target.chmod(0o755)
    graphics = kept / "swiftshader.tar"
    graphics.write_bytes(brotli.decompress((packed / "swiftshader.tar.br").read_bytes()))
    shutil.unpack_archive(graphics, kept)
    return str(target)


def starts(path: str) -> bool:
    """Whether the machine has the shared libraries; the packed builds bring none and know no --dump-dom to try more."""
    return run([path, "--version"])


def run(command: list, cwd: Path | None = None) -> bool:
    try:
        return subprocess.run(command, cwd=cwd, capture_output=True, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
