import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from taxonomy.loading import EDITORS_GROUP, load_vocabulary
from taxonomy.models import City, Country, Goal, Language, Subdivision, Term, Theme
from taxonomy.vocabulary import vocabulary
from tests.factories.taxonomy import change, make_theme, names

pytestmark = pytest.mark.django_db


def changed_rows() -> int:
    return sum(tally.changed for tally in load_vocabulary())


def test_second_load_changes_nothing_and_says_so(capsys):
    revision = vocabulary().revision
    call_command("load_vocabulary")
    assert capsys.readouterr().out == "Vocabulary: 0 rows changed.\n"
    assert vocabulary().revision == revision


def test_load_fills_empty_tables():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE taxonomy_goal, taxonomy_theme, taxonomy_country, taxonomy_language, taxonomy_term CASCADE")
    assert changed_rows() == 17 + 536 + 248 + 262 + 210 + 103 + 97
    assert Theme.objects.get(code="ESS-01").related.filter(code="AGR-31").exists()
    assert changed_rows() == 0


def test_row_that_differs_from_the_files_is_mended():
    change(Theme.objects.get(code="ESS-01"), name_fr="Coopératifs", synonyms_fr=[])
    assert changed_rows() == 1
    theme = Theme.objects.get(code="ESS-01")
    assert theme.name_fr == "Coopératives"
    assert "coopérative" in theme.synonyms_fr


def test_links_that_differ_from_the_files_are_mended():
    theme = Theme.objects.get(code="ESS-01")
    goals, related = set(theme.goals.all()), set(theme.related.all())
    theme.goals.set([Goal.objects.get(number=17)])
    theme.related.clear()
    assert changed_rows() == 1 + len(related)
    assert set(theme.goals.all()) == goals
    assert set(theme.related.all()) == related


def test_edited_row_keeps_its_text_and_its_links():
    theme = change(Theme.objects.get(code="ESS-01"), name_fr="Coopératives du réseau", edited=True)
    theme.goals.set([17])
    theme.related.clear()
    assert changed_rows() == 0
    theme.refresh_from_db()
    assert theme.name_fr == "Coopératives du réseau"
    assert list(theme.goals.values_list("number", flat=True)) == [17]
    assert not theme.related.exists()


def test_code_that_left_the_files_is_retired_but_readable():
    make_theme("OLD")
    assert changed_rows() == 1
    assert Theme.objects.get(code="OLD").retired
    assert changed_rows() == 0


def test_row_written_by_the_network_is_not_retired():
    make_theme("NEW", edited=True)
    assert changed_rows() == 0
    assert not Theme.objects.get(code="NEW").retired


def test_code_that_came_back_to_the_files_is_offered_again():
    change(Theme.objects.get(code="ESS-01"), retired=True)
    assert changed_rows() == 1
    assert not Theme.objects.get(code="ESS-01").retired


def test_country_left_out_later_is_retired_with_its_places(settings):
    settings.COUNTRIES_OVERRIDE = {"EH": None, "BE": None}
    load_vocabulary()
    assert Country.objects.get(code="BE").retired
    assert not City.objects.filter(country="BE", retired=False).exists()
    assert not Subdivision.objects.filter(country="BE", retired=False).exists()


def test_western_sahara_has_no_row_and_no_label():
    assert not Country.objects.filter(code="EH").exists()
    assert {vocabulary().label("country", "EH", language) for language in ("ar", "fr", "en")} == {"EH"}


def test_editors_group_may_add_and_change_but_not_delete():
    permissions = set(Group.objects.get(name=EDITORS_GROUP).permissions.values_list("codename", flat=True))
    assert {"add_theme", "change_theme", "view_theme", "change_term"} <= permissions
    assert not {codename for codename in permissions if codename.startswith("delete_") or codename.endswith("_revision")}


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Theme, {"code": "TST", "name_ar": ""}),
        (Theme, {"code": "lower"}),
        (Theme, {"code": "TST", "parent_id": "TST"}),
        (Theme, {"code": "TST", "arabic_verified": "maybe"}),
        (Goal, {"number": 18, "color": "#000000", "text_color": "#FFFFFF"}),
        (Country, {"code": "XX", "lat": 10, "lon": None}),
        (Country, {"code": "XX", "lat": 91, "lon": 0}),
        (Subdivision, {"code": "FR-TST", "country_id": "MA", "kind": "region"}),
        (Subdivision, {"code": "MA-TST", "country_id": "MA", "kind": "region", "parent_id": "FR-IDF"}),
        (Subdivision, {"code": "MA-TST", "country_id": "MA", "kind": "planet"}),
        (City, {"code": "1", "country_id": "MA", "subdivision_id": "FR-IDF"}),
        (City, {"code": "abc", "country_id": "MA"}),
        (Language, {"code": "FR-fr"}),
        (Term, {"list": "colours", "code": "red"}),
        (Term, {"list": "milieux", "code": "academic"}),
    ],
)
def test_database_refuses_rows_that_break_a_rule(model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**{**names("Row"), **values})
