"""Rows that the files of the vocabulary do not have. Tests otherwise use the real vocabulary, loaded by tests/conftest.py."""

from core.languages import LANGUAGES
from taxonomy.models import Goal, Term, Theme, VocabularyRow
from taxonomy.vocabulary import forget, mark_changed


def make_theme(code: str = "TST", *, goals: tuple[int, ...] = (), related: tuple[str, ...] = (), **overrides) -> Theme:
    theme = Theme.objects.create(code=code, **names(f"Theme {code}"), **overrides)
    theme.goals.set(Goal.objects.filter(number__in=goals))
    theme.related.set(related)
    show_changes()
    return theme


def make_term(list_name: str, code: str, **overrides) -> Term:
    term = Term.objects.create(list=list_name, code=code, **names(f"Term {code}"), **overrides)
    show_changes()
    return term


def change(row: VocabularyRow, **values) -> VocabularyRow:
    """Change a row as a programmer would: `edited` stays as it is."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    show_changes()
    return row


def names(name: str) -> dict[str, str]:
    return {f"name_{language}": f"{name} ({language})" for language in LANGUAGES}


def show_changes() -> None:
    """For tests in a transaction: there is no commit that would tell the readers."""
    mark_changed()
    forget()
