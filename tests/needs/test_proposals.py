"""A need is put before people after its review only, once each, and answered from the mail."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from experts.models import Expert
from journal.models import Record
from needs import actions, jobs
from needs.models import Closing, Need, Outcome, Proposal
from notifications.models import Mail
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator
from tests.factories.needs import make_need
from tests.factories.organizations import make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert() -> Expert:
    return make_expert(
        published=True,
        headline="Formatrice en budget sensible au genre",
        biography="Elle forme des élues de communes à lire un budget sensible au genre.",
        languages={"ar": "NAT", "fr": "C1"},
    )


@pytest.fixture
def need() -> Need:
    return make_need(published=True, languages={"ar": "C1"}, musts=["languages", "country"])


@pytest.fixture
def proposal(need, expert) -> Proposal:
    (row,) = actions.propose(need, [(expert, 80, "")], by=need.created_by)
    Mail.objects.all().delete()
    jobs.write_to_people()
    row.refresh_from_db()
    return row


def mails(kind: str) -> list[Mail]:
    return list(Mail.objects.filter(kind=kind))


def test_the_author_reads_the_list_with_its_reasons_and_others_find_nothing(need, expert):
    client = Client()
    client.force_login(need.created_by)
    page = client.get(f"/fr/needs/mine/{need.public_id}/people/")
    assert page.status_code == 200
    content = page.content.decode()
    assert "Salma Benjelloun" in content
    assert [row.match.score for row in page.context["rows"]] == [
        sum(line.points for line in row.lines) for row in page.context["rows"]
    ]
    client.force_login(make_user())
    assert client.get(f"/fr/needs/mine/{need.public_id}/people/").status_code == 404
    client.force_login(make_moderator())
    assert client.get(f"/fr/needs/mine/{need.public_id}/people/").status_code == 200


def test_nobody_is_written_to_before_a_moderator_has_read_it(expert):
    need = make_need()
    with pytest.raises(actions.NotOpen):
        actions.propose(need, [(expert, 80, "")], by=need.created_by)
    jobs.write_to_people()
    assert not mails("need_proposed")


def test_a_stranger_proposes_nothing(need, expert):
    with pytest.raises(PermissionDenied):
        actions.propose(need, [(expert, 80, "")], by=make_user())


def test_ticked_people_are_asked_and_each_gets_one_mail_whatever_runs_twice(need, expert):
    client = Client()
    client.force_login(need.created_by)
    for _time in range(2):
        client.post(f"/fr/needs/mine/{need.public_id}/people/send/", {"person": [expert.public_id]})
        jobs.write_to_people()
    assert Proposal.objects.count() == 1
    assert len(mails("need_proposed")) == 1
    assert Record.objects.filter(verb="need_proposed").count() == 1


def test_one_mail_a_day_tells_of_several_needs_and_later_ones_wait(need, expert, proposal):
    other = make_need(published=True, name="Auditer un budget")
    actions.propose(other, [(expert, 60, "")], by=other.created_by)
    assert jobs.write_to_people() == {"mails": 0}
    Proposal.objects.update(mailed_at=timezone.now() - datetime.timedelta(days=1))
    Proposal.objects.filter(need=other).update(mailed_at=None)
    third = make_need(published=True, name="Lire une loi de finances")
    actions.propose(third, [(expert, 50, "")], by=third.created_by)
    Mail.objects.update(dedupe_key=None)
    assert jobs.write_to_people() == {"mails": 1}
    last = Mail.objects.filter(kind="need_proposed").latest("pk")
    assert "Auditer un budget" in last.text
    assert "Lire une loi de finances" in last.text


def test_opening_the_link_answers_nothing_and_pressing_a_button_does(need, expert, proposal):
    link = re.search(r"/fr/needs/answer/\S+", mails("need_proposed")[0].text)[0]
    client = Client()
    page = client.get(link)
    assert page.status_code == 200
    assert "noindex" in page.content.decode()
    proposal.refresh_from_db()
    assert proposal.status == "asked"
    client.post(link, {"status": "interested", "words": "Libre en mars."})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.words, proposal.answered_by) == ("interested", "Libre en mars.", expert.user)
    assert len(mails("need_interest")) == 1
    client.post(link, {"status": "later"})
    proposal.refresh_from_db()
    assert proposal.status == "later"


@pytest.mark.parametrize(
    "sent", [{}, {"status": "asked"}, {"status": "perhaps"}, {"status": "colleague"}, {"pause": "until", "until": "2001-01-01"}]
)
def test_what_is_no_answer_is_refused_kindly(proposal, sent):
    answer = Client().post(proposal.mail_url(), sent)
    assert answer.status_code == 400
    proposal.refresh_from_db()
    assert proposal.status == "asked"


def test_the_link_ends_with_the_need(need, proposal):
    actions.close(need, closing=Closing.FILLED, by=need.created_by)
    assert Client().get(proposal.mail_url()).status_code == 404
    assert Client().get("/fr/needs/answer/nothing/").status_code == 404


def test_a_pause_keeps_somebody_from_being_asked(need, expert, proposal):
    Client().post(proposal.mail_url(), {"pause": "never"})
    other = make_need(published=True)
    with pytest.raises(actions.NotToBeAsked):
        actions.propose(other, [(expert, 80, "")], by=other.created_by)


def test_one_reminder_after_nine_days_and_none_to_who_has_answered(need, expert, proposal):
    assert jobs.remind_people() == {"mails": 0}
    Proposal.objects.update(mailed_at=timezone.now() - datetime.timedelta(days=10))
    assert jobs.remind_people() == {"mails": 1}
    assert jobs.remind_people() == {"mails": 0}
    Proposal.objects.update(reminded_at=None, status="later", answered_at=timezone.now())
    assert jobs.remind_people() == {"mails": 0}


def test_somebody_left_out_is_kept_with_the_reason(need, expert):
    client = Client()
    client.force_login(need.created_by)
    client.post(
        f"/fr/needs/mine/{need.public_id}/people/leave-out/", {"public_id": expert.public_id, "reason": "Prise jusqu’en avril"}
    )
    assert "Prise jusqu’en avril" in client.get(f"/fr/needs/mine/{need.public_id}/people/").content.decode()
    assert need.exclusions.get().expert == expert


def test_a_need_closes_at_its_deadline_and_says_so(need):
    Need.objects.update(deadline=timezone.localdate() - datetime.timedelta(days=1))
    assert jobs.close_ended() == {"needs": 1}
    assert jobs.close_ended() == {"needs": 0}
    need.refresh_from_db()
    assert need.closing == Closing.ENDED
    assert need.entry.document["fields"]["standing"] == {"state": "ended"}
    assert Client().get("/fr/needs/?standing=open").context["listing"].count == 0
    assert Client().get("/fr/needs/?standing=closed").context["listing"].count == 1


def test_an_abandoned_draft_gets_one_reminder_then_closes():
    need = make_need()
    Need.objects.update(changed_at=timezone.now() - datetime.timedelta(days=21))
    assert jobs.abandoned_drafts() == {"reminded": 1, "closed": 0}
    assert jobs.abandoned_drafts() == {"reminded": 0, "closed": 0}
    assert len(mails("need_unfinished")) == 1
    Need.objects.update(reminded_at=timezone.now() - datetime.timedelta(days=11))
    assert jobs.abandoned_drafts() == {"reminded": 0, "closed": 1}
    need.refresh_from_db()
    assert need.closing == Closing.ABANDONED


def test_both_sides_are_asked_once_what_came_of_it(need, expert, proposal):
    actions.answer(proposal, status="interested")
    assert jobs.ask_outcomes() == {"mails": 0}
    Proposal.objects.update(answered_at=timezone.now() - datetime.timedelta(days=31))
    assert jobs.ask_outcomes() == {"mails": 2}
    assert jobs.ask_outcomes() == {"mails": 0}
    assert actions.ask_outcome(proposal) == 0
    told = {outcome.user: outcome for outcome in proposal.outcomes.all()}
    assert set(told) == {expert.user, need.created_by}
    client = Client()
    assert client.get(told[expert.user].mail_url()).status_code == 200
    assert Outcome.objects.unanswered().count() == 2
    client.post(told[expert.user].mail_url(), {"status": "working"})
    client.post(told[need.created_by].mail_url(), {"status": "nothing"})
    assert client.post(told[need.created_by].mail_url(), {"status": "perhaps"}).status_code == 400
    assert [outcome.proposal for outcome in Outcome.objects.in_disagreement()] == [proposal]


def test_a_twinning_is_answered_by_organisations_as_well():
    sister = make_organization(published=True, description="Une commune qui échange sur la pêche artisanale et le port.")
    need = make_need(published=True, type="twinning", name="Commune jumelle", text="Échanger sur la pêche artisanale et le port.")
    client = Client()
    client.force_login(need.created_by)
    page = client.get(f"/fr/needs/mine/{need.public_id}/people/")
    assert [row.match.entry.public_id for row in page.context["bodies"]] == [sister.public_id]
    Need.objects.update(type="training")
    assert client.get(f"/fr/needs/mine/{need.public_id}/people/").context["bodies"] == []


def test_one_author_puts_needs_before_sixty_people_a_day_and_the_refused_one_writes_to_nobody(need, expert):
    for _deed in range(actions.PROPOSED.amount):
        actions.PROPOSED.of(need.created_by).count()
    client = Client()
    client.force_login(need.created_by)
    response = client.post(f"/fr/needs/mine/{need.public_id}/people/send/", {"person": expert.public_id}, follow=True)
    assert (
        "autant de fois que possible" in response.content.decode() or str(actions.PROPOSED.refusal) in response.content.decode()
    )
    assert not Proposal.objects.exists()
    assert actions.propose(need, [(expert, 80, "")], by=make_moderator())


def test_a_title_that_nobody_has_read_stands_in_no_letter(need, expert):
    actions.propose(need, [(expert, 80, "")], by=need.created_by)
    Need.objects.filter(pk=need.pk).update(name_fr="Votre compte est bloqué")
    jobs.write_to_people()
    (mail,) = mails("need_proposed")
    assert "bloqué" not in f"{mail.subject}{mail.text}"
