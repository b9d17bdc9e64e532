"""Needs in batches, and who answers them, by the two commands that funders use."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from needs.importing import HEADER
from needs.models import Need
from organizations.models import Organization
from tests.factories.accounts import make_admin
from tests.factories.experts import make_expert

pytestmark = pytest.mark.django_db

ROW = {
    "external_id": "N-1",
    "organisation": "Commune d’Aïn Zitoun",
    "type": "training",
    "title_fr": "Former des élues au budget sensible au genre",
    "text_fr": "Une commune veut lire son budget avec les yeux de ses habitantes.",
    "country": "MA",
    "languages": "ar:C1",
    "must": "languages;country",
    "mode": "any",
    "start": "2099-03-01",
    "days": "12",
    "deadline": "2099-01-15",
}


@pytest.fixture
def imported(tmp_path):
    make_admin()

    def run(*rows: dict, header=HEADER, **options) -> str:
        out = io.StringIO()
        path = tmp_path / "needs.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([row.get(column, "") for column in header] for row in rows)
        call_command("import_needs", path, stdout=out, **options)
        return out.getvalue()

    return run


def matched(**options) -> list[dict]:
    out = io.StringIO()
    call_command("match_needs", stdout=out, **options)
    return json.loads(out.getvalue())


def test_a_row_becomes_a_published_need_with_an_unpublished_organisation_and_twice_changes_nothing(imported):
    assert "created 1" in imported(ROW, publish=True)
    need = Need.objects.get(external_id="N-1")
    assert need.is_published
    assert not need.organization.is_published
    assert need.musts == ["languages", "country"]
    again = imported(ROW, publish=True)
    assert "unchanged 1 · published 0" in again
    assert Organization.objects.count() == 1


def test_a_dry_run_writes_nothing(imported):
    assert "created 1" in imported(ROW, dry_run=True, publish=True)
    assert not Need.objects.exists()
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"deadline": "2001-01-01"}, "deadline"),
        ({"deadline": "15/01/2099"}, "deadline"),
        ({"start": "2099-01-01"}, "start"),
        ({"must": "region"}, "must"),
        ({"must": "budget"}, "must"),
        ({"type": "miracle"}, "type"),
        ({"country": "XX"}, "country"),
        ({"region": "FR-PAC"}, "region"),
        ({"languages": "ar:C9"}, "languages"),
        ({"themes": "NOPE"}, "themes"),
        ({"sdgs": "18"}, "sdgs"),
        ({"title_fr": ""}, "title_fr"),
        ({"mode": "moon"}, "mode"),
    ],
)
def test_what_is_wrong_is_named_in_its_place_and_the_other_rows_go_in(imported, changes, column):
    told = imported(ROW | {"external_id": "N-2"}, ROW | changes)
    assert f"line 3, {column}:" in told
    assert [need.external_id for need in Need.objects.all()] == ["N-2"]


def test_an_identifier_that_stands_twice_is_named(imported):
    assert "line 3, external_id: The same value appears in line 2." in imported(ROW, ROW)


def test_another_header_is_refused(imported):
    with pytest.raises(CommandError, match="exactly"):
        imported(ROW, header=[*HEADER[:-1], "until"])


def test_who_answers_is_told_with_points_that_sum_up(imported):
    fitting = make_expert(
        published=True, headline="Budget sensible au genre, formation des élues", external_id="P-7", languages={"ar": "NAT"}
    )
    make_expert(published=True, headline="Budget sensible au genre, formation des élues", languages={"fr": "C2"})
    imported(ROW, publish=True)
    (told,) = matched()
    assert told["external_id"] == "N-1"
    assert [one["external_id"] for one in told["ranked"]] == ["P-7"]
    (one,) = told["ranked"]
    assert one["name"] == fitting.latin_name
    assert one["score"] == sum(criterion["points"] for criterion in one["criteria"])
    assert sum(criterion["weight"] for criterion in one["criteria"]) == 100
    assert [each["missing"] for each in told["nearly"]] == [["language:ar"]]
    assert set(one["criteria"][0]) == {"criterion", "state", "points", "weight", "sentence"}
    assert matched(need=["N-1"]) == [told]
    with pytest.raises(CommandError):
        matched(need=["N-9"])


def test_the_same_as_csv(imported):
    make_expert(published=True, headline="Budget sensible au genre, formation des élues", languages={"ar": "NAT"})
    imported(ROW, publish=True)
    out = io.StringIO()
    call_command("match_needs", format="csv", stdout=out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert {row["list"] for row in rows} == {"ranked"}
