"""Search by meaning inside a test: an encoder that knows three subjects and no language, so that nothing depends on a model."""

import re

import numpy
import pytest

from directory.search import revision, vectors
from text import encoder as encoders

SUBJECTS = (
    r"violon|fiddle|cello|كمنج|بزق",
    r"prêt|crédit|argent|emprunt|loan|money|قرض|مال",
    r"école|élève|classe|school|pupil|مدرسة|تلميذ",
)


class SubjectEncoder:
    """A text points to the subjects it speaks of; one that speaks of none, to a place of its own."""

    size = 16

    def __init__(self, version: str = "subjects-1"):
        self.version = version

    def encode(self, texts, languages):
        vectors = numpy.zeros((len(texts), self.size), numpy.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for axis, words in enumerate(SUBJECTS):
                vector[axis] = len(re.findall(words, text.casefold()))
            vector[4 + sum(map(ord, text)) % 12] += 0.5
        return encoders.unit(vectors)


class BrokenEncoder(SubjectEncoder):
    def encode(self, texts, languages):
        raise RuntimeError("no such piece")


def use(monkeypatch: pytest.MonkeyPatch, encoder: encoders.Encoder | None) -> None:
    monkeypatch.setattr(encoders, "_loaded", [encoder])
    revision.forget()


def encode_everything() -> None:
    assert not vectors.make()
    vectors.bring_up_to_date()
    revision.forget()
