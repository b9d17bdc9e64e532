"""One list page: its form, its page of entries, its facets with exact counts, its removable chips."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language

from core.pagination import paginate
from directory import search
from directory.filters import DirectoryFilter, Sort
from directory.models import Kind
from directory.presentation import AVAILABILITY, PublicEntry
from directory.visibility import ANONYMOUS
from taxonomy.vocabulary import vocabulary

PAGE_SIZE = 20

# The vocabulary list behind each facet; `type` differs by kind.
LISTS = {
    "goal": "goal",
    "theme": "theme",
    "country": "country",
    "region": "subdivision",
    "language": "language",
    "milieu": "milieux",
}
TYPE_LISTS = {Kind.ORGANIZATION: "organisation_types", Kind.PROJECT: "project_statuses"}
# Facets whose values all stand in their own order; the others begin with what is chosen and what occurs most.
FIXED_ORDER = ("goal", "availability")
FACETS_OF = {
    Kind.EXPERT: ("goal", "theme", "country", "region", "milieu", "language", "availability"),
    Kind.ORGANIZATION: ("goal", "theme", "country", "region", "type"),
    Kind.PROJECT: ("goal", "theme", "country", "region", "type"),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool

    @property
    def disabled(self) -> bool:
        return not self.count and not self.checked


@dataclass(frozen=True)
class Facet:
    name: str
    label: str | Promise
    options: list[Option]

    @property
    def has_selection(self) -> bool:
        return any(option.checked for option in self.options)


@dataclass(frozen=True)
class Chip:
    """A chosen filter and the address of the same list without it."""

    label: str
    url: str


class Listing:
    """`present` is the kind's own PublicEntry. Rows show what everybody may read: facets and counts know no more either."""

    def __init__(self, request: HttpRequest, kind: Kind, present: type[PublicEntry] = PublicEntry):
        self.request = request
        self.kind = kind
        self.present = present
        self.language = get_language()
        self.filter = DirectoryFilter(request.GET, kind=kind, language=self.language)

    @property
    def form(self):
        return self.filter.form

    @cached_property
    def is_valid(self) -> bool:
        return self.form.is_valid()

    @cached_property
    def _tally(self) -> tuple[int, dict]:
        return search.tally(self.filter.matching, self.filter.chosen)

    @property
    def count(self) -> int:
        return self._tally[0] if self.is_valid else 0

    @cached_property
    def page(self):
        """The page asked for, or the nearest one that exists."""
        rows = self.filter.qs.select_related("entry").defer("vector")
        return paginate(self.request, rows, per_page=PAGE_SIZE, count=self.count)

    @cached_property
    def entries(self) -> list[PublicEntry]:
        return [self.present(row.entry, ANONYMOUS, self.language) for row in self.page.object_list]

    @cached_property
    def facets(self) -> list[Facet]:
        return [self._facet(name) for name in FACETS_OF[self.kind]] if self.is_valid else []

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(self.label(facet, code), self._url_without(facet, code))
            for facet, codes in self.filter.chosen.items()
            for code in codes
        ]

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        return [choice for choice in Sort.CHOICES if choice[0] != Sort.RELEVANCE or self.filter.text]

    @property
    def clear_url(self) -> str:
        """The same words without any filter."""
        return f"{self.request.path}?{urlencode({'q': self.filter.text})}" if self.filter.text else self.request.path

    def label(self, facet: str, code: str) -> str:
        if facet == "availability":
            return str(AVAILABILITY.get(code, code))
        list_name = TYPE_LISTS[self.kind] if facet == "type" else LISTS[facet]
        return vocabulary().label(list_name, code, self.language)

    def _facet(self, name: str) -> Facet:
        counts = self._tally[1][name]
        chosen = self.filter.chosen.get(name, [])
        options = [
            Option(code, self.label(name, code), counts[code], code in chosen) for code in self._codes(name, counts, chosen)
        ]
        if name not in FIXED_ORDER:
            options.sort(key=lambda option: (not option.checked, -option.count, option.label))
        return Facet(name, self.form.fields[name].label, options)

    def _codes(self, name: str, counts, chosen: list[str]) -> list[str]:
        """Every goal and state of availability; otherwise what occurs, and what was chosen."""
        if name == "goal":
            return [str(goal.number) for goal in vocabulary().goals]
        if name == "availability":
            return list(AVAILABILITY)
        found = [code for code in counts if name != "theme" or self._is_offered_theme(code, chosen)]
        return list(dict.fromkeys([*chosen, *found]))

    def _is_offered_theme(self, code: str, chosen: list[str]) -> bool:
        """Domains, and the themes right under a chosen one: 486 boxes would help nobody."""
        theme = vocabulary().themes.get(code)
        return theme is not None and (not theme.parent or theme.parent in chosen)

    def _url_without(self, facet: str, code: str) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        query.setlist(facet, [value for value in query.getlist(facet) if value != code])
        return f"{self.request.path}?{query.urlencode()}"
