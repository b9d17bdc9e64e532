"""What a room says of the personal data in its tables: `privacy.py` of each room holds a list of these, named DECLARATIONS.

`directory.erasure` erases by them and by nothing else; docs/privacy.md is written from them; a model without one fails a test.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import import_module

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.module_loading import module_has_submodule

# Stands for every field that is not named.
ALL = "*"


class Erased(Enum):
    """What becomes of a field when its person is erased."""

    WITH_ROW = "deleted with its row"
    BLANKED = "blanked"
    UNLINKED = "no longer names the person"
    KEPT = "kept"


@dataclass(frozen=True)
class Subject:
    """Who or what is erased: a person with the pages that go too, or a page alone."""

    user_id: int | None = None
    addresses: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()  # public ids

    @property
    def keys(self) -> list[str]:
        """As `subject_key` names them."""
        return [*sorted(self.pages), *([f"user:{self.user_id}"] if self.user_id else [])]


def subject_key(thing: models.Model) -> str:
    """How a row of another table says whom it is about: the public id of a page, or the number of a person."""
    return getattr(thing, "public_id", None) or f"user:{thing.pk}"


@dataclass(frozen=True)
class Whose:
    """Which rows belong to a subject."""

    text: str
    rows: Callable[[Subject], Q]

    def __or__(self, other: "Whose") -> "Whose":
        return Whose(f"{self.text}; {other.text}", lambda subject: self.rows(subject) | other.rows(subject))


NOBODY = Q(pk__in=[])


def person(lookup: str) -> Whose:
    return Whose(f"the person in `{lookup}`", lambda subject: Q(**{lookup: subject.user_id}) if subject.user_id else NOBODY)


def page(lookup: str) -> Whose:
    return Whose(f"the page in `{lookup}`", lambda subject: Q(**{f"{lookup}__in": subject.pages}))


def address(lookup: str) -> Whose:
    def rows(subject: Subject) -> Q:
        found = NOBODY
        for each in subject.addresses:
            found |= Q(**{f"{lookup}__iexact": each})
        return found

    return Whose(f"whoever has the address in `{lookup}`", rows)


@dataclass(frozen=True)
class Personal:
    """One table with personal data. `before` runs first, while all rows are still there, for what no row by row rule can say."""

    model: str
    whose: Whose
    why: str
    kept: str
    exported: str
    fields: Mapping[str, Erased] = field(default_factory=lambda: {ALL: Erased.WITH_ROW})
    before: Callable[[Subject], None] | None = None

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)


@dataclass(frozen=True)
class Impersonal:
    """One table that says nothing of any person."""

    model: str
    because: str


@dataclass(frozen=True)
class Dependent:
    """One table without a model, whose rows the database deletes with the row that they are made from."""

    table: str
    model: str
    why: str


Declaration = Personal | Impersonal | Dependent


@cache
def declarations() -> tuple[Declaration, ...]:
    """Those of all rooms, in the order of the settings: from below to above."""
    return tuple(_found())


def _found() -> Iterator[Declaration]:
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "privacy"):
            yield from getattr(import_module(f"{config.name}.privacy"), "DECLARATIONS", ())
