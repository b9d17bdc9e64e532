"""The pages as they are read, what Django and django-allauth say on them included: docs/glossary.md holds for these words too."""

import html5lib
import pytest
from django.test import Client

from core.languages import LANGUAGES
from tests import words
from tests.browser import pages, sample

NOT_PROSE = {"script", "style", "svg", "code", "pre", "bdi", "option", "textarea"}
XHTML = "{http://www.w3.org/1999/xhtml}"
# Texts in other languages, works as their authors call them, and the labels of themes, which are data with gates of their own.
OTHERS_WORDS = ("/look/", "/credits/", "/themes/", "/admin/taxonomy/", "/api/", "/healthz")

pytestmark = pytest.mark.django_db


def prose(markup, language):
    """The title and the texts of a page in its own language, node by node; a sentence interrupted by a tag is several."""
    root = html5lib.parse(markup)
    yield from (title.text for title in root.iter(f"{XHTML}title") if title.text)
    body = root.find(f"{XHTML}body")
    yield from _texts(body if body is not None else root, language)


def _texts(element, language):
    name = element.tag.removeprefix(XHTML) if isinstance(element.tag, str) else "script"
    if name in NOT_PROSE or element.get("lang", language) != language:
        return
    yield from (element.get(spoken) for spoken in ("aria-label", "alt", "title", "placeholder") if element.get(spoken))
    if element.text and element.text.strip():
        yield " ".join(element.text.split(" ")).strip(" \n\t")
    for child in element:
        yield from _texts(child, language)
        if child.tail and child.tail.strip():
            yield child.tail.strip(" \n\t")


def faults(text, language):
    found = [better for better, pattern in words.unused_words()[language].items() if pattern.search(words.without_markup(text))]
    return found + (words.french_faults(text) if language == "fr" else [])


@pytest.fixture
def filled() -> sample.Sample:
    return sample.make()


def answers(filled, language):
    """(where, page) of every page of the site, for somebody who may open it; what is sent empty comes back with its errors."""
    for listed in [*pages.OUR_PAGES, *pages.stock_pages()]:
        address = listed.address(filled, language)
        if any(part in address for part in OTHERS_WORDS):
            continue
        client = Client()
        if listed.who in filled.sessions:
            client.cookies["sessionid"] = filled.sessions[listed.who]
        for send in [client.get, client.post] if listed.send else [client.get]:
            answer = send(address)
            if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code == listed.status:
                yield str(listed), answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_in_the_words_of_the_glossary(filled, language):
    found = {}
    for where, markup in answers(filled, language):
        for text in prose(markup, language):
            for fault in faults(text, language):
                found.setdefault((text[:100], fault), where)
    assert found == {}, "\n".join(f"{where}: {text!r}: {fault}" for (text, fault), where in found.items())


@pytest.mark.parametrize(
    ("language", "markup"),
    [
        ("fr", "<p>Votre adresse e-mail</p>"),
        ("fr", "<p>L'adresse</p>"),
        ("ar", "<main><p>الرجاء الانتظار</p></main>"),
        ("en", "<a>Log in</a>"),
    ],
)
def test_the_gate_sees_a_borrowed_word(language, markup):
    assert any(faults(text, language) for text in prose(markup, language))


def test_names_and_other_languages_are_not_our_words():
    assert list(prose('<p><bdi>L\'Atelier</bdi></p><p lang="en">Log in</p>', "fr")) == []
