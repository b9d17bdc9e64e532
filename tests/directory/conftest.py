"""The tests of the search run with its words alone; `--full` runs them without an encoder and with the real one as well."""

import pytest

from directory.search import vectors
from tests.directory.meaning import encode_everything, use
from text.encoder import encoder

WORDS, WITHOUT_ENCODER, WITH_MEANING = "words", "without encoder", "with meaning"
OF_ITS_OWN = "test_search_meaning"  # brings its encoders along


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    name = metafunc.module.__name__.rpartition(".")[2]
    if name.startswith("test_search") and name != OF_ITS_OWN:
        full = metafunc.config.getoption("full")
        metafunc.parametrize("queries_of_meaning", [WORDS, WITHOUT_ENCODER, WITH_MEANING] if full else [WORDS], indirect=True)


@pytest.fixture(autouse=True)
def queries_of_meaning(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many queries a search by meaning adds. With meaning, whatever is published has its vectors at once."""
    mode = getattr(request, "param", WORDS)
    marker = request.node.get_closest_marker("django_db")
    if mode == WITHOUT_ENCODER:
        use(monkeypatch, None)
    # What is committed would leave the table of vectors behind.
    if mode != WITH_MEANING or marker is None or marker.kwargs.get("transaction"):
        return 0
    request.getfixturevalue("_django_db_helper")
    assert encoder() is not None
    encode_everything()
    forget = vectors.forget_changed
    monkeypatch.setattr(vectors, "forget_changed", lambda entries: (forget(entries), vectors.bring_up_to_date()))
    return 3  # the comparison, and a savepoint around it
