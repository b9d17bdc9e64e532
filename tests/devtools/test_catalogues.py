import gettext
import os

from devtools import catalogues

ARABIC = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: ar\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgid "expert"
msgstr "خبير"

#, fuzzy
msgid "goal"
msgstr "خطأ"

msgid "%d expert"
msgid_plural "%d experts"
msgstr[0] "صفر"
msgstr[1] "واحد"
msgstr[2] "اثنان"
msgstr[3] "قليل"
msgstr[4] "كثير"
msgstr[5] "غير ذلك"
"""


def write_catalogue(folder):
    source = folder / "ar" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(ARABIC)
    return source


def test_compiled_catalogue_is_read_with_the_six_arabic_plural_forms_and_without_fuzzy_texts(tmp_path):
    source = write_catalogue(tmp_path)
    assert catalogues.compile_changed(tmp_path) == 1
    with source.with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("expert") == "خبير"
    assert translations.gettext("goal") == "goal"
    forms = [translations.ngettext("%d expert", "%d experts", count) for count in (0, 1, 2, 5, 20, 100)]
    assert forms == ["صفر", "واحد", "اثنان", "قليل", "كثير", "غير ذلك"]


def test_only_a_changed_catalogue_is_compiled_again(tmp_path):
    source = write_catalogue(tmp_path)
    catalogues.compile_changed(tmp_path)
    assert catalogues.compile_changed(tmp_path) == 0
    later = source.with_suffix(".mo").stat().st_mtime + 10
    os.utime(source, (later, later))
    assert catalogues.compile_changed(tmp_path) == 1
    assert [path.name for path in sorted(source.parent.iterdir())] == ["django.mo", "django.po"]
