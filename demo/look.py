"""Invented content for the page that shows every component in every state (demo only)."""

from dataclasses import dataclass, field

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import AddressFormField
from core.languages import LANGUAGES, AuthoredText, best_text
from text.highlight import Segment

GOALS_NAMED = {
    8: {
        "ar": "العمل اللائق ونمو الاقتصاد",
        "fr": "Travail décent et croissance économique",
        "en": "Decent work and economic growth",
    },
    11: {"ar": "مدن ومجتمعات محلية مستدامة", "fr": "Villes et communautés durables", "en": "Sustainable cities and communities"},
    12: {"ar": "الاستهلاك والإنتاج المسؤولان", "fr": "Consommation et production responsables", "en": "Responsible consumption"},
    13: {"ar": "العمل المناخي", "fr": "Lutte contre les changements climatiques", "en": "Climate action"},
}
BIOGRAPHY = {
    "fr": "Ingénieure agronome, elle accompagne depuis quatorze ans communes et coopératives dans la conception de filières de "
    "valorisation : compost, biogaz, emballages réemployés.\n\nElle forme des équipes locales à l’ingénierie de projet.",
    "ar": "مهندسة زراعية ترافق منذ أربع عشرة سنة الجماعات والتعاونيات في تصميم سلاسل التثمين: السماد والغاز الحيوي والتغليف "
    "المعاد استعماله.\n\nتكوّن فرقا محلية في هندسة المشاريع.",
}
HEADLINE = {
    "fr": "Ingénieure en économie circulaire, valorisation des déchets organiques",
    "ar": "مهندسة في الاقتصاد الدائري وتثمين النفايات العضوية",
    "en": "Circular economy engineer, recovery of organic waste",
}


@dataclass(frozen=True)
class SampleGoal:
    number: int
    labels: dict[str, str]


@dataclass
class SamplePerson:
    name: str
    other_name: str
    other_language: str
    goals: list[SampleGoal]
    headline: AuthoredText | None
    facts: list[str] = field(default_factory=list)
    availability: str = ""
    availability_label: str = ""
    reasons: list[dict] = field(default_factory=list)
    url: str = "#rows"

    @property
    def seed(self) -> str:
        return self.name

    @property
    def goal_numbers(self) -> list[int]:
        return [goal.number for goal in self.goals]


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name in Latin script"), help_text=_("As you sign your publications."))
    mail = AddressFormField(label=_("Email address"))
    country = forms.ChoiceField(label=_("Country"), choices=[("", "—"), ("MA", "Maroc"), ("TN", "Tunisie"), ("IT", "Italia")])
    modes = forms.MultipleChoiceField(
        label=_("Ways of working"),
        choices=[("advice", _("Consulting")), ("training", _("Training")), ("mentoring", _("Mentoring"))],
        widget=forms.CheckboxSelectMultiple,
    )
    photo = forms.FileField(label=_("Photograph"), required=False)
    published = forms.BooleanField(label=_("Show my profile to everybody"), required=False)


class SampleTextForm(forms.Form):
    text_ar = forms.CharField(label="العربية", widget=forms.Textarea(attrs={"lang": "ar", "dir": "rtl", "rows": 4}))
    text_fr = forms.CharField(label="Français", widget=forms.Textarea(attrs={"lang": "fr", "dir": "ltr", "rows": 4}))
    text_en = forms.CharField(label="English", widget=forms.Textarea(attrs={"lang": "en", "dir": "ltr", "rows": 4}))


