"""Who reads which fields: every audience, every kind of viewer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from directory import publication
from directory.document import Audience
from directory.visibility import ANONYMOUS, Viewer, published_or_404, visible_to
from tests.factories.accounts import make_staff, make_user
from tests.factories.moderation import change, entry_of, make_draft, make_moderator, make_published

pytestmark = pytest.mark.django_db

WIDEST_TO_NARROWEST = [Audience.PUBLIC, Audience.MEMBERS, Audience.CONTACTS, Audience.COORDINATORS]


def page_with(audience: Audience):
    """A public page whose city is for this audience, and its author."""
    draft = make_published(city="Chefchaouen")
    change(draft, audiences={"places": audience.value})
    return entry_of(draft), draft.user


def reads_city(entry, viewer: Viewer) -> bool:
    return "city" in visible_to(entry, viewer)


@pytest.mark.parametrize("audience", WIDEST_TO_NARROWEST)
def test_each_audience_opens_the_field_to_exactly_those_it_names(audience):
    entry, author = page_with(audience)
    member = make_published().user
    readers = {
        "anonymous": Viewer.of(AnonymousUser()),
        "nobody": ANONYMOUS,
        "account without a page": Viewer.of(make_user()),
        "staff without the right": Viewer.of(make_staff()),
        "member": Viewer.of(member),
        "author": Viewer.of(author),
        "coordinator": Viewer.of(make_moderator()),
    }
    always = {"author", "coordinator"}
    expected = {Audience.PUBLIC: set(readers), Audience.MEMBERS: always | {"member"}}.get(audience, always)

    assert {name for name, viewer in readers.items() if reads_city(entry, viewer)} == expected


def test_contact_details_are_for_coordinators_unless_their_owner_says_otherwise():
    draft = make_published(contact_email="amina@example.org")
    entry = entry_of(draft)

    assert "contact_email" not in visible_to(entry, ANONYMOUS)
    change(draft, audiences={"email": "public"})
    assert visible_to(entry_of(draft), ANONYMOUS)["contact_email"] == "amina@example.org"


def test_whose_page_is_hidden_or_account_closed_is_no_member():
    entry, _author = page_with(Audience.MEMBERS)
    hidden, closed = make_published(), make_published()
    publication.hide(entry_of(hidden), by=None, note="Signalement")
    closed.user.is_active = False
    closed.user.save()

    assert not reads_city(entry, Viewer.of(hidden.user))
    assert not reads_city(entry, Viewer.of(closed.user))
    assert not reads_city(entry, Viewer.of(make_draft().user))


def test_the_author_of_one_page_is_not_that_of_another():
    entry, _author = page_with(Audience.COORDINATORS)

    assert not reads_city(entry, Viewer.of(make_published().user))


@pytest.mark.parametrize("pretended", [Audience.PUBLIC, Audience.MEMBERS])
@pytest.mark.parametrize("audience", WIDEST_TO_NARROWEST)
def test_see_as_shows_what_that_audience_sees(audience, pretended):
    entry, _author = page_with(audience)

    assert reads_city(entry, Viewer.pretending(pretended)) == (audience in {Audience.PUBLIC, pretended})


def test_public_fields_cost_no_query(django_assert_num_queries):
    entry, _author = page_with(Audience.PUBLIC)
    viewer = Viewer.of(AnonymousUser())

    with django_assert_num_queries(0):
        visible_to(entry, viewer)


def test_hidden_and_absent_are_the_same(rf):
    entry, _author = page_with(Audience.PUBLIC)
    request = rf.get("/")
    assert published_or_404(request, "expert", entry.slug) == entry

    publication.hide(entry, by=None, note="Signalement")

    for slug in (entry.slug, "nobody-at-all"):
        with pytest.raises(Http404):
            published_or_404(request, "expert", slug)
    with pytest.raises(Http404):
        published_or_404(request, "project", entry.slug)
