"""What a project is to the portal: the kind, and each of its fields, said once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.document import Column, DocumentField, FieldGroup, FieldType, Wish
from directory.kinds import Kind


class Step(models.TextChoices):
    """The steps of the editor, in order."""

    IDENTITY = "identity", _("The project")
    TEXTS = "texts", _("Description and results")
    FIELDS = "fields", _("Themes and goals")
    PLACES = "places", _("Places and funding")
    PARTNERS = "partners", _("Organisations and people")


TEXT, CODE, CODES, RECORDS, VALUE = FieldType.TEXT, FieldType.CODE, FieldType.CODES, FieldType.RECORDS, FieldType.VALUE

# A wish is what makes a complete page. Funding and website are not everybody's.
PROJECT = Kind(
    kind="project",
    version=1,
    number=2,
    label=_("Project"),
    plural=_("Projects"),
    namespace="projects",
    page_class="projects.presentation.ProjectPage",
    page_template="projects/_page.html",
    headline="summary",
    steps=Step,
    audience_step=Step.PLACES,
    reserved_slugs=frozenset({"participation"}),
    waiting_label=_("Projects waiting for review"),
    see_label=_("See the projects"),
    mine_label=_("My projects"),
    my_space_template="projects/_my_space.html",
    start_label=_("Present a project"),
    groups=(
        FieldGroup("identity", _("Title, state, dates")),
        FieldGroup("presentation", _("Description and results")),
        FieldGroup("expertise", _("Themes and goals")),
        FieldGroup("places", _("Places on both shores")),
        FieldGroup("funding", _("Funding"), adjustable=True),
        FieldGroup("partners", _("Organisations and people")),
    ),
    fields=(
        DocumentField(
            "name",
            _("Title"),
            TEXT,
            step=Step.IDENTITY,
            required=True,
            weight="A",
            wish=Wish(1, _("Give the project its title.")),
        ),
        DocumentField(
            "status",
            _("State"),
            CODE,
            step=Step.IDENTITY,
            required=True,
            vocabulary="project_statuses",
            facet="type",
            weight="D",
            wish=Wish(3, _("Say how far the project has got.")),
        ),
        DocumentField(
            "summary",
            _("Summary"),
            TEXT,
            step=Step.IDENTITY,
            required=True,
            weight="B",
            wish=Wish(2, _("Say in a few lines what the project does.")),
        ),
        DocumentField(
            "description",
            _("Description"),
            TEXT,
            "presentation",
            step=Step.TEXTS,
            weight="C",
            wish=Wish(6, _("Describe the project.")),
        ),
        DocumentField("results", _("Results"), TEXT, "presentation", step=Step.TEXTS, weight="C"),
        DocumentField(
            "themes",
            _("Themes"),
            CODES,
            "expertise",
            step=Step.FIELDS,
            required=True,
            vocabulary="theme",
            facet="theme",
            weight="B",
            wish=Wish(4, _("Choose the themes of the project.")),
        ),
        DocumentField(
            "goals",
            _("Goals"),
            CODES,
            "expertise",
            step=Step.FIELDS,
            vocabulary="goal",
            facet="goal",
            weight="D",
            wish=Wish(8, _("Choose the goals it contributes to.")),
        ),
        DocumentField("start", _("Start"), VALUE, step=Step.IDENTITY, format="date", wish=Wish(9, _("Say when it starts."))),
        DocumentField("end", _("End"), VALUE, step=Step.IDENTITY, format="date"),
        DocumentField(
            "countries",
            _("Countries"),
            CODES,
            "places",
            step=Step.PLACES,
            required=True,
            vocabulary="country",
            facet="country",
            weight="C",
            wish=Wish(5, _("Name the countries where it takes place.")),
        ),
        DocumentField(
            "regions", _("Regions"), CODES, "places", step=Step.PLACES, vocabulary="subdivision", facet="region", weight="C"
        ),
        DocumentField("places", _("Towns and places"), VALUE, "places", step=Step.PLACES, weight="C"),
        DocumentField("budget", _("Budget (euros)"), VALUE, "funding", step=Step.PLACES, format="number"),
        DocumentField("funders", _("Funders"), VALUE, "funding", step=Step.PLACES, weight="D"),
        DocumentField("website", _("Website"), VALUE, step=Step.IDENTITY, format="url"),
        # Only who has confirmed; a confirmation or a withdrawal is public at once.
        DocumentField(
            "organizations",
            _("Organisations"),
            RECORDS,
            "partners",
            step=Step.PARTNERS,
            free=True,
            source="confirmed_organizations",
            names_pages=True,
            columns=(Column("role", _("Role"), CODE, "project_roles"),),
            wish=Wish(7, _("Name the organisations that carry it.")),
        ),
        DocumentField(
            "people",
            _("People"),
            RECORDS,
            "partners",
            step=Step.PARTNERS,
            free=True,
            source="confirmed_people",
            names_pages=True,
            columns=(Column("role", _("Role"), CODE, "project_roles"),),
            wish=Wish(10, _("Name the people who take part.")),
        ),
    ),
)
