"""What the API answers is what openapi.json says, and nothing more."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from jsonschema import Draft202012Validator, ValidationError

from directory.filters import MOST_VALUES
from directory.kinds import facets
from directory.openapi import ERROR
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


def test_every_value_that_is_named_is_a_value(client):
    """And every filter names its values, or the list that does."""
    parameters = client.get("/api/v1/openapi.json").json()["paths"]["/search"]["get"]["parameters"]
    schemas = {each["name"]: each["schema"].get("items", each["schema"]) for each in parameters}
    for facet in facets():
        named = schemas[facet].get("enum") or schemas[facet].get("anyOf", [{}])[0].get("enum")
        assert named or "/vocabulary" in schemas[facet]["description"], facet
        for first in range(0, len(named or []), MOST_VALUES):
            assert client.get("/api/v1/search", {facet: named[first : first + MOST_VALUES]}).json()["unknown"] == []
    assert client.get("/api/v1/search?language=ber&availability=2027-02-28&type=zz").json()["unknown"] == ["type=zz"]
    for name in ("sort", "kind", "lang"):
        for value in schemas[name]["enum"]:
            assert client.get("/api/v1/search", {name: value}).status_code == 200
        assert client.get("/api/v1/search", {name: "zz"}).status_code == 400


def answer_to(client, case: str):
    """One answer of each status that the description names, and of those that any address gives."""
    match case:
        case "400":
            return client.get("/api/v1/search?limit=x&sort=zz")
        case "400 language":
            return client.get("/api/v1/vocabulary?lang=xx")
        case "404":
            return client.get("/api/v1/entries/expert/nobody")
        case "404 address":
            return client.get("/api/v1/nothing")
        case "404 slash":
            return client.get("/api/v1/search/")
        case "405":
            return client.post("/api/v1/search")
        case "429":
            return [client.get("/api/v1/vocabulary") for _time in range(3)][-1]
        case "500":
            return client.get("/api/v1/search?q=eau")


@pytest.mark.parametrize("case", ["400", "400 language", "404", "404 address", "404 slash", "405", "429", "500"])
def test_every_error_is_json_and_described(client, monkeypatch, case):
    described = client.get("/api/v1/openapi.json").json()["paths"]["/entries/{kind}/{key}"]["get"]["responses"]
    if case == "429":
        monkeypatch.setattr(settings, "API_REQUESTS_PER_MINUTE", 2)
    if case == "500":
        monkeypatch.setattr("directory.api.search.Answer", lambda query: 1 / 0)
    answer = answer_to(client, case)
    assert (str(answer.status_code), answer.headers["Content-Type"]) == (case[:3], "application/json")
    assert case == "405" or case[:3] in described
    Draft202012Validator(strict(ERROR)).validate(answer.json())


def test_only_what_may_be_absent_is_described_as_absent(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {path for path, methods in paths.items() if "404" in methods["get"]["responses"]} == {"/entries/{kind}/{key}"}


def test_the_document_of_the_search_names_every_filter():
    told = (settings.BASE_DIR / "docs/search.md").read_text().partition("## JSON API")[2].partition("##")[0]
    assert set(facets()) - set(re.findall(r"\w+", told)) == set()


def test_a_property_too_many_is_seen(client, monkeypatch):
    make_entry()
    monkeypatch.setattr("directory.api._reason", lambda reason: {"secret": True})
    with pytest.raises(ValidationError, match="secret"):
        check(client, "/search", "/search?q=Benjelloun")
