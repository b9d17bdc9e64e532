"""A published document in the language of the page: what public templates, JSON-LD and feeds read."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, override, pgettext

from core.languages import AuthoredText, best_text, isolated
from directory.document import Column, Document, DocumentField, FieldType
from directory.kinds import Kind, schema_of
from directory.labels import label_of, level_in_a_sentence
from directory.models import Entry
from directory.pictures import thumbnail_name
from directory.search import Hit, Reason, similar_hits
from directory.visibility import ANONYMOUS, Viewer, visible_fields
from taxonomy.vocabulary import Goal, vocabulary


@dataclass(frozen=True)
class Label:
    """A code of the vocabulary with its label in the language of the page."""

    code: str
    text: str

    def __str__(self) -> str:
        return self.text


class PublicEntry:
    """What one viewer may read of an entry, ready to show in one language.

    `values` holds every field of the kind by name: AuthoredText for texts, Label or list[Label] for codes, a list of dicts for
    records, the bare value otherwise; None or [] for what is empty or not for this viewer.
    """

    def __init__(
        self,
        entry: Entry,
        viewer: Viewer,
        language: str,
        document: Document | None = None,
        *,
        fields: dict[str, Any] | None = None,
    ):
        """`fields`: what this viewer may read, where the caller has asked already."""
        self.entry = entry
        self.language = language
        self.fields = visible_fields(entry, document or entry.document, viewer) if fields is None else fields
        self.reasons: list[Reason] = []  # why it answers a question, in a list of results

    @classmethod
    def of_hit(cls, hit: Hit, language: str) -> Self:
        """A row of results: it knows its `reasons`."""
        page = cls(hit.entry, ANONYMOUS, language, fields=hit.fields)
        page.reasons = hit.reasons
        return page

    @property
    def card_template(self) -> str:
        """Its row in a list."""
        return f"{schema_of(self.entry.kind).namespace}/_card.html"

    @cached_property
    def similar(self) -> list[Self]:
        """Pages that say the same in their own words, as everybody sees them; each has its nearest sentence as the reason."""
        return [self.of_hit(hit, self.language) for hit in similar_hits(self.entry)]

    @property
    def kind(self) -> Kind:
        return schema_of(self.entry.kind)

    @cached_property
    def values(self) -> dict[str, Any]:
        return {name: localise(item, self.fields.get(name), self.language) for name, item in self.kind.readable.items()}

    @property
    def url(self) -> str:
        return self.entry.get_absolute_url()

    @cached_property
    def name(self) -> AuthoredText:
        """The name in the script of the page, or in the one that there is."""
        return self._names[0]

    @cached_property
    def other_name(self) -> AuthoredText:
        """The same person's name in the other script, to stand beside it; an empty text when there is none."""
        return self._names[1] if len(self._names) > 1 else AuthoredText("", self.language)

    @cached_property
    def _names(self) -> list[AuthoredText]:
        name = self.fields.get("name", {})
        if self.kind.by_name["name"].type is FieldType.TEXT:
            text = best_text(name, self.language)
            return [text or AuthoredText(self.entry.slug, "en")]
        latin = AuthoredText(name["latin"], self.language if self.language != "ar" else "fr") if name.get("latin") else None
        arabic = AuthoredText(name["arabic"], "ar") if name.get("arabic") else None
        ordered = [arabic, latin] if self.language == "ar" else [latin, arabic]
        return [text for text in ordered if text] or [AuthoredText(self.entry.slug, "en")]

    @property
    def headline(self) -> AuthoredText | None:
        """The text under the name, in lists and on top of its page."""
        return self.values[self.kind.headline] if self.kind.headline else None

    @cached_property
    def goals(self) -> list[Goal]:
        chosen = set(self.fields.get("goals", []))
        return [goal for goal in vocabulary().goals if goal.code in chosen]

    @property
    def goal_numbers(self) -> list[int]:
        return [goal.number for goal in self.goals]

    @property
    def image_url(self) -> str:
        return default_storage.url(self.image) if self.image else ""

    @property
    def thumbnail_url(self) -> str:
        return default_storage.url(thumbnail_name(self.image)) if self.image else ""

    @property
    def image(self) -> str:
        return self.fields.get(self.kind.picture, "")

    @property
    def place(self) -> str:
        """Where it is, in a line; kinds that have a place say how."""
        return ""

    @property
    def facts(self) -> list[tuple[str | Promise, Any]]:
        """(label, value) pairs of the column beside the text; empty values are left out. Each kind has its own."""
        return []

    @property
    def column(self) -> list[tuple[str | Promise, Any]]:
        """`facts`, then those that rooms above have contributed."""
        beside = [(item.label, self.shown(name)) for name, item in self.kind.contributed.items()]
        return [*self.facts, *beside]

    def shown(self, name: str) -> str:
        """A value as its declaration says it is shown: a link, a number to call, a fact in words. "" where there is none."""
        item, value = self.kind.readable[name], self.fields.get(name)
        if not value:
            return ""
        if item.fact:
            return item.fact.readable(value, self.language)
        return SHOWN[item.format](value) if item.format in SHOWN else str(self.values[name])

    def chips(self, field: str, facet: str) -> list[dict[str, str]]:
        """The codes of a field, each with the list of everything that names it too."""
        return [{"label": str(label), "url": self.list_url(**{facet: label.code})} for label in self.values[field]]

    @property
    def description(self) -> str:
        """What it is, in a line."""
        return str(self.headline or "")

    @property
    def shared_line(self) -> str:
        """What search engines and shared links show: two people may have one headline, and not one name."""
        return " · ".join(filter(None, [str(self.name), self.description, self.place]))

    @property
    def absolute_url(self) -> str:
        """Of the public page, wherever it is shown: a preview passes on no address of its own."""
        return absolute(self.url)

    @property
    def absolute_image_url(self) -> str:
        return absolute(self.image_url)

    @property
    def language_links(self) -> list[dict[str, Any]]:
        """This page in every language in which something is written here."""
        return [
            {"language": code, "name": name, "url": self.url_in(code), "current": code == self.language}
            for code, name in settings.LANGUAGES
            if code in self.languages_of_texts
        ]

    @property
    def is_in_page_language(self) -> bool:
        return self.language in self.languages_of_texts

    def url_in(self, language: str) -> str:
        with override(language):
            return self.url

    @property
    def url_in_any_language(self) -> str:
        """Its address without a language, which leads whoever follows it to theirs."""
        return self.url.removeprefix(f"/{get_language()}")

    def list_url(self, **question: str) -> str:
        """The list of this kind, asked one question: the themes of a profile lead to others who know them."""
        return f"{self.kind.list_url}?{urlencode(question)}"

    @cached_property
    def languages_of_texts(self) -> list[str]:
        """The languages in which something is written here."""
        texts = [self.fields[item.name] for item in self.kind if item.type is FieldType.TEXT and item.name in self.fields]
        return [code for code in ("ar", "fr", "en") if any(text.get(code) for text in texts)]


