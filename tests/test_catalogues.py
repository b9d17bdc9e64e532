"""The message catalogues are complete, honest and in step with the sources (docs/translating.md)."""

import re
from gettext import c2py
from pathlib import Path

import django
import polib
import pytest

from core.languages import LANGUAGES
from devtools import translating

# Written in Latin letters in Arabic too.
LATIN_IN_ARABIC = {"ORCID", "ORCID iD", "DOI", "PDF", "CSV", "XLSX", "JSON", "HTML", "Volubilis", "%(page)s / %(pages)s"}
ARABIC_LETTER = re.compile("[\u0621-\u064a]")
LATIN_SENTENCE = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,.’']*){4,}")


def names(found):
    return [message.id for message in found]


@pytest.fixture(scope="module")
def found():
    return translating.extracted()


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def catalogue(language):
    return translating.read_catalogue(language)


def test_no_message_is_left_untranslated(language):
    assert names(translating.untranslated(language)) == []


def test_no_message_is_fuzzy(catalogue):
    assert names(message for message in translating.messages(catalogue) if message.fuzzy) == []


def test_the_catalogue_is_in_step_with_the_sources(found, language):
    written = translating.catalogue_path(language).read_text(encoding="utf-8")
    assert translating.catalogue_text(translating.updated(found, language), language) == written, (
        "run manage.py translations update"
    )


def test_placeholders_and_tags_survive_translation(catalogue):
    wrong = {
        message.id: faults
        for message in translating.messages(catalogue)
        if translating.is_translated(message)
        and (faults := translating.translation_faults(message, message.string, catalogue.num_plurals))
    }
    assert wrong == {}


def test_arabic_is_arabic():
    latin = [
        text for message in translating.messages(translating.read_catalogue("ar")) for text in texts(message) if is_latin(text)
    ]
    assert latin == []


def texts(message):
    return message.string if message.pluralizable else [message.string]


def is_latin(text):
    bare = translating.PLACEHOLDER.sub("", re.sub(r"<[^>]*>|https?://\S+", "", text))
    if not re.search("[A-Za-z]", bare) or text in LATIN_IN_ARABIC:
        return False
    return not ARABIC_LETTER.search(bare) or bool(LATIN_SENTENCE.search(bare))


@pytest.mark.parametrize(
    ("text", "latin"), [("Save", True), ("حفظ", False), ("معرّف ORCID", False), ("يرجى Please fill in this form", True)]
)
def test_the_gate_tells_latin_from_arabic(text, latin):
    assert is_latin(text) is latin


def test_plural_forms_are_those_of_django(language):
    django_catalogue = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES" / "django.po"
    for path in (django_catalogue, translating.catalogue_path(language)):
        assert polib.pofile(str(path)).metadata["Plural-Forms"] == translating.PLURAL_FORMS[language]


def test_arabic_counts_in_six_forms():
    plural = c2py(translating.PLURAL_FORMS["ar"].partition("plural=")[2].rstrip(";"))
    assert [plural(number) for number in (0, 1, 2, 5, 25, 100)] == [0, 1, 2, 3, 4, 5]


def test_messages_are_found_in_templates_as_gettext_finds_them():
    template = """
    {% load i18n %}
      {% comment %}Translators: on the button{% endcomment %}
      {% translate "Save" %} <p class="it's">{% translate 'Open' context "verb" as title %}</p>
    {% blocktranslate trimmed count n=items|length with place=city %}
      {{ n }} expert in {{ place }},
      100% sure
    {% plural %}
      {{ n }} experts in {{ place }}
    {% endblocktranslate %}{% include "x.html" with label=_("A label (in brackets)") %}{{ x|default:_('Nothing') }}
    """
    assert [
        (ids, context, comments) for _line, ids, comments, context in translating.messages_of(template, is_template=True)
    ] == [
        ("Save", None, ["on the button"]),
        ("Open", "verb", []),
        (("%(n)s expert in %(place)s, 100%% sure", "%(n)s experts in %(place)s"), None, []),
        ("A label (in brackets)", None, []),
        ("Nothing", None, []),
    ]


def test_messages_are_found_in_modules():
    module = (
        'x = _("One " "sentence")\nngettext("%d goal", "%d goals", n)\nnpgettext_lazy("sport", "goal", "goals", 2)\n_(variable)\n'
    )
    assert [(ids, context) for _line, ids, _comments, context in translating.messages_of(module, is_template=False)] == [
        ("One sentence", None),
        (("%d goal", "%d goals"), None),
        (("goal", "goals"), "sport"),
    ]
