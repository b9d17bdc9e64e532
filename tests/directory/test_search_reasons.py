"""Reasons read no more of a text than the question asks for, and find the same."""

from random import Random

import pytest

from bench.quality.sets import labelled_set
from directory.search.concepts import concepts
from directory.search.reading import recognised
from text.analyser import analyse

pytestmark = pytest.mark.django_db


def test_looking_for_some_concepts_finds_what_looking_for_all_finds():
    dice, known = Random(1), concepts()
    texts = [text for person in labelled_set("mixed").people for text in person.biography.items()]
    for language, text in dice.sample(texts, 60):
        tokens = analyse(text, language)
        everything = list(recognised(tokens, language))
        told = [concept for _match, concept in everything]
        for asked in {*told[:4], *(above for concept in told for above in known.broader(concept)), "theme-ESS", "country-MA"}:
            wanted = known.and_below(frozenset([asked]))
            found = {pair for pair in recognised(tokens, language, wanted) if pair[1] in wanted}
            assert found == {pair for pair in everything if pair[1] in wanted}, (asked, text)
