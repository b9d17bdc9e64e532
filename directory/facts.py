"""Facts: small values that are read as one, such as an availability or a verification.

A kind has facts among its own fields (`DocumentField(…, FieldType.FACT, fact=…)`, made from the draft). A room above a kind shows
a fact of its own on its pages: `kinds.contribute(kind, field)` when the apps are ready, and when it becomes true
`publication.set_fact(entry, name, value, by=)`. Such facts stand beside the document (`Entry.facts`), so that the next
publication leaves them alone; the audience of their group decides who reads them, as of any field.
"""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import override


class Fact:
    """How one sort of fact is read, found and compared."""

    # {value: label} of its filter, in their order; empty where lists are not filtered by it.
    facet_values: ClassVar[Mapping[str, str | Promise]] = {}
    # What asks for a day in its filter; "" where a day is no value of it.
    day_label: ClassVar[str | Promise] = ""

    def readable(self, value: dict[str, Any], language: str) -> str:
        """The fact in words, for its page and for the desk."""
        raise NotImplementedError

    def is_same(self, old: dict[str, Any], new: dict[str, Any]) -> bool:
        """Whether both say the same to a reader."""
        return old == new

    def indexed(self, value: dict[str, Any]) -> str:
        """What the search index keeps of it: one of `facet_values`, or something that becomes one with time."""
        raise NotImplementedError

    def facet_value(self, indexed: str, today: datetime.date) -> str:
        """Which of `facet_values` an indexed value means on a day."""
        return indexed

    def label_of_value(self, value: str) -> str | Promise:
        """What a value of its filter is called; the value itself where it is none."""
        return self.facet_values.get(value, value)

    def answers(self, indexed: str, wanted: frozenset[str], today: datetime.date) -> bool:
        """Whether an indexed value passes the filter."""
        return indexed in wanted or self.facet_value(indexed, today) in wanted


def day_of(value: str) -> datetime.date | None:
    """The day that a value in ISO form names."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def readable_date(day: str, language: str) -> str:
    """A day in ISO form as people write it."""
    with override(language):
        return date_format(datetime.date.fromisoformat(day), "DATE_FORMAT")
