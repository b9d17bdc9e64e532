"""An organisation's published page as templates and machines read it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.languages import AuthoredText
from directory.linked_data import linked_data, said
from directory.models import Entry
from directory.presentation import PlacedEntry, PublicEntry, absolute, listed, page_of
from directory.visibility import ANONYMOUS
from organizations.facts import VERIFICATION

MOST_PROJECTS = 50
EXCERPT_LENGTH = 200


@dataclass(frozen=True)
class Badge:
    """What the page says of the verification; after its term it says that the term is over."""

    label: str
    is_current: bool


class OrganizationPage(PlacedEntry):
    """What a list row and the page show of an organisation."""

    @property
    def row_facts(self) -> list[str]:
        return [fact for fact in (str(self.values["type"] or ""), self.place, self.fields.get("acronym", "")) if fact]

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """(label, value) pairs of the column beside the text; the template leaves out what is empty."""
        return [
            (_("Acronym"), self.fields.get("acronym")),
            (_("Type"), self.values["type"]),
            (_("Founded in"), self.fields.get("founded")),
            (_("Based in"), self.base),
            (_("Works in"), listed(self.values["territories"])),
            (_("Website"), self.shown("website")),
            (_("Email"), self.shown("contact_email")),
            (_("Telephone"), self.shown("phone")),
        ]

    @property
    def themes(self) -> list[dict[str, str]]:
        return self.chips("themes", "theme")

    @cached_property
    def badge(self) -> Badge | None:
        fact = self.fields.get("verification")
        return Badge(VERIFICATION.label(fact), VERIFICATION.is_current(fact)) if fact else None

    @cached_property
    def projects(self) -> list[PublicEntry]:
        """The published projects in which it has confirmed its part. One query."""
        entries = Entry.objects.published().of_kind("project").naming("organizations", self.entry.public_id)
        newest = entries.order_by("-first_published_at", "pk")[:MOST_PROJECTS]
        return [page_of(entry, ANONYMOUS, self.language) for entry in newest]

    @property
    def excerpt(self) -> AuthoredText | None:
        """The beginning of the description, for lists."""
        text = self.values["description"]
        return text and replace(text, text=Truncator(text.text).chars(EXCERPT_LENGTH))

    @property
    def description(self) -> str:
        """The line that search engines and shared links show."""
        return str(self.excerpt or "")


def linked_organization(page: OrganizationPage) -> str:
    """schema.org/Organization."""
    public = OrganizationPage(page.entry, ANONYMOUS, get_language())
    fields = public.fields
    address = {"addressCountry": fields.get("country"), "addressLocality": fields.get("city")}
    return linked_data(
        public,
        "Organization",
        alternateName=fields.get("acronym"),
        description=said(public.excerpt, public.language),
        foundingDate=str(fields.get("founded", "")),
        logo=absolute(public.image_url),
        knowsAbout=[theme["label"] for theme in public.themes],
        areaServed=[str(label) for label in public.values["territories"]],
        address={"@type": "PostalAddress"} | {key: value for key, value in address.items() if value},
        **({"url": fields["website"]} if fields.get("website") else {}),
    )
