"""Words of every day, abbreviations, compounds and broad subjects mean what people mean by them, in three languages.

ambiguous_questions.csv has a row for each question: the themes it means, and what it might be mistaken for. New misreadings are
added there.
"""

import csv
from pathlib import Path

import pytest

from directory import search
from directory.search.question import read_question
from tests.factories.directory import make_entry

pytestmark = pytest.mark.django_db

with Path(__file__).with_name("ambiguous_questions.csv").open(encoding="utf-8", newline="") as file:
    QUESTIONS = list(csv.DictReader(file))


def understood(question: str) -> set[str]:
    return {concept.removeprefix("theme-") for unit in read_question(question).units for concept in unit.concepts}


def found(question: str) -> set[str]:
    answer = search.Answer(search.Query(text=question, kind="expert"))
    return {hit.entry.title for hit in search.hits(answer, 0, 20)}


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["question"])
def test_a_question_means_its_themes_and_nothing_it_might_be_mistaken_for(row):
    themes = understood(row["question"])
    assert set(row["means"].split()) <= themes
    assert themes.isdisjoint(row["means_not"].split())


def test_there_are_enough_of_them():
    assert len({row["question"] for row in QUESTIONS}) >= 120


def test_a_wide_subject_is_answered_by_its_own_parts_only():
    make_entry(name="Déchets", themes=["CIR-01"])
    make_entry(name="Réserves", themes=["BIO-17"])
    make_entry(name="Mer", themes=["CIR-08"])
    make_entry(name="Séismes", themes=["CLI-13"])
    make_entry(name="Adaptation", themes=["CLI-01"])
    make_entry(name="Pollution", themes=["CLI-06"])
    make_entry(name="Musique", themes=["PAT-16"])
    make_entry(name="Tisserande", themes=["PAT-12"])
    make_entry(name="Hôtelière", themes=["PAT-20"])
    assert found("économie circulaire") == found("circular economy") == found("الاقتصاد الدائري") == {"Déchets"}
    assert found("climat") == found("climate change") == found("المناخ") == {"Adaptation"}
    assert found("protection de l’environnement") == {"Pollution"}
    assert found("tourisme") == found("السياحة") == {"Hôtelière"}
    assert found("culture") == found("الثقافة") == {"Musique"}


def test_women_and_youth_finds_both():
    make_entry(name="Femmes", themes=["INC-02"])
    make_entry(name="Jeunes", themes=["INC-04"])
    make_entry(name="Autre", themes=["AGR-01"])
    for question in ("inclusion des femmes et des jeunes", "inclusion of women and youth", "إدماج المرأة والشباب"):
        assert found(question) == {"Femmes", "Jeunes"}, question


def test_the_name_of_an_employer_tells_of_no_theme():
    worked = {"id": "1", "title": {"fr": "Trésorière", "source": "fr"}, "organization": "Union des pêcheurs artisans du Souss"}
    make_entry(name="Salma", headline="Comptable à Agadir", experiences=[worked])
    make_entry(name="Karim", headline="Technicien de la pêche artisanale")
    assert found("small-scale fisheries") == found("الصيد التقليدي") == {"Karim"}
    assert "Salma" in found("union pêcheurs Souss")  # its words are found as words


def test_a_compound_is_not_corrected_into_another_theme():
    make_entry(name="Maçonne", themes=["TER-25"], headline="Écoconstruction en terre")
    for question in ("co-construction", "coconstruction", "co-constructions", "البناء المشترك"):
        results = search.search(search.Query(text=question, kind="expert"))
        assert (results.count, results.corrected) == (0, ""), question
    assert search.search(search.Query(text="écoconstrution", kind="expert")).corrected == "ecoconstruction"


def test_a_word_of_the_vocabulary_is_not_corrected_in_any_of_its_forms():
    make_entry(name="Salma", headline="Immigration et asile")
    assert search.search(search.Query(text="émigrations", kind="expert")).corrected == ""
