"""The files themselves: complete in three languages, and every code they name exists."""

from collections import Counter

import pytest

from core.languages import LANGUAGES
from taxonomy import files
from taxonomy.models import Subdivision, TermList, Theme

TABLES = {
    "goals": (files.goals, 17),
    "themes": (files.themes, 536),
    "country_groups": (files.country_groups, 10),
    "countries": (files.countries, 248),
    "subdivisions": (files.subdivisions, 262),
    "cities": (files.cities, 210),
    "languages": (files.languages, 103),
    "terms": (files.terms, 97),
}
BIDI_CONTROLS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def codes(rows) -> list:
    return [row["code"] for row in rows]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_name_in_each_language(table):
    rows, count = TABLES[table]
    rows = list(rows())
    assert len(rows) == count
    assert [row for row in rows for name in files.NAMES if not row[name].strip()] == []


@pytest.mark.parametrize("table", TABLES)
def test_names_carry_no_spaces_around_and_no_direction_marks(table):
    values = [row[name] for row in TABLES[table][0]() for name in files.NAMES]
    assert [value for value in values if value != value.strip() or BIDI_CONTROLS & set(value)] == []


@pytest.mark.parametrize("table", [table for table in TABLES if table not in {"goals", "terms"}])
def test_codes_are_unique(table):
    counted = Counter(codes(TABLES[table][0]()))
    assert [code for code, count in counted.items() if count > 1] == []


def test_terms_are_unique_in_their_list_and_every_list_has_terms():
    counted = Counter((row["list"], row["code"]) for row in files.terms())
    assert max(counted.values()) == 1
    assert {list_name for list_name, _ in counted} == set(TermList.values)


def test_themes_name_known_parents_goals_and_relatives():
    themes = {row["code"]: row for row in files.themes()}
    goals = {row["number"] for row in files.goals()}
    for code, theme in themes.items():
        assert theme["parent_id"] is None or theme["parent_id"] in themes, code
        assert theme["goals"], code
        assert set(theme["goals"]) <= goals, code
        assert set(theme["related"]) <= set(themes) - {code, theme["parent_id"]}, code
        assert theme["arabic_verified"] in Theme.ArabicVerified.values, code


def test_relations_between_themes_go_both_ways():
    pairs = {(row["code"], other) for row in files.themes() for other in row["related"]}
    assert {(other, code) for code, other in pairs} == pairs


def test_every_theme_stands_under_a_domain():
    """A code says where a theme was first; where it stands now, its parent says."""
    parents = {row["code"]: row["parent_id"] for row in files.themes()}
    for code in parents:
        above = [code]
        while (parent := parents[above[-1]]) is not None:
            assert parent not in above, above
            above.append(parent)


def test_a_retired_theme_has_a_label_and_a_successor_and_no_other_names():
    themes = {row["code"]: row for row in files.themes()}
    retired = [row for row in themes.values() if row["retired"]]
    assert [row["code"] for row in retired] == ["CAP-06"]
    for row in retired:
        assert not themes[row["parent_id"]]["retired"]
        assert [row[f"synonyms_{language}"] for language in LANGUAGES] == [[], [], []]


def test_every_theme_has_synonyms_in_each_language_without_repetition():
    for row in files.themes():
        for language in LANGUAGES:
            synonyms = row[f"synonyms_{language}"]
            assert synonyms or row["retired"], (row["code"], language)
            assert len(synonyms) == len(set(synonyms)), (row["code"], language)
            assert all(synonym.strip() == synonym != "" for synonym in synonyms), (row["code"], language)


def test_countries_name_known_groups():
    groups = set(codes(files.country_groups()))
    assert [row["code"] for row in files.countries() if not set(row["groups"]) <= groups] == []


def test_places_lie_in_known_countries_and_regions():
    countries = set(codes(files.countries()))
    subdivisions = {row["code"]: row for row in files.subdivisions()}
    for code, row in subdivisions.items():
        assert row["country_id"] in countries, code
        assert code.startswith(f"{row['country_id']}-"), code
        assert row["parent_id"] is None or subdivisions[row["parent_id"]]["country_id"] == row["country_id"], code
        assert row["kind"] in Subdivision.Kind.values, code
    for city in files.cities():
        assert city["country_id"] in countries, city
        assert city["subdivision_id"] is None or subdivisions[city["subdivision_id"]]["country_id"] == city["country_id"], city


