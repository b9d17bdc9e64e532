"""What a need is to the portal: the kind, and each of its fields, said once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.document import Column, DocumentField, FieldGroup, FieldType, Wish
from directory.kinds import Kind
from needs.facts import STANDING


class Step(models.TextChoices):
    """The steps of the editor, in order."""

    NEED = "need", _("What you need")
    PEOPLE = "people", _("Who could help")
    TERMS = "terms", _("When and how")


class WorkMode(models.TextChoices):
    ONSITE = "onsite", pgettext_lazy("mode", "On site")
    REMOTE = "remote", pgettext_lazy("mode", "Remotely")
    ANY = "any", pgettext_lazy("mode", "Either will do")


class Budget(models.TextChoices):
    NONE = "none", pgettext_lazy("budget", "None: on a voluntary basis")
    UP_TO_2 = "up_to_2", _("Up to 2,000 euros")
    UP_TO_10 = "up_to_10", _("2,000 to 10,000 euros")
    UP_TO_50 = "up_to_50", _("10,000 to 50,000 euros")
    MORE = "more", _("More than 50,000 euros")


class Must(models.TextChoices):
    """What can be required of whoever is proposed."""

    THEMES = "themes", _("Themes")
    LANGUAGES = "languages", _("Languages")
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    MODE = "mode", _("On site or remotely")
    START = "start", _("Start")


TEXT, CODE, CODES, RECORDS = FieldType.TEXT, FieldType.CODE, FieldType.CODES, FieldType.RECORDS
VALUE, FACT = FieldType.VALUE, FieldType.FACT

NEED = Kind(
    kind="need",
    version=1,
    number=3,
    label=pgettext_lazy("kind", "Need"),
    plural=pgettext_lazy("kind", "Needs"),
    namespace="needs",
    page_class="needs.presentation.NeedPage",
    page_template="needs/_page.html",
    headline="text",
    steps=Step,
    reserved_slugs=frozenset({"begun", "answer", "feed", "calendar", "embed", "outcome"}),
    waiting_label=_("Needs waiting for review"),
    see_label=_("See the needs"),
    mine_label=_("My needs"),
    my_space_template="needs/_my_space.html",
    start_label=_("Say what you need"),
    start_lead=_("One sentence is enough to begin: we look for the people who could help, and tell you why."),
    groups=(
        FieldGroup("identity", _("The need")),
        FieldGroup("expertise", _("Themes and goals")),
        FieldGroup("places", _("Territory")),
        FieldGroup("terms", _("When and how")),
    ),
    fields=(
        DocumentField(
            "name",
            _("Title"),
            TEXT,
            step=Step.NEED,
            required=True,
            weight="A",
            wish=Wish(1, _("Say in one line what you need.")),
        ),
        DocumentField(
            "type",
            _("Type of need"),
            CODE,
            step=Step.NEED,
            required=True,
            vocabulary="need_types",
            facet="type",
            weight="D",
            wish=Wish(3, _("Say what kind of help it is.")),
        ),
        DocumentField(
            "text",
            _("Description"),
            TEXT,
            step=Step.NEED,
            required=True,
            weight="C",
            wish=Wish(2, _("Describe the situation, and what should be different afterwards.")),
        ),
        DocumentField("standing", _("Standing"), FACT, free=True, fact=STANDING, facet="standing", source="standing_fact"),
        DocumentField("organizations", _("Asked by"), RECORDS, free=True, source="asking_organizations"),
        DocumentField("projects", _("Project"), RECORDS, free=True, source="asking_projects"),
        DocumentField(
            "themes",
            _("Themes"),
            CODES,
            "expertise",
            step=Step.PEOPLE,
            vocabulary="theme",
            facet="theme",
            weight="B",
            wish=Wish(4, _("Confirm the themes: people are found by them.")),
        ),
        DocumentField("goals", _("Goals"), CODES, "expertise", step=Step.PEOPLE, vocabulary="goal", facet="goal", weight="D"),
        DocumentField(
            "country",
            _("Country"),
            CODE,
            "places",
            step=Step.PEOPLE,
            vocabulary="country",
            facet="country",
            weight="C",
            wish=Wish(5, _("Say where it is.")),
        ),
        DocumentField(
            "region", _("Region"), CODE, "places", step=Step.PEOPLE, vocabulary="subdivision", facet="region", weight="C"
        ),
        DocumentField(
            "languages",
            _("Languages"),
            RECORDS,
            "expertise",
            step=Step.PEOPLE,
            vocabulary="language",
            facet="language",
            facet_label=_("Working languages"),
            source="asked_languages",
            key="code",
            columns=(Column("code", _("Language"), CODE, "language"), Column("level", _("Level"), CODE, "cefr")),
            wish=Wish(6, _("Name the languages of the work.")),
        ),
        DocumentField(
            "musts", _("What is required"), CODES, "expertise", step=Step.PEOPLE, vocabulary="need_musts", choices=Must.choices
        ),
        DocumentField(
            "mode", _("On site or remotely"), CODE, "terms", step=Step.TERMS, vocabulary="need_modes", choices=WorkMode.choices
        ),
        DocumentField(
            "start", _("Start"), VALUE, "terms", step=Step.TERMS, format="date", wish=Wish(7, _("Say when it begins."))
        ),
        DocumentField("days", _("Days of work"), VALUE, "terms", step=Step.TERMS, format="number"),
        DocumentField("budget", _("Budget"), CODE, "terms", step=Step.TERMS, vocabulary="need_budgets", choices=Budget.choices),
        DocumentField(
            "deadline",
            _("Answer before"),
            VALUE,
            "terms",
            step=Step.TERMS,
            required=True,
            format="date",
            wish=Wish(8, _("Say until when you can wait for answers.")),
        ),
    ),
)