class PlacedEntry(PublicEntry):
    """An entry of a kind that has a country, a region and a city."""

    @property
    def place(self) -> str:
        """City and country, or the country alone."""
        country = str(self.values["country"] or "")
        city = vocabulary().town_label(self.fields.get("city", ""), self.fields.get("country", ""), self.language)
        return (
            pgettext("city and country", "%(city)s, %(country)s") % {"city": isolated(city), "country": country}
            if city
            else country
        )

    @property
    def base(self) -> str:
        """City, country and region."""
        region = str(self.values["region"] or "")
        if not region:
            return self.place
        return pgettext("region and place", "%(place)s (%(region)s)") % {"place": self.place, "region": region}


def page_of(entry: Entry, viewer: Viewer, language: str) -> PublicEntry:
    """The page of an entry, as its own kind presents it."""
    return schema_of(entry.kind).present(entry, viewer, language)


def mail_link(address: str) -> str:
    return format_html('<a class="ltr" href="mailto:{0}">{0}</a>', address)


def call_link(number: str) -> str:
    return format_html('<a href="tel:{0}"><bdi class="ltr">{0}</bdi></a>', number)


def page_link(url: str) -> str:
    """The address without what every address begins with."""
    shown = url.removeprefix("https://").removeprefix("http://").rstrip("/")
    return format_html('<a class="ltr" href="{}" rel="nofollow noopener">{}</a>', url, shown)


# How the formats of values are shown on a page; other values are text.
SHOWN = {"email": mail_link, "phone": call_link, "url": page_link}


def listed(values: Iterable) -> str:
    """Several labels in one line; each begins with a capital and may hold a comma of its own."""
    return " · ".join(str(value) for value in values)


def with_level(row: dict[str, Any]) -> str:
    """The language of a row, with the level where it is stated."""
    if not row.get("level"):
        return str(row["code"])
    told = {"language": row["code"], "level": level_in_a_sentence(row["level"].code, get_language())}
    return pgettext("language and level", "%(language)s (%(level)s)") % told


def absolute(path: str) -> str:
    """A path of this site with the site's address, for machines and shared links."""
    return f"{settings.SITE_URL}{path}" if path else ""


def localise(item: DocumentField | Column, value: Any, language: str) -> Any:
    """One value of a document as templates read it; None, or an empty list, where there is none."""
    if value is None:
        return [] if item.type in {FieldType.CODES, FieldType.RECORDS} else None
    match item.type:
        case FieldType.TEXT:
            return best_text(value, language)
        case FieldType.CODE:
            return label(item.vocabulary, value, language)
        case FieldType.CODES:
            return [label(item.vocabulary, code, language) for code in value]
        case FieldType.RECORDS:
            return [_localise_record(item, record, language) for record in value]
    return value


def label(list_name: str, code: str, language: str) -> Label:
    return Label(code, label_of(list_name, code, language))


def _localise_record(item: DocumentField, record: dict, language: str) -> dict[str, Any]:
    columns = {column.name: column for column in item.columns}
    return {name: localise(columns[name], value, language) if name in columns else value for name, value in record.items()}
