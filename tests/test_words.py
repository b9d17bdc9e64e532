"""The words of the site as an editor of each language wants them: docs/glossary.md, and the rules of its last sections."""

import datetime
import re
import tomllib

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, number_format

from core.languages import LANGUAGES
from devtools import translating
from taxonomy import files
from tests import words
from tests.sources import ROOT, place, project_files

MAILS = list(project_files(".txt", under=("templates/mail",)))
# Rendered without request, context or catalogue: they speak all three languages at once.
IN_THREE_LANGUAGES = {"400.html", "403_csrf.html", "500.html", "503.html", "error_three_languages.html"}
TEMPLATES = [path for path in project_files(".html", under=("templates",)) if path.name not in IN_THREE_LANGUAGES]
TABLES = (files.terms, files.goals, files.countries, files.country_groups, files.subdivisions, files.languages, files.cities)
WHOLE_TEXTS = [ROOT / f"demo/data/{name}.toml" for name in ("organizations", "people", "projects")]
LATIN, ARABIC = re.compile("[A-Za-zÀ-ÿ]{2,}"), re.compile("[\u0621-\u064a]")


def own_texts(language):
    """(where, text) of everything we say in a language: messages, mails, reference lists."""
    for message in translating.messages(translating.read_catalogue(language)):
        for text in message.string if message.pluralizable else [message.string]:
            yield f"message {message.id!r}", text
    for path in MAILS:
        if path.name.endswith(f".{language}.txt"):
            yield place(path), words.mail_prose(path)
    for table in TABLES:
        for row in table():
            yield f"{table.__name__} {row.get('code', '')}", row[f"name_{language}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_the_glossary_rejects_are_nowhere(language):
    unused = words.unused_words()[language]
    found = [
        f"{where}: {text!r}: write {better}"
        for where, text in own_texts(language)
        for better, pattern in unused.items()
        if pattern.search(words.without_markup(text))
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "المرجو حذف أحد المرشحات"),
        ("ar", "مسجلة من قبل"),
        ("ar", "جنوب أفريقيا"),
        ("ar", "متاح جزئياً"),
        ("ar", "هذا الشخص معطّل"),
        ("fr", "Retirée par son auteur ou autrice"),
        ("fr", "Votre adresse e-mail"),
        ("fr", "Reprendre l’envoi"),
        ("fr", "Êtes-vous sûr de vouloir continuer ?"),
        ("fr", "Vous êtes connecté(e)"),
        ("en", "You get a mail"),
        ("en", "Please mend these points"),
        ("en", "Log in"),
        ("en", "A comment waits for you"),
    ],
)
def test_the_gate_sees_a_rejected_word(language, text):
    assert any(pattern.search(words.without_markup(text)) for pattern in words.unused_words()[language].values())


def test_french_is_set_as_french():
    found = {where: faults for where, text in own_texts("fr") if (faults := words.french_faults(text))}
    assert found == {}


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_the_pages_in_three_languages_are_set_as_french_too(name):
    french = re.search(r'<section lang="fr">(.*?)</section>', (ROOT / "templates" / name).read_text(), re.DOTALL)[1]
    assert words.french_faults(french) == []


def test_the_french_of_the_demonstration_is_set_as_french():
    found = {}
    for path in project_files(".toml", under=("demo/data",)):
        for text in french_of(tomllib.loads(path.read_text(encoding="utf-8"))):
            # In sentences of the generator, it sets the spaces before signs; whole texts bring their own.
            faults = [fault for fault in words.french_faults(text) if path in WHOLE_TEXTS or "space" not in fault]
            if faults:
                found[text[:60]] = faults
    assert found == {}


