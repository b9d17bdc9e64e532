"""From one sentence to an outcome, as the people of it do it: a visitor, a moderator, an author, an expert with a telephone."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.languages import LANGUAGES
from moderation import actions as moderation_actions
from moderation.models import Submission
from needs import jobs
from needs.models import Need, Outcome, Proposal
from notifications.models import Mail
from tests.browser.sessions import session_of
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator
from tests.factories.needs import FAR

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SENTENCES = {
    "ar": "نبحث عمن يتحدث العربية في المغرب لتكوين تعاونيات في الاقتصاد الدائري",
    "fr": "Nous cherchons au Maroc quelqu’un qui parle arabe pour former des coopératives à l’économie circulaire",
    "en": "We look for somebody in Morocco who speaks Arabic to train cooperatives in the circular economy",
}
EVERYBODY = {
    f"headline_{code}": text
    for code, text in zip(LANGUAGES, ("الاقتصاد الدائري", "Économie circulaire", "Circular economy"), strict=True)
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_sentence_to_an_outcome(visitors, language):
    page = visitors(language).new_page()
    expert = make_expert(published=True, languages={"ar": "NAT"}, **EVERYBODY)
    abroad = make_expert(published=True, given_name="Ailleurs", country="BE", languages={"ar": "NAT"}, **EVERYBODY)
    author = make_user(language=language)

    # A visitor begins, corrects, and finds it again after registering.
    page.goto(f"/{language}/needs/new/")
    page.locator("#id_sentence").fill(SENTENCES[language])
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page.locator("input[name='country:MA'][value=must]")).to_be_checked()
    page.locator("input[name='language:ar'][value=nice]").check()
    with page.expect_navigation():
        page.locator("button[name=then][value=keep]").click()
    expect(page).to_have_url(re.compile(rf"/{language}/accounts/signup/"))
    page.context.add_cookies([visitors.cookie(session_of(author))])
    page.goto(f"/{language}/me/")
    with page.expect_navigation():
        page.locator(".need-begun a").click()
    with page.expect_navigation():
        page.locator("button[name=then][value=keep]").click()
    expect(page).to_have_url(re.compile(rf"/{language}/needs/mine/\w+/edit/need/$"))

    # Completed, sent, approved.
    save(page)
    save(page)
    page.locator("#id_deadline").fill(FAR.isoformat())
    save(page)
    with page.expect_navigation():
        page.locator("a[href$='/submit/']").click()
    with page.expect_navigation():
        page.locator("form[action$='/submit/'] button").click()
    need = Need.objects.get()
    assert not Mail.objects.filter(kind="need_proposed").exists()
    moderation_actions.approve(Submission.objects.get(public_id=need.public_id), by=make_moderator())

    # The list with its reasons: who answers, who nearly does and why not; then the letter.
    page.goto(f"/{language}/needs/mine/{need.public_id}/people/")
    expect(page.locator(f"input[name=person][value='{expert.public_id}'][type=checkbox]")).to_be_checked()
    expect(page.locator(f"input[name=person][value='{abroad.public_id}'][type=hidden]")).to_have_count(1)
    with page.expect_navigation():
        page.locator(".match-send button").click()
    assert jobs.write_to_people() == {"mails": 1}
    assert jobs.write_to_people() == {"mails": 0}

    # Answered on a telephone, without signing in.
    page.context.clear_cookies()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(link_of("need_proposed", "answer", language))
    expect(page.locator(".answer-lines li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    with page.expect_navigation():
        page.locator("button[name=status][value=interested]").click()
    assert Proposal.objects.get().status == "interested"

    # A month later both sides are asked, and say the same.
    Proposal.objects.update(answered_at=timezone.now() - datetime.timedelta(days=31))
    jobs.ask_outcomes()
    page.goto(link_of("need_outcome", "outcome", language))
    with page.expect_navigation():
        page.locator("button[name=status][value=working]").click()
    assert Outcome.objects.filter(status="working").count() == 1


def save(page) -> None:
    with page.expect_navigation():
        page.locator(".editor-actions button[name=then][value=next]").click()
    expect(page.locator(".invalid-feedback")).to_have_count(0)


def link_of(kind: str, name: str, language: str) -> str:
    found = re.search(rf"/needs/{name}/\S+", Mail.objects.filter(kind=kind).latest("pk").text)
    return f"/{language}{found[0]}"
