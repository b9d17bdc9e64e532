"""Who learns an address: six viewers, four states of a request, an address in each audience, over everything that goes out.

Four experts show their contact address to one audience each; one sender has written to all four. Each address is a canary: a word
that stands nowhere else, so that finding it tells whose address has leaked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.document import Audience
from directory.visibility import Viewer
from experts.models import Expert
from messaging import actions, mails
from messaging.models import ContactRequest
from notifications.delivery import message
from notifications.models import Mail
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import make_request
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_organization, owner_of
from tests.test_templates import addresses

pytestmark = pytest.mark.django_db

STATES = ("before", "accepted", "revoked", "expired")
VIEWERS = ("visitor", "member", "organisation", "expert", "moderator", "sender")
OPENED = {"accepted"}
# After a yes was taken back its mail still lies in the mailbox.
TOLD = {"accepted", "revoked"}


@dataclass
class World:
    state: str
    experts: dict[str, Expert]  # by the audience of their contact address
    sender: User
    requests: dict[str, ContactRequest]
    viewers: dict[str, User | None]

    @property
    def canaries(self) -> dict[str, str]:
        """{address: what it is}."""
        found = {f"contact-{audience}@canary.example": f"contact:{audience}" for audience in self.experts}
        found |= {f"account-{audience}@canary.example": f"account:{audience}" for audience in self.experts}
        return found | {"sender-account@canary.example": "sender:account", "sender-shown@canary.example": "sender:shown"}

    def may_read(self, viewer: str, canary: str) -> bool:
        """On a page, in an answer to a machine, in a file."""
        what, detail = canary.split(":")
        is_own = (viewer == "sender" and what == "sender") or (viewer == "expert" and detail == Audience.COORDINATORS)
        is_team = viewer == "moderator" and canary != "sender:shown"
        if is_own or is_team:
            return True
        if canary == "sender:shown":
            return viewer == "expert" and self.state in OPENED
        if what != "contact":
            return False
        is_public = detail == Audience.PUBLIC
        is_for_members = detail == Audience.MEMBERS and viewer in {"member", "organisation", "expert"}
        return is_public or is_for_members or (viewer == "sender" and self.state in OPENED)

    def may_be_mailed(self, mail: Mail, canary: str) -> bool:
        """Within a mail; its recipient's own address stands on every envelope."""
        if canary in {self.canaries[address] for address in self.canaries if address == mail.address}:
            return True
        if mail.recipient == self.sender:
            return canary == "sender:account" or (canary.startswith("contact:") and self.state in TOLD)
        asked = mail.recipient in {expert.user for expert in self.experts.values()}
        return asked and canary == "sender:shown" and self.state in TOLD


def make_world(state: str) -> World:
    experts = {
        audience.value: make_expert(
            make_user(email=f"account-{audience}@canary.example"),
            family_name=f"Canari {audience}",
            contact_email=f"contact-{audience}@canary.example",
            audiences={"email": audience.value},
            published=True,
        )
        for audience in Audience
    }
    sender = make_user(email="sender-account@canary.example", name="Samir Lahlou")
    make_expert(sender, contact_email="sender-shown@canary.example")  # a draft: the sender is no member
    requests = {
        audience: make_request(expert, by=sender, sender_address="sender-shown@canary.example")
        for audience, expert in experts.items()
    }
    for audience, request in requests.items():
        bring_to(state, request, experts[audience])
    moderator = make_moderator()
    moderator.user_permissions.add(Permission.objects.get(codename="export_lists"))
    viewers = {
        "visitor": None,
        "member": make_expert(published=True).user,
        "organisation": owner_of(make_organization(published=True)),
        "expert": experts[Audience.COORDINATORS].user,
        "moderator": moderator,
        "sender": sender,
    }
    return World(state, experts, sender, requests, viewers)


def bring_to(state: str, request: ContactRequest, expert: Expert) -> None:
    actions.reply(request, "Pour quand ?", by=expert.user, is_of_sender=False)
    actions.reply(request, "En mai.", by=request.asked_by, is_of_sender=True)
    if state in TOLD:
        actions.accept(request, by=expert.user, address=expert.contact_email)
    if state == "revoked":
        actions.end(request, by=expert.user)
    if state == "expired":
        ContactRequest.objects.filter(pk=request.pk).update(expires_at=timezone.now() - timedelta(hours=1))
        mails.tell_expired(request)
    request.refresh_from_db()


# What goes out


