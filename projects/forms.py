"""The steps of the project's editor, and the small forms by which organisations and people are named."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from authoring.fields import CodeField, CodesField, CountriesField, RegionsField, ThemesField
from authoring.forms import AudienceMixin, StepForm, trilingual_names
from authoring.layout import Block, Goals, GroupedBoxes, Plain, Trilingual
from core.validators import validate_single_line
from organizations.models import Organization
from projects.models import Project
from projects.schema import Step

MOST_THEMES = 12


class IdentityForm(StepForm):
    status = CodeField("project_statuses", label=_("State"), required=False)

    class Meta:
        model = Project
        fields = [*trilingual_names("name"), "source_language", *trilingual_names("summary"), "status", "start", "end", "website"]
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 4}) for name in trilingual_names("summary")},
            "start": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "end": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def blocks(self):
        return [
            Trilingual("name", help_text=_("One language is enough; each further one brings more readers.")),
            Plain("source_language"),
            Trilingual("summary", help_text=_("What changes, for whom, where: in up to 600 characters.")),
            Block("status"),
            Block("start"),
            Block("end"),
            Block("website"),
        ]


class TextsForm(StepForm):
    class Meta:
        model = Project
        fields = [*trilingual_names("description"), *trilingual_names("results")]

    def blocks(self):
        return [
            Trilingual("description", help_text=_("In up to 6,000 characters.")),
            Trilingual("results", help_text=_("What has been achieved so far.")),
        ]


class FieldsForm(StepForm):
    themes = ThemesField(label=_("Themes"), most=MOST_THEMES)
    goals = CodesField("goal", label=_("Goals"), coerce=int)

    class Meta:
        model = Project
        fields = ["themes", "goals"]

    def blocks(self):
        return [GroupedBoxes("themes", help_text=_("Up to twelve.")), Goals("goals")]


class PlacesForm(AudienceMixin, StepForm):
    countries = CountriesField(label=_("Countries"))
    regions = RegionsField(label=_("Regions"))

    class Meta:
        model = Project
        fields = ["countries", "regions", "places", "budget", "funders"]

    def blocks(self):
        return [
            GroupedBoxes("countries"),
            GroupedBoxes("regions"),
            Block("places"),
            Block("budget"),
            Block("funders"),
            Plain(*self.audience_fields(), legend=_("Who sees what")),
        ]

    def clean(self):
        cleaned = super().clean()
        countries = set(cleaned.get("countries", []))
        if any(region[:2] not in countries for region in cleaned.get("regions", [])):
            self.add_error("regions", _("Tick the countries of these regions too."))
        return cleaned


# The step of organisations and people is a page of its own: naming somebody sends a mail.
FORMS = {
    Step.IDENTITY: IdentityForm,
    Step.TEXTS: TextsForm,
    Step.FIELDS: FieldsForm,
    Step.PLACES: PlacesForm,
}


class LeadForm(forms.Form):
    """Which organisation leads: one for which the person acts. Only the author of the project may do without."""

    lead = forms.ModelChoiceField(
        label=_("Lead organisation"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("None: I present it myself"),
        help_text=_("Its owners and editors may edit this project too."),
    )

    def __init__(self, *args, user: User, project: Project | None = None, **options):
        super().__init__(*args, **options)
        self.fields["lead"].queryset = Organization.objects.acted_for_by(user).order_by("pk")
        if project:
            self.fields["lead"].initial = project.lead_id
            self.fields["lead"].required = project.created_by_id != user.pk

    @property
    def has_choice(self) -> bool:
        return self.fields["lead"].queryset.exists()


class StartForm(LeadForm):
    """A title and who leads: enough to begin."""

    field_order = ["name", "lead"]

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, user=user, **options)
        self.fields["name"] = Project._meta.get_field(f"name_{get_language()}").formfield(label=_("Title"), required=True)
        self.order_fields(self.field_order)


class NamingForm(forms.Form):
    """Somebody published in the directory, and what they do in the project."""

    public_id = forms.CharField(max_length=10, validators=[validate_single_line])
    role = CodeField("project_roles", label=_("Role"))
