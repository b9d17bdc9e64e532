"""Which variants of an expensive test a plain run takes: one, chosen by the name of the test; `--full` takes all.

The name and not the date, so that a run says the same tomorrow. Over all tests every language and width has its turn.
"""

from collections import defaultdict
from typing import TypeVar
from zlib import crc32

import pytest

T = TypeVar("T")
ROTATING = {"language", "width"}


def turn_of(name: str, choices: list[T]) -> T:
    return choices[crc32(name.encode()) % len(choices)]


def name_without_turn(item: pytest.Item) -> str:
    """What all variants of a test share."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    fixed = [str(value) for name, value in sorted(parameters.items()) if name not in ROTATING]
    return "-".join([item.nodeid.partition("[")[0].rpartition("::")[2], *fixed])


def in_turn(items: list[pytest.Item]) -> list[pytest.Item]:
    """The items of a plain run: all that drive no browser, and one variant of each that does."""
    items = [item for item in items if not item.get_closest_marker("only_in_full")]
    variants = defaultdict(list)
    for item in items:
        if item.get_closest_marker("browser"):
            variants[item.path, name_without_turn(item)].append(item.nodeid)
    chosen = {turn_of(name, sorted(group)) for (_file, name), group in variants.items()}
    return [item for item in items if item.nodeid in chosen or not item.get_closest_marker("browser")]