def asked_of(world: World, viewer: str) -> list[str]:
    """Every page without an argument, and everything that takes one of the four pages or of the four requests."""
    found = [*addresses("fr"), *(f"/sitemap-{section}.xml" for section in ("experts", "pages"))]
    for audience, expert in world.experts.items():
        slug, key, request = expert.entry.slug, expert.public_id, world.requests[audience]
        found += [reverse("experts:detail", args=[slug]), reverse("api:entry", args=["expert", key]), f"/api/v1/search?q={slug}"]
        found += [f"/fr/suggest/?q=contact-{audience}", f"/fr/experts/?q=contact-{audience}"]
        found += [reverse(f"messaging:{page}", args=[key]) for page in PAGES_OF_ENTRIES]
        found += [reverse(f"messaging:{page}", args=[request.pk]) for page in ("answer", "sent")]
        found += [reverse("admin:messaging_contactrequest_change", args=[request.pk])]
        if viewer == "sender":
            found += [request.sender_url(), request.confirm_url()]
        if viewer == "expert" and audience == Audience.COORDINATORS:
            found.append(request.answer_url(expert.user))
    return found


PAGES_OF_ENTRIES = ("write", "report", "card", "qr")


def said_to(world: World, viewer: str) -> Iterator[tuple[str, str]]:
    """(where, what) of every answer, headers included, and of every file of the desk."""
    client, user = Client(), world.viewers[viewer]
    if user:
        client.force_login(user)
    for address in asked_of(world, viewer):
        yield address, text_of(client.get(address))
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_export") if has_export(model) else ""
        if address:
            yield address, text_of(client.post(f"{address}?status=all&delivery=all", {"format": "csv"}))


def has_export(model) -> bool:
    return hasattr(admin.site._registry[model], "export")


def text_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers} {body.decode(errors='replace')}".lower()


def leaks(world: World, viewer: str, answers: Iterable[tuple[str, str]]) -> list[str]:
    return [
        f"{where}: {canary}"
        for where, said in answers
        for address, canary in world.canaries.items()
        if address in said and not world.may_read(viewer, canary)
    ]


def leaks_in_mails(world: World) -> list[str]:
    found = []
    for mail in Mail.objects.select_related("recipient"):
        email = message(mail)
        envelope = f"{email.from_email} {email.reply_to} {email.extra_headers}"
        written = f"{mail.subject} {mail.text} {mail.html} {envelope}".lower()
        found += [
            f"{mail.kind} to {mail.address}: {canary}"
            for address, canary in world.canaries.items()
            if address in written and not world.may_be_mailed(mail, canary)
        ]
    return found


# The promise


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    """Without the mailbox that everybody reads."""
    settings.DEMO = False


@pytest.mark.parametrize("state", STATES)
def test_each_address_is_read_exactly_where_it_may_be(state):
    """Whoever may read one finds it, or the crawl would prove nothing."""
    world = make_world(state)
    leaking, unseen = [], []
    for viewer in VIEWERS:
        said = list(said_to(world, viewer))
        leaking += [f"{viewer} · {leak}" for leak in leaks(world, viewer, said)]
        everything = " ".join(text for _where, text in said)
        unseen += [
            f"{viewer} · {canary}"
            for address, canary in world.canaries.items()
            if canary.startswith(("contact:", "sender:")) and world.may_read(viewer, canary) and address not in everything
        ]

    assert not leaking, "\n".join(leaking)
    assert not unseen, "\n".join(unseen)


@pytest.mark.parametrize("state", STATES)
def test_no_mail_names_an_address_before_both_have_agreed(state):
    assert leaks_in_mails(make_world(state)) == []


def test_every_mail_leaves_from_the_network_and_bounces_to_it():
    make_world("accepted")
    for mail in Mail.objects.filter(kind__startswith="contact_"):
        email = message(mail)
        assert email.from_email == settings.DEFAULT_FROM_EMAIL
        assert email.reply_to == []
        assert email.to == [mail.address]


# The crawl itself


def test_the_crawl_sees_an_audience_that_leaks(monkeypatch):
    world = make_world("before")
    monkeypatch.setattr(Viewer, "contacts", property(lambda self: frozenset(e.entry_id for e in world.experts.values())))
    assert [leak for leak in leaks(world, "sender", said_to(world, "sender")) if "contact:contacts" in leak]


def test_the_crawl_sees_a_page_that_leaks(monkeypatch):
    world = make_world("before")
    monkeypatch.setattr(ContactRequest, "sender", property(lambda self: f"{self.sender_name} {self.sender_address}"))
    assert [leak for leak in leaks(world, "expert", said_to(world, "expert")) if "sender:shown" in leak]


def test_the_crawl_sees_a_mail_that_leaks(monkeypatch):
    monkeypatch.setattr(
        mails, "_page_name", lambda entry, language: f"contact-{entry.document['audiences']['email']}@canary.example"
    )
    assert leaks_in_mails(make_world("before"))
