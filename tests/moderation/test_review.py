"""Reviewing: what a comment means, where errors lead, what comes after a decision, and two at once."""

import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from moderation import actions
from moderation.models import FieldComment, Submission
from tests.factories.experts import make_expert
from tests.factories.moderation import entry_of, make_edit, make_moderator, make_published, make_submission
from tests.factories.organizations import make_organization
from tests.moderation.test_desk import decision

pytestmark = pytest.mark.django_db
QUEUE = "admin:moderation_submission_changelist"


@pytest.fixture(autouse=True)
def _nobody_reads():
    cache.clear()


@pytest.fixture
def desk() -> Client:
    return desk_of(make_moderator(name="Nadia Berrada"))


def desk_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address_of(submission: Submission, filters: str = "") -> str:
    return submission.get_absolute_url() + (f"?{urlencode({'_changelist_filters': filters})}" if filters else "")


def test_a_comment_beside_a_ticked_field_returns_that_field(desk):
    draft = make_published()
    submission = make_edit(draft, headline_fr="Nouveau", biography_fr="Trop long.")
    desk.post(address_of(submission), decision(submission, "publish", comment__biography="Raccourcissez."))
    submission.refresh_from_db()
    assert submission.status == "partly_approved"
    assert submission.accepted_fields == ["headline"]
    assert FieldComment.objects.get().text == "Raccourcissez."
    assert entry_of(draft).document["fields"]["headline"]["fr"] == "Nouveau"


def test_each_error_is_told_above_with_a_link_to_where_it_is_mended(desk):
    submission = make_edit(headline_fr="Autre", biography_fr="Autre")
    page = desk.post(address_of(submission), decision(submission, "publish", accept__headline=None)).content.decode()
    summary = page.partition('role="alert"')[2].partition("</div>")[0]
    (target,) = re.findall(r'href="#([^"]+)"', summary)
    assert f'id="{target}"' in page
    assert "autofocus" in page
    assert re.search(rf'<details class="desk-remark" open>(?:(?!</details>).)*id="{target}"', page, re.S)


def test_short_fields_are_rows_and_comments_are_closed_until_wanted(desk):
    page = desk.get(address_of(make_submission())).content.decode()
    assert page.count("desk-field-brief") > 3
    assert page.count('<details class="desk-remark">') > 3
    assert '<details class="desk-remark" open>' not in page


def test_a_decision_leads_to_the_next_submission_under_the_same_filters(desk):
    organization = make_organization()
    first, _other, third = make_submission(), actions.submit(organization, by=organization.people().first()), make_submission()
    answer = desk.post(address_of(first, "kind=expert"), decision(first, "publish"))
    assert answer.url == address_of(third, "kind=expert")
    answer = desk.post(answer.url, decision(third, "publish"))
    assert answer.url == f"{reverse(QUEUE)}?kind=expert"


def test_filters_that_mean_nothing_lead_to_the_queue(desk):
    submission = make_submission()
    answer = desk.post(address_of(submission, "since=0001-01-01&q=%00&kind=x&status=refused"), decision(submission, "publish"))
    assert answer.status_code == 302


def test_the_message_links_the_page_and_names_what_went_back(desk):
    draft = make_published()
    submission = make_edit(draft, headline_fr="Nouveau", biography_fr="Trop long.")
    typed = decision(submission, "publish", comment__biography="Raccourcissez.")
    page = desk.post(address_of(submission), typed, follow=True).content.decode()
    told = page.partition("messagelist")[2].partition("</ul>")[0]
    assert draft.entry.get_absolute_url() in told
    assert "Biographie" in told


def test_who_decides_second_keeps_what_was_typed(desk):
    submission = make_edit(headline_fr="Autre")
    actions.approve(submission, by=make_moderator(name="Samir Alaoui"))
    typed = {"decision": "request_changes", "comment-headline": "Dix minutes de travail.", "message": "Bonjour Amina"}
    answer = desk.post(address_of(submission), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    for text in ("Samir Alaoui", "Dix minutes de travail.", "Bonjour Amina"):
        assert text in page


def test_a_colleague_is_seen_who_has_it_open_and_nobody_sees_herself(desk):
    submission = make_submission()
    assert "Nadia Berrada" not in notices(desk.get(address_of(submission)))
    assert "Nadia Berrada" not in notices(desk.get(address_of(submission)))
    assert "Nadia Berrada" in notices(desk_of(make_moderator()).get(address_of(submission)))
    assert "Nadia Berrada" not in notices(desk_of(make_moderator()).get(address_of(make_submission())))


def notices(response) -> str:
    return "".join(re.findall(r'<p class="desk-notice.*?</p>', response.content.decode(), re.S))


def test_the_pages_of_the_desk_name_people_in_the_script_of_the_page(desk):
    submission = make_submission(given_name="Mahdi", family_name="Bennis", given_name_ar="مهدي", family_name_ar="بنيس")
    entry = make_expert(published=True, given_name_ar="كريم", family_name_ar="الخياط").entry
    for address, name in (
        (address_of(submission), "مهدي بنيس"),
        (reverse(QUEUE), "مهدي بنيس"),
        (reverse("admin:directory_entry_change", args=[entry.pk]), "كريم الخياط"),
        (reverse("admin:directory_entry_changelist"), "كريم الخياط"),
    ):
        named = f"<bdi>{name}</bdi>"
        assert named in desk.get(address.replace("/fr/", "/ar/")).content.decode()
        assert named not in desk.get(address).content.decode()
