"""Search by meaning inside a test: the table of vectors is made, and everything published is encoded."""

from directory.search import revision, vectors


def encode_everything() -> None:
    assert not vectors.make()
    vectors.bring_up_to_date()
    revision.forget()