def samples() -> dict:
    language = get_language()
    people = sample_people(language)
    return {
        "person": people[0],
        "people": people,
        "goals": people[0].goals,
        "all_goals": [SampleGoal(number, GOALS_NAMED.get(number, {"fr": f"ODD {number}"})) for number in range(1, 18)],
        "texts": [best_text({code: BIOGRAPHY[code], "source": code}, language) for code in ("fr", "ar")],
        "page_of_many": Paginator(range(240), 20).get_page(4),
        "goal_options": goal_options(),
        "theme_options": theme_options(),
        "chips": [{"label": "Économie circulaire", "url": "#chips"}, {"label": "فاس مكناس", "url": "#chips"}],
        "facts": [(_("Sector"), _("Civil society")), (_("Based in"), "Meknès, Maroc"), ("ORCID", "0000-0002-1825-0097")],
        "timeline": sample_timeline(),
        "steps": sample_steps(),
        "form": SampleForm(auto_id="plain_%s", initial={"name": "Salma Benjelloun"}),
        "form_with_errors": SampleForm({"mail": "salma@"}, auto_id="faulty_%s"),
        "text_form": SampleTextForm(initial={f"text_{code}": BIOGRAPHY.get(code, "") for code in LANGUAGES}),
        "statuses": [
            ("draft", _("Draft")),
            ("waiting", _("Waiting for review")),
            ("changes", _("Changes asked for")),
            ("refused", _("Refused")),
            ("published", _("Published")),
        ],
        "notices": [
            ("info", _("Your draft is saved.")),
            ("success", _("Sent for review. You will receive an answer by email.")),
            ("warning", _("Two changes are waiting for review; the public page stays as it was.")),
            ("error", _("The photograph is larger than 5 MB. Choose a smaller one.")),
        ],
        "table_headings": [_("Date"), _("Decision"), _("By")],
        "table_rows": [("2026-11-20", _("Published"), "Amina"), ("2026-11-02", _("Changes asked for"), "يوسف")],
        "stale_fields": [{"label": _("Headline"), "saved": HEADLINE["fr"], "typed": "Ingénieure agronome"}],
    }


def sample_people(language: str) -> list[SamplePerson]:
    names = [("Salma Benjelloun", "سلمى بنجلون"), ("Youssef Amrani", "يوسف العمراني")]
    if language == "ar":
        names = [(arabic, latin) for latin, arabic in names]
    other_language = "fr" if language == "ar" else "ar"
    goals = [SampleGoal(number, labels) for number, labels in GOALS_NAMED.items()]
    found = [
        Segment("… a conçu trois filières d’", False),
        Segment("économie circulaire", True),
        Segment(" avec les coopératives oléicoles …", False),
    ]
    reason = {"item": {"label": _("Biography")}, "concept": "", "segments": found, "language": "fr", "direction": "ltr"}
    return [
        SamplePerson(
            *names[0], other_language, goals, best_text({**HEADLINE, "source": "fr"}, language),
            ["Meknès, Maroc", "14 ans", "العربية · Français · English"], "now", _("Available"), [reason],
        ),
        SamplePerson(
            *names[1], other_language, goals[:2], best_text({"ar": HEADLINE["ar"], "source": "ar"}, language),
            ["Fès, Maroc", "22 ans"], "later", _("Available from January"),
        ),
        SamplePerson(
            "Maria-Francesca degli Esposti Lombardi-Santacroce di Sant’Angelo", "", "", [], None,
            availability="closed", availability_label=_("Not available"),
        ),
    ]  # fmt: skip


def goal_options() -> list[dict]:
    return [
        {
            "value": n,
            "label": GOALS_NAMED.get(n, {}).get("fr", f"ODD {n}"),
            "count": n % 5,
            "checked": n in {8, 11},
            "disabled": n % 5 == 0,
        }
        for n in range(1, 18)
    ]


def theme_options() -> list[dict]:
    labels = [
        "Économie circulaire",
        "Gestion des déchets",
        "ريادة الأعمال الاجتماعية",
        "Coopératives et groupements agricoles de femmes",
    ]
    return [
        {"value": n, "label": label, "count": 21 - n * 7, "checked": n == 0, "disabled": n == 3} for n, label in enumerate(labels)
    ]


def sample_timeline() -> list[dict]:
    return [
        {
            "title": AuthoredText("Filière de compostage des grignons d’olive", "fr"),
            "facts": ["2021–2024", "Coopérative Zerhoun, Fès-Meknès"],
            "text": AuthoredText("Étude, montage financier, formation de 40 productrices.", "fr"),
        },
        {"title": AuthoredText("مخطط المناخ الترابي", "ar"), "facts": ["2018–2021"], "text": None},
    ]


def sample_steps() -> list[dict]:
    return [
        {"label": _("Who you are"), "url": "#editor", "state": "done", "state_label": _("Complete")},
        {"label": _("Your texts"), "url": "#editor", "state": "attention", "state_label": _("One comment"), "current": True},
        {"label": _("Themes and goals"), "url": "#editor", "state": "open", "state_label": ""},
        {"label": _("Send for review"), "url": "#editor", "state": "open", "state_label": ""},
    ]
