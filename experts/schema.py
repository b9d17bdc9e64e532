"""What an expert is to the portal: the kind, and each of its fields, said once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.document import Audience, Column, DocumentField, FieldGroup, FieldType, Wish
from directory.kinds import Kind
from experts.facts import AVAILABILITY


class Step(models.TextChoices):
    """The steps of the editor, in order."""

    IDENTITY = "identity", _("Who I am")
    TEXTS = "texts", _("My presentation")
    EXPERTISE = "expertise", _("My expertise")
    PLACES = "places", _("Where I work")
    AVAILABILITY = "availability", _("Languages and availability")
    CAREER = "career", _("Experience and training")
    PUBLICATIONS = "publications", _("Publications and links")
    PRIVACY = "privacy", _("Contact and who sees what")


class Availability(models.TextChoices):
    NOW = "now", _("Available now")
    FROM = "from", _("Available from a date")
    NOT_BEFORE = "not_before", _("Not before a date")
    LATER = "later", _("Later, no date yet")
    CLOSED = "closed", _("Not available")


# These name a day.
DATED = frozenset({Availability.FROM, Availability.NOT_BEFORE})


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


class Proposing(models.TextChoices):
    """Without a choice a page is found by its words and proposed by its meaning."""

    WORDS = "words", _("By its words only")


TEXT, CODE, CODES, RECORDS = FieldType.TEXT, FieldType.CODE, FieldType.CODES, FieldType.RECORDS
NAME, VALUE, FACT = FieldType.NAME, FieldType.VALUE, FieldType.FACT

# A wish is what makes a complete profile. Neither photograph nor telephone nor anything else that not everybody has.
EXPERT = Kind(
    kind="expert",
    version=1,
    number=0,
    label=_("Expert"),
    plural=_("Experts"),
    namespace="experts",
    og_type="profile",
    page_class="experts.presentation.ExpertProfile",
    page_template="experts/_profile.html",
    headline="headline",
    steps=Step,
    audience_step=Step.PRIVACY,
    one_each=True,
    reserved_slugs=frozenset({"import"}),
    waiting_label=_("Expert profiles waiting for review"),
    see_label=_("See the experts"),
    mine_label=_("My expert profile"),
    start_label=_("Write my profile"),
    start_lead=_("Say what you know, in one or more languages, and be found by those who need it."),
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
        DocumentField(
            "name",
            _("Name"),
            NAME,
            step=Step.IDENTITY,
            required=True,
            weight="A",
            source="name_parts",
            wish=Wish(1, _("Write your name.")),
        ),
        DocumentField(
            "headline",
            _("Headline"),
            TEXT,
            step=Step.IDENTITY,
            required=True,
            weight="A",
            wish=Wish(2, _("Say in one line what you do.")),
        ),
        DocumentField(
            "milieu",
            _("Sector"),
            CODE,
            step=Step.IDENTITY,
            required=True,
            vocabulary="milieux",
            facet="milieu",
            weight="D",
            wish=Wish(5, _("Say in which sector you work.")),
        ),
        DocumentField("photo", _("Photograph"), VALUE, step=Step.IDENTITY, free=True, format="image"),
        DocumentField(
            "biography",
            _("Biography"),
            TEXT,
            "presentation",
            step=Step.TEXTS,
            required=True,
            weight="C",
            wish=Wish(4, _("Present yourself in a few sentences.")),
        ),
        DocumentField(
            "services",
            _("What I offer"),
            TEXT,
            "presentation",
            step=Step.TEXTS,
            weight="C",
            wish=Wish(11, _("Describe what you offer.")),
        ),
        DocumentField(
            "themes",
            _("Themes"),
            RECORDS,
            "expertise",
            step=Step.EXPERTISE,
            required=True,
            vocabulary="theme",
            facet="theme",
            weight="B",
            source="expertises",
            key="theme",
            columns=(
                Column("theme", _("Theme"), CODE, "theme"),
                Column("level", _("Level"), CODE, "theme_levels"),
                Column("years", _("Years")),
            ),
            wish=Wish(3, _("Choose the themes you know.")),
        ),
        DocumentField(
            "goals",
            _("Goals"),
            CODES,
            "expertise",
            step=Step.EXPERTISE,
            vocabulary="goal",
            facet="goal",
            weight="D",
            wish=Wish(10, _("Choose the goals you contribute to.")),
        ),
        DocumentField("years_experience", _("Years of experience"), VALUE, "expertise", step=Step.EXPERTISE),
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
            wish=Wish(6, _("Say where you are based.")),
        ),
        DocumentField(
            "region", _("Region"), CODE, "places", step=Step.PLACES, vocabulary="subdivision", facet="region", weight="C"
        ),
        DocumentField("city", _("City"), VALUE, "places", step=Step.PLACES, weight="C"),
        DocumentField(
            "territories",
            _("Territories of intervention"),
            CODES,
            "places",
            step=Step.PLACES,
            vocabulary="territory",
            weight="D",
            wish=Wish(13, _("Name the territories where you work.")),
        ),
        DocumentField(
            "languages",
            _("Languages"),
            RECORDS,
            "languages",
            step=Step.AVAILABILITY,
            required=True,
            vocabulary="language",
            facet="language",
            facet_label=_("Working languages"),
            weight="D",
            source="spoken_languages",
            key="code",
            columns=(Column("code", _("Language"), CODE, "language"), Column("level", _("Level"), CODE, "cefr")),
            wish=Wish(7, _("Name the languages you work in.")),
        ),
        DocumentField(
            "availability",
            _("Availability"),
            FACT,
            "availability",
            step=Step.AVAILABILITY,
            free=True,
            facet="availability",
            fact=AVAILABILITY,
            source="availability_fact",
            wish=Wish(8, _("Say when you are available.")),
        ),
        DocumentField(
            "modes",
            _("Types of assignment"),
            CODES,
            "languages",
            step=Step.AVAILABILITY,
            free=True,
            vocabulary="mode",
            choices=Mode.choices,
            wish=Wish(12, _("Say what you like to do: advise, train, research, mentor.")),
        ),
        DocumentField(
            "terms",
            _("Paid or pro bono"),
            CODES,
            "languages",
            step=Step.AVAILABILITY,
            free=True,
            vocabulary="terms",
            choices=Terms.choices,
        ),
        DocumentField(
            "reach",
            _("Remote or on site"),
            CODES,
            "languages",
            step=Step.AVAILABILITY,
            free=True,
            vocabulary="reach",
            choices=Reach.choices,
        ),
        DocumentField(
            "experiences",
            _("Experiences"),
            RECORDS,
            "career",
            step=Step.CAREER,
            weight="C",
            columns=(
                Column("title", _("Title"), TEXT),
                Column("organization", _("Organisation")),
                Column("place", _("Place")),
                Column("start_year", _("From")),
                Column("end_year", _("To")),
                Column("description", _("Description"), TEXT),
            ),
            wish=Wish(9, _("Describe one assignment or post.")),
        ),
        DocumentField(
            "qualifications",
            _("Qualifications"),
            RECORDS,
            "career",
            step=Step.CAREER,
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
            step=Step.PUBLICATIONS,
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
            step=Step.PUBLICATIONS,
            columns=(Column("label", _("Name of the page")), Column("url", _("Address"))),
        ),
        DocumentField("orcid", _("ORCID iD"), VALUE, "publications", step=Step.PUBLICATIONS),
        DocumentField(
            "proposing",
            _("How the page is found"),
            CODE,
            free=True,
            vocabulary="proposing",
            choices=Proposing.choices,
            declines_meaning=True,
        ),
        DocumentField("contact_email", _("Contact email"), VALUE, "email", step=Step.PRIVACY, free=True, format="email"),
        DocumentField("phone", _("Telephone"), VALUE, "phone", step=Step.PRIVACY, free=True, format="phone"),
    ),
)
