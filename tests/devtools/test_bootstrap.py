"""The bootstrap on a copy of the project with requirements of its own: a tiny package made here, so no network is needed."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from devtools import bootstrap
from devtools.errors import SetupError

ROOT = Path(bootstrap.__file__).parent.parent
MANAGE = """
import sys
from devtools import bootstrap
from devtools.errors import SetupError
try:
    bootstrap.ensure(dev="dev" in sys.argv)
except SetupError as error:
    sys.exit(str(error))
import tiny
print("prefix", sys.prefix)
print("arguments", sys.argv[1:])
"""


def make_wheel(folder, name, version="1"):
    """The smallest package that pip accepts."""
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}.py", f"VERSION = {version!r}\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "a project with spaces"
    (folder / "devtools").mkdir(parents=True)
    for module in ("__init__.py", "bootstrap.py", "errors.py"):
        shutil.copy(ROOT / "devtools" / module, folder / "devtools")
    (folder / "manage.py").write_text(MANAGE)
    for name in ("tiny", "tinydev"):
        make_wheel(folder, name)
    make_wheel(folder, "tiny", "2")
    (folder / "requirements.txt").write_text("tiny==1\n")
    (folder / "requirements-dev.txt").write_text("-r requirements.txt\ntinydev==1\n")
    return folder


def start(project, *arguments, **environment):
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VOLUBILIS_BOOTSTRAP")}
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": project.as_uri(), "PATH": "/usr/bin:/bin"}
    return subprocess.Popen(
        [bootstrap.SYSTEM_PYTHON, "manage.py", *arguments],
        cwd=project,
        env=kept | offline | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def manage(project, *arguments, **environment):
    process = start(project, *arguments, **environment)
    process.stdout_text, process.stderr_text = process.communicate()
    return process


def test_bare_clone_gets_its_environment_and_the_command_runs_inside_it(project):
    first = manage(project, "shell", "-c", "two words")
    assert first.returncode == 0, first.stderr_text
    assert f"prefix {project / '.venv'}" in first.stdout_text
    assert "arguments ['shell', '-c', 'two words']" in first.stdout_text
    second = manage(project)
    assert "Installing" in first.stdout_text
    assert "Installing" not in second.stdout_text


def test_development_requirements_come_only_when_asked_for(project):
    manage(project)
    assert not list(project.glob(".venv/lib/*/site-packages/tinydev.py"))
    manage(project, "dev")
    assert list(project.glob(".venv/lib/*/site-packages/tinydev.py"))
    assert "Installing" not in manage(project).stdout_text


def test_changed_pin_is_installed_by_the_next_command(project):
    manage(project)
    (project / "requirements.txt").write_text("tiny==2\n")
    assert "Installing" in manage(project).stdout_text
    assert list(project.glob(".venv/lib/*/site-packages/tiny-2.dist-info"))


@pytest.mark.parametrize("damage", ["no stamp", "dangling interpreter", "a file instead"])
def test_broken_environment_is_made_anew(project, damage):
    manage(project)
    if damage == "no stamp":
        (project / ".venv" / "requirements.txt.stamp").unlink()
    elif damage == "dangling interpreter":
        (project / ".venv" / "bin" / "python").unlink()
        (project / ".venv" / "bin" / "python").symlink_to("/nowhere/python")
    else:
        shutil.rmtree(project / ".venv")
        (project / ".venv").write_text("")
    repaired = manage(project)
    assert repaired.returncode == 0, repaired.stderr_text
    assert "Making the virtual environment" in repaired.stdout_text


def test_failed_installation_says_why_and_is_tried_again(project):
    (project / "requirements.txt").write_text("absent-package==1\n")
    failed = manage(project)
    assert failed.returncode == 1
    assert "absent-package" in failed.stderr_text
    assert "Traceback" not in failed.stderr_text
    (project / "requirements.txt").write_text("tiny==1\n")
    assert manage(project).returncode == 0


def test_two_first_runs_at_once_install_once(project):
    runs = [start(project), start(project)]
    outputs = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs
    assert sum(stdout.count("Installed in") for stdout, _stderr in outputs) == 1


def test_settings_of_pip_do_not_lead_the_packages_elsewhere(project, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    result = manage(project, PIP_TARGET=str(elsewhere), PIP_USER="1")
    assert result.returncode == 0, result.stderr_text
    assert not elsewhere.exists()


def test_uv_is_used_where_it_is_and_pip_helps_out_where_it_fails(project, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    uv = tools / "uv"
    uv.write_text(f"#!/bin/sh\necho called >> '{tools}/log'\nexit 1\n")
    uv.chmod(0o755)
    assert manage(project, PATH=f"{tools}:/usr/bin:/bin").returncode == 0
    assert (tools / "log").read_text() == "called\n"


def test_machine_without_pip_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(bootstrap, "succeeds", lambda command: False)
    with pytest.raises(SetupError, match="apt-get install python3-pip"):
        bootstrap.pip()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_checkout_of_somebody_else_is_refused_kindly(project):
    project.chmod(0o555)
    result = manage(project)
    project.chmod(0o755)
    assert result.returncode == 1
    assert "belongs to you" in result.stderr_text


def test_manage_py_needs_nothing_but_the_standard_library_before_the_bootstrap():
    script = "import sys; sys.path.insert(0, '.'); import manage; print(sorted({m.split('.')[0] for m in sys.modules}))"
    result = subprocess.run([sys.executable, "-S", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "django" not in result.stdout
    assert "babel" not in result.stdout
