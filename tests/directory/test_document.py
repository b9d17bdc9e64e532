"""The operations on two documents that moderation is made of, as laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.languages import LANGUAGES
from directory.document import Audience, Column, DocumentField, DocumentSchema, FieldGroup, FieldType, InvalidDocument

CODES = list("abcdef")
SCHEMA = DocumentSchema(
    kind="expert",
    version=1,
    groups=(FieldGroup("identity", "Identity"), FieldGroup("places", "Places", adjustable=True)),
    fields=(
        DocumentField("name", "Name", FieldType.NAME, required=True),
        DocumentField("headline", "Headline", FieldType.TEXT),
        DocumentField("city", "City", FieldType.VALUE, "places"),
        DocumentField("years", "Years", FieldType.VALUE),
        DocumentField("milieu", "Milieu", FieldType.CODE, vocabulary="milieux"),
        DocumentField("goals", "Goals", FieldType.CODES, vocabulary="goal"),
        DocumentField(
            "posts", "Posts", FieldType.RECORDS, columns=(Column("title", "Title", FieldType.TEXT), Column("year", "Year"))
        ),
        DocumentField("availability", "Availability", FieldType.FACT, free=True),
        DocumentField("modes", "Modes", FieldType.CODES, free=True, vocabulary="mode"),
    ),
)

words = st.text(alphabet="aàbء ", min_size=1, max_size=5)


@st.composite
def texts(draw) -> dict:
    found = draw(st.dictionaries(st.sampled_from(LANGUAGES), words))
    return found | {"source": draw(st.sampled_from(sorted(found)))} if found else {}


@st.composite
def records(draw) -> list:
    identifiers = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=4))
    found = []
    for identifier in identifiers:
        columns = {"title": draw(texts()), "year": draw(st.none() | st.integers(1950, 2030))}
        found.append({"id": identifier} | {name: value for name, value in columns.items() if value})
    return found


codes = st.lists(st.sampled_from(CODES), unique=True)
documents = st.builds(
    SCHEMA.build,
    st.fixed_dictionaries(
        {
            "name": st.dictionaries(st.sampled_from(["latin", "arabic"]), words),
            "headline": texts(),
            "city": st.just("") | words,
            "years": st.none() | st.integers(0, 70),
            "milieu": st.just("") | st.sampled_from(CODES),
            "goals": codes,
            "posts": records(),
            "availability": st.sampled_from([{}, {"state": "now"}, {"state": "closed"}]),
            "modes": codes,
        }
    ),
    st.fixed_dictionaries({"places": st.sampled_from(Audience.values)}),
)
names = st.sets(st.sampled_from(sorted(SCHEMA.by_name)))


def leaves(value, path=()) -> set:
    """Every single statement of a document, with the place where it stands; the name of the original language is none."""
    if isinstance(value, dict):
        return {leaf for key, inner in value.items() if key != "source" for leaf in leaves(inner, (*path, key))}
    if isinstance(value, list):
        keyed = [(item["id"], item) if isinstance(item, dict) else (item, item) for item in value]
        return {leaf for key, inner in keyed for leaf in leaves(inner, (*path, key))}
    return {(*path, value)}


def statements(document) -> set:
    return leaves(document["fields"])


@given(documents, documents)
def test_accepting_every_field_gives_the_submitted_text(published, submitted):
    assert SCHEMA.accepted(published, submitted, set(SCHEMA.by_name))["fields"] == submitted["fields"]
    assert SCHEMA.accepted(None, submitted, set(SCHEMA.by_name)) == submitted


@given(documents, documents)
def test_accepting_no_field_changes_nothing(published, submitted):
    assert SCHEMA.accepted(published, submitted, set()) == published


@given(documents, documents, names)
def test_a_field_comes_from_one_document_or_the_other_and_never_from_both(published, submitted, accepted):
    result = SCHEMA.accepted(published, submitted, accepted)["fields"]

    for name in SCHEMA.by_name:
        assert result.get(name) == (submitted if name in accepted else published)["fields"].get(name)


@given(documents, documents)
def test_removal_only_takes_away(published, draft):
    result = SCHEMA.without_removed(published, draft)

    assert statements(result) <= statements(published)
    SCHEMA.check(result)


@given(documents, documents)
def test_what_the_draft_has_no_place_for_is_gone(published, draft):
    result = SCHEMA.without_removed(published, draft)["fields"]

    assert set(result) <= set(draft["fields"])
    assert set(result.get("goals", [])) <= set(draft["fields"].get("goals", []))
    assert set(result.get("headline", {})) <= set(draft["fields"].get("headline", {}))
    assert {post["id"] for post in result.get("posts", [])} <= {post["id"] for post in draft["fields"].get("posts", [])}


@given(documents, documents)
def test_removal_and_free_changes_are_done_once(published, draft):
    once = SCHEMA.with_free_changes(published, draft)

    assert SCHEMA.with_free_changes(once, draft) == once


@given(documents)
def test_a_draft_equal_to_the_public_page_changes_nothing(document):
    assert SCHEMA.with_free_changes(document, document) == document
    assert SCHEMA.without_removed(document, document) == document
    assert SCHEMA.changed(document, document) == []


@given(documents, documents)
def test_free_changes_take_over_free_fields_and_audiences_and_leave_the_rest_for_review(published, draft):
    result = SCHEMA.with_free_changes(published, draft)

    assert result["audiences"] == draft["audiences"]
    assert all(not item.free for item in SCHEMA.changed(result, draft))
    assert SCHEMA.accepted(result, draft, {item.name for item in SCHEMA.awaiting_review(result, draft)}) == draft


@given(documents, documents, names)
def test_the_operations_leave_their_documents_alone(published, draft, accepted):
    before = repr((published, draft))

    SCHEMA.accepted(published, draft, accepted)
    SCHEMA.with_free_changes(published, draft)

    assert repr((published, draft)) == before


@given(documents, documents)
def test_the_result_shares_nothing_with_what_it_was_made_of(published, draft):
    result = SCHEMA.with_free_changes(published, draft)
    result["fields"].get("modes", []).append("z")

    assert "z" not in draft["fields"].get("modes", [])


@given(texts())
def test_naming_another_original_language_needs_no_review(text):
    for source in set(text) - {"source"}:
        published = SCHEMA.build({"headline": text}, {})
        draft = SCHEMA.build({"headline": text | {"source": source}}, {})
        assert SCHEMA.awaiting_review(SCHEMA.with_free_changes(published, draft), draft) == []


def test_rewriting_a_record_in_another_language_waits_for_review():
    published = SCHEMA.build({"posts": [{"id": "1", "title": {"fr": "Ingénieure", "source": "fr"}, "year": 2001}]}, {})
    draft = SCHEMA.build({"posts": [{"id": "1", "title": {"ar": "مهندسة", "source": "ar"}}]}, {})

    assert SCHEMA.without_removed(published, draft)["fields"]["posts"] == [
        {"id": "1", "title": {"fr": "Ingénieure", "source": "fr"}}
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"schema": 2},
        {"fields": {"unknown": "x"}},
        {"fields": {"goals": "1"}},
        {"fields": {"headline": {"de": "Wasser"}}},
        {"fields": {"posts": [{"title": {"fr": "Ohne"}}]}},
        {"fields": {"posts": [{"id": "1", "unknown": 1}]}},
        {"fields": {"milieu": 3}},
        {"audiences": {"identity": "public"}},
        {"status": "published"},
    ],
)
def test_a_document_that_breaks_its_schema_is_refused(broken):
    document = SCHEMA.build({"name": {"latin": "A"}}, {})

    with pytest.raises(InvalidDocument):
        SCHEMA.check(document | broken)


def test_building_leaves_out_what_is_empty_and_refuses_what_is_unknown():
    fields = {"name": {}, "city": "", "years": 0, "goals": [], "headline": {"fr": "", "source": "fr"}}

    assert SCHEMA.build(fields, {})["fields"] == {"years": 0}
    with pytest.raises(InvalidDocument):
        SCHEMA.build({"unknown": "x"}, {})


def test_only_adjustable_groups_follow_their_owner():
    document = SCHEMA.build({}, {"identity": "coordinators", "places": "members"})

    assert document["audiences"] == {"identity": "public", "places": "members"}
