"""Imports go downwards only (docs/architecture.md), inside functions too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import ROOT, place, project_files, rooms

# From the top down; rooms of one layer do not import each other.
LAYERS = (
    {"devtools"},
    {"demo", "volubilis"},
    {"privacy"},
    {"needs"},
    {"messaging"},
    {"projects"},
    {"experts"},
    {"organizations"},
    {"authoring"},
    {"moderation"},
    {"team"},
    {"directory"},
    {"jobs", "notifications", "taxonomy"},
    {"accounts"},
    {"desk"},
    {"journal", "quotas"},
    {"text"},
    {"core"},
)
# Not installed with the portal, so nothing in it may import them.
DEVELOPMENT = {"tests", "bench"}
HEIGHT = {room: -depth for depth, layer in enumerate(LAYERS) for room in layer}


def imported_modules(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module
            case ast.Call(
                func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "import_string" | "__import__")
            ):
                yield from ((node.lineno, name.value) for name in node.args if isinstance(name, ast.Constant))


def climbs(room: str, module: str) -> bool:
    """Whether this import goes up or sideways."""
    target = module.partition(".")[0]
    if target in DEVELOPMENT:
        return True
    return target in HEIGHT and target != room and HEIGHT[target] >= HEIGHT[room]


def test_every_room_has_a_layer():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - DEVELOPMENT
    assert packages | set(rooms()) == set(HEIGHT)


@pytest.mark.parametrize("room", sorted(HEIGHT))
def test_imports_go_downwards_only(room):
    climbing = [
        f"{place(path)}:{line} imports {module}"
        for path in project_files(".py", under=(room,))
        for line, module in imported_modules(ast.parse(path.read_text(encoding="utf-8")))
        if climbs(room, module)
    ]
    assert climbing == []


@pytest.mark.parametrize(
    "source",
    [
        "from projects.models import Project",
        "import projects",
        "def later():\n    from projects import models",
        "import_module('projects.models')",
        "from tests.factories.accounts import make_user",
        "if TYPE_CHECKING:\n    from projects.models import Project",
    ],
)
def test_the_gate_sees_a_climbing_import(source):
    assert [climbs("experts", module) for _line, module in imported_modules(ast.parse(source))] == [True]


def modules_of(room: str) -> dict[str, Path]:
    """{dotted name: file} of a room's modules."""
    return {
        place(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path
        for path in project_files(".py", under=(room,))
    }


def neighbours(name: str, source: str, known: set[str]) -> set[str]:
    """The modules of the same room that a module imports, by its own text."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*name.split(".")[: -node.level], node.module or ""]).strip(".") if node.level else node.module
            # From a package: a module in it, or else a name of the package itself.
            found |= {module if (module := f"{base}.{alias.name}") in known else base for alias in node.names}
    return (found & known) - {name}


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Every module that can be reached from itself."""

    def reached(start: str) -> set[str]:
        seen, waiting = set(), list(imports[start])
        while waiting:
            module = waiting.pop()
            if module not in seen:
                seen.add(module)
                waiting += imports[module]
        return seen

    return [[module, *sorted(imports[module])] for module in sorted(imports) if module in reached(module)]


@pytest.mark.parametrize("room", sorted(HEIGHT))
def test_no_two_modules_of_a_room_import_each_other(room):
    modules = modules_of(room)
    imports = {name: neighbours(name, path.read_text(encoding="utf-8"), set(modules)) for name, path in modules.items()}
    assert circles(imports) == []


def test_the_gate_sees_two_modules_that_import_each_other():
    known = {"experts.models", "experts.schema", "experts.forms"}
    models = neighbours("experts.models", "from experts.schema import SCHEMA", known)
    schema = neighbours("experts.schema", "if TYPE_CHECKING:\n    from experts import models", known)
    forms = neighbours("experts.forms", "from .models import Expert", known)
    found = circles({"experts.models": models, "experts.schema": schema, "experts.forms": forms})
    assert [circle[0] for circle in found] == ["experts.models", "experts.schema"]


def test_the_gate_sees_a_sideways_import():
    assert climbs("taxonomy", "notifications.outbox")
    assert not climbs("experts", "taxonomy.vocabulary")


# One name for one thing. Where two rooms use one name on purpose, the reason.
SHARED_NAMES = {
    "Command": "Django's name for a command",
    "Step": "the steps of each kind's editor",
    "StartForm": "each kind's first form",
    **dict.fromkeys(("IdentityForm", "TextsForm", "PlacesForm", "FieldsForm"), "a step of each kind's editor"),
    **dict.fromkeys(("Theme", "Goal", "Country", "Subdivision", "City", "Language", "Term"), "a row, and what is kept of it"),
}


def classes() -> dict[str, list[str]]:
    """{class: modules that define one of this name}, nested ones left out."""
    found: dict[str, list[str]] = {}
    for room in HEIGHT:
        for path in project_files(".py", under=(room,)):
            if "migrations" not in path.parts:
                for node in ast.parse(path.read_text(encoding="utf-8")).body:
                    if isinstance(node, ast.ClassDef):
                        found.setdefault(node.name, []).append(place(path))
    return found


def test_no_two_classes_share_a_name():
    twice = {name: places for name, places in classes().items() if len(places) > 1 and name not in SHARED_NAMES}
    assert twice == {}


def test_shared_names_are_shared():
    known = classes()
    assert {name for name in SHARED_NAMES if len(known.get(name, [])) < 2} == set()
