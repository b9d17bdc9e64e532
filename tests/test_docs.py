"""What the documents name exists: files and folders, commands and their options, modules and what is in them."""

import argparse
import re
from collections.abc import Iterator
from importlib import import_module, util

import pytest
from django.core.management import get_commands, load_command_class

from core.schedule import jobs
from tests.sources import ROOT, place, project_files, rooms

DOCUMENTS = [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
CODE = re.compile(r"^```\w*\n(.*?)^```|(`+)(.+?)\2", re.DOTALL | re.MULTILINE)
PATH = re.compile(r"(?<![\w./<:\"'…-])[A-Za-z_.][\w.-]*(?:/[\w.-]+)*(?:\.(?:py|md|html|css|js|csv|toml|txt)\b|/(?=[\s,;)]|$))")
COMMAND = re.compile(r"manage\.py ([a-z_]+)((?:[ =]+[^\s`|]+)*)")
OPTION = re.compile(r"--[a-z][a-z-]+")
DOTTED = re.compile(r"(?<![\w./@-])[a-z_]+(?:\.\w+)+(?![\w/-]|\.\w)")
OTHER_DOTS = re.compile(r"\.(example|org)\b")
# What a newcomer writes, what a machine makes, and examples.
MADE_ELSEWHERE = {"FILE.csv", ".venv/", ".pg/", ".data/", ".cache/", "staticfiles/"}
BEFORE_DJANGO = {"up", "test"}
FILES = [f"/{place(path)}" for path in project_files()]


def pieces_of_code(text: str) -> Iterator[str]:
    for block, _marks, inline in CODE.findall(text):
        yield block or inline


def exists(path: str) -> bool:
    """As a whole or as the end of a place: `browser/watch.py` is clear enough."""
    if path.endswith("/"):
        return any(f"/{path}" in file for file in FILES)
    return (ROOT / path).exists() or any(file.endswith(f"/{path}") for file in FILES)


def missing_paths(code: str) -> list[str]:
    return [path for path in PATH.findall(code) if path not in MADE_ELSEWHERE and not exists(path)]


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    found = set()
    for action in parser._actions:
        found.update(action.option_strings)
        if isinstance(action, argparse._SubParsersAction):
            found.update(*(options_of(choice) for choice in action.choices.values()))
    return found


def missing_commands(code: str) -> list[str]:
    wrong = []
    for name, rest in COMMAND.findall(code):
        if name in BEFORE_DJANGO:
            continue
        if name not in get_commands():
            wrong.append(f"manage.py {name}")
            continue
        known = options_of(load_command_class(get_commands()[name], name).create_parser("manage.py", name))
        wrong += [f"manage.py {name} {option}" for option in OPTION.findall(rest) if option not in known]
    return wrong


def is_there(name: str) -> bool:
    """A module, or what stands in one; of a model also its short name, `experts.Expert`; or a job."""
    if name in jobs():
        return True
    module, _, attribute = name.rpartition(".")
    if is_module(name) or (is_module(module) and hasattr(import_module(module), attribute)):
        return True
    if is_module(f"{module}.models") and hasattr(import_module(f"{module}.models"), attribute):
        return True
    outer, _, owner = module.rpartition(".")
    return is_module(outer) and hasattr(getattr(import_module(outer), owner, None), attribute)


def is_module(name: str) -> bool:
    try:
        return bool(name and util.find_spec(name))
    except ModuleNotFoundError:
        return False


def missing_names(code: str) -> list[str]:
    names = [name for name in DOTTED.findall(code) if not (OTHER_DOTS.search(name) or PATH.fullmatch(name))]
    return [name for name in names if name.split(".")[0] in rooms() and not is_there(name)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=place)
@pytest.mark.parametrize("missing", [missing_paths, missing_commands, missing_names])
def test_what_a_document_names_exists(document, missing):
    wrong = [name for code in pieces_of_code(document.read_text()) for name in missing(code)]
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "missing", "named"),
    [
        ("experts/planted.py", missing_paths, ["experts/planted.py"]),
        ("planted/", missing_paths, ["planted/"]),
        ("python3 manage.py planted", missing_commands, ["manage.py planted"]),
        ("manage.py import_experts FILE.csv --planted --publish", missing_commands, ["manage.py import_experts --planted"]),
        ("experts.models.Planted", missing_names, ["experts.models.Planted"]),
        ("experts/models.py, tests/factories/, manage.py migrate, experts.models.Expert", missing_paths, []),
    ],
)
def test_the_gate_finds_what_is_planted(code, missing, named):
    assert missing(code) == named
