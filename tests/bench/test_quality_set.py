"""The labelled set keeps what bench/README.md says of it."""

from collections import Counter
from random import Random

import pytest
from django.db import connection

from bench.quality.database import own_database
from bench.quality.people import people
from bench.quality.questions import ARABIC_NAME, CROSS, KINDS, LATIN_NAME, NOTHING, PLACE, SAME, questions
from bench.quality.sets import NAMES, labelled_set
from bench.quality.spelling import with_typo

BY_ID = {person.id: person for person in people()}


def asked(*kinds):
    return [question for question in questions() if question.kind in kinds]


def test_it_is_large_enough_in_every_kind():
    assert len(people()) >= 400
    assert len(questions()) >= 260
    assert min(Counter(question.kind for question in questions())[kind] for kind in KINDS) >= 20


def test_it_is_the_same_in_every_run():
    people.cache_clear()
    assert {person.id: person for person in people()} == BY_ID


def test_people_and_their_names_are_distinct():
    assert len(BY_ID) == len(people())
    assert len({person.name for person in people()}) == len(people())


def test_every_text_is_written_out():
    texts = [text for person in people() for written in (person.headline, person.biography) for text in written.values()]
    assert [text for text in texts if set(text) & set("{}|#")] == []
    assert max(map(len, (question.text for question in questions()))) <= 200


def test_every_question_but_the_empty_ones_has_an_answer():
    assert [question.text for question in questions() if bool(question.relevant) == (question.kind == NOTHING)] == []


def test_nobody_is_right_and_left_out():
    assert [question.text for question in questions() if question.ignored & set(question.relevant)] == []


def test_answers_in_the_same_language_have_a_text_in_it():
    assert all(question.language in BY_ID[person].languages for question in asked(SAME) for person in question.relevant)


def test_answers_across_languages_have_no_text_in_the_language_of_the_question():
    assert not any(question.language in BY_ID[person].languages for question in asked(CROSS) for person in question.relevant)


def test_names_are_asked_for_in_the_script_that_the_profile_lacks():
    assert not any(BY_ID[person].name.latin for question in asked(LATIN_NAME) for person in question.relevant)
    assert not any(BY_ID[person].name.arabic for question in asked(ARABIC_NAME) for person in question.relevant)


def test_a_question_about_a_region_wants_the_people_of_that_region():
    wanted = [person for question in asked(PLACE) if "Fès-Meknès" in question.text for person in question.relevant]
    assert {BY_ID[person].place.region for person in wanted} == {"MA-03"}


@pytest.mark.parametrize("word", ["irrigation", "التعاونيات"])
def test_a_typo_is_one_edit_away(word):
    typed = [with_typo(word, Random(seed)) for seed in range(50)]
    assert word not in typed
    assert {len(text) - len(word) for text in typed} == {-1, 0, 1}


def test_the_portals_own_database_is_refused():
    with pytest.raises(ValueError, match="own database"), own_database(connection.settings_dict["NAME"]):
        pass


@pytest.mark.parametrize("name", NAMES[1:])
def test_the_blind_sets_are_consistent(name):
    labelled = labelled_set(name)
    ids = {person.id for person in labelled.people}
    assert len(labelled.people) >= 130
    assert {question.kind for question in labelled.questions} <= set(KINDS)
    for question in labelled.questions:
        assert bool(question.relevant) == (question.kind != NOTHING)
        assert question.relevant.keys() <= ids
        assert question.ignored <= ids - question.relevant.keys()
