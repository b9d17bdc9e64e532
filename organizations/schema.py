"""What an organisation is to the portal: the kind, and each of its fields, said once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.document import Audience, DocumentField, FieldGroup, FieldType, Wish
from directory.kinds import Kind
from organizations.facts import VERIFICATION


class Step(models.TextChoices):
    """The steps of the editor, in order."""

    IDENTITY = "identity", _("Who we are")
    TEXTS = "texts", _("Our presentation")
    FIELDS = "fields", _("Themes and goals")
    PLACES = "places", _("Where we work")
    CONTACT = "contact", _("Website and contact")


TEXT, CODE, CODES, VALUE, FACT = FieldType.TEXT, FieldType.CODE, FieldType.CODES, FieldType.VALUE, FieldType.FACT

# A wish is what makes a complete page. No logo, no telephone: not everybody has them.
ORGANIZATION = Kind(
    kind="organization",
    version=1,
    number=1,
    label=_("Organisation"),
    plural=_("Organisations"),
    namespace="organizations",
    page_class="organizations.presentation.OrganizationPage",
    page_template="organizations/_page.html",
    steps=Step,
    audience_step=Step.CONTACT,
    reserved_slugs=frozenset({"join", "invitation"}),
    waiting_label=_("Organisations waiting for review"),
    see_label=_("See the organisations"),
    mine_label=_("My organisations"),
    my_space_template="organizations/_my_space.html",
    start_label=_("Register an organisation"),
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
        DocumentField(
            "name",
            _("Name"),
            TEXT,
            step=Step.IDENTITY,
            required=True,
            weight="A",
            wish=Wish(1, _("Write the name of your organisation.")),
        ),
        DocumentField("acronym", _("Acronym"), VALUE, step=Step.IDENTITY, weight="A", is_other_name=True),
        DocumentField(
            "type",
            _("Type"),
            CODE,
            step=Step.IDENTITY,
            required=True,
            vocabulary="organisation_types",
            facet="type",
            weight="D",
            wish=Wish(4, _("Say what kind of organisation you are.")),
        ),
        DocumentField("logo", _("Logo"), VALUE, step=Step.IDENTITY, free=True, format="image"),
        # Given by the coordination team: no step of the editor.
        DocumentField("verification", _("Verification"), FACT, free=True, fact=VERIFICATION, source="verification_fact"),
        DocumentField(
            "description",
            _("Description"),
            TEXT,
            "presentation",
            step=Step.TEXTS,
            required=True,
            weight="C",
            wish=Wish(2, _("Say in a few sentences what you do.")),
        ),
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
            wish=Wish(3, _("Choose the themes you work on.")),
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
            wish=Wish(6, _("Choose the goals you contribute to.")),
        ),
        DocumentField(
            "country",
            _("Country"),
            CODE,
            "places",
            step=Step.PLACES,
            required=True,
            vocabulary="country",
            facet="country",
            weight="C",
            wish=Wish(5, _("Say where you are based.")),
        ),
        DocumentField(
            "region", _("Region"), CODE, "places", step=Step.PLACES, vocabulary="subdivision", facet="region", weight="C"
        ),
        DocumentField("city", _("City"), VALUE, "places", step=Step.PLACES, weight="C", wish=Wish(9, _("Give your town."))),
        DocumentField(
            "territories",
            _("Territories of intervention"),
            CODES,
            "places",
            step=Step.PLACES,
            vocabulary="territory",
            weight="D",
            wish=Wish(7, _("Name the territories where you work.")),
        ),
        DocumentField("founded", _("Founded in"), VALUE, step=Step.IDENTITY),
        DocumentField(
            "website",
            _("Website"),
            VALUE,
            "links",
            step=Step.CONTACT,
            format="url",
            wish=Wish(8, _("Give the address of your website.")),
        ),
        DocumentField("contact_email", _("Contact email"), VALUE, "email", step=Step.CONTACT, free=True, format="email"),
        DocumentField("phone", _("Telephone"), VALUE, "phone", step=Step.CONTACT, free=True, format="phone"),
    ),
)
