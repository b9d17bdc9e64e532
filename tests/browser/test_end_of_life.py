"""How things end, in a browser: a page taken down and brought back, an account closed, a person erased."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from directory.models import Entry
from tests.browser.test_journeys import in_main, press, sign_in_by_password
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import entry_of, make_moderator
from tests.privacy.canaries import WORD, found, plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def status_of(page, address: str) -> int:
    return page.request.get(address).status


def test_a_page_is_taken_down_and_brought_back(visitors):
    expert = make_expert(published=True)
    address = entry_of(expert).get_absolute_url()
    author, visitor = visitors(user=expert.user).new_page(), visitors().new_page()
    visitor.goto(address)
    expect(visitor.locator("h1")).to_contain_text("Benjelloun")

    author.goto("/fr/experts/mine/")
    press(author, "a[href$='/take-down/']")
    press(author, "form.confirm-box button[type=submit]")
    assert status_of(visitor, address) == 404
    visitor.goto("/fr/experts/?q=Benjelloun")
    expect(visitor.locator(f"a[href='{address}']")).to_have_count(0)

    press(author, "form[action$='/bring-back/'] button")
    visitor.goto(address)
    expect(visitor.locator("h1")).to_contain_text("Benjelloun")
    assert Entry.objects.get().versions.count() == 3


def test_an_account_is_closed_and_nothing_is_left(visitors):
    user = make_user(email=f"{WORD}@person.example", password=PASSWORD)
    address = entry_of(plant(user)).get_absolute_url()
    page = visitors().new_page()
    sign_in_by_password(page, "fr", user.email)
    page.goto("/fr/accounts/settings/")
    press(page, "a[href$='/accounts/close/']")
    if "/reauthenticate/" in page.url:
        in_main(page, "input[name=password]").fill(PASSWORD)
        press(page, "form button[type=submit]")
    in_main(page, "input[name=understood]").check()
    press(page, "button.btn-danger")
    expect(page).to_have_url("/fr/")

    assert not User.objects.filter(email=user.email).exists()
    assert status_of(page, address) == 404
    assert only_the_farewell_waits(found())


def test_a_person_is_erased_by_the_team_and_nothing_is_left(visitors):
    user = make_user(email=f"{WORD}@person.example")
    address = entry_of(plant(user)).get_absolute_url()
    page = visitors(user=make_moderator()).new_page()
    page.goto(f"/fr/admin/accounts/user/{user.pk}/end/")
    page.locator("form[action$='/erase/'] textarea").fill("À sa demande.")
    page.locator("form[action$='/erase/'] input[type=checkbox]").check()
    with page.expect_navigation():
        page.locator("form[action$='/erase/'] button").click()

    assert not User.objects.filter(pk=user.pk).exists()
    assert status_of(page, address) == 404
    assert only_the_farewell_waits(found())


def only_the_farewell_waits(places: list[str]) -> bool:
    """The last mail to the person, which goes with its sending (tests/privacy/test_erasure.py)."""
    return len(places) == 1 and places[0].startswith("notifications_mail: ") and "\taccount_" in places[0]
