"""Five people use the portal, each from their first page to what they came for, on their device and in their way.

An agronomist on a telephone; a consultant with a keyboard; the assistant of a mayor; a visitor from a foundation; an organisation
without JavaScript. Hooks are names and addresses, never words of the page. Each takes one language in a plain run
(tests/rotation.py), all three in `--full`.
"""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from core.languages import LANGUAGES
from experts.models import Expert
from messaging.models import ContactRequest
from moderation import actions as moderation_actions
from moderation.models import Submission
from notifications.models import Mail
from projects.models import Project
from tests.browser import checks
from tests.browser.test_journeys import PEOPLE, check_and_send, in_main, press, read_mail, save, tick, write_profile
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
in_each_language = pytest.mark.parametrize("language", LANGUAGES)
TELEPHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def fits(page: Page) -> bool:
    return not checks.overflow(page)


def photograph() -> dict:
    content = io.BytesIO()
    Image.new("RGB", (900, 700), "teal").save(content, "JPEG")
    return {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def refused(page: Page, hook: str) -> None:
    """What was pressed leads to the same form, with the errors said first."""
    press(page, hook)
    expect(page.locator(".invalid-feedback").first).to_be_visible()
    assert fits(page)


def in_language(page: Page, path: str, language: str) -> None:
    page.goto(re.sub(r"^/(ar|fr|en)/", f"/{language}/", path))


@in_each_language
def test_an_agronomist_writes_a_page_on_a_telephone(visitors, language):
    phone = visitors(language).new_page()
    phone.set_viewport_size(TELEPHONE)
    moderator = make_moderator()

    # Registers, with a password that is too weak at first.
    phone.goto(f"/{language}/accounts/signup/")
    in_main(phone, "input[name=purpose][value=expert]").check()
    in_main(phone, "input[name=email]").fill("rachid@example.org")
    in_main(phone, "input[name=password1]").fill("12345678")
    in_main(phone, "input[name=privacy]").check()
    refused(phone, "form[action$='/accounts/signup/'] button[type=submit]")
    in_main(phone, "input[name=password1]").fill(PASSWORD)
    press(phone, "form[action$='/accounts/signup/'] button[type=submit]")
    read_mail(phone, language, "rachid@example.org")
    press(phone, "a[href*='/accounts/confirm-email/']")
    press(phone, "form[action*='/accounts/confirm-email/'] button[type=submit]")

    # The first step, with a file that is no picture, then with one: seen when he comes back.
    expect(phone).to_have_url(re.compile("/experts/edit/identity/$"))
    phone.locator("#id_photo").set_input_files({"name": "cv.docx", "mimeType": "application/msword", "buffer": b"PK\x03\x04"})
    refused(phone, ".editor-actions button[value=stay]")
    phone.locator("#id_photo").set_input_files(photograph())
    save(phone, then="stay")
    picture = phone.locator("img.saved-picture")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert fits(phone)

    # The other steps, how others would see the page, then sent.
    write_profile(phone, language, PEOPLE[language])
    assert fits(phone)
    phone.goto(f"/{language}/experts/mine/see-as/visitor/")
    expect(phone.locator("main")).to_contain_text(PEOPLE[language].biography)
    phone.goto(f"/{language}/experts/mine/")
    check_and_send(phone)

    # Two points are asked about: each leads to its field; sending unchanged is held up.
    asked = {"headline": PEOPLE[language].comment, "biography": PEOPLE[language].comment}
    moderation_actions.request_changes(Submission.objects.get(), by=moderator, comments=asked, message="")
    read_mail(phone, language, "rachid@example.org")
    press(phone, "a[href*='/experts/']")
    phone.goto(f"/{language}/experts/mine/")
    points = in_main(phone, "a[href*='/experts/edit/identity/'], a[href*='/experts/edit/texts/']")
    expect(points.first).to_be_visible()
    check_and_send(phone)
    assert Submission.objects.count() == 1
    with phone.expect_navigation():
        in_main(phone, "a[href*='/experts/edit/texts/']").first.click()
    assert phone.locator(f"#id_biography_{language}").is_visible()
    phone.locator(f"#id_biography_{language}").fill(PEOPLE[language].new_biography)
    save(phone)
    phone.goto(f"/{language}/experts/edit/identity/")
    phone.locator(f"#id_headline_{language}").fill(PEOPLE[language].new_headline)
    save(phone)
    phone.goto(f"/{language}/experts/mine/")
    check_and_send(phone)
    moderation_actions.approve(Submission.objects.latest("pk"), by=moderator)

    # Public; a correction waits while the public page stays.
    expert = Expert.objects.get()
    in_language(phone, expert.entry.get_absolute_url(), language)
    expect(phone.locator("main")).to_contain_text(PEOPLE[language].new_headline)
    assert fits(phone)
    phone.goto(f"/{language}/experts/edit/identity/")
    phone.locator(f"#id_headline_{language}").fill(PEOPLE[language].headline)
    save(phone)
    phone.goto(f"/{language}/experts/mine/")
    check_and_send(phone)
    assert Submission.objects.count() == 3
    in_language(phone, expert.entry.get_absolute_url(), language)
    expect(phone.locator("main")).to_contain_text(PEOPLE[language].new_headline)


def tab_to(page: Page, hook: str) -> None:
    """As somebody without a mouse; not every stop is worth a look."""
    target = page.locator(hook).first
    for _stop in range(200):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {hook}")


def press_enter(page: Page, hook: str) -> None:
    tab_to(page, hook)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@in_each_language
def test_a_consultant_writes_with_the_keyboard_alone(visitors, language):
    """In two languages, over the end of a session."""
    other = "en" if language == "fr" else "fr"
    expert = make_expert(make_user(email="helene@example.org", password=PASSWORD, language=language), published=True)
    page = visitors(language).new_page()
    page.set_viewport_size(DESKTOP)

    page.goto(f"/{language}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"  # past the menu in one step
    press_enter(page, f"a[href^='/{language}/accounts/login/']")
    tab_to(page, "main input[name=login]")
    page.keyboard.type("helene@example.org")
    tab_to(page, "main input[name=password]")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/{language}/me/$"))

    press_enter(page, "main a[href*='/experts/']")
    page.goto(f"/{language}/experts/edit/texts/")
    for code in (language, other):
        field = f"#id_biography_{code}"
        group = page.locator("details:not([open])").filter(has=page.locator(field))
        if group.count():
            tab_to(page, f"details:has({field}) > summary")
            page.keyboard.press("Enter")
        tab_to(page, field)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(PEOPLE[code].biography)
    press_enter(page, ".editor-actions button[value=stay]")
    expert.refresh_from_db()
    assert [getattr(expert, f"biography_{code}") for code in (language, other)] == [
        PEOPLE[code].biography for code in (language, other)
    ]

    # The session is over while she writes: she signs in again, and what she typed is there.
    page.locator(f"#id_biography_{language}").fill(PEOPLE[language].new_biography)
    page.context.clear_cookies(name="sessionid")
    press_enter(page, ".editor-actions button[value=stay]")
    tab_to(page, "main input[name=login]")
    page.keyboard.type("helene@example.org")
    tab_to(page, "main input[name=password]")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/{language}/experts/edit/texts/$"))
    expect(page.locator(f"#id_biography_{language}")).to_have_value(PEOPLE[language].new_biography)
    press_enter(page, ".editor-actions button[value=stay]")
    page.goto(f"/{language}/experts/mine/")
    press_enter(page, "main a[href$='/submit/']")
    press_enter(page, "form[action$='/submit/'] button")
    assert Submission.objects.filter(public_id=expert.public_id, decided_at=None).count() == 1


NEEDS = {
    "ar": "من يساعد جماعتنا في فرز النفايات ويتكلم الأمازيغية قبل مارس",
    "fr": "quelqu’un pour aider notre commune sur le tri des déchets et qui parle amazigh, avant mars",
    "en": "someone to help our town with waste sorting who speaks Amazigh, before March",
}
SORTING = {"headline_ar": "فرز النفايات", "headline_fr": "Tri des déchets", "headline_en": "Waste sorting"}


@in_each_language
def test_the_assistant_of_a_mayor_finds_somebody_and_writes(visitors, language):
    """At the desk, then with the telephone; comparing and keeping people waits for the notebook of the searcher."""
    asked = make_expert(make_user(email="amina@example.org"), published=True, languages={"zgh": "NAT"}, **SORTING)
    make_expert(published=True, family_name="Loin", availability="later", languages={"zgh": "NAT"}, **SORTING)
    make_expert(published=True, family_name="Muet", languages={"fr": "C2"}, **SORTING)
    town = make_organization(owner=make_user(email="mairie@example.org", language=language), published=True)
    page = visitors(language, user=town.people().first()).new_page()
    page.set_viewport_size(DESKTOP)

    # One sentence; what was understood of it is shown, and can be taken back.
    page.goto(f"/{language}/")
    page.locator("#home-q").fill(NEEDS[language])
    with page.expect_navigation():
        page.locator("#home-q").press("Enter")
    expect(page.locator(".rows > li")).to_have_count(1)
    expect(page.locator("main a[href*='literal=availability']")).to_have_count(1)
    expect(page.locator("main a[href*='literal=language-ber']")).to_have_count(1)

    # A filter, the page of a person, on paper, and back to the results.
    page.locator("#country-MA").check()
    expect(page).to_have_url(re.compile("country=MA"))
    with page.expect_navigation():
        page.locator(".rows a[href*='/experts/']").first.click()
    page.emulate_media(media="print")
    assert not page.locator("nav.site-nav, .site-languages").first.is_visible()
    page.emulate_media(media="screen")
    profile = page.url
    with page.expect_navigation():
        page.locator(".way-back a").click()
    assert "country=MA" in page.url

    # On the way home she writes.
    page.set_viewport_size(TELEPHONE)
    page.goto(profile)
    assert fits(page)
    press(page, f"a[href='/{language}/contact/{asked.public_id}/']")
    assert fits(page)
    in_main(page, "input[name=purpose]").first.check()
    in_main(page, "textarea[name=message]").fill(NEEDS[language])
    press(page, "form.contact-form button[type=submit]")
    assert ContactRequest.objects.count() == 1
    assert Mail.objects.filter(kind="contact_request", address="amina@example.org").exists()


@in_each_language
def test_a_foundation_reads_the_network_without_an_account(visitors, language):
    """Who is behind it, a goal, a theme, a territory; on a telephone, somebody who writes in Arabic only."""
    texts = {
        "headline_fr": "",
        "headline_ar": "باحثة في اقتصاد الواحات",
        "biography_fr": "",
        "biography_ar": "اقتصاد الواحات وحقوق الماء.",
    }
    names = {"given_name": "", "family_name": "", "given_name_ar": "نجاة", "family_name_ar": "الوزاني"}
    arabic = make_expert(published=True, goals=[6], region="MA-05", **(texts | names))
    organization = make_organization(published=True, goals=[6])
    project = make_project(published=True, goals=[6])
    page = visitors(language).new_page()
    page.set_viewport_size(DESKTOP)

    page.goto(f"/{language}/about/")
    assert in_main(page, "h2").count() >= 3
    page.goto(f"/{language}/goals/6/")
    for shown in (arabic, organization, project):
        path = shown.entry.get_absolute_url().removeprefix("/fr")
        expect(in_main(page, f"a[href$='{path}']").first).to_be_visible()
    for address in ("themes/", "themes/ESS/", "territories/", "territories/MA/", "privacy/", "credits/"):
        assert page.goto(f"/{language}/{address}").status == 200
        assert fits(page)

    page.set_viewport_size(TELEPHONE)
    in_language(page, arabic.entry.get_absolute_url(), language)
    assert fits(page)
    expect(page.locator("h1")).to_contain_text("نجاة")
    assert in_main(page, "p:has-text('حقوق')").first.evaluate("element => getComputedStyle(element).direction") == "rtl"
    in_language(page, organization.entry.get_absolute_url(), language)
    press(page, f"a[href='/{language}/contact/{organization.public_id}/']")
    expect(in_main(page, "[name=sender_address]")).to_be_visible()
    assert fits(page)


@in_each_language
def test_an_organisation_does_everything_without_javascript(visitors, language):
    moderator = make_moderator()
    expert = make_expert(make_user(email="salma@example.org", language=language), published=True)
    make_organization(published=True, name="Coopérative Tighanimine")
    page = visitors(language, javascript=False).new_page()
    page.set_viewport_size(DESKTOP)

    # Registers as an organisation; one that is there already is shown first.
    page.goto(f"/{language}/accounts/signup/")
    in_main(page, "input[name=purpose][value=organization]").check()
    in_main(page, "input[name=name]").fill("Nadia Bensaïd")
    in_main(page, "input[name=email]").fill("eauvive@example.org")
    in_main(page, "input[name=password1]").fill(PASSWORD)
    in_main(page, "input[name=privacy]").check()
    press(page, "form[action$='/accounts/signup/'] button[type=submit]")
    read_mail(page, language, "eauvive@example.org")
    press(page, "a[href*='/accounts/confirm-email/']")
    press(page, "form[action*='/accounts/confirm-email/'] button[type=submit]")
    in_main(page, "[name=name]").fill("Cooperative Tighanimine")
    press(page, "form[method=post] button[type=submit]")
    expect(in_main(page, "[name=confirmed]")).to_be_visible()
    in_main(page, "[name=name]").fill("Eau vive")
    press(page, "form[method=post] button[type=submit]")

    page.locator("#id_type").select_option("association")
    save(page)
    page.locator(f"#id_description_{language}").fill(PEOPLE[language].biography)
    save(page)
    tick(page, "themes", "ESS-01")
    save(page)
    page.locator("#id_country").select_option("MA")
    save(page)
    save(page)
    check_and_send(page)
    moderation_actions.approve(Submission.objects.latest("pk"), by=moderator)

    # A colleague is invited, reads the mail and accepts.
    eau_vive = Submission.objects.latest("pk").draft()
    page.goto(f"/{language}/organizations/mine/{eau_vive.public_id}/people/")
    in_main(page, "#invite [name=email]").fill("colleague@example.org")
    press(page, "#invite form button[type=submit]")
    colleague = visitors(language, user=make_user(email="colleague@example.org"), javascript=False).new_page()
    colleague.set_viewport_size(TELEPHONE)
    read_mail(colleague, language, "colleague@example.org")
    press(colleague, "a[href*='/organizations/invitation/']")
    assert fits(colleague)
    press(colleague, "button[name=answer][value=accept]")
    assert eau_vive.people().count() == 2

    # A project; she names an expert, who confirms from the mail on a telephone, without signing in.
    page.goto(f"/{language}/projects/new/")
    in_main(page, "[name=name]").fill("Khettaras")
    in_main(page, "[name=lead]").select_option(index=1)
    press(page, "form[method=post] button[type=submit]")
    page.locator(f"#id_summary_{language}").fill(PEOPLE[language].biography)
    page.locator("#id_status").select_option("ongoing")
    save(page)
    save(page)
    tick(page, "themes", "ESS-01")
    save(page)
    tick(page, "countries", "MA")
    save(page)
    in_main(page, "input[name=q]").fill(expert.family_name)
    press(page, "#search form[method=get] button")
    page.locator(f"#role-{expert.public_id}").select_option("partner")
    press(page, f"form:has(#role-{expert.public_id}) button")
    press(page, ".editor-actions a.btn-primary")
    check_and_send(page)
    moderation_actions.approve(Submission.objects.latest("pk"), by=moderator)
    phone = visitors(language, javascript=False).new_page()
    phone.set_viewport_size(TELEPHONE)
    read_mail(phone, language, "salma@example.org")
    press(phone, "a[href*='/projects/participation/']")
    assert fits(phone)
    press(phone, "button[name=answer][value=confirm]")

    in_language(phone, Project.objects.get().entry.get_absolute_url(), language)
    expect(in_main(phone, f"a[href$='{expert.entry.get_absolute_url().removeprefix('/fr')}']").first).to_be_visible()
    assert fits(phone)
