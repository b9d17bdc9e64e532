"""A project's published page as templates and machines read it."""

import datetime
import re
from functools import cached_property
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.languages import AuthoredText
from directory.linked_data import linked_data, reference, said
from directory.models import Entry
from directory.presentation import Label, PublicEntry, listed, page_of
from directory.visibility import ANONYMOUS
from taxonomy.vocabulary import vocabulary

SOUTHERN_GROUPS = ("AFRICA", "ARAB_LEAGUE", "MENA")
NORTHERN_GROUPS = ("EU", "UFM")
ROW_OF_NAMES = re.compile(r"[,،;؛\n]")
ARABIC = re.compile(r"[\u0621-\u064a]")
# An amount in euros: Morocco writes the name of the currency, France its sign after, Britain before.
AMOUNTS = {"ar": "%s\xa0أورو", "fr": "%s\xa0€", "en": "€%s"}


class ProjectPage(PublicEntry):
    """What a list row and the page show of a project."""

    @property
    def row_facts(self) -> list[str]:
        return [fact for fact in (str(self.values["status"] or ""), self.period, listed(self.values["countries"])) if fact]

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """(label, value) pairs of the column beside the text; the template leaves out what is empty."""
        shores = self.shores
        return [
            (_("State"), self.values["status"]),
            (_("Dates"), self.period),
            (_("African and southern shore"), listed(shores["south"])),
            (_("European and northern shore"), listed(shores["north"])),
            (_("Elsewhere"), listed(shores["elsewhere"])),
            (_("Regions"), listed(self.values["regions"])),
            (_("Places"), self.fields.get("places")),
            (_("Budget"), self.budget),
            (_("Funders"), self.fields.get("funders")),
            (_("Website"), self.shown("website")),
        ]

    @property
    def period(self) -> str:
        start, end = readable_day(self.fields.get("start")), readable_day(self.fields.get("end"))
        if start and end:
            return pgettext("period", "%(start)s – %(end)s") % {"start": start, "end": end}
        if start:
            return _("since %(day)s") % {"day": start}
        return _("until %(day)s") % {"day": end} if end else ""

    @property
    def shores(self) -> dict[str, list[Label]]:
        """The countries of the project on either side of the Mediterranean."""
        south = in_groups(SOUTHERN_GROUPS)
        north = in_groups(NORTHERN_GROUPS) - south
        countries = self.values["countries"]
        return {
            "south": [label for label in countries if label.code in south],
            "north": [label for label in countries if label.code in north],
            "elsewhere": [label for label in countries if label.code not in south | north],
        }

    @property
    def budget(self) -> str:
        amount = self.fields.get("budget")
        if amount is None:
            return ""
        return AMOUNTS[self.language] % number_format(amount, force_grouping=True)

    @property
    def themes(self) -> list[dict[str, str]]:
        return self.chips("themes", "theme")

    @cached_property
    def organizations(self) -> list[dict[str, Any]]:
        return self._participants("organizations")

    @cached_property
    def people(self) -> list[dict[str, Any]]:
        return self._participants("people")

    def _participants(self, field: str) -> list[dict[str, Any]]:
        """Those who confirmed and are published today; who is hidden is not even counted."""
        return [
            {"page": self._named[record["id"]], "role": record["role"]}
            for record in self.values[field]
            if record["id"] in self._named
        ]

    @cached_property
    def _named(self) -> dict[str, PublicEntry]:
        """{public id: page} of all organisations and people at once. One query."""
        named = {record["id"] for field in ("organizations", "people") for record in self.values[field]}
        entries = Entry.objects.published().filter(public_id__in=named) if named else []
        return {entry.public_id: page_of(entry, ANONYMOUS, self.language) for entry in entries}


def linked_project(page: ProjectPage) -> str:
    """schema.org/Project."""
    public = ProjectPage(page.entry, ANONYMOUS, get_language())
    fields = public.fields
    return linked_data(
        public,
        "Project",
        description=said(public.headline, public.language),
        foundingDate=fields.get("start"),
        dissolutionDate=fields.get("end"),
        areaServed=[str(label) for label in public.values["countries"]],
        knowsAbout=[theme["label"] for theme in public.themes],
        member=[member("Organization", row) for row in public.organizations] + [member("Person", row) for row in public.people],
        funder=funders(fields.get("funders", "")),
        **({"url": fields["website"]} if fields.get("website") else {}),
    )


def member(type_name: str, participant: dict[str, Any]) -> dict[str, Any]:
    page = participant["page"]
    return reference(page, type_name) | {"name": said(page.name, page.language)}


def funders(text: str) -> list[dict[str, Any]]:
    """One organisation for each name in a row of names."""
    names = [name.strip() for name in ROW_OF_NAMES.split(text) if name.strip()]
    return [
        {"@type": "Organization", "name": said(AuthoredText(name, "ar"), get_language()) if ARABIC.search(name) else name}
        for name in names
    ]


def in_groups(groups: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(vocabulary().countries_of_group(group) for group in groups))


def readable_day(day: str | None) -> str:
    return date_format(datetime.date.fromisoformat(day), "DATE_FORMAT") if day else ""
