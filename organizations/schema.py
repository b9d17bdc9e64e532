"""An organisation's draft -> the public document, and the schema that the document follows."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from core.languages import trilingual
from directory.document import Audience, DocumentField, DocumentSchema, FieldGroup, FieldType

if TYPE_CHECKING:
    from organizations.models import Organization

TEXT, CODE, CODES, VALUE = FieldType.TEXT, FieldType.CODE, FieldType.CODES, FieldType.VALUE

SCHEMA = DocumentSchema(
    kind="organization",
    version=1,
    groups=(
        FieldGroup("identity", _("Name, type, logo")),
        FieldGroup("presentation", _("Description")),
        FieldGroup("expertise", _("Themes and goals")),
        FieldGroup("places", _("Territory")),
        FieldGroup("links", _("Website")),
        FieldGroup("email", _("Contact email"), Audience.COORDINATORS, adjustable=True),
        FieldGroup("phone", _("Telephone"), Audience.COORDINATORS, adjustable=True),
    ),
    fields=(
        DocumentField("name", _("Name"), TEXT, required=True, weight="A"),
        DocumentField("acronym", _("Acronym"), VALUE, weight="A"),
        DocumentField("type", _("Type"), CODE, required=True, vocabulary="organisation_types", facet="type", weight="D"),
        DocumentField("logo", _("Logo"), VALUE, free=True, format="image"),
        DocumentField("verification", _("Verification"), FieldType.FACT, free=True, format="verification"),
        DocumentField("description", _("Description"), TEXT, "presentation", required=True, weight="C"),
        DocumentField("themes", _("Themes"), CODES, "expertise", required=True, vocabulary="theme", facet="theme", weight="B"),
        DocumentField("goals", _("Goals"), CODES, "expertise", vocabulary="goal", facet="goal", weight="D"),
        DocumentField("country", _("Country"), CODE, "places", required=True, vocabulary="country", facet="country", weight="C"),
        DocumentField("region", _("Region"), CODE, "places", vocabulary="subdivision", facet="region", weight="C"),
        DocumentField("city", _("City"), VALUE, "places", weight="C"),
        DocumentField("territories", _("Territories of intervention"), CODES, "places", vocabulary="territory", weight="D"),
        DocumentField("founded", _("Founded in"), VALUE),
        DocumentField("website", _("Website"), VALUE, "links", format="url"),
        DocumentField("contact_email", _("Contact email"), VALUE, "email", free=True),
        DocumentField("phone", _("Telephone"), VALUE, "phone", free=True),
    ),
)


def fields_of(organization: "Organization") -> dict[str, Any]:
    """The value of every field, straight from the draft."""
    return {
        "name": trilingual(organization, "name"),
        "acronym": organization.acronym,
        "type": organization.type,
        "logo": organization.logo.name,
        "verification": organization.verification_fact(),
        "description": trilingual(organization, "description"),
        "themes": organization.themes,
        "goals": [str(number) for number in organization.goals],
        "country": organization.country,
        "region": organization.region,
        "city": organization.city,
        "territories": organization.territories,
        "founded": organization.founded,
        "website": organization.website,
        "contact_email": organization.contact_email,
        "phone": str(organization.phone or ""),
    }
