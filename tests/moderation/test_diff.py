"""What changed, in words: pure functions over two documents."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from directory.document import Column, DocumentField, DocumentSchema, FieldGroup, FieldType
from experts.facts import AVAILABILITY
from moderation.diff import DiffPart, State, audience_changes, changes, compare, tokens, unchanged, word_segments

SAME, ADDED, REMOVED, CHANGED = State.SAME, State.ADDED, State.REMOVED, State.CHANGED

SCHEMA = DocumentSchema(
    kind="expert",
    version=1,
    groups=(FieldGroup("identity", "Identity"), FieldGroup("places", "Places", adjustable=True)),
    fields=(
        DocumentField("name", "Name", FieldType.NAME),
        DocumentField("headline", "Headline", FieldType.TEXT),
        DocumentField("city", "City", FieldType.VALUE, "places"),
        DocumentField("country", "Country", FieldType.CODE, "places", vocabulary="country"),
        DocumentField("goals", "Goals", FieldType.CODES, vocabulary="goal"),
        DocumentField("start", "Start", FieldType.VALUE, format="date"),
        DocumentField("budget", "Budget", FieldType.VALUE, format="number"),
        DocumentField("photo", "Photograph", FieldType.VALUE, format="image", free=True),
        DocumentField("availability", "Availability", FieldType.FACT, fact=AVAILABILITY, free=True),
        DocumentField(
            "posts", "Posts", FieldType.RECORDS, columns=(Column("title", "Title", FieldType.TEXT), Column("year", "Year"))
        ),
    ),
)


def document(audiences: dict | None = None, **fields) -> dict:
    return SCHEMA.build(fields, audiences or {})


def one(name: str, old, new, language: str = "fr"):
    """The change of one field."""
    item = SCHEMA.by_name[name]
    return compare(item, document(**{name: old}), document(**{name: new}), language)


def side(segments, hidden: State) -> str:
    return "".join(segment.text for segment in segments if segment.state is not hidden)


ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة\u064b\u064e\u064f\u0650\u0651\u0652\u200c ،.")
LATIN = st.text(alphabet="abcdéèçœ’-,. \n\t0123456789")


@given(ARABIC | LATIN | st.text(), ARABIC | LATIN | st.text())
def test_the_segments_read_both_texts_and_lose_nothing(old, new):
    segments = word_segments(old, new)

    assert side(segments, ADDED) == old
    assert side(segments, REMOVED) == new
    assert all(segment.text for segment in segments)


@given(ARABIC | LATIN | st.text())
def test_the_tokens_of_a_text_are_the_text(text):
    assert "".join(tokens(text)) == text


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1), st.sampled_from("\u064b\u064e\u0650\u0651\u0652\u200c"))
def test_vowel_signs_and_joiners_stay_with_their_word(word, sign):
    assert list(tokens(f"{word}{sign}{word} {word}")) == [f"{word}{sign}{word}", " ", word]


def test_a_changed_arabic_word_is_changed_as_a_whole():
    assert word_segments("خبيرةٌ في المياه", "خبيرٌ في المياه") == (
        DiffPart("خبيرةٌ", REMOVED),
        DiffPart("خبيرٌ", ADDED),
        DiffPart(" في المياه", SAME),
    )


def test_a_changed_phrase_is_one_piece_and_not_word_by_word():
    assert word_segments("gestion de l'eau", "gestion des sols") == (
        DiffPart("gestion ", SAME),
        DiffPart("de l'eau", REMOVED),
        DiffPart("des sols", ADDED),
    )


def test_each_language_of_a_text_is_its_own_line_with_its_direction():
    change = one("headline", {"ar": "ماء", "fr": "Eau", "source": "ar"}, {"ar": "ماء عذب", "fr": "Eau", "source": "ar"})

    assert [(line.label, line.language, line.direction, line.state) for line in change.lines] == [
        ("arabe", "ar", "rtl", CHANGED),
        ("français", "fr", "ltr", SAME),
    ]
    assert change.state is CHANGED
    assert side(change.before.lines[0].segments, ADDED) == "ماء"


def test_the_two_scripts_of_a_name_are_two_lines():
    change = one("name", {"latin": "Amina I."}, {"latin": "Amina I.", "arabic": "أمينة"})

    assert [(line.language, line.state) for line in change.lines] == [("fr", SAME), ("ar", ADDED)]
    assert len(change.before.lines) == 1


@pytest.mark.django_db
def test_codes_show_as_labels_in_the_language_of_the_page():
    change = one("goals", ["6", "13"], ["13", "2"], "en")

    assert [(item.label, item.state) for item in change.items] == [
        ("Climate action", SAME),
        ("Zero hunger", ADDED),
        ("Clean water and sanitation", REMOVED),
    ]
    assert len(change.before.items) == len(change.after.items) == 2


@pytest.mark.django_db
def test_a_code_is_replaced_whole():
    change = one("country", "MA", "TN")

    assert [segment.text for segment in change.lines[0].segments] == ["Maroc", "Tunisie"]


@pytest.mark.django_db
def test_a_new_order_is_said_to_be_one():
    assert one("goals", ["1", "2"], ["2", "1"]).is_reordered
    assert not one("goals", ["1", "2"], ["2"]).is_reordered


def test_records_are_matched_by_their_identifier():
    old = [{"id": "1", "title": {"fr": "Ingénieure", "source": "fr"}, "year": 2001}, {"id": "2", "year": 1999}]
    new = [{"id": "3", "year": 2020}, {"id": "1", "title": {"fr": "Ingénieure en chef", "source": "fr"}, "year": 2001}]

    change = one("posts", old, new)

    assert [record.state for record in change.records] == [ADDED, CHANGED, REMOVED]
    title, year = change.records[1].lines
    assert (title.label, title.state) == ("Title", CHANGED)
    assert (year.label, year.state) == ("Year", SAME)
    assert [record.state for record in change.before.records] == [CHANGED, REMOVED]


@pytest.mark.parametrize(
    ("name", "value", "language", "shown"),
    [
        ("start", "2027-05-01", "fr", "1er mai 2027"),
        ("start", "2027-05-01", "en", "1 May 2027"),
        ("budget", 120000, "en", "120,000"),
        ("availability", {"state": "now"}, "en", "Available now"),
        ("availability", {"state": "from", "date": "2027-05-01"}, "en", "Available from 1 May 2027"),
        ("availability", {"state": "later"}, "en", "Available later"),
    ],
)
def test_values_are_shown_as_a_person_reads_them(name, value, language, shown):
    with override(language):
        change = one(name, None, value, language)

    assert change.state is ADDED
    assert [segment.text for segment in change.lines[0].segments] == [shown]


def test_a_picture_is_shown_on_both_sides():
    change = one("photo", "photos/old.webp", "photos/new.webp")

    assert (change.before.image, change.after.image) == ("photos/old.webp", "photos/new.webp")
    assert not one("photo", None, "photos/new.webp").before


def test_of_a_new_page_everything_is_a_change_and_nothing_is_the_same():
    submitted = document(city="Fès", headline={"fr": "Eau", "source": "fr"})

    assert [change.name for change in changes(None, submitted, SCHEMA, "fr")] == ["headline", "city"]
    assert unchanged(None, submitted, SCHEMA, "fr") == []


def test_what_differs_and_what_stays_make_up_the_whole_document():
    old = document(city="Fès", headline={"fr": "Eau", "source": "fr"})
    new = document(city="Meknès", headline={"fr": "Eau", "source": "fr"})

    assert [change.name for change in changes(old, new, SCHEMA, "fr")] == ["city"]
    assert [change.name for change in unchanged(old, new, SCHEMA, "fr")] == ["headline"]
    assert audience_changes(old, new, SCHEMA) == []


def test_a_changed_audience_is_told():
    old, new = document(city="Fès"), document({"places": "members"}, city="Fès")

    (line,) = audience_changes(old, new, SCHEMA)

    assert line.label == "Places"
    assert line.state is CHANGED


def test_long_texts_made_of_few_words_are_compared_in_reasonable_steps():
    old, new = "a b " * 1000, "b a " * 1000

    segments = word_segments(old, new)

    assert side(segments, REMOVED) == new
