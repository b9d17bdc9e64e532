"""A published document in the language of the page: what public templates, JSON-LD and feeds read."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext, pgettext_lazy

from core.languages import AuthoredText, best_text, isolated
from directory.availability import availability_state, available_from
from directory.document import Column, Document, DocumentField, FieldType
from directory.kinds import schema_of
from directory.labels import label_of
from directory.models import Entry, Kind
from directory.pictures import thumbnail_name
from directory.visibility import Viewer, visible_fields
from taxonomy.vocabulary import Goal, vocabulary

AVAILABILITY = {
    "now": pgettext_lazy("availability", "Available now"),
    "later": pgettext_lazy("availability", "Available later"),
    "closed": pgettext_lazy("availability", "Not available"),
}


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

    def __init__(self, entry: Entry, viewer: Viewer, language: str, document: Document | None = None):
        self.entry = entry
        self.language = language
        self.fields = visible_fields(entry, document or entry.document, viewer)
        self.reasons: list[Any] = []  # why it answers a question, in a list of results

    @cached_property
    def values(self) -> dict[str, Any]:
        schema = schema_of(self.entry.kind)
        return {item.name: localise(item, self.fields.get(item.name), self.language) for item in schema}

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
        if schema_of(self.entry.kind).by_name["name"].type is FieldType.TEXT:
            text = best_text(name, self.language)
            return [text or AuthoredText(self.entry.slug, "en")]
        latin = AuthoredText(name["latin"], self.language if self.language != "ar" else "fr") if name.get("latin") else None
        arabic = AuthoredText(name["arabic"], "ar") if name.get("arabic") else None
        ordered = [arabic, latin] if self.language == "ar" else [latin, arabic]
        return [text for text in ordered if text] or [AuthoredText(self.entry.slug, "en")]

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
        return self.fields.get("photo") or self.fields.get("logo") or ""

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

    @property
    def email_link(self) -> str:
        address = self.fields.get("contact_email")
        return format_html('<a class="ltr" href="mailto:{0}">{0}</a>', address) if address else ""

    @property
    def phone(self) -> str:
        number = self.fields.get("phone")
        return format_html('<a href="tel:{0}"><bdi class="ltr">{0}</bdi></a>', number) if number else ""

    @property
    def website_link(self) -> str:
        """The address without what every address begins with."""
        url = self.fields.get("website")
        shown = url.removeprefix("https://").removeprefix("http://").rstrip("/") if url else ""
        return format_html('<a class="ltr" href="{}" rel="nofollow noopener">{}</a>', url, shown) if url else ""

    def chips(self, field: str, facet: str) -> list[dict[str, str]]:
        """The codes of a field, each with the list of everything that names it too."""
        return [{"label": str(label), "url": self.list_url(**{facet: label.code})} for label in self.values[field]]

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

    def list_url(self, **question: str) -> str:
        """The list of this kind, asked one question: the themes of a profile lead to others who know them."""
        return f"{reverse(f'{Kind(self.entry.kind).url_namespace}:list')}?{urlencode(question)}"

    @cached_property
    def availability(self) -> dict[str, str] | None:
        """{"state": "now" | "later" | "closed", "date": ISO date or absent}, as of today."""
        value = self.fields.get("availability")
        if not value:
            return None
        state = availability_state(available_from(value), timezone.localdate())
        return {"state": state} | ({"date": value["date"]} if state == "later" and value.get("date") else {})

    @property
    def availability_state(self) -> str:
        return self.availability["state"] if self.availability else ""

    @property
    def availability_label(self) -> str:
        if not self.availability:
            return ""
        if "date" in self.availability:
            day = datetime.date.fromisoformat(self.availability["date"])
            return _("Available from %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
        return str(AVAILABILITY[self.availability_state])

    @cached_property
    def languages_of_texts(self) -> list[str]:
        """The languages in which something is written here."""
        texts = [
            self.fields[item.name]
            for item in schema_of(self.entry.kind)
            if item.type is FieldType.TEXT and item.name in self.fields
        ]
        return [code for code in ("ar", "fr", "en") if any(text.get(code) for text in texts)]


def listed(values: Iterable) -> str:
    """Several labels in one line, with the comma of the page's language."""
    return pgettext("between the items of a list", ", ").join(str(value) for value in values)


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
