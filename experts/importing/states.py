"""What a list may change of a profile: as the profile has it now, and as a line of the list would have it.

A state is {"columns": {column: value}, "themes": [[code, level, years]], "languages": [[code, level]]}, and JSON as it is.
"""

from copy import copy
from typing import Any

from directory.document import Document
from experts.models import Expert, Expertise, SpokenLanguage

State = dict[str, Any]

TEXT_ORDER = ("fr", "ar", "en")
TEXTS = {"headline": "headline", "biography": "bio"}  # {field: column of the list}
SAME_NAME = (
    "given_name",
    "family_name",
    "given_name_ar",
    "family_name_ar",
    "country",
    "region",
    "city",
    "years_experience",
    "availability",
)


def source_language(data: dict) -> str:
    """The language in which most was written first: French, Arabic, English, whichever has a biography."""
    for column in ("bio", "headline"):
        for language in TEXT_ORDER:
            if data[f"{column}_{language}"]:
                return language
    return TEXT_ORDER[0]


def listed_columns(data: dict) -> dict[str, Any]:
    """The columns of a profile that a line fills; `data` is what its form found."""
    texts = {f"{field}_{language}": data[f"{column}_{language}"] for field, column in TEXTS.items() for language in TEXT_ORDER}
    named = {"source_language": source_language(data), "milieu": data["sector"], "goals": data["sdgs"]}
    return {column: data[column] for column in SAME_NAME} | texts | named


def state_of(draft: Expert, columns: Any) -> State:
    """The profile as it is in these columns, and its rows."""
    return {
        "columns": {column: getattr(draft, column) for column in columns},
        "themes": [[row.theme, row.level, row.years] for row in draft.expertises.all()],
        "languages": [[row.code, row.level] for row in draft.spoken_languages.all()],
    }


def listed_state(draft: Expert, data: dict) -> State:
    """The profile as the line would have it. A theme that stays keeps its level and years, which the list does not know."""
    themes = [[row.theme, row.level, row.years] for row in draft.expertises.all() if row.theme in data["themes"]]
    known = {theme for theme, _level, _years in themes}
    levels = dict(data["languages"])
    languages = [[row.code, levels.pop(row.code)] for row in draft.spoken_languages.all() if row.code in levels]
    return {
        "columns": listed_columns(data),
        "themes": themes + [[code, "", None] for code in data["themes"] if code not in known],
        "languages": languages + [[code, level] for code, level in levels.items()],
    }


def new_state(data: dict) -> State:
    return {
        "columns": listed_columns(data),
        "themes": [[code, "", None] for code in data["themes"]],
        "languages": [[code, level] for code, level in data["languages"]],
    }


def write(draft: Expert, state: State) -> None:
    """Make the profile so. Its rows are written anew, in the order of the state."""
    is_new = draft.pk is None
    for column, value in state["columns"].items():
        setattr(draft, column, value)
    draft.save()
    for rows in () if is_new else (draft.expertises, draft.spoken_languages):
        rows.all().delete()
    Expertise.objects.bulk_create(
        Expertise(expert=draft, theme=code, level=level, years=years) for code, level, years in state["themes"]
    )
    SpokenLanguage.objects.bulk_create(SpokenLanguage(expert=draft, code=code, level=level) for code, level in state["languages"])


def document_in(draft: Expert, state: State) -> Document:
    """The document that the profile would have in this state; nothing is written."""
    changed = copy(draft)
    for column, value in state["columns"].items():
        setattr(changed, column, value)
    themes = [{"id": code, "theme": code, "level": level, "years": years} for code, level, years in state["themes"]]
    languages = [{"id": code, "code": code, "level": level} for code, level in state["languages"]]
    rows = {"themes": list(map(_without_empty, themes)), "languages": list(map(_without_empty, languages))}
    return changed.document_schema.build(changed.document_fields() | rows, changed.audiences)


def _without_empty(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value not in (None, "")}
