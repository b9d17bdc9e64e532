"""A project's draft -> the public document, and the schema that the document follows."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from core.languages import trilingual
from directory.document import Column, DocumentField, DocumentSchema, FieldGroup, FieldType

if TYPE_CHECKING:
    from projects.models import Project

TEXT, CODE, CODES, RECORDS, VALUE = FieldType.TEXT, FieldType.CODE, FieldType.CODES, FieldType.RECORDS, FieldType.VALUE

SCHEMA = DocumentSchema(
    kind="project",
    version=1,
    groups=(
        FieldGroup("identity", _("Title, state, dates")),
        FieldGroup("presentation", _("Description and results")),
        FieldGroup("expertise", _("Themes and goals")),
        FieldGroup("places", _("Places on both shores")),
        FieldGroup("funding", _("Funding"), adjustable=True),
        FieldGroup("partners", _("Organisations and people")),
    ),
    fields=(
        DocumentField("name", _("Title"), TEXT, required=True, weight="A"),
        DocumentField("status", _("State"), CODE, required=True, vocabulary="project_statuses", facet="type", weight="D"),
        DocumentField("summary", _("Summary"), TEXT, required=True, weight="B"),
        DocumentField("description", _("Description"), TEXT, "presentation", weight="C"),
        DocumentField("results", _("Results"), TEXT, "presentation", weight="C"),
        DocumentField("themes", _("Themes"), CODES, "expertise", required=True, vocabulary="theme", facet="theme", weight="B"),
        DocumentField("goals", _("Goals"), CODES, "expertise", vocabulary="goal", facet="goal", weight="D"),
        DocumentField("start", _("Start"), VALUE, format="date"),
        DocumentField("end", _("End"), VALUE, format="date"),
        DocumentField(
            "countries", _("Countries"), CODES, "places", required=True, vocabulary="country", facet="country", weight="C"
        ),
        DocumentField("regions", _("Regions"), CODES, "places", vocabulary="subdivision", facet="region", weight="C"),
        DocumentField("places", _("Towns and places"), VALUE, "places", weight="C"),
        DocumentField("budget", _("Budget (euros)"), VALUE, "funding", format="number"),
        DocumentField("funders", _("Funders"), VALUE, "funding", weight="D"),
        DocumentField("website", _("Website"), VALUE, format="url"),
        # Only who has confirmed; a confirmation or a withdrawal is public at once.
        DocumentField(
            "organizations",
            _("Organisations"),
            RECORDS,
            "partners",
            free=True,
            columns=(Column("role", _("Role"), CODE, "project_roles"),),
        ),
        DocumentField(
            "people", _("People"), RECORDS, "partners", free=True, columns=(Column("role", _("Role"), CODE, "project_roles"),)
        ),
    ),
)


def fields_of(project: "Project") -> dict[str, Any]:
    """The value of every field, straight from the draft's rows. Records of participants are named by their public id."""
    confirmed = [participation for participation in project.participations.all() if participation.is_confirmed]
    return {
        "name": trilingual(project, "name"),
        "status": project.status,
        "summary": trilingual(project, "summary"),
        "description": trilingual(project, "description"),
        "results": trilingual(project, "results"),
        "themes": project.themes,
        "goals": [str(number) for number in project.goals],
        "start": project.start.isoformat() if project.start else "",
        "end": project.end.isoformat() if project.end else "",
        "countries": project.countries,
        "regions": project.regions,
        "places": project.places,
        "budget": project.budget,
        "funders": project.funders,
        "website": project.website,
        "organizations": [_participant(row, row.organization) for row in confirmed if row.organization],
        "people": [_participant(row, row.expert) for row in confirmed if row.expert],
    }


def _participant(participation, draft) -> dict[str, str]:
    return {"id": draft.public_id, "role": participation.role}
