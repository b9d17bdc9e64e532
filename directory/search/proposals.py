"""The themes that a text tells of, for its author to confirm: by their names and signs first, then by what its sentences mean.

Each stands with the sentence that told it. How near a sentence must be was measured on 150 pages of the demo: at 0.55 it proposes
three themes for a page, two of three from a domain that the page declares.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy

from core.languages import LANGUAGES
from directory.search.concepts import Concept, concepts
from directory.search.reading import recognised
from taxonomy.vocabulary import vocabulary
from text.analyser import analyse
from text.encoder import encoder, unit
from text.sentences import sentences

logger = logging.getLogger(__name__)

NEAR = 0.55
MOST, MOST_SENTENCES = 6, 60
Sentence = tuple[str, str]  # language, sentence


@dataclass(frozen=True)
class ProposedTheme:
    code: str
    sentence: str
    language: str


def proposed_themes(texts: Sequence[tuple[str, str]], known: Collection[str] = ()) -> list[ProposedTheme]:
    """At most six themes that are not known yet, the surest first. `texts`: (language, text)."""
    told = list(islice(((language, sentence) for language, text in texts for sentence in sentences(text)), MOST_SENTENCES))
    found: dict[str, ProposedTheme] = {}
    for code, (language, sentence) in (*_named(told), *_meant(told)):
        if code not in known:
            found.setdefault(code, ProposedTheme(code, sentence, language))
    return list(found.values())[:MOST]


def _named(told: Sequence[Sentence]) -> Iterator[tuple[str, Sentence]]:
    themes = vocabulary().themes
    for language, sentence in told:
        for _match, concept in recognised(analyse(sentence, language), language):
            parsed = Concept.parse(concept)
            if parsed.kind == "theme" and not themes[parsed.code].retired:
                yield parsed.code, (language, sentence)


def _meant(told: Sequence[Sentence]) -> list[tuple[str, Sentence]]:
    """Nothing where there is no encoder, or where it fails."""
    if encoder() is None or not told:
        return []
    try:
        codes, themes = _themes(concepts().revision, encoder().version)
        said = encoder().encode([sentence for _language, sentence in told], [language for language, _sentence in told])
    except Exception:  # of a foreign package
        logger.exception("The meaning of a text could not be read")
        return []
    nearness = said @ themes.T
    best = nearness.max(axis=0)
    return [(codes[place], told[int(nearness[:, place].argmax())]) for place in best.argsort()[::-1] if best[place] >= NEAR]


@lru_cache(maxsize=1)
def _themes(revision: str, version: str) -> tuple[list[str], numpy.ndarray]:
    """All themes, and of each the middle of its names in the three languages: 0.7 s, once for a vocabulary and an encoder."""
    known = vocabulary()
    codes = [code for code, theme in known.themes.items() if not theme.retired]
    names = [(language, known.label("theme", code, language)) for code in codes for language in LANGUAGES]
    vectors = encoder().encode([name for _language, name in names], [language for language, _name in names])
    return codes, unit(vectors.reshape(len(codes), len(LANGUAGES), -1).mean(axis=1))
