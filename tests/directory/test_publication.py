"""Writing what the public sees: versions, addresses, and the search columns that go with them."""

import pytest
from django.db import IntegrityError, transaction

from directory import publication, search
from directory.document import InvalidDocument
from directory.models import Entry, EntryVersion, SearchDocument, new_public_id
from experts.schema import EXPERT
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

Action = EntryVersion.Action


def document(audiences: dict | None = None, **fields) -> dict:
    return EXPERT.build({"name": {"latin": "Amina Idrissi"}} | fields, audiences or {})


def publish_new(document: dict, **options) -> Entry:
    return publication.publish_new(kind="expert", public_id=new_public_id(), document=document, by=make_user(), **options)


def found(text: str) -> bool:
    return search.search(search.Query(text=text, kind="expert")).count > 0


def test_the_first_version_is_number_one_and_says_who_and_why():
    entry = publish_new(document(), note="Premier import", action=Action.IMPORTED)

    version = entry.versions.get()
    assert (version.version, version.action, version.note) == (1, Action.IMPORTED, "Premier import")
    assert version.document == entry.document
    assert version.by is not None


def test_each_publication_is_the_next_version_and_keeps_the_ones_before():
    entry = publish_new(document(city="Fès"))

    publication.publish(publication.lock(entry.pk), document(city="Rabat"), by=make_user(), action=Action.APPROVED)

    assert [(row.version, row.document["fields"]["city"]) for row in entry.versions.all()] == [(2, "Rabat"), (1, "Fès")]
    entry.refresh_from_db()
    assert (entry.version, entry.document["fields"]["city"]) == (2, "Rabat")


def test_what_breaks_the_schema_is_never_published():
    entry = publish_new(document())

    for broken in ({"schema": 1}, document() | {"fields": {"password": "x"}}):
        with pytest.raises(InvalidDocument), transaction.atomic():
            publication.publish(entry, broken, by=make_user(), action=Action.APPROVED)
        with pytest.raises(InvalidDocument), transaction.atomic():
            publish_new(broken)
    assert EntryVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ({"latin": "Amina Idrissi"}, "amina-idrissi"),
        ({"latin": "Éloïse d’Aÿ-Benaïm", "arabic": "إلويز"}, "eloise-day-benaim"),
    ],
)
def test_the_address_is_the_name(name, slug):
    assert publish_new(document(name=name)).slug == slug


def test_namesakes_and_names_without_latin_letters_get_the_identifier():
    publish_new(document())

    namesake, greek = publish_new(document()), publish_new(document(name={"latin": "Δέσποινα"}))

    assert namesake.slug == f"amina-idrissi-{namesake.public_id}"
    assert greek.slug == f"expert-{greek.public_id}"


def test_the_address_stays_when_the_name_changes():
    entry = publish_new(document())

    publication.publish(entry, document(name={"latin": "Amina Alaoui"}), by=make_user(), action=Action.APPROVED)

    assert entry.slug == "amina-idrissi"


def test_a_page_is_found_while_it_is_public_and_by_what_everybody_may_read():
    entry = publish_new(document({"places": "members"}, headline={"fr": "Hydrologue", "source": "fr"}, city="Chefchaouen"))

    assert found("hydrologue")
    assert not found("Chefchaouen")
    publication.hide(entry, by=make_user(), note="Signalement")
    assert not found("hydrologue")
    publication.publish(
        publication.lock(entry.pk), document(headline={"fr": "Juriste", "source": "fr"}), by=make_user(), action=Action.APPROVED
    )
    assert not found("juriste")
    publication.restore(entry, by=make_user())
    assert found("juriste")


def test_hiding_what_is_hidden_makes_no_version():
    entry = publish_new(document())
    publication.hide(entry, by=make_user(), note="Signalement")

    publication.hide(entry, by=make_user(), note="Encore")

    assert entry.versions.count() == 2


def test_rebuilding_the_index_gives_the_same_columns():
    publish_new(document(country="MA", goals=["6"], headline={"ar": "مهندسة", "source": "ar"}))
    before = list(SearchDocument.objects.values())

    assert search.rebuild() == 1

    assert list(SearchDocument.objects.values()) == before


def test_the_database_refuses_two_pages_at_one_address_and_one_version_twice():
    entry, other = publish_new(document()), publish_new(document())

    for rows, change in [
        (Entry.objects.filter(pk=other.pk), {"slug": entry.slug}),
        (Entry.objects.filter(pk=entry.pk), {"version": 0}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryVersion.objects.create(entry=entry, version=1, action=Action.APPROVED, document={})


def test_going_back_does_not_say_that_the_author_confirmed():
    entry = publish_new(document())
    confirmed = entry.confirmed_at

    publication.publish(entry, document(city="Fès"), by=make_user(), action=Action.ROLLED_BACK)

    assert entry.confirmed_at == confirmed
    assert entry.updated_at > confirmed
