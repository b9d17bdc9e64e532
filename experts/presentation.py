"""An expert's published profile as templates and machines read it."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from directory.linked_data import linked_data, said
from directory.presentation import PlacedEntry, listed, with_level
from directory.visibility import ANONYMOUS
from experts.facts import AVAILABILITY


class ExpertProfile(PlacedEntry):
    """What a list row and the profile page show of an expert."""

    @property
    def row_facts(self) -> list[str]:
        facts = [self.place, self.years, " · ".join(str(row["code"]) for row in self.values["languages"])]
        return [fact for fact in facts if fact]

    @property
    def years(self) -> str:
        count = self.fields.get("years_experience")
        return (
            ngettext("%(count)d year of experience", "%(count)d years of experience", count) % {"count": count} if count else ""
        )

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """(label, value) pairs of the column beside the text; the template leaves out what is empty."""
        values = self.values
        return [
            (_("Sector"), values["milieu"]),
            (_("Based in"), self.base),
            (_("Works in"), listed(values["territories"])),
            (_("Languages"), listed(with_level(row) for row in values["languages"])),
            (_("Experience"), in_years(self.fields.get("years_experience"))),
            (pgettext("expert", "Offers"), listed(values["modes"])),
            (_("Terms"), listed(values["terms"])),
            (_("Ways of working"), listed(values["reach"])),
            (_("ORCID"), self.orcid_link),
            (_("Email"), self.shown("contact_email")),
            (_("Telephone"), self.shown("phone")),
        ]

    @property
    def availability(self) -> str:
        """now, later or closed, as of today; "" where nothing is said."""
        fact = self.fields.get("availability")
        return AVAILABILITY.today(fact) if fact else ""

    @property
    def availability_label(self) -> str:
        fact = self.fields.get("availability")
        return AVAILABILITY.label(fact) if fact else ""

    @property
    def orcid_link(self) -> str:
        orcid = self.fields.get("orcid")
        return format_html('<a class="ltr" href="https://orcid.org/{0}" rel="me">{0}</a>', orcid) if orcid else ""

    @property
    def themes(self) -> list[dict[str, str]]:
        """Chips: each theme leads to everybody who knows it."""
        return [
            {"label": str(row["theme"]), "url": self.list_url(theme=row["theme"].code), "note": theme_note(row)}
            for row in self.values["themes"]
        ]

    @property
    def timeline(self) -> list[dict[str, Any]]:
        return [
            {
                "title": row["title"],
                "facts": [part for part in (period(row), row.get("organization"), row.get("place")) if part],
                "text": row.get("description"),
            }
            for row in self.values["experiences"]
        ]

    @property
    def qualifications(self) -> list[dict[str, Any]]:
        return [
            {"title": row["title"], "facts": [str(row[name]) for name in ("year", "level", "institution") if row.get(name)]}
            for row in self.values["qualifications"]
        ]

    @property
    def publications(self) -> list[dict[str, Any]]:
        return [
            {
                "title": row["title"],
                "url": row.get("url"),
                "facts": [str(row[name]) for name in ("type", "venue", "year") if row.get(name)],
            }
            for row in self.values["publications"]
        ]


def linked_person(profile: ExpertProfile) -> str:
    """schema.org/Person."""
    public = ExpertProfile(profile.entry, ANONYMOUS, get_language())
    orcid = public.fields.get("orcid")
    address = {"addressCountry": public.fields.get("country"), "addressLocality": public.fields.get("city")}
    return linked_data(
        public,
        "Person",
        jobTitle=said(public.headline, public.language),
        knowsAbout=[theme["label"] for theme in public.themes],
        knowsLanguage=[row["code"].code for row in public.values["languages"]],
        address={"@type": "PostalAddress"} | {key: value for key, value in address.items() if value}
        if any(address.values())
        else None,
        sameAs=[*([f"https://orcid.org/{orcid}"] if orcid else []), *(link["url"] for link in public.values["links"])],
    )


def in_years(count: int | None) -> str:
    return ngettext("%(count)d year", "%(count)d years", count) % {"count": count} if count else ""


def theme_note(row: dict[str, Any]) -> str:
    parts = [
        str(row["level"]) if row.get("level") else "",
        in_years(row.get("years")),
    ]
    return " · ".join(part for part in parts if part)


def period(row: dict[str, Any]) -> str:
    start, end = row["start_year"], row.get("end_year")
    if end is None:
        return _("since %(year)s") % {"year": start}
    return str(start) if start == end else pgettext("years", "%(start)s–%(end)s") % {"start": start, "end": end}
