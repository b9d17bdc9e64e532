"""One list page: its form, its page of entries with reasons, its facets with exact counts, its removable chips."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from core.pagination import paginate
from directory import search
from directory.facts import day_of
from directory.filters import DirectoryForm, Sort
from directory.kinds import Kind
from directory.labels import label_of
from directory.presentation import PublicEntry
from taxonomy.vocabulary import vocabulary

PAGE_SIZE = 20
MOST_OPTIONS = 40  # of a facet; the page of territories has all
SHORT = 10  # a list with fewer results ends with some subjects next to the one asked


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
    day_label: str | Promise = ""  # of a day that may be asked for beside the options
    day: str = ""

    @property
    def has_selection(self) -> bool:
        return any(option.checked for option in self.options)


@dataclass(frozen=True)
class Chip:
    """Something asked, and the address of the same list without it. `words`: what was typed, where a concept was understood."""

    label: str
    url: str
    words: str = ""


@dataclass(frozen=True)
class Remedy:
    """A way out of an empty list: its address, and how many results wait there."""

    label: str
    url: str
    count: int


class FoundRows(Sequence):
    """The answers as a paginator wants them: only the slice that is shown is read."""

    def __init__(self, answer: search.Answer):
        self.answer = answer

    def __len__(self) -> int:
        return self.answer.count

    def __getitem__(self, asked: slice) -> list[search.Hit]:
        return search.hits(self.answer, asked.start, asked.stop - asked.start)


class Listing:
    """Whoever looks, rows show what everybody may read: the facets and counts beside them know no more either."""

    def __init__(self, request: HttpRequest, kind: Kind):
        self.request = request
        self.kind = kind
        self.language = get_language()
        self.form = DirectoryForm(request.GET)

    @cached_property
    def is_valid(self) -> bool:
        return self.form.is_valid()

    @cached_property
    def answer(self) -> search.Answer:
        return search.Answer(self.form.query(self.kind.kind, self.language))

    @property
    def count(self) -> int:
        return self.answer.count if self.is_valid else 0

    @cached_property
    def page(self):
        """The page asked for, or the nearest one that exists."""
        return paginate(self.request, FoundRows(self.answer), per_page=PAGE_SIZE, count=self.count)

    @cached_property
    def entries(self) -> list[PublicEntry]:
        """The rows; each knows its `reasons`."""
        return [self.kind.present.of_hit(hit, self.language) for hit in self.page.object_list]

    @cached_property
    def close(self) -> list[PublicEntry]:
        """Who comes close in meaning without answering: rows of their own, below the first part."""
        return [self.kind.present.of_hit(hit, self.language) for hit in search.close_hits(self.answer)] if self.is_valid else []

    @cached_property
    def facets(self) -> list[Facet]:
        return [self._facet(name) for name in self.kind.facets] if self.is_valid else []

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(self.label(facet, code), self._url_without(facet, code))
            for facet, codes in self.form.chosen.items()
            for code in codes
        ]

    @cached_property
    def understood(self) -> list[Chip]:
        """The themes and places that were recognised in the words; without one, its words are only words."""
        if not self.is_valid:
            return []
        subjects = [
            Chip(search.concept_label(concept, self.language), self._url(literal=concept), words)
            for concept, words in self.answer.understood
        ]
        return subjects + [
            Chip(self.label(said.facet, said.value), self._url(literal=said.literal), said.words)
            for said in self.conditions.conditions
        ]

    @cached_property
    def conditions(self) -> search.Read:
        return self.form.conditions(self.kind.kind)

    @property
    def unused(self) -> list[str]:
        """Words that say when, or in which language, where this kind has no such filter or no day is meant."""
        return list(self.conditions.unused) if self.is_valid else []

    @property
    def corrected(self) -> str:
        """The words for which results are shown, where nobody answers the words as typed."""
        return self.answer.corrected if self.is_valid else ""

    @property
    def is_nearly(self) -> bool:
        """Whether the results answer most of the question, but not all of it."""
        return self.is_valid and self.answer.is_nearly

    @property
    def is_widened(self) -> bool:
        """Whether others follow those who answer exactly, of whom there are few."""
        return self.is_valid and self.answer.is_widened

    @cached_property
    def without_filter(self) -> list[Remedy]:
        """For an empty list: the same question without one of its filters."""
        dropped = self.answer.without if self.is_valid and not self.count else []
        return [Remedy(self.label(facet, code), self._url_without(facet, code), count) for facet, code, count in dropped if count]

    @cached_property
    def fewer_words(self) -> list[Remedy]:
        """For an empty list: only one part of the words."""
        parts = self.answer.parts if self.is_valid and not self.count else []
        return [Remedy(unit.text, self._url(q=unit.text), count) for unit, count in parts if count]

    @cached_property
    def beside(self) -> list[Remedy]:
        """For a short list: the subjects next to the one asked."""
        if not self.is_valid or not self.form.text or self.count >= SHORT:
            return []
        places = self.answer.places
        subjects = [(search.concept_label(theme, self.language), count) for theme, count in self.answer.beside]
        return [Remedy(label, self._url(q=" ".join([label, *places])), count) for label, count in subjects]

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        return [choice for choice in Sort.CHOICES if choice[0] != search.RELEVANCE or self.form.text]

    @property
    def clear_url(self) -> str:
        """The same words without any filter."""
        return f"{self.request.path}?{urlencode({'q': self.form.text})}" if self.form.text else self.request.path

    @property
    def territories_url(self) -> str:
        """The same answers by country and region."""
        query = self._question()
        query["kind"] = self.kind.kind
        return f"{reverse('directory:territories')}?{query.urlencode()}"

    def label(self, facet: str, code: str) -> str:
        item = self.kind.facets.get(facet)
        if item is None:  # of another kind
            return code
        return str(item.fact.label_of_value(code)) if item.fact else label_of(item.vocabulary, code, self.language)

    def _facet(self, name: str) -> Facet:
        counts = self.answer.counts[name]
        chosen = self.form.chosen.get(name, [])
        options = [
            Option(code, self.label(name, code), counts[code], code in chosen) for code in self._codes(name, counts, chosen)
        ]
        if not self._in_fixed_order(name):
            options.sort(key=lambda option: (not option.checked, -option.count, option.label))
            del options[MOST_OPTIONS:]
        day_label = fact.day_label if (fact := self.kind.facets[name].fact) else ""
        day = next((value for value in chosen if day_of(value)), "") if day_label else ""
        return Facet(name, self.kind.facet_label(name), options, day_label, day)

    def _in_fixed_order(self, name: str) -> bool:
        """Goals and the values of a fact; the others begin with what is chosen and what occurs most."""
        item = self.kind.facets[name]
        return bool(item.fact) or item.vocabulary == "goal"

    def _codes(self, name: str, counts, chosen: list[str]) -> list[str]:
        """What stands in a fixed order stands there whole; otherwise what occurs, and what was chosen."""
        item = self.kind.facets[name]
        if self._in_fixed_order(name):
            return list(item.fact.facet_values) if item.fact else [str(goal.number) for goal in vocabulary().goals]
        found = [code for code in counts if item.vocabulary != "theme" or self._is_offered_theme(code, chosen)]
        return list(dict.fromkeys([*chosen, *found]))

    def _is_offered_theme(self, code: str, chosen: list[str]) -> bool:
        """Domains, and the themes right under a chosen one: 500 boxes would help nobody."""
        theme = vocabulary().themes.get(code)
        return theme is not None and (not theme.parent or theme.parent in chosen)

    def _url_without(self, facet: str, code: str) -> str:
        query = self._question()
        query.setlist(facet, [value for value in query.getlist(facet) if value != code])
        return f"{self.request.path}?{query.urlencode()}"

    def _url(self, *, q: str = "", literal: str = "") -> str:
        """This list with other words, or with a concept taken for plain words."""
        query = self._question()
        if q:
            query["q"] = q
            query.pop("literal", None)
        if literal:
            query.appendlist("literal", literal)
        return f"{self.request.path}?{query.urlencode()}"

    def _question(self) -> QueryDict:
        query = self.request.GET.copy()
        query.pop("page", None)
        return query
