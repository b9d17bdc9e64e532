import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from devtools import translating

SOURCES = """
_("Save")
pgettext("verb", "Open")
ngettext("%(count)d goal of %(place)s", "%(count)d goals of %(place)s", n)
_('<a href="%(url)s">Read</a>')
"""


@pytest.fixture(autouse=True)
def own_project(tmp_path, settings):
    """A project of one module and no catalogues."""
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.TEMPLATES = [{"DIRS": []}]
    write_source(tmp_path, SOURCES)


@pytest.fixture
def write(tmp_path):
    return lambda text: write_source(tmp_path, text)


def write_source(folder, text):
    (folder / "module.py").write_text(text)


@pytest.fixture(autouse=True)
def one_module(monkeypatch, tmp_path):
    monkeypatch.setattr(translating, "source_files", lambda: iter([tmp_path / "module.py"]))


def run(*arguments):
    output = StringIO()
    call_command("translations", *arguments, stdout=output)
    return output.getvalue()


def take_back(tmp_path, rows, language="ar"):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows))
    return run("import", language, str(file))


def test_english_translates_itself_and_the_others_wait():
    assert run("update").splitlines() == [
        "ar: 4 messages, 4 without a translation",
        "fr: 4 messages, 4 without a translation",
        "en: 4 messages, 0 without a translation",
    ]


def test_a_second_update_changes_nothing():
    run("update")
    before = translating.catalogue_path("ar").read_bytes()
    run("update")
    assert translating.catalogue_path("ar").read_bytes() == before


def test_a_translator_gets_one_field_per_plural_form():
    run("update")
    rows = {row["id"]: row for row in json.loads(run("export", "ar"))}
    assert rows["Save"] == {"id": "Save", "where": ["module.py"], "translation": ""}
    assert rows["Open"]["context"] == "verb"
    assert rows["%(count)d goal of %(place)s"]["translation"] == [""] * 6


def test_translations_taken_back_are_no_longer_asked_for(tmp_path):
    run("update")
    assert take_back(tmp_path, [{"id": "Save", "translation": "حفظ"}]) == "ar: 3 without a translation\n"
    assert "Save" not in [row["id"] for row in json.loads(run("export", "ar"))]
    run("update")
    assert translating.read_catalogue("ar").get("Save").string == "حفظ"


def test_a_changed_message_loses_its_translation_and_none_is_guessed(tmp_path, write):
    run("update")
    take_back(tmp_path, [{"id": "Save", "translation": "حفظ"}])
    write('_("Save it")')
    run("update")
    catalogue = translating.read_catalogue("ar")
    assert catalogue.get("Save") is None
    assert catalogue.get("Save it").string == ""


GOALS = "%(count)d goal of %(place)s"


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Gone", "ذهب"),
        ("Open", "فتح"),  # its context is missing
        (GOALS, "هدف"),
        (GOALS, ["هدف"] * 6),
        (GOALS, ["%(count)d من %(place)s"] * 5),
        (GOALS, ["%(count)d من %(place)s"] * 5 + [""]),
        (GOALS, ["%(count)d من %(city)s"] * 6),
        ('<a href="%(url)s">Read</a>', "%(url)s قراءة"),
        ('<a href="%(url)s">Read</a>', '<a href="%(link)s">قراءة</a>'),
    ],
)
def test_a_translation_that_would_break_the_page_is_refused(tmp_path, message, translation):
    run("update")
    with pytest.raises(CommandError, match="Refused"):
        take_back(tmp_path, [{"id": message, "translation": translation}])
    assert len(translating.untranslated("ar")) == 4


def test_a_plural_form_may_leave_out_its_number(tmp_path):
    run("update")
    take_back(tmp_path, [{"id": GOALS, "translation": ["لا هدف في %(place)s"] + ["%(count)d من %(place)s"] * 5}])
    assert len(translating.untranslated("ar")) == 3


def test_the_english_of_others_may_be_written_again_and_ours_may_not(tmp_path, monkeypatch):
    run("update")
    path = translating.catalogue_path("en")
    path.write_text(path.read_text().replace('msgstr "Save"', 'msgstr "Keep"'))
    run("update")
    assert translating.read_catalogue("en").get("Save").string == "Save"

    monkeypatch.setattr(translating, "BORROWED", "module.py")
    path.write_text(path.read_text().replace('msgstr "Save"', 'msgstr "Keep"'))
    run("update")
    assert translating.read_catalogue("en").get("Save").string == "Keep"
