"""A need's published page as templates read it."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from directory.models import Entry
from directory.presentation import PublicEntry, listed, page_of, with_level
from directory.visibility import ANONYMOUS
from needs.facts import STANDING
from projects.presentation import readable_day


class NeedPage(PublicEntry):
    """What a list row and the page show of a need."""

    @property
    def row_facts(self) -> list[str]:
        facts = (str(self.values["type"] or ""), self.place, self.standing)
        return [fact for fact in facts if fact]

    @property
    def place(self) -> str:
        return str(self.values["region"] or self.values["country"] or "")

    @property
    def standing(self) -> str:
        return STANDING.readable(self.fields["standing"], self.language) if self.fields.get("standing") else ""

    @property
    def is_open(self) -> bool:
        return bool(self.fields.get("standing")) and STANDING.today(self.fields["standing"]) == "open"

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """(label, value) pairs of the column beside the text; the template leaves out what is empty."""
        return [
            (_("Type of need"), self.values["type"]),
            (_("Asked by"), self._links("organizations")),
            (_("Project"), self._links("projects")),
            (_("Country"), self.values["country"]),
            (_("Region"), self.values["region"]),
            (_("Languages"), self.languages),
            (_("On site or remotely"), self.values["mode"]),
            (_("Start"), readable_day(self.fields.get("start"))),
            (_("Days of work"), self.days),
            (_("Budget"), self.values["budget"]),
            (_("Answer before"), readable_day(self.fields.get("deadline"))),
        ]

    @property
    def days(self) -> str:
        days = self.fields.get("days")
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else ""

    @property
    def languages(self) -> str:
        return listed(with_level(row) for row in self.values["languages"])

    @property
    def themes(self) -> list[dict[str, str]]:
        return self.chips("themes", "theme")

    def _links(self, field: str) -> str:
        return pgettext("list", ", ").join(
            str(self.named[row["id"]].name) for row in self.values[field] if row["id"] in self.named
        )

    @cached_property
    def named(self) -> dict[str, PublicEntry]:
        """{public id: page} of the organisation and the project, as far as they are public today. One query."""
        ids = {row["id"] for field in ("organizations", "projects") for row in self.values[field]}
        entries = Entry.objects.published().filter(public_id__in=ids) if ids else []
        return {entry.public_id: page_of(entry, ANONYMOUS, self.language) for entry in entries}

    @property
    def description(self) -> str:
        """The line that search engines and shared links show."""
        return str(self.headline or "")
