"""What a visitor may not read changes nothing that a visitor can see: not a result, a count, an order, a suggestion."""

import pytest

from directory import publication, search
from directory.models import Entry, EntryVersion, SearchCard, SearchDocument, SearchSuggestion
from directory.search import suggest, vectors
from tests.directory.meaning import SubjectEncoder, encode_everything, use
from tests.factories.accounts import make_user
from tests.factories.directory import make_entry

pytestmark = pytest.mark.django_db

QUESTIONS = [
    "", "hydrologue", "canarologue", "canarologie", "canaroloque", "Canaribou", "كاناريبو", "eau -canarologue", "Chefchaouen",
    "Who has a fiddle, please, or a cello?", "Tanger", "circular economy", "hydrologue Chefchaouen", '"canarologue de Tanger"',
    "Canaribu",
]  # fmt: skip
BEGINNINGS = ["can", "canari", "كانا", "hydro", "chef", "tan", "sal"]


@pytest.fixture(params=["words only", "with meaning"], autouse=True)
def encoder(request, monkeypatch):
    if request.param == "with meaning":
        use(monkeypatch, SubjectEncoder())
        encode_everything()


def seen() -> dict:
    """Everything that the search shows of these questions."""
    if vectors.can_write():
        vectors.bring_up_to_date()
    answers = {}
    for text in QUESTIONS:
        for sort in ("relevance", "name", "newest", "confirmed"):
            answer = search.Answer(search.Query(text=text, kind="expert", sort=sort))
            found = search.hits(answer, 0, 50)
            answers[text, sort] = (
                answer.count,
                {facet: dict(counts) for facet, counts in answer.counts.items()},
                *(
                    [(hit.entry.title, [reason.text for reason in hit.reasons]) for hit in hits]
                    for hits in (found, search.close_hits(answer))
                ),
                answer.match.text,
                answer.parts,
            )
    return answers | {text: suggest.suggestions(text, "fr") for text in BEGINNINGS}


def others() -> None:
    make_entry(name="Salma Benjelloun", headline="Hydrologue", country="MA", city="Tanger", themes=["CIR"])
    make_entry(name="Karim Alaoui", headline="Juriste de l’eau", country="MA")


@pytest.mark.parametrize("audience", ["members", "coordinators"])
def test_a_field_for_members_changes_nothing_a_visitor_sees(audience):
    others()
    entry = make_entry(name="Nadia Tazi", headline="Économiste")
    before = seen()

    write(entry, audience)
    assert seen() == before

    write(entry, "public")
    assert seen() != before


def write(entry: Entry, audience: str) -> None:
    """Publish a town and a title for this audience; the order of confirmation stays."""
    title = {"fr": "Le canarologue de Tanger et son violon", "source": "fr"}
    fields = {"city": "Chefchaouen", "country": "MA", "publications": [{"id": "1", "title": title}]}
    document = entry.document | {
        "fields": entry.document["fields"] | fields,
        "audiences": entry.document["audiences"] | {"places": audience, "publications": audience},
    }
    publication.publish(publication.lock(entry.pk), document, by=make_user(), action=EntryVersion.Action.APPROVED)
    SearchDocument.objects.filter(pk=entry.pk).update(confirmed_at=entry.confirmed_at)


def test_a_hidden_person_changes_nothing_a_visitor_sees():
    others()
    before = seen()
    hidden = make_entry(
        name={"latin": "Hind Canaribou", "arabic": "هند كاناريبو"},
        headline="Canarologue",
        country="TN",
        goals=["6"],
        themes=["CIR"],
    )
    assert seen() != before

    publication.hide(hidden, by=make_user(), note="Signalement")

    assert seen() == before
    assert not any(table.objects.filter(entry=hidden).exists() for table in (SearchDocument, SearchCard, SearchSuggestion))