def test_coordinates_of_parts_lie_near_those_of_the_whole():
    """Two centroids of the source were those of another province; four degrees tell such an error from a large region."""
    subdivisions = {row["code"]: row for row in files.subdivisions()}
    pairs = [(row, subdivisions[row["parent_id"]]) for row in subdivisions.values() if row["parent_id"]]
    pairs += [(row, subdivisions[row["subdivision_id"]]) for row in files.cities() if row["subdivision_id"]]
    assert len(pairs) > 200
    far = [
        part["code"]
        for part, whole in pairs
        if None not in (part["lat"], whole["lat"]) and max(abs(part["lat"] - whole["lat"]), abs(part["lon"] - whole["lon"])) > 4
    ]
    assert far == []


def test_morocco_has_its_twelve_regions_and_75_provinces_and_prefectures():
    morocco = [row for row in files.subdivisions() if row["country_id"] == "MA"]
    assert codes(row for row in morocco if row["parent_id"] is None) == [f"MA-{number:02}" for number in range(1, 13)]
    assert len(morocco) == 12 + 75


def test_organisation_types_name_known_milieux():
    milieux = {row["code"] for row in files.terms() if row["list"] == TermList.MILIEUX}
    named = {
        row["extra"]["milieu"] for row in files.terms() if row["list"] == TermList.ORGANISATION_TYPES and "milieu" in row["extra"]
    }
    assert named
    assert named <= milieux


def test_the_sectors_of_the_import_are_milieux():
    milieux = {row["code"] for row in files.terms() if row["list"] == TermList.MILIEUX}
    assert milieux >= {
        "academic",
        "company",
        "international_organisation",
        "civil_society",
        "public_institution",
        "independent",
    }


class TestCountryOverride:
    def test_western_sahara_is_left_out_by_default(self):
        assert "EH" not in codes(files.countries())

    def test_network_may_list_all_countries_of_the_source(self, settings):
        settings.COUNTRIES_OVERRIDE = {}
        assert "EH" in codes(files.countries())

    def test_network_may_rename_a_country(self, settings):
        settings.COUNTRIES_OVERRIDE = {"PS": {"ar": "دولة فلسطين", "fr": "État de Palestine", "en": "State of Palestine"}}
        (palestine,) = [row for row in files.countries() if row["code"] == "PS"]
        assert palestine["name_fr"] == "État de Palestine"
        assert "MEDITERRANEAN" in palestine["groups"]

    def test_network_may_add_a_country(self, settings):
        settings.COUNTRIES_OVERRIDE = {"XK": {"ar": "كوسوفو", "fr": "Kosovo", "en": "Kosovo"}}
        (kosovo,) = [row for row in files.countries() if row["code"] == "XK"]
        assert kosovo["name_en"] == "Kosovo"

    def test_leaving_a_country_out_leaves_out_its_regions_and_cities(self, settings):
        settings.COUNTRIES_OVERRIDE = {"BE": None}
        assert [row["code"] for row in (*files.subdivisions(), *files.cities()) if row["country_id"] == "BE"] == []


class TestRegionOverride:
    def test_ceuta_and_melilla_are_no_regions_of_a_country_by_default(self):
        assert {"ES-CE", "ES-ML"}.isdisjoint(codes(files.subdivisions()))

    def test_network_may_offer_or_rename_them(self, settings):
        settings.SUBDIVISIONS_OVERRIDE = {"ES-ML": {"ar": "مليلية", "fr": "Melilia", "en": "Melilla"}}
        offered = {row["code"]: row for row in files.subdivisions()}
        assert offered["ES-CE"]["name_en"] == "Ceuta"
        assert offered["ES-ML"]["name_fr"] == "Melilia"


def test_each_attested_term_is_one_of_its_theme_and_names_its_source():
    themes = {row["code"]: row for row in files.themes()}
    sources = {row["source"] for row in files.read("attestation_sources")}
    for row in files.read("attested_terms"):
        theme, language = themes[row["theme"]], row["language"]
        assert row["term"] in {theme[f"name_{language}"], *theme[f"synonyms_{language}"]}, row
        assert (row["source"] in sources) == (row["how"] in {"label", "text", "forms", "lookup"}), row
