"""The message catalogues: found in the sources, merged into locale/, handed to translators as JSON and taken back.

Does what xgettext and msgmerge do for Django's makemessages, without the gettext programs and without their fuzzy guesses
(docs/translating.md). Compiling is in devtools/catalogues.py.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

# English is the source: its catalogue only has to exist.
SOURCE_LANGUAGE = "en"
# The messages of other packages that we say in our words.
BORROWED = "volubilis/borrowed.py"
# The formulas of Django's own catalogues; Babel's differ for Arabic.
PLURAL_FORMS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    "fr": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
}
# No dates, tool names and line numbers: a catalogue changes when its messages do.
HEADER = """# Written by `python3 manage.py translations`; see docs/translating.md.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""

SINGULAR, PLURAL = None, (1, 2)
IN_CONTEXT, PLURAL_IN_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": SINGULAR,
    "gettext": SINGULAR,
    "gettext_lazy": SINGULAR,
    "gettext_noop": SINGULAR,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
    "npgettext": PLURAL_IN_CONTEXT,
    "npgettext_lazy": PLURAL_IN_CONTEXT,
}

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*")


def catalogue_path(language: str) -> Path:
    return settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"


# From the sources


def source_files() -> Iterator[Path]:
    """Our Python modules and templates; what others wrote is translated by their own catalogues."""
    rooms = sorted(Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR)
    for room in rooms:
        yield from (path for path in sorted(room.rglob("*.py")) if "migrations" not in path.parts)
    for folder in settings.TEMPLATES[0]["DIRS"]:
        yield from sorted(path for path in Path(folder).rglob("*") if path.suffix in {".html", ".txt"})


def extracted() -> Catalog:
    """Every message of the sources, with the files it stands in."""
    found = Catalog()
    for path in source_files():
        place = path.relative_to(settings.BASE_DIR).as_posix()
        for line, ids, comments, context in messages_of(path.read_text(encoding="utf-8"), is_template=path.suffix != ".py"):
            found.add(ids, locations=[(place, line)], auto_comments=comments, context=context)
    return found


def messages_of(text: str, *, is_template: bool) -> Iterable[tuple]:
    """(line, message or (singular, plural), translators' comments, context) of one source."""
    if is_template:
        # templatize() leaves calls of gettext among blanked-out text. Brackets around all of it keep Python's tokenizer, which
        # reads it, from minding the indentation.
        text = f"(\n{templatize(text)}\n)"
    return extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True)


# To the catalogues


def read_catalogue(language: str) -> Catalog:
    path = catalogue_path(language)
    text = path.read_bytes() if path.exists() else header(language).encode()
    return read_po(io.BytesIO(text), locale=language)


def header(language: str) -> str:
    return HEADER.format(language=language, plural_forms=PLURAL_FORMS[language])


def catalogue_text(catalogue: Catalog, language: str) -> str:
    """The .po file: sorted by message."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return header(language) + body.getvalue().decode().strip() + "\n"


def updated(found: Catalog, language: str) -> Catalog:
    """The messages found, with the translations the catalogue has for exactly them. Never a guess from a similar message."""
    known = read_catalogue(language)
    catalogue = read_po(io.BytesIO(header(language).encode()), locale=language)
    for message in messages(found):
        string = known_string(known, message)
        if language == SOURCE_LANGUAGE and not (string and is_borrowed(message)):
            string = message.id
        catalogue.add(message.id, string, auto_comments=message.auto_comments, flags=message.flags, context=message.context)
    return catalogue


def is_borrowed(message: Message) -> bool:
    """Whether only other packages say it: their English may be written again."""
    return {place for place, _line in message.locations} == {BORROWED}


def messages(catalogue: Catalog) -> list[Message]:
    """All but the header."""
    return [message for message in catalogue if message.id]


def known_string(known: Catalog, message: Message) -> Any:
    before = known.get(message.id, message.context)
    return before.string if before and before.id == message.id and not before.fuzzy else ""


def save(catalogue: Catalog, language: str) -> None:
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(catalogue_text(catalogue, language), encoding="utf-8")


# To the translators and back


def untranslated(language: str) -> list[Message]:
    return [message for message in messages(read_catalogue(language)) if not is_translated(message)]


def is_translated(message: Message) -> bool:
    return all(message.string) if message.pluralizable else bool(message.string)


def export_rows(language: str) -> list[dict]:
    """The messages without a translation, as JSON-ready rows: fill in `translation`, one text or one per plural form."""
    forms = read_catalogue(language).num_plurals
    found = extracted()
    rows = []
    for message in untranslated(language):
        source = found.get(message.id, message.context)
        if source is None:
            continue  # no longer in the sources; `update` drops it
        singular, plural = message.id if message.pluralizable else (message.id, None)
        row = {
            "id": singular,
            "plural": plural,
            "context": message.context,
            "comment": " ".join(message.auto_comments),
            "where": sorted({place for place, _line in source.locations}),
        }
        rows.append({name: value for name, value in row.items() if value} | {"translation": [""] * forms if plural else ""})
    return rows


def import_rows(rows: list[dict], language: str) -> list[str]:
    """Write the translations of the rows into the catalogue; return what was refused, in words."""
    catalogue = read_catalogue(language)
    refused = []
    for row in rows:
        if not any(row["translation"]):
            continue
        message = catalogue.get(row["id"], row.get("context"))
        faults = translation_faults(message, row["translation"], catalogue.num_plurals) if message else ["no such message"]
        if faults:
            refused.append(f"{row['id']!r}: {'; '.join(faults)}")
        else:
            message.string = tuple(row["translation"]) if message.pluralizable else row["translation"]
    save(catalogue, language)
    return refused


# What can be wrong with a translation


def translation_faults(message: Message, translation: Any, forms: int) -> list[str]:
    """Plural forms that are missing, placeholders and HTML tags other than the message's."""
    if not message.pluralizable:
        return [] if isinstance(translation, str) and marks(translation) == marks(message.id) else [wanted_marks(message.id)]
    if isinstance(translation, str) or len(translation) != forms or not all(translation):
        return [f"{forms} plural forms are wanted"]
    return [
        f"form {number}: {wanted_marks(message.id[1])}"
        for number, form in enumerate(translation)
        if not fits(form, message.id[1])
    ]


def fits(form: str, plural: str) -> bool:
    """A plural form may leave out one placeholder, the number: "one expert", "خبيران"."""
    wanted, given = marks(plural), marks(form)
    left_out = wanted - given
    return not given - wanted and left_out.total() <= 1 and not any(mark.startswith("<") for mark in left_out)


def marks(text: str) -> Counter:
    """The placeholders and HTML tags of a text."""
    bare = text.replace("%%", "")
    return Counter(PLACEHOLDER.findall(bare)) + Counter(TAG.findall(bare))


def wanted_marks(text: str) -> str:
    return f"placeholders and tags wanted: {', '.join(marks(text)) or 'none'}"
