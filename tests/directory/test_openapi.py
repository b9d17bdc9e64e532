"""What the API answers is what openapi.json says, and nothing more."""

from typing import Any

import pytest
from django.core.cache import cache
from jsonschema import Draft202012Validator, ValidationError

from tests.factories.directory import make_entry
from tests.factories.experts import make_expert
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit_reached():
    cache.clear()


def strict(schema: Any) -> Any:
    """The schema with further properties refused wherever it does not invite them."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: strict(part) for name, part in schema.items()}
    return {"additionalProperties": False} | parts if "properties" in schema else parts


def check(client, path: str, address: str) -> dict:
    """Validate the answer at an address against what is said of its path."""
    described = client.get("/api/v1/openapi.json").json()["paths"][path]["get"]["responses"]["200"]["content"]
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200
    Draft202012Validator(strict(described["application/json"]["schema"])).validate(answer.json())
    return answer.json()


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("q=Benjelloun", "name"),
        ("q=passionnée", "words"),
        ("q=économie circulaire", "concept"),
        ("q=agroforesterie", "beside"),
        ("lang=ar", None),
    ],
)
def test_every_sort_of_reason_is_described(client, question, reason):
    make_entry(name="Salma Benjelloun", headline="Hydrologue passionnée", themes=["CIR", "AGR-01"])
    answer = check(client, "/search", f"/search?{question}&kind=expert")
    reasons = {found["kind"] for result in answer["results"] for found in result["reasons"]}
    assert reason is None or reason in reasons


def test_entries_of_every_kind_are_described(client):
    for make, kind in ((make_expert, "expert"), (make_organization, "organization"), (make_project, "project")):
        draft = make(published=True)
        check(client, "/entries/{kind}/{key}", f"/entries/{kind}/{draft.public_id}")
    assert check(client, "/search", "/search")["count"] == 3


def test_the_lists_are_described(client):
    check(client, "/vocabulary", "/vocabulary")


def test_a_property_too_many_is_seen(client, monkeypatch):
    make_entry()
    monkeypatch.setattr("directory.api._reason", lambda reason: {"secret": True})
    with pytest.raises(ValidationError, match="secret"):
        check(client, "/search", "/search?q=Benjelloun")
