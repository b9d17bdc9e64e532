"""An expert's draft -> the public document, and the schema that the document follows."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import trilingual
from directory.document import Audience, Column, DocumentField, DocumentSchema, FieldGroup, FieldType

if TYPE_CHECKING:
    from experts.models import Expert


class Mode(models.TextChoices):
    CONSULTING = "consulting", _("Consulting")
    TRAINING = "training", _("Training")
    RESEARCH = "research", _("Research")
    MENTORING = "mentoring", _("Mentoring")


class Terms(models.TextChoices):
    PAID = "paid", _("Paid")
    PRO_BONO = "pro_bono", _("Pro bono")


class Reach(models.TextChoices):
    REMOTE = "remote", _("Remotely")
    TRAVEL = "travel", _("On site, I travel")


TEXT, CODE, CODES, RECORDS = FieldType.TEXT, FieldType.CODE, FieldType.CODES, FieldType.RECORDS

SCHEMA = DocumentSchema(
    kind="expert",
    version=1,
    groups=(
        FieldGroup("identity", _("Name, headline, sector, photograph")),
        FieldGroup("presentation", _("Biography and services")),
        FieldGroup("expertise", _("Themes and goals")),
        FieldGroup("places", _("Place of work and territories"), adjustable=True),
        FieldGroup("languages", _("Languages and ways of working"), adjustable=True),
        FieldGroup("availability", _("Availability"), adjustable=True),
        FieldGroup("career", _("Experiences and qualifications"), adjustable=True),
        FieldGroup("publications", _("Publications and links"), adjustable=True),
        FieldGroup("email", _("Contact email"), Audience.COORDINATORS, adjustable=True),
        FieldGroup("phone", _("Telephone"), Audience.COORDINATORS, adjustable=True),
    ),
    fields=(
        DocumentField("name", _("Name"), FieldType.NAME, required=True, weight="A"),
        DocumentField("headline", _("Headline"), TEXT, required=True, weight="A"),
        DocumentField("milieu", _("Sector"), CODE, vocabulary="milieux", required=True, facet="milieu", weight="D"),
        DocumentField("photo", _("Photograph"), FieldType.VALUE, free=True, format="image"),
        DocumentField("biography", _("Biography"), TEXT, "presentation", required=True, weight="C"),
        DocumentField("services", _("What I offer"), TEXT, "presentation", weight="C"),
        DocumentField(
            "themes",
            _("Themes"),
            RECORDS,
            "expertise",
            required=True,
            vocabulary="theme",
            facet="theme",
            weight="B",
            columns=(
                Column("theme", _("Theme"), CODE, "theme"),
                Column("level", _("Level"), CODE, "theme_levels"),
                Column("years", _("Years")),
            ),
        ),
        DocumentField("goals", _("Goals"), CODES, "expertise", vocabulary="goal", facet="goal", weight="D"),
        DocumentField("years_experience", _("Years of experience"), FieldType.VALUE, "expertise"),
        DocumentField("country", _("Country"), CODE, "places", required=True, vocabulary="country", facet="country", weight="C"),
        DocumentField("region", _("Region"), CODE, "places", vocabulary="subdivision", facet="region", weight="C"),
        DocumentField("city", _("City"), FieldType.VALUE, "places", weight="C"),
        DocumentField("territories", _("Territories of intervention"), CODES, "places", vocabulary="territory", weight="D"),
        DocumentField(
            "languages",
            _("Languages"),
            RECORDS,
            "languages",
            required=True,
            vocabulary="language",
            facet="language",
            weight="D",
            columns=(Column("code", _("Language"), CODE, "language"), Column("level", _("Level"), CODE, "cefr")),
        ),
        DocumentField(
            "availability",
            _("Availability"),
            FieldType.FACT,
            "availability",
            free=True,
            facet="available_from",
            format="availability",
        ),
        DocumentField("modes", _("Ways of working"), CODES, "languages", free=True, vocabulary="mode", choices=Mode.choices),
        DocumentField("terms", _("Paid or pro bono"), CODES, "languages", free=True, vocabulary="terms", choices=Terms.choices),
        DocumentField("reach", _("Remote or on site"), CODES, "languages", free=True, vocabulary="reach", choices=Reach.choices),
        DocumentField(
            "experiences",
            _("Experiences"),
            RECORDS,
            "career",
            weight="C",
            columns=(
                Column("title", _("Title"), TEXT),
                Column("organization", _("Organisation")),
                Column("place", _("Place")),
                Column("start_year", _("From")),
                Column("end_year", _("To")),
                Column("description", _("Description"), TEXT),
            ),
        ),
        DocumentField(
            "qualifications",
            _("Qualifications"),
            RECORDS,
            "career",
            weight="D",
            columns=(
                Column("title", _("Title"), TEXT),
                Column("institution", _("Institution")),
                Column("level", _("Level"), CODE, "education_levels"),
                Column("year", _("Year")),
            ),
        ),
        DocumentField(
            "publications",
            _("Publications"),
            RECORDS,
            "publications",
            weight="D",
            columns=(
                Column("title", _("Title"), TEXT),
                Column("type", _("Type"), CODE, "publication_types"),
                Column("venue", _("Journal or publisher")),
                Column("year", _("Year")),
                Column("url", _("Link")),
            ),
        ),
        DocumentField(
            "links",
            _("Links"),
            RECORDS,
            "publications",
            columns=(Column("label", _("Name of the page")), Column("url", _("Address"))),
        ),
        DocumentField("orcid", _("ORCID iD"), FieldType.VALUE, "publications"),
        DocumentField("contact_email", _("Contact email"), FieldType.VALUE, "email", free=True),
        DocumentField("phone", _("Telephone"), FieldType.VALUE, "phone", free=True),
    ),
)


def fields_of(expert: "Expert") -> dict[str, Any]:
    """The value of every field, straight from the draft's rows."""
    return {
        "name": _name(expert),
        "headline": trilingual(expert, "headline"),
        "milieu": expert.milieu,
        "photo": expert.photo.name,
        "biography": trilingual(expert, "biography"),
        "services": trilingual(expert, "services"),
        "themes": [_record(row.theme, theme=row.theme, level=row.level, years=row.years) for row in expert.expertises.all()],
        "goals": [str(number) for number in expert.goals],
        "years_experience": expert.years_experience,
        "country": expert.country,
        "region": expert.region,
        "city": expert.city,
        "territories": expert.territories,
        "languages": [_record(row.code, code=row.code, level=row.level) for row in expert.spoken_languages.all()],
        "availability": _availability(expert),
        "modes": expert.modes,
        "terms": expert.terms,
        "reach": expert.reach,
        "experiences": [_experience(row) for row in expert.experiences.all()],
        "qualifications": [
            _record(row.pk, title=row.text(row.title), institution=row.institution, level=row.level, year=row.year)
            for row in expert.qualifications.all()
        ],
        "publications": [
            _record(row.pk, title=row.text(row.title), type=row.type, venue=row.venue, year=row.year, url=row.url)
            for row in expert.publications.all()
        ],
        "links": [_record(row.pk, label=row.label, url=row.url) for row in expert.links.all()],
        "orcid": expert.orcid,
        "contact_email": expert.contact_email,
        "phone": str(expert.phone or ""),
    }


def _name(expert: "Expert") -> dict[str, str]:
    parts = {
        "latin": expert.latin_name,
        "arabic": expert.arabic_name,
        "given": expert.given_name,
        "family": expert.family_name,
        "given_ar": expert.given_name_ar,
        "family_ar": expert.family_name_ar,
    }
    return {key: value for key, value in parts.items() if value}


def _record(identifier: int | str, **columns: Any) -> dict[str, Any]:
    """A record without its empty columns."""
    return {"id": str(identifier)} | {name: value for name, value in columns.items() if value not in (None, "")}


def _experience(row) -> dict[str, Any]:
    return _record(
        row.pk,
        title=row.text(row.title),
        organization=row.organization,
        place=row.place,
        start_year=row.start_year,
        end_year=row.end_year,
        description=row.text(row.description) if row.description else None,
    )


def _availability(expert: "Expert") -> dict[str, str]:
    if not expert.availability:
        return {}
    day = expert.available_on
    return {"state": expert.availability} | ({"date": day.isoformat()} if day else {})
