"""Nothing that somebody types is lost: on their own device until it is saved, and through the end of their session."""

import pytest
from playwright.sync_api import expect

from core.languages import LANGUAGES
from tests.browser.test_journeys import PASSWORD, in_main, press
from tests.browser.watch import shoot
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
in_each_language = pytest.mark.parametrize("language", LANGUAGES)
STAY = ".editor-actions button[name=then][value=stay]"
TYPED = "Vingt ans dans le Tafilalet."


@in_each_language
def test_what_was_typed_is_there_again(visitors, language):
    user = make_user(email="leila@example.org", password=PASSWORD, language=language)
    make_expert(user, biography="Ancien texte.")
    page = visitors(language, user=user).new_page()
    step, field = f"/{language}/experts/edit/texts/", page.locator("#id_biography_fr")
    kept = page.locator("[data-bring-back]")

    # Another page was opened before saving.
    page.goto(step)
    field.fill(TYPED)
    page.goto(f"/{language}/me/")
    page.goto(step)
    shoot(page, f"{language}-kept-on-device")
    kept.click()
    expect(field).to_have_value(TYPED)
    press(page, STAY)
    assert page.evaluate("Object.keys(localStorage).length") == 0

    # The session ended.
    field.fill(TYPED * 2)
    page.context.clear_cookies(name="sessionid")
    press(page, STAY)
    shoot(page, f"{language}-signed-out")
    in_main(page, "input[name=login]").fill(user.email)
    in_main(page, "input[name=password]").fill(PASSWORD)
    press(page, "form[action$='/accounts/login/'] button[type=submit]")
    expect(field).to_have_value(TYPED * 2)

    # Back to a page with errors opens it anew.
    page.goto(f"/{language}/experts/edit/expertise/")
    page.locator("#id_years_experience").fill("900")
    press(page, STAY)
    expect(page.locator(".error-summary")).to_be_visible()
    page.goto(f"/{language}/me/")
    page.go_back()
    expect(page.locator("#id_years_experience")).to_be_visible()
    expect(kept).to_be_visible()

    # Signing out leaves nothing on the device.
    page.goto(f"/{language}/accounts/logout/")
    press(page, "form[action$='/accounts/logout/'] button")
    assert page.evaluate("Object.keys(localStorage).length") == 0
