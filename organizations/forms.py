"""The steps of the organisation's editor, and the small forms around its people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from authoring.fields import CodeField, CodesField, PictureInput, RegionField, TerritoriesField, ThemesField
from authoring.forms import AudienceMixin, PictureMixin, PlaceMixin, StepForm, trilingual_names
from authoring.layout import Block, Goals, GroupedBoxes, Plain, Trilingual
from organizations.models import Affiliation, Invitation, JoinRequest, Organization, Verification
from organizations.schema import Step

MOST_THEMES = 12


class IdentityForm(PictureMixin, StepForm):
    picture = "logo"
    type = CodeField("organisation_types", label=_("Type"), required=False)

    class Meta:
        model = Organization
        fields = [*trilingual_names("name"), "source_language", "acronym", "type", "founded", "logo"]
        field_classes = {"logo": forms.FileField}
        widgets = {"logo": PictureInput()}

    def blocks(self):
        return [
            Trilingual("name", help_text=_("The official name. One language is enough; add only translations in use.")),
            Plain("source_language"),
            Block("acronym"),
            Block("type"),
            Block("founded"),
            Block("logo", help_text=_("JPEG, PNG or WebP, at most 8 MB.")),
        ]

    def clean_logo(self):
        return self.clean_picture()


class TextsForm(StepForm):
    class Meta:
        model = Organization
        fields = trilingual_names("description")

    def blocks(self):
        return [Trilingual("description", help_text=_("What you do, for whom, since when: in up to 4,000 characters."))]


class FieldsForm(StepForm):
    themes = ThemesField(label=_("Themes"), most=MOST_THEMES)
    goals = CodesField("goal", label=_("Goals"), coerce=int)

    class Meta:
        model = Organization
        fields = ["themes", "goals"]

    def blocks(self):
        return [GroupedBoxes("themes", help_text=_("Up to twelve.")), Goals("goals")]


class PlacesForm(PlaceMixin, StepForm):
    country = CodeField("country", label=_("Country"), required=False)
    region = RegionField(label=_("Region"), required=False)
    territories = TerritoriesField(label=_("Territories where we work"))

    class Meta:
        model = Organization
        fields = ["country", "region", "city", "territories"]

    def blocks(self):
        return [Block("country"), Block("region"), Block("city"), GroupedBoxes("territories")]


class ContactForm(AudienceMixin, StepForm):
    class Meta:
        model = Organization
        fields = ["website", "contact_email", "phone"]

    def blocks(self):
        return [
            Block("website"),
            Block("contact_email"),
            Block("phone"),
            Plain(
                *self.audience_fields(),
                legend=_("Who sees what"),
                help_text=_("Everything else on the page is public. You decide about these two, at any time and at once."),
            ),
        ]


FORMS = {
    Step.IDENTITY: IdentityForm,
    Step.TEXTS: TextsForm,
    Step.FIELDS: FieldsForm,
    Step.PLACES: PlacesForm,
    Step.CONTACT: ContactForm,
}


class StartForm(forms.ModelForm):
    """Enough to see whether the organisation is in the directory already."""

    confirmed = forms.BooleanField(label=_("None of these is ours: register it."), required=False)

    class Meta:
        model = Organization
        fields = ["website"]

    def __init__(self, *args, language: str, **options):
        super().__init__(*args, **options)
        name = Organization._meta.get_field(f"name_{language}").formfield(label=_("Name of the organisation"), required=True)
        self.fields = {"name": name, **self.fields}
        self.language = language

    def save(self, commit: bool = True) -> Organization:
        setattr(self.instance, f"name_{self.language}", self.cleaned_data["name"])
        self.instance.source_language = self.language
        return super().save(commit)


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "role"]


class RoleForm(forms.ModelForm):
    class Meta:
        model = Affiliation
        fields = ["role"]


class JoinForm(forms.ModelForm):
    class Meta:
        model = JoinRequest
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}


class VerificationForm(forms.ModelForm):
    """What a coordinator has checked, and how."""

    class Meta:
        model = Verification
        fields = ["method", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}
        help_texts = {"note": _("For the coordination team only.")}
