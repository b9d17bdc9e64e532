import re

import html5lib
import pytest
from django.conf import settings
from django.template import engines
from django.utils.translation import override, pgettext

from notifications.kinds import MailKind
from notifications.rendering import DeadLink, UnsafeMail, check_subject, html_from_text, render_mail

from .contexts import COMMENTS, CONTEXTS

LANGUAGES = ("ar", "fr", "en")
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")


@pytest.fixture
def undefined_variables_show(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "UNDEFINED")


def test_every_kind_has_an_example():
    assert set(CONTEXTS) == set(MailKind.values)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind.values)
def test_every_kind_can_be_written_in_every_language(kind, language, undefined_variables_show):
    mail = render_mail(kind, language, CONTEXTS[kind])
    everything = f"{mail.subject}\n{mail.text}\n{mail.html}"
    assert mail.subject
    assert "\n" not in mail.subject
    assert "UNDEFINED" not in everything
    assert "{%" not in everything
    assert "{{" not in everything
    for name, value in CONTEXTS[kind].items():
        if name.endswith("url"):
            assert f"{settings.SITE_URL}{value.replace('/fr/', f'/{language}/')}\n" in mail.text
    html5lib.HTMLParser(strict=True).parse(mail.html)


# Their recipient wrote the name, or a moderator has read it.
NAMED_IN_SUBJECT = {
    "changes_requested",
    "submission_approved",
    "submission_partly_approved",
    "submission_refused",
    "entry_hidden",
    "entry_restored",
    "entry_rolled_back",
    "join_request",
    "join_accepted",
    "join_declined",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind.values)
def test_no_name_that_nobody_has_read_stands_in_a_subject(kind, language):
    """A stranger's name in a subject is a message of its own: "Your account is blocked, call …"."""
    values = {name: f"CANARY-{name}" if isinstance(value, str) else value for name, value in CONTEXTS[kind].items()}
    subject = render_mail(kind, language, values).subject
    allowed = {"name", "organization"} if kind in NAMED_IN_SUBJECT else {"code"}
    assert {name for name in values if f"CANARY-{name}" in subject} <= allowed


@pytest.mark.parametrize("kind", MailKind.values)
def test_an_arabic_mail_has_no_latin_word_outside_names_and_addresses(kind):
    mail = render_mail(kind, "ar", CONTEXTS[kind])
    own_words = re.sub(r"https?://\S+", "", ISOLATED.sub("", f"{mail.subject}\n{mail.text}")).replace("ABCD-EFGH", "")
    assert not re.search("[A-Za-z]", own_words)
    assert '<html lang="ar" dir="rtl">' in mail.html


def test_the_languages_of_one_kind_differ():
    for kind in MailKind.values:
        assert len({render_mail(kind, language, CONTEXTS[kind]).subject for language in LANGUAGES}) == 3


def test_a_latin_name_is_isolated_in_arabic_and_left_alone_in_french():
    context = {"name": "Amina (Fès)", "page_url": "/fr/"}
    arabic, french = render_mail("entry_restored", "ar", context), render_mail("entry_restored", "fr", context)
    assert "\u2068Amina (Fès)\u2069" in arabic.text
    assert "<bdi>Amina (Fès)</bdi>" in arabic.html
    assert "\u2068" not in french.text + french.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_can_be_copied_without_anything_invisible(language):
    mail = render_mail("login_code", language, CONTEXTS["login_code"])
    assert "ABCD-EFGH" in mail.text.splitlines()
    assert '<strong class="code" dir="ltr">ABCD-EFGH</strong>' in mail.html


def test_bidi_overrides_in_a_name_are_dropped():
    mail = render_mail("entry_restored", "fr", {"name": "A\u202emina\u2066", "page_url": "/fr/"})
    assert "«\xa0Amina\xa0»" in mail.text


def test_markup_in_a_name_is_text():
    mail = render_mail("entry_restored", "fr", {"name": "<script>alert(1)</script>", "page_url": "/fr/"})
    assert "<script>alert(1)</script>" in mail.text
    assert "<script" not in mail.html
    assert "&lt;script&gt;" in mail.html


@pytest.mark.parametrize("name", ["A\nBcc: x@example.org", "A\r\n\r\nbody", "A\x00", "A\u2028B"])
def test_a_name_cannot_write_a_header(name):
    with pytest.raises(UnsafeMail):
        render_mail("entry_restored", "en", {"name": name, "page_url": "/en/"})


def test_a_mail_never_leads_to_a_page_that_does_not_exist():
    with pytest.raises(DeadLink, match="/fr/contact-us/"):
        render_mail("entry_restored", "en", {"name": "Amina", "page_url": "/fr/contact-us/"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_s_page_is_hidden_is_given_an_address_to_write_to(language, settings):
    settings.LEGAL = settings.LEGAL | {"email": "bureau@example.org"}
    assert "bureau@example.org" in render_mail("entry_hidden", language, CONTEXTS["entry_hidden"]).text


def test_an_edited_subject_is_one_line():
    with pytest.raises(UnsafeMail):
        check_subject("Hello\nBcc: x@example.org")


def test_only_an_address_alone_on_its_line_becomes_a_link():
    html = html_from_text("S", "See https://evil.example now\n\nhttps://good.example/a?b=1&c=2", "en")
    assert 'href="https://good.example/a?b=1&amp;c=2"' in html
    assert 'href="https://evil.example' not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_that_is_a_paragraph_is_a_button_with_its_address_below(language):
    mail = render_mail("changes_requested", language, CONTEXTS["changes_requested"])
    buttons = re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', mail.html)
    assert f"\n\n{buttons[0][0]}\n" in mail.text
    assert len(buttons) == 1
    assert f'<a class="address" href="{buttons[0][0]}" dir="ltr">{buttons[0][0]}</a>' in mail.html
    with override(language):
        assert buttons[0][1] == pgettext("button of an email", "Open the page")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_fields_stand_out(language):
    mail = render_mail("changes_requested", language, CONTEXTS["changes_requested"])
    assert len(re.findall(r"<p><strong>[^<]*(?:<bdi>[^<]*</bdi>)?[^<]*</strong><br>", mail.html)) == len(COMMENTS["comments"])


def test_dashes_become_a_list():
    assert "<ul><li>one</li><li>two</li></ul>" in html_from_text("S", "Text\n\n- one\n- two", "en")
