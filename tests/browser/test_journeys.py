"""What people do, from the first page to the last, in each language. Hooks are names and addresses, never words of the page."""

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from core.languages import LANGUAGES
from directory.models import Entry
from moderation.models import Submission
from notifications.models import Mail
from tests.browser.watch import shoot
from tests.factories.accounts import PASSWORD, make_user, totp_code
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


class Person(NamedTuple):
    given_name: str
    family_name: str
    headline: str
    biography: str
    new_headline: str
    new_biography: str
    comment: str


PEOPLE = {
    "ar": Person(
        "ليلى",
        "العلمي",
        "مهندسة في تدبير مياه الواحات",
        "أرافق جمعيات مستعملي المياه منذ عشر سنوات.",
        "خبيرة في تدبير مياه الواحات",
        "أرافق جمعيات مستعملي المياه منذ اثنتي عشرة سنة.",
        "اذكري أسماء الجمعيات من فضلك.",
    ),
    "fr": Person(
        "Leïla",
        "Alami",
        "Ingénieure en gestion de l’eau des oasis",
        "J’accompagne des associations d’usagers de l’eau depuis dix ans.",
        "Experte de l’eau des oasis",
        "J’accompagne des associations d’usagers de l’eau depuis douze ans.",
        "Nommez les associations, s’il vous plaît.",
    ),
    "en": Person(
        "Leila",
        "Alami",
        "Engineer for the water of oases",
        "I have worked with associations of water users for ten years.",
        "Expert in the water of oases",
        "I have worked with associations of water users for twelve years.",
        "Please name the associations.",
    ),
}


def in_main(page: Page, hook: str):
    return page.locator("main").locator(hook)


def press(page: Page, hook: str) -> None:
    """Click what leads to another page, and wait for it."""
    with page.expect_navigation():
        in_main(page, hook).click()


def check_and_send(page: Page) -> None:
    press(page, "a[href$='/submit/']")
    press(page, "form[action$='/submit/'] button")


def read_mail(page: Page, language: str, address: str) -> None:
    """Open the newest mail to somebody in the mailbox of the demonstration."""
    mail = Mail.objects.filter(address=address).latest("pk")
    page.goto(f"/{language}/dev/mail/")
    press(page, f"a[href='/{language}/dev/mail/{mail.pk}/']")


def register(page: Page, language: str, address: str, purpose: str = "expert") -> None:
    page.goto(f"/{language}/accounts/signup/")
    in_main(page, f"input[name=purpose][value={purpose}]").check()
    in_main(page, "input[name=email]").fill(address)
    in_main(page, "input[name=password1]").fill(PASSWORD)
    in_main(page, "input[name=privacy]").check()
    shoot(page, f"{language}-signup")
    press(page, "form[action$='/accounts/signup/'] button[type=submit]")
    expect(page).to_have_url(re.compile(rf"/{language}/accounts/confirm-email/$"))
    read_mail(page, language, address)
    shoot(page, f"{language}-mail")
    press(page, "a[href*='/accounts/confirm-email/']")
    press(page, "form[action*='/accounts/confirm-email/'] button[type=submit]")
    expect(page).to_have_url(re.compile(rf"/{language}/experts/edit/identity/$"))


def sign_in_by_password(page: Page, language: str, address: str, *, code: bool = False) -> None:
    page.goto(f"/{language}/accounts/login/")
    in_main(page, "input[name=login]").fill(address)
    in_main(page, "input[name=password]").fill(PASSWORD)
    press(page, "form[action$='/accounts/login/'] button[type=submit]")
    if code:
        in_main(page, "input[name=code]").fill(totp_code())
        press(page, "form[action$='/2fa/authenticate/'] button[type=submit]:not([form])")
    expect(page).to_have_url(re.compile(rf"/{language}/me/$"))


