"""The vocabulary does not mislead itself: what its own labels, names and abbreviations are recognised as."""

from collections import defaultdict

import pytest

from core.languages import LANGUAGES
from directory.search.concepts import concepts
from directory.search.question import read_question
from directory.search.reading import recognised
from taxonomy.vocabulary import vocabulary
from text.analyser import analyse
from text.concepts import is_abbreviation

pytestmark = pytest.mark.django_db

# Labels that also name a theme of another domain, and why that is right.
RIGHTLY = {
    ("ESS-04", "ENT-01"): "a social enterprise is founded by social entrepreneurs; Arabic has one phrase for both",
    ("ENT-01", "ESS-04"): "likewise",
    ("ESS-10", "INC-02"): "women's cooperatives are the first road to women's economic empowerment",
    ("ENT-02", "INC-02"): "so is women's entrepreneurship",
    ("ENT-03", "INC-04"): "and for the young, youth entrepreneurship",
    ("PRJ-04", "CIT-09"): "a participatory diagnosis is made by consulting people",
    ("DRT-02", "ENT-07"): "labour law is about the conditions of work",
}
# Names that belong to two themes, either of which then answers, and why.
SHARED = {
    ("DRT-08", "GOV-08"): "conflicts are settled in law and among neighbours by the same mediators",
    ("ESS-16", "INC-02", "INC-04"): "a field of the network: the inclusion of women and young people through economic activity",
    ("ENT-01", "ESS-04"): "social entrepreneurs and their enterprises",
    ("ENT-05", "ENT-10"): "project leaders found businesses and are supported",
    ("GOV-12", "INC-11"): "elected women are elected officials",
    ("AGR", "INC-12"): "a woman farmer is a farmer; agricultrices are met as written first",
    ("AGR-08", "DRT-07"): "rights to land are tenure and law",
    ("EAU-02", "EAU-03"): "WASH is water and sanitation",
}
# Abbreviations of a subject that mean something commoner: never a name alone (table of ambiguities, and others of the kind).
MISLEADING = (
    "PAC PDR SAP IAE REP AMP APA ABS MAP CEP SEN LED PR VAE IMF FEM BBC PV AOC CFA CBT LLM NLP OPA PSE AMO GED DPE STEP "
    "KM CSA ICC CCI CRC BDS PEV EMI RSU DMP IG GI PI RC IS EC SE OP PAR DEL MPA SEA DRM"
)


def met_by(name: str, language: str) -> list[str]:
    """The forms of its words; all of them where one alone would be left: sans pesticides."""
    tokens = analyse(name, language)
    words = [token for token in tokens if not token.is_stop]
    return [name] if is_abbreviation(name) else [token.form for token in (words if len(words) > 1 else tokens)]


@pytest.fixture
def themes():
    return [theme for theme in vocabulary().themes.values() if not theme.retired]


def test_every_label_is_recognised_as_its_theme(themes):
    missed = [
        (theme.code, language)
        for theme in themes
        for language in LANGUAGES
        if f"theme-{theme.code}" not in {c for unit in read_question(theme.labels[language]).units for c in unit.concepts}
    ]
    assert missed == []


def test_no_label_names_a_theme_of_another_domain(themes):
    known = vocabulary()
    foreign = defaultdict(list)
    for theme in themes:
        for language in LANGUAGES:
            for _match, concept in recognised(analyse(theme.labels[language], language), language):
                kind, _, code = concept.partition("-")
                if kind == "theme" and known.domain_of(code) != known.domain_of(theme.code):
                    foreign[theme.code, code].append(theme.labels[language])
    assert {pair: labels for pair, labels in foreign.items() if pair not in RIGHTLY} == {}
    assert set(RIGHTLY) == set(foreign), "a reason for what is no longer so"


def test_no_label_names_a_place(themes):
    named = [
        (theme.code, concept)
        for theme in themes
        for language in LANGUAGES
        for _match, concept in recognised(analyse(theme.labels[language], language), language)
        if concept.partition("-")[0] in {"country", "region", "city"}
    ]
    assert named == []


@pytest.mark.parametrize("abbreviation", MISLEADING.split())
def test_an_abbreviation_with_a_commoner_meaning_names_no_theme(abbreviation):
    assert is_abbreviation(abbreviation)
    named = {concept for unit in read_question(abbreviation).units for concept in unit.concepts}
    assert [concept for concept in named if concept.startswith("theme-")] == []


def test_a_name_above_is_not_repeated_below(themes):
    """Who asks for participatory budgets does not ask for all citizen participation."""
    known = vocabulary()
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for theme in themes:
        for language in LANGUAGES:
            for name in (theme.labels[language], *theme.synonyms[language]):
                named[language, name.casefold()].add(theme.code)
    repeated = [
        (name, code, above.code)
        for (_language, name), codes in named.items()
        for code in codes
        for above in known.broader_themes(code)
        if above.code in codes
    ]
    assert repeated == []


def test_a_name_belongs_to_one_theme(themes):
    named: dict[tuple, set[str]] = defaultdict(set)
    for theme in themes:
        for language in LANGUAGES:
            for name in (theme.labels[language], *theme.synonyms[language]):
                named[language, *met_by(name, language)].add(theme.code)
    shared = {tuple(sorted(codes)) for codes in named.values() if len(codes) > 1}
    assert shared - set(SHARED) == set()
    assert set(SHARED) - shared == set(), "a reason for what is no longer so"


def test_a_retired_theme_is_read_and_neither_asked_for_nor_recognised():
    known = vocabulary()
    assert known.themes["CAP-06"].retired
    assert known.label("theme", "CAP-06", "en") == "Communication and advocacy"
    assert "CAP-06" not in dict(known.choices("theme", "fr"))
    assert concepts().names["theme-CAP-06"] == {}
    assert "theme-COM-06" in concepts().broader("theme-CAP-06")
