"""The repository as a whole: migrations, requirements, style, and nothing that only one machine knows."""

import re
import subprocess
import sys
import warnings

import pytest
from django.core.management import call_command

from tests.sources import ROOT, place, project_files

TEXT = {".py", ".html", ".txt", ".md", ".toml", ".css", ".js", ".json", ".csv", ".po", ".yml", ".yaml", ".sh", ".cfg", ".ini", ""}
# Written in two pieces, so that this file passes its own gate.
MACHINE_PATH = re.compile("|".join(["/wor" + "k/", "/ro" + "ot/", "/ho" + r"me/\w", "/Use" + r"rs/\w", "C:" + r"\\Users"]))
REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9][0-9A-Za-z.]*")


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.django_db
def test_migrations_are_complete(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def unexplained(requirements):
    """The lines that are no exact pin under a line of explanation."""
    lines = [line.strip() for line in requirements.splitlines()]
    return [
        line
        for above, line in zip(["", *lines], lines, strict=False)
        if line and not line.startswith(("#", "-r ")) and not (REQUIREMENT.fullmatch(line) and above.startswith("# "))
    ]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_explained(name):
    assert unexplained((ROOT / name).read_text()) == []


@pytest.mark.parametrize(
    "line",
    ["# why\nDjango>=5", "Django==5.2.19", "# why\nDjango==5.2.19\nPillow==13.0.0", "--index-url https://x", "# why\na @ git+x"],
)
def test_the_gate_sees_a_requirement_without_pin_or_reason(line):
    assert unexplained(line)


def test_modules_are_clean():
    result = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert result.returncode == 0, result.stdout


def test_modules_are_formatted():
    result = run(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", ".")
    assert result.returncode == 0, result.stdout


def test_templates_are_clean():
    result = run(sys.executable, "-m", "djlint", "templates", "--lint", "--quiet")
    assert result.returncode == 0, result.stdout


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("planted", DeprecationWarning, stacklevel=1)


def test_nothing_names_the_machine_it_was_written_on():
    named = [
        f"{place(path)}: {found[0]}"
        for path in project_files()
        if path.suffix in TEXT and (found := MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert named == []


@pytest.mark.parametrize("text", ["/wor" + "k/main/x", "open('/ho" + "me/amina/x')", "/ro" + "ot/.cache"])
def test_the_gate_sees_a_machine_path(text):
    assert MACHINE_PATH.search(text)