def save(page: Page, *, then: str = "next") -> None:
    press(page, f".editor-actions button[name=then][value={then}]")
    expect(page.locator(".invalid-feedback")).to_have_count(0)


def tick(page: Page, name: str, value: str) -> None:
    """A box, in whatever closed group it stands."""
    box = page.locator(f"input[name={name}][value='{value}']")
    for group in page.locator("details:not([open])").filter(has=box).all():
        group.locator("summary").click()
    box.check(force=True)  # the stones of the goals stand before their boxes


def write_profile(page: Page, language: str, person: Person) -> None:
    suffix = "_ar" if language == "ar" else ""
    page.locator(f"#id_given_name{suffix}").fill(person.given_name)
    page.locator(f"#id_family_name{suffix}").fill(person.family_name)
    page.locator(f"#id_headline_{language}").fill(person.headline)
    page.locator("#id_milieu").select_option("academic")
    shoot(page, f"{language}-editor-identity")
    save(page)
    page.locator(f"#id_biography_{language}").fill(person.biography)
    save(page)
    page.locator("#id_themes-0-theme").select_option("ESS-01")
    page.locator("#id_themes-0-level").select_option("expert")
    tick(page, "goals", "6")
    shoot(page, f"{language}-editor-expertise")
    save(page)
    page.locator("#id_country").select_option("MA")
    page.locator("#id_city").fill("Errachidia")
    save(page)
    page.locator("#id_languages-0-code").select_option("ar")
    page.locator("#id_languages-0-level").select_option("NAT")
    page.locator("#id_availability").select_option("now")
    save(page)
    for _step in ("career", "publications", "privacy"):
        save(page)
    expect(page).to_have_url(re.compile(rf"/{language}/experts/mine/$"))


def open_waiting(page: Page, language: str, kind: str, submission: Submission) -> None:
    """From the first page of the admin to the review of what waits."""
    page.goto(f"/{language}/admin/")
    shoot(page, f"{language}-admin")
    press(page, f".desk-worklist a[href*='kind={kind}']")
    shoot(page, f"{language}-queue")
    press(page, f"#result_list a[href*='/submission/{submission.pk}/change/']")
    expect(page.locator("input[name^=accept-]").first).to_be_checked()


