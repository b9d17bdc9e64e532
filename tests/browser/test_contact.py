"""Getting in touch, from the button on a page to what both sides see. Hooks are names and addresses, never words of the page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.languages import LANGUAGES
from messaging.jobs import tell_expired
from messaging.models import ContactRequest
from notifications.models import Mail
from tests.browser.conftest import NARROW
from tests.browser.test_journeys import in_main, press, read_mail
from tests.browser.watch import shoot
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import make_request
from tests.factories.moderation import make_moderator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
in_each_language = pytest.mark.parametrize("language", LANGUAGES)
MESSAGES = {
    "ar": "تحية طيبة،\nنبحث عن شريك لتوأمة بين تعاونيتين.",
    "fr": "Bonjour,\nnous cherchons un jumelage entre deux coopératives.",
    "en": "Hello,\nwe are looking for a twinning between two cooperatives.",
}


def make_asked(language: str, **fields):
    return make_expert(make_user(email="amina@example.org", language=language), published=True, **fields)


def write(page: Page, language: str, asked, message: str) -> None:
    page.goto(asked.entry.get_absolute_url().replace("/fr/", f"/{language}/"))
    press(page, f"a[href='/{language}/contact/{asked.public_id}/']")
    in_main(page, "input[name=purpose][value=twinning]").check()
    in_main(page, "textarea[name=message]").fill(message)


def send(page: Page) -> None:
    press(page, "form.contact-form button[type=submit]")


@in_each_language
def test_a_visitor_writes_and_the_expert_accepts_on_a_phone(visitors, language):
    asked = make_asked(language, contact_email="cabinet@example.org")
    visitor, phone = visitors(language).new_page(), visitors(language).new_page()
    phone.set_viewport_size(NARROW)

    write(visitor, language, asked, MESSAGES[language])
    in_main(visitor, "[name=sender_name]").fill("Malika Aït")
    in_main(visitor, "[name=sender_address]").fill("malika@example.org")
    shoot(visitor, f"{language}-contact-write")
    send(visitor)
    expect(visitor).to_have_url(re.compile(rf"/{language}/contact/asked/$"))
    read_mail(visitor, language, "malika@example.org")
    press(visitor, "a[href*='/contact/confirm/']")
    press(visitor, "form button[type=submit]")
    expect(visitor).to_have_url(re.compile(rf"/{language}/contact/follow/"))
    assert "@example.org" not in in_main(visitor, ".page").inner_text().replace("malika@example.org", "")

    read_mail(phone, language, asked.user.email)
    press(phone, "a[href*='/contact/answer/']")
    assert "malika@example.org" not in phone.content()
    assert phone.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    in_main(phone, "input[name=address][value='cabinet@example.org']").check()
    shoot(phone, f"{language}-contact-answer")
    press(phone, "button[name=answer][value=accept]")
    expect(in_main(phone, ".shown")).to_contain_text("malika@example.org")

    visitor.reload()
    expect(in_main(visitor, ".shown")).to_contain_text("cabinet@example.org")
    assert asked.user.email not in visitor.content()
    shoot(visitor, f"{language}-contact-accepted")


@in_each_language
def test_a_member_is_declined_with_a_line(visitors, language):
    asked, sender = make_asked(language), make_user(email="sender@example.org", language=language)
    member, expert = visitors(language, user=sender).new_page(), visitors(language, user=asked.user).new_page()

    write(member, language, asked, MESSAGES[language])
    send(member)
    expert.goto(f"/{language}/me/")
    press(expert, "a[href*='/contact/received/']")
    in_main(expert, "details:has([name=line]) summary").click()
    in_main(expert, "[name=line]").fill(MESSAGES[language])
    press(expert, "button[name=answer][value=decline]")

    member.goto(f"/{language}/contact/?show=sent")
    press(member, "a[href*='/contact/sent/']")
    expect(in_main(member, "blockquote")).to_contain_text(MESSAGES[language].split("\n")[1])
    shoot(member, f"{language}-contact-declined")


@in_each_language
def test_a_blocked_sender_reads_what_others_read_and_is_let_in_again(visitors, language):
    asked, sender = make_asked(language), make_user(language=language)
    make_request(asked, by=sender)
    request = ContactRequest.objects.get()
    member, expert = visitors(language, user=sender).new_page(), visitors(language, user=asked.user).new_page()
    member.goto(f"/{language}/contact/sent/{request.pk}/")
    before = in_main(member, ".page").inner_text()

    expert.goto(f"/{language}/contact/received/{request.pk}/")
    in_main(expert, "details:has([value=block]) summary").click()
    press(expert, "button[name=answer][value=block]")
    expect(expert).to_have_url(re.compile(rf"/{language}/contact/$"))
    expect(in_main(expert, "a[href*='/contact/received/']")).to_have_count(0)
    member.reload()
    assert in_main(member, ".page").inner_text() == before

    expert.goto(f"/{language}/contact/preferences/")
    press(expert, "form[action*='/unblock/'] button")
    expect(in_main(expert, "form[action*='/unblock/']")).to_have_count(0)


@in_each_language
def test_a_held_message_is_read_by_a_moderator_and_released(visitors, language):
    asked, sender = make_asked(language), make_user(language=language)
    moderator = make_moderator(language=language)
    member, desk = visitors(language, user=sender).new_page(), visitors(language, user=moderator).new_page()

    write(member, language, asked, f"{MESSAGES[language]} Bitcoin")
    send(member)
    assert not Mail.objects.filter(kind="contact_request").exists()
    desk.goto(f"/{language}/admin/")
    press_in = desk.locator(".desk-worklist a[href*='/messaging/contactrequest/']").first
    with desk.expect_navigation():
        press_in.click()
    with desk.expect_navigation():
        desk.locator("#result_list a[href*='/change/']").first.click()
    expect(desk.locator("#content")).to_contain_text("Bitcoin")
    shoot(desk, f"{language}-contact-held")
    with desk.expect_navigation():
        desk.locator("form[action$='/release/'] button").first.click()

    assert Mail.objects.filter(kind="contact_request").count() == 1
    member.reload()
    assert ContactRequest.objects.get().sender_state == "sent"


@in_each_language
def test_after_fourteen_days_the_sender_is_shown_who_else_is_available(visitors, language):
    asked, sender = make_asked(language), make_user(email="sender@example.org", language=language)
    for name in ("Amrani", "Berrada", "Chraibi", "Dahbi"):
        make_expert(family_name=name, published=True)
    make_request(asked, by=sender)
    ContactRequest.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert tell_expired() == {"senders": 1}

    member = visitors(language).new_page()
    read_mail(member, language, "sender@example.org")
    press(member, "a[href*='/contact/follow/']")
    expect(in_main(member, ".rows > li")).to_have_count(3)
    shoot(member, f"{language}-contact-expired")
    press(member, ".rows > li:first-child a")
    expect(in_main(member, "a[href*='/contact/']").first).to_be_visible()