def french_of(value):
    """Texts under a key "fr", and the first of each [French, Arabic, English]."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "fr" and isinstance(inner, str) else french_of(inner)
    elif isinstance(value, list):
        if len(value) == 3 and all(isinstance(item, str) for item in value) and ARABIC.search(value[1]):
            yield value[0]
        else:
            for inner in value:
                yield from french_of(inner)


@pytest.mark.parametrize(
    "text",
    [
        "L'adresse",
        "Nouveau : des ateliers",
        "« Sessions »",
        "Pourquoi?",
        "Voir:\nla page",
        'le "mot"',
        "Et puis...",
    ],
)
def test_the_gate_sees_wrong_french_typography(text):
    assert words.french_faults(text)


@pytest.mark.parametrize(
    "text",
    ["L’adresse\u00a0: ici", "«\u00a0Sessions\u00a0»", "19:10", "https://x.example/?a;b", '<a href="x">ici</a>', "(oui)"],
)
def test_the_gate_lets_right_french_typography_pass(text):
    assert not words.french_faults(text)


def test_no_number_is_turned_round_in_arabic():
    assert [(where, text) for where, text in own_texts("ar") if words.turned_numbers(text)] == []


def test_the_gate_sees_a_number_that_would_be_turned_round():
    assert words.turned_numbers("القانون رقم 09-08")
    assert not words.turned_numbers("القانون رقم \u206609-08\u2069 و09.08")


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_every_word_of_a_template_can_be_translated(path):
    assert words.letters_outside_tags(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Save</p>",
        '<img alt="A goal">',
        "{% if x %}yes{% endif %}",
        "{% block title %}Page{% endblock %}",
        "<b>&Eacute;t</b>",
    ],
)
def test_the_gate_sees_words_outside_translation(source):
    assert words.letters_outside_tags(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p class="lead">{% translate "Save" %} {{ name }} · 1</p>',
        "{% blocktranslate trimmed %}Saved{% endblocktranslate %}",
        "{# note #}{% comment %}note{% endcomment %}<script>let x</script>",
        "{% block bodyclass %}desk{% endblock %}",
    ],
)
def test_the_gate_lets_translated_words_pass(source):
    assert not words.letters_outside_tags(source)


@pytest.mark.parametrize("path", MAILS, ids=place)
def test_a_mail_is_written_in_its_own_script(path):
    foreign = LATIN if path.name.endswith(".ar.txt") else ARABIC
    assert foreign.findall(words.mail_prose(path)) == []


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ar", ("2 ماي 2027", "2 ماي 2027، 19:10", "02/05/2027", "330.000")),
        ("fr", ("2 mai 2027", "2 mai 2027 à 19:10", "02/05/2027", "330\u202f000")),
        ("en", ("2 May 2027", "2 May 2027, 19:10", "02/05/2027", "330,000")),
    ],
)
def test_dates_and_numbers_are_those_of_the_country(language, written):
    moment = datetime.datetime(2027, 5, 2, 19, 10)
    formats = ("DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT")
    with translation.override(language):
        found = [date_format(moment, name) for name in formats] + [number_format(330000, force_grouping=True)]
    assert [text.replace("\xa0", "\u202f") for text in found] == list(written)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ar", "1 ماي 2027 · 1 ماي 2027، 19:10 · 1 ماي · 11 ماي 2027"),
        ("fr", "1er mai 2027 · 1er mai 2027 à 19:10 · 1er mai · 11 mai 2027"),
        ("en", "1 May 2027 · 1 May 2027, 19:10 · 1 May · 11 May 2027"),
    ],
)
def test_the_first_of_a_month_is_written_as_one_says_it(language, written):
    """In French "1er mai", in templates too, which Django writes."""
    source = '{{ day|date:"DATE_FORMAT" }} · {{ day|date:"DATETIME_FORMAT" }} · {{ day|date:"j F" }} · {{ later|date }}'
    moments = {"day": datetime.datetime(2027, 5, 1, 19, 10), "later": datetime.date(2027, 5, 11)}
    with translation.override(language):
        assert Template(source).render(Context(moments)) == written


def test_one_source_of_formats():
    """Babel's Arabic says نوفمبر and 330,000, its English May 2, 2027: dates and numbers are Django's, by volubilis/formats."""
    others = re.compile(r"babel\.(dates|numbers)")
    texts = {
        place(path): path.read_text(encoding="utf-8") for path in project_files(".py") if not place(path).startswith("tests/")
    }
    assert [name for name, text in texts.items() if others.search(text.replace("date_format(", ""))] == []