def decide(page: Page, decision: str = "publish") -> None:
    press(page, f"button[name=decision][value={decision}]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def what_anybody_reads(page: Page, url: str) -> bytes:
    response = page.request.get(url)
    assert response.status == 200
    return response.body()


@in_each_language
def test_an_expert_is_read_by_a_moderator_before_the_public(visitors, language):
    person = PEOPLE[language]
    moderator = make_moderator(email="moderation@example.org", password=PASSWORD, language=language)
    author, desk, visitor = visitors(language).new_page(), visitors(language).new_page(), visitors(language).new_page()

    register(author, language, "leila@example.org")
    write_profile(author, language, person)
    shoot(author, f"{language}-overview")
    visitor.goto(f"/{language}/experts/")
    expect(visitor.locator(".rows > li")).to_have_count(0)
    press(author, "a[href$='/submit/']")
    shoot(author, f"{language}-check")
    press(author, "form[action$='/submit/'] button")

    sign_in_by_password(desk, language, moderator.email, code=True)
    open_waiting(desk, language, "expert", Submission.objects.get())
    shoot(desk, f"{language}-review-new")
    decide(desk)

    visitor.goto(f"/{language}/experts/")
    shoot(visitor, f"{language}-experts")
    visitor.locator(".rows a[href*='/experts/']", has_text=person.family_name).click()
    expect(visitor.locator("main")).to_contain_text(person.biography)
    shoot(visitor, f"{language}-expert")

    public_page = visitor.url
    before = what_anybody_reads(visitor, public_page)
    author.goto(f"/{language}/experts/edit/identity/")
    author.locator(f"#id_headline_{language}").fill(person.new_headline)
    save(author)
    author.locator(f"#id_biography_{language}").fill(person.new_biography)
    save(author, then="stay")
    assert what_anybody_reads(visitor, public_page) == before
    author.goto(f"/{language}/experts/mine/")
    check_and_send(author)
    assert what_anybody_reads(visitor, public_page) == before

    open_waiting(desk, language, "expert", Submission.objects.latest("pk"))
    to_decide = desk.locator("input[name^=accept-]")
    assert [box.get_attribute("name") for box in to_decide.all()] == ["accept-headline", "accept-biography"]
    shoot(desk, f"{language}-review-change")
    desk.locator("[name=accept-biography]").uncheck()
    desk.locator("details:has([name=comment-biography]) > summary").click()
    desk.locator("[name=comment-biography]").fill(person.comment)
    decide(desk)

    author.goto(f"/{language}/experts/mine/")
    shoot(author, f"{language}-overview-returned")
    author.goto(f"/{language}/experts/edit/texts/")
    block = author.locator(".commented-field", has=author.locator(f"#id_biography_{language}"))
    expect(block.locator(".moderator-comment")).to_contain_text(person.comment)
    assert author.locator(".moderator-comment").count() == 1
    shoot(author, f"{language}-comment")
    visitor.goto(public_page)
    expect(visitor.locator("main")).to_contain_text(person.new_headline)
    expect(visitor.locator("main")).to_contain_text(person.biography)
    assert person.new_biography not in visitor.content()


@in_each_language
def test_an_organisation_leads_a_project_whose_partner_says_yes(visitors, language):
    moderator = make_moderator(language=language)
    owner = make_user(email="owner@example.org", language=language)
    partner = make_expert(user=make_user(email="partner@example.org", language=language), published=True)
    author = visitors(language, user=owner).new_page()
    desk = visitors(language, user=moderator).new_page()
    visitor = visitors(language).new_page()

    author.goto(f"/{language}/me/")
    press(author, f"a[href='/{language}/organizations/new/']")
    in_main(author, "[name=name]").fill("Dar Al Ma")
    press(author, "form[method=post] button[type=submit]")
    author.locator("#id_type").select_option("cooperative")
    save(author)
    author.locator(f"#id_description_{language}").fill(PEOPLE[language].biography)
    save(author)
    tick(author, "themes", "ESS-01")
    shoot(author, f"{language}-organization-fields")
    save(author)
    author.locator("#id_country").select_option("MA")
    save(author)
    save(author)
    check_and_send(author)
    open_waiting(desk, language, "organization", Submission.objects.latest("pk"))
    decide(desk)
    visitor.goto(f"/{language}/organizations/")
    with visitor.expect_navigation():
        visitor.locator(".rows a", has_text="Dar Al Ma").first.click()
    shoot(visitor, f"{language}-organization")

    author.goto(f"/{language}/projects/new/")
    in_main(author, "[name=name]").fill("Palmeraie")
    in_main(author, "[name=lead]").select_option(index=1)
    press(author, "form[method=post] button[type=submit]")
    author.locator(f"#id_summary_{language}").fill(PEOPLE[language].biography)
    author.locator("#id_status").select_option("ongoing")
    save(author)
    save(author)
    tick(author, "themes", "ESS-01")
    tick(author, "goals", "6")
    save(author)
    tick(author, "countries", "MA")
    save(author)
    in_main(author, "input[name=q]").fill(partner.family_name)
    press(author, "#search form[method=get] button")
    shoot(author, f"{language}-project-partners")
    author.locator(f"#role-{partner.public_id}").select_option("partner")
    press(author, f"form:has(#role-{partner.public_id}) button")
    press(author, ".editor-actions a.btn-primary")
    check_and_send(author)
    open_waiting(desk, language, "project", Submission.objects.latest("pk"))
    decide(desk)
    public_page = Entry.objects.get(kind="project").get_absolute_url().replace("/fr/", f"/{language}/")
    named = f"main a[href$='{partner.entry.get_absolute_url().removeprefix('/fr')}']"
    visitor.goto(public_page)
    expect(visitor.locator("main")).to_contain_text("Dar Al Ma")
    expect(visitor.locator(named)).to_have_count(0)

    guest = visitors(language, user=partner.user).new_page()
    read_mail(guest, language, partner.user.email)
    press(guest, "a[href*='/projects/participation/']")
    shoot(guest, f"{language}-participation")
    press(guest, "button[name=answer][value=confirm]")
    visitor.reload()
    expect(visitor.locator(named).first).to_be_visible()
    shoot(visitor, f"{language}-project")


@in_each_language
def test_somebody_signs_in_by_a_code_sent_by_mail(visitors, language):
    make_user(email="amina@example.org", language=language)
    page = visitors(language).new_page()

    page.goto(f"/{language}/accounts/login/")
    press(page, f"a[href='/{language}/accounts/login/code/']")
    in_main(page, "input[name=email]").fill("amina@example.org")
    press(page, "form[action$='/accounts/login/code/'] button[type=submit]")
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", Mail.objects.get(kind="login_code").text, re.MULTILINE).group(1)
    shoot(page, f"{language}-login-code")
    in_main(page, "input[name=code]").fill(code)
    press(page, "form[action$='/accounts/login/code/confirm/'] button[type=submit]:not([form])")

    expect(page).to_have_url(re.compile(rf"/{language}/me/$"))


def make_directory() -> None:
    """Two people for goal 6, of whom one writes about water, and one for goal 4."""
    for name, goals, headline in (("Amrani", [6], "Foggaras"), ("Berrada", [6, 4], "Sols"), ("Chraibi", [4], "École")):
        make_expert(family_name=name, goals=goals, headline=headline, published=True)


def shown(page: Page) -> list[str]:
    return sorted(re.search("Amrani|Berrada|Chraibi", row).group() for row in page.locator(".rows > li").all_inner_texts())


@in_each_language
def test_a_filter_narrows_the_list_in_place(visitors, language):
    make_directory()
    page = visitors(language).new_page()
    page.goto(f"/{language}/experts/")
    assert shown(page) == ["Amrani", "Berrada", "Chraibi"]

    page.locator("#goal-6").focus()
    page.keyboard.press("Space")
    expect(page.locator(".rows > li")).to_have_count(2)

    assert shown(page) == ["Amrani", "Berrada"]
    expect(page).to_have_url(re.compile(r"[?&]goal=6(&|$)"))
    expect(page.locator("#goal-6")).to_be_focused()
    page.go_back()
    expect(page.locator(".rows > li")).to_have_count(3)


@in_each_language
def test_the_list_answers_without_javascript(visitors, language):
    make_directory()
    page = visitors(language, javascript=False).new_page()
    page.goto(f"/{language}/experts/")
    page.locator("#goal-6").check(force=True)
    page.locator("#goal-4").check(force=True)
    with page.expect_navigation():
        page.locator("#filters button[type=submit]").click()
    assert shown(page) == ["Amrani", "Berrada", "Chraibi"]
    with page.expect_navigation():
        page.locator("#sort").select_option("name")
        page.locator(".list-head button").click()

    assert re.search(r"[?&]sort=name", page.url)
    assert page.locator("#goal-6").is_checked()


def test_the_language_switch_keeps_the_page_and_its_filters(visitors):
    make_directory()
    page = visitors("fr").new_page()
    page.goto("/fr/experts/?q=foggaras&goal=6")
    for language in ("ar", "en", "fr"):
        with page.expect_navigation():
            page.locator(f".site-languages a[hreflang={language}]").click()
        expect(page).to_have_url(re.compile(rf"/{language}/experts/\?q=foggaras&goal=6$"))
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        expect(page.locator("#goal-6")).to_be_checked()
        assert shown(page) == ["Amrani"]
