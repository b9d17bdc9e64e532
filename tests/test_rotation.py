"""What a plain run leaves to the full one, and what it never leaves out."""

from collections import Counter
from types import SimpleNamespace

from core.languages import LANGUAGES
from tests.rotation import in_turn


def variants(name: str, *marks: str, **fixed: str) -> list:
    """What pytest makes of a test with a language, as far as the rotation looks at it."""
    return [
        SimpleNamespace(
            path="test_planted.py",
            nodeid=f"test_planted.py::{name}[{'-'.join([language, *fixed.values()])}]",
            callspec=SimpleNamespace(params={"language": language, **fixed}),
            get_closest_marker=lambda mark: mark in marks,
        )
        for language in LANGUAGES
    ]


def test_a_browser_test_runs_once_and_always_in_the_same_language():
    items = variants("test_page", "browser", page="home")
    chosen = in_turn(items)

    assert len(chosen) == 1
    assert in_turn(items[::-1]) == chosen


def test_every_language_has_its_turn():
    items = [item for number in range(90) for item in variants("test_page", "browser", page=f"page {number}")]
    turns = Counter(item.callspec.params["language"] for item in in_turn(items))

    assert turns.total() == 90
    assert min(turns[language] for language in LANGUAGES) > 20


def test_what_is_asked_for_by_one_language_runs_in_it():
    arabic = variants("test_page", "browser")[:1]

    assert in_turn(arabic) == arabic


def test_all_else_runs_in_every_language_and_what_is_costly_in_a_full_run_only():
    items = variants("test_answer")

    assert in_turn(items + variants("test_stock", "browser", "only_in_full")) == items
