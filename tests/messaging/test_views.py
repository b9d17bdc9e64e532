"""The pages of getting in touch: a thin road from the browser to the database, and every bad input with a clear word."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.languages import LANGUAGES
from messaging import actions, limits
from messaging.facts import ContactWay
from messaging.models import ContactRequest, Report
from moderation import actions as moderation_actions
from notifications.models import Mail
from quotas.counting import spend
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import accepted, letter_to, make_request
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_organization, owner_of
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db
LETTER = {"purpose": "twinning", "message": "Bonjour, parlons des oasis."}
VISITOR = LETTER | {"sender_name": "Malika", "sender_organization": "Union", "sender_address": "malika@example.org"}


@pytest.fixture
def expert():
    return make_expert(make_user(email="amina@example.org", language="fr"), published=True)


def write_url(draft) -> str:
    return f"/fr/contact/{draft.public_id}/"


def link_of(kind: str, which: int = -1) -> str:
    mail = list(Mail.objects.filter(kind=kind).order_by("pk"))[which]
    return re.search(r"https?://[^/\s]+(/\S*/contact/(?:confirm|answer|follow)/\S+)", mail.text).group(1)


# Writing


@pytest.mark.parametrize("make", [make_expert, make_organization, make_project])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_leads_to_the_form(client, make, language):
    draft = make(published=True)
    page = client.get(draft.entry.get_absolute_url().replace("/fr/", f"/{language}/"))
    assert f"/{language}/contact/{draft.public_id}/" in page.content.decode()
    assert client.get(f"/{language}/contact/{draft.public_id}/").status_code == 200


def test_a_member_writes_and_follows_what_becomes_of_it(client, expert):
    sender = make_user()
    client.force_login(sender)
    answer = client.post(write_url(expert), LETTER | {"sender_address": sender.email})
    request = ContactRequest.objects.get()
    assert answer.headers["Location"] == f"/fr/contact/sent/{request.pk}/"
    assert request.sender_name == sender.name
    assert "parlons des oasis" in client.get(answer.headers["Location"]).content.decode()


def test_a_visitor_writes_confirms_and_is_answered_from_the_mails_alone(client, expert):
    assert client.post(write_url(expert), VISITOR).headers["Location"] == "/fr/contact/asked/"
    confirm = link_of("contact_confirmation")
    client.get(confirm)
    assert not Mail.objects.filter(kind="contact_request").exists()
    assert client.post(confirm).status_code == 302
    answer = link_of("contact_request")
    client.get(answer)
    assert ContactRequest.objects.get().status == "asked"
    client.post(answer, {"answer": "accept", "address": "amina@example.org"})
    assert "amina@example.org" in client.get(link_of("contact_accepted")).content.decode()
    assert "malika@example.org" in client.get(answer).content.decode()


def test_somebody_writes_on_behalf_of_an_organisation_of_their_own_only(client, expert):
    own, foreign = make_organization(published=True), make_organization(published=True)
    client.force_login(owner_of(own))
    sender = {"sender_address": owner_of(own).email}
    assert client.post(write_url(expert), LETTER | sender | {"organization": foreign.pk}).status_code == 400
    client.post(write_url(expert), LETTER | sender | {"organization": own.pk})
    assert ContactRequest.objects.get().organization == own


def test_nobody_shows_somebody_else_s_address(client, expert):
    client.force_login(make_user())
    answer = client.post(write_url(expert), LETTER | {"sender_address": "victim@example.org"})
    assert answer.status_code == 400
    assert not ContactRequest.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"message": ""}, "message"),
        ({"message": "x" * 3001}, "message"),
        ({"message": "a\u202eb"}, "message"),
        ({"purpose": "spam"}, "purpose"),
        ({"purpose": ""}, "purpose"),
        ({"wanted_by": "2001-01-01"}, "wanted_by"),
        ({"wanted_by": "demain"}, "wanted_by"),
        ({"sender_name": ""}, "sender_name"),
        ({"sender_name": "A\nBcc: x@example.org"}, "sender_name"),
        ({"sender_address": "malika"}, "sender_address"),
        ({"sender_address": "a@example.org\nBcc: b@example.org"}, "sender_address"),
        ({"sender_organization": "A\nB"}, "sender_organization"),
    ],
)
def test_what_cannot_be_sent_is_explained_and_what_was_typed_stays(client, expert, changed, field):
    typed = VISITOR | changed
    answer = client.post(write_url(expert), typed)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert answer.context["form"]["sender_organization"].value() == typed["sender_organization"]
    assert not ContactRequest.objects.exists()


def test_twice_the_same_form_is_one_request(client, expert):
    sender = make_user()
    client.force_login(sender)
    answers = [client.post(write_url(expert), LETTER | {"sender_address": sender.email}).status_code for _time in range(2)]
    assert answers == [302, 409]
    assert ContactRequest.objects.count() == 1


def test_the_limit_is_told_and_the_text_stays(client, expert):
    sender = make_user()
    for _number in range(20):
        spend(limits.BY_MEMBER.of(sender))
    client.force_login(sender)
    answer = client.post(write_url(expert), LETTER | {"sender_address": sender.email})
    assert answer.status_code == 429
    assert "parlons des oasis" in answer.content.decode()


def test_writing_to_oneself_is_not_offered(client, expert):
    client.force_login(expert.user)
    assert b"<textarea" not in client.get(write_url(expert)).content
    answer = client.post(write_url(expert), LETTER | {"sender_address": expert.user.email})
    assert answer.status_code == 409


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_page_says_why_and_has_no_button(client, expert, language):
    actions.set_reach(expert.entry, ContactWay.CLOSED, by=expert.user)
    page = client.get(expert.entry.get_absolute_url().replace("/fr/", f"/{language}/")).content.decode()
    assert f"/contact/{expert.public_id}/" not in page.replace(f"/contact/report/{expert.public_id}/", "")
    answer = client.get(f"/{language}/contact/{expert.public_id}/")
    assert b"<textarea" not in answer.content
    assert answer.context["is_closed"]


def test_a_message_to_a_page_hidden_meanwhile_is_given_back_as_of_one_that_never_was(client, expert):
    moderation_actions.hide(expert.entry, by=make_moderator(), reason="Plainte")
    assert client.get(write_url(expert)).status_code == 404
    hidden, absent = client.post(write_url(expert), VISITOR), client.post("/fr/contact/zzzzzzzzzz/", VISITOR)
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert "parlons des oasis" in hidden.content.decode()
    assert hidden.content.decode().replace(expert.public_id, "") == absent.content.decode().replace("zzzzzzzzzz", "")


def test_a_hidden_page_is_told_at_the_confirmation_and_nothing_is_lost(client, expert):
    request = actions.ask(letter_to(expert), by=None)
    moderation_actions.hide(expert.entry, by=make_moderator(), reason="Plainte")
    answer = client.post(request.confirm_url())
    assert answer.status_code == 409
    assert request.message in answer.content.decode()


# Answering


def test_everything_works_from_the_mail_and_reading_changes_nothing(client, expert):
    request = make_request(expert, by=None)
    address = request.answer_url(expert.user)
    before = ContactRequest.objects.values().get(pk=request.pk)
    client.get(address)
    client.head(address)
    assert ContactRequest.objects.values().get(pk=request.pk) == before
    client.post(address, {"answer": "reply", "text": "Pour quand ?"})
    client.post(address, {"answer": "decline", "line": "Non."})
    client.post(address, {"answer": "accept", "address": "amina@example.org"})
    client.post(address, {"answer": "end"})
    request.refresh_from_db()
    assert (request.status, request.replies.count()) == ("ended", 1)


@pytest.mark.parametrize("deed", ["block", "report"])
def test_what_is_put_aside_is_gone_from_the_mail_too(client, expert, deed):
    request = make_request(expert, by=None)
    client.post(request.answer_url(expert.user), {"answer": deed, "reason": "advertising"})
    request.refresh_from_db()
    assert request.status == {"block": "blocked", "report": "reported"}[deed]
    assert client.get(request.answer_url(expert.user)).status_code == 404


def test_the_link_of_somebody_who_no_longer_acts_for_the_page_is_dead(client):
    organization = make_organization(published=True)
    request, owner = make_request(organization), owner_of(organization)
    address = request.answer_url(owner)
    organization.affiliations.all().delete()
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "decline"}).status_code == 404


@pytest.mark.parametrize("answer", ["", "approve", "accept\x1f"])
def test_an_answer_that_is_not_offered_is_none(client, expert, answer):
    request = make_request(expert, by=None)
    assert client.post(request.answer_url(expert.user), {"answer": answer}).status_code == 404


def test_an_answer_after_expiry_is_explained_and_the_line_stays(client, expert):
    request = make_request(expert, by=None)
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        answer = client.post(request.answer_url(expert.user), {"answer": "decline", "line": "Désolée."})
    assert answer.status_code == 409
    assert "Désolée." in answer.content.decode()


def test_only_an_own_address_can_be_shown(client, expert):
    request = make_request(expert, by=None)
    answer = client.post(request.answer_url(expert.user), {"answer": "accept", "address": "other@example.org"})
    assert answer.status_code == 400
    request.refresh_from_db()
    assert request.status == "asked"


def test_requests_of_others_do_not_exist(client, expert):
    request = make_request(expert)
    client.force_login(make_user())
    for address in (f"/fr/contact/received/{request.pk}/", f"/fr/contact/sent/{request.pk}/"):
        assert client.get(address).status_code == client.get("/fr/contact/sent/999999/").status_code == 404


@pytest.mark.parametrize("part", ["confirm", "answer", "follow"])
def test_an_altered_link_is_dead(client, part):
    assert client.get(f"/fr/contact/{part}/abc:def/").status_code == 404


def test_after_the_end_the_sender_is_shown_three_available_pages(client, expert):
    others = [make_expert(family_name=f"Autre{number}", published=True) for number in range(5)]
    others.append(make_expert(family_name="Absente", availability="closed", published=True))
    request = make_request(expert, by=None)
    address = request.sender_url()
    assert client.get(address).context["others"] == []
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        shown = client.get(address).context["others"]
    assert len(shown) == 3
    assert {page.entry.pk for page in shown} <= {other.entry_id for other in others[:5]}


# Lists


def test_the_lists_show_what_is_one_s_own(client, expert):
    request = make_request(expert)
    client.force_login(expert.user)
    assert request.sender in client.get("/fr/contact/").content.decode()
    assert f"/contact/received/{request.pk}/" in client.get("/fr/me/").content.decode()
    client.force_login(request.asked_by)
    assert f"/contact/sent/{request.pk}/" in client.get("/fr/contact/?show=sent").content.decode()
    assert f"/contact/received/{request.pk}/" not in client.get("/fr/contact/").content.decode()


@pytest.mark.parametrize("show", ["received", "sent"])
def test_a_list_asks_as_much_for_thirty_rows_as_for_one(client, expert, show, django_assert_max_num_queries):
    sender = make_user()
    make_request(expert, by=sender)
    arrived = {"delivery": "delivered", "delivered_at": timezone.now(), "expires_at": timezone.now()}
    client.force_login(expert.user if show == "received" else sender)
    client.get(f"/fr/contact/?show={show}")
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(12) as captured:
            client.get(f"/fr/contact/?show={show}")
        counts.append(len(captured.captured_queries))
        ContactRequest.objects.bulk_create(letter_to(expert, asked_by=sender, **arrived) for _number in range(15))
    assert counts[0] == counts[1]


def test_somebody_chooses_how_a_page_is_reached(client, expert):
    client.force_login(expert.user)
    client.post(f"/fr/contact/preferences/{expert.public_id}/", {f"{expert.public_id}-reach": "closed"})
    expert.entry.refresh_from_db()
    assert expert.entry.facts["contact"] == {"by": "closed"}
    client.force_login(make_user())
    assert client.post(f"/fr/contact/preferences/{expert.public_id}/", {}).status_code == 404


def test_a_blocked_sender_is_let_in_again(client, expert):
    request = make_request(expert)
    actions.block(request, by=expert.user)
    client.force_login(expert.user)
    page = client.get("/fr/contact/preferences/").content.decode()
    address = re.search(r'action="([^"]*/unblock/\d+/)"', page).group(1)
    assert request.sender_address not in page
    client.post(address)
    assert "/unblock/" not in client.get("/fr/contact/preferences/").content.decode()


# Reports


def test_anybody_reports_a_page(client, expert):
    address = f"/fr/contact/report/{expert.public_id}/"
    assert address in client.get(expert.entry.get_absolute_url()).content.decode()
    answer = client.post(address, {"reason": "wrong", "text": "Ce n’est pas elle.", "address": ""})
    assert answer.headers["Location"] == expert.entry.get_absolute_url()
    assert Report.objects.get().entry == expert.entry


def test_a_report_without_a_reason_is_asked_for_one(client, expert):
    answer = client.post(f"/fr/contact/report/{expert.public_id}/", {"text": "Non."})
    assert answer.status_code == 400
    assert "Non." in answer.content.decode()


# The desk


def test_a_moderator_reads_what_is_held_and_releases_it(client, expert):
    request = make_request(expert, message="bitcoin et oasis")
    client.force_login(make_moderator())
    assert "/messaging/contactrequest/" in client.get("/fr/admin/").content.decode()
    address = f"/fr/admin/messaging/contactrequest/{request.pk}/"
    assert "bitcoin et oasis" in client.get(f"{address}change/").content.decode()
    client.post(f"{address}release/")
    request.refresh_from_db()
    assert request.delivery == "delivered"
    assert "bitcoin et oasis" not in client.get(f"{address}change/").content.decode()


def test_what_people_write_to_each_other_is_not_read_at_the_desk(client, expert):
    request = accepted(expert, address="cabinet@example.org")
    client.force_login(make_moderator())
    page = client.get(f"/fr/admin/messaging/contactrequest/{request.pk}/change/").content.decode()
    assert request.message not in page
    assert "cabinet@example.org" not in page
    assert request.sender_address not in page


def test_staff_without_the_right_decide_nothing(expert):
    request, staff = make_request(expert, message="bitcoin"), make_user(is_staff=True)
    client = Client()
    client.force_login(staff)
    assert client.post(f"/fr/admin/messaging/contactrequest/{request.pk}/release/").status_code in {302, 403, 404}
    request.refresh_from_db()
    assert request.delivery == "held"
