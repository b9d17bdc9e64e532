"""The steps of the expert's editor. Crispy layout and repeated rows are those of every kind (authoring/forms.py)."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from authoring.fields import (
    NOTHING_CHOSEN,
    CodeField,
    CodesField,
    PictureInput,
    PrivateFileInput,
    RegionField,
    TerritoriesField,
    ThemeField,
)
from authoring.forms import AudienceMixin, PictureMixin, PlaceMixin, RowForm, StepForm, row_set, trilingual_names
from authoring.layout import Block, Goals, GroupedBoxes, Plain, RowsBlock, Trilingual
from core.languages import LANGUAGES, text_direction
from core.uploads import clean_pdf
from directory import search
from experts.models import (
    FIRST_YEAR,
    Experience,
    Expert,
    Expertise,
    Link,
    Publication,
    Qualification,
    SpokenLanguage,
)
from experts.schema import DATED, Availability, Mode, Reach, Step, Terms
from taxonomy.vocabulary import vocabulary
from text.latin_spelling import is_arabic, latin_spelling

MOST_THEMES, LONGEST_QUOTE = 12, 160


class IdentityForm(PictureMixin, StepForm):
    picture = "photo"
    milieu = CodeField("milieux", label=_("Sector"), required=False)
    spelled = forms.BooleanField(required=False, help_text=_("A proposal: you can correct it once it is in its boxes."))

    class Meta:
        model = Expert
        fields = [
            "given_name",
            "family_name",
            "given_name_ar",
            "family_name_ar",
            "source_language",
            *trilingual_names("headline"),
            "milieu",
            "photo",
        ]
        field_classes = {"photo": forms.FileField}
        widgets = {"photo": PictureInput()}

    def blocks(self):
        return [
            Block(
                "name",
                *self.name_fields(),
                help_text=_("In Latin letters, in Arabic script, or in both: readers find you under either."),
            ),
            *([Plain("spelled")] if self.spelling() else []),
            Plain("source_language"),
            Trilingual("headline", help_text=_("One line. One language is enough; each further one brings more readers.")),
            Block("milieu"),
            Block(
                "photo",
                help_text=_("JPEG, PNG or WebP, at most 8 MB. Without one, a mosaic in the colours of your goals is shown."),
            ),
        ]

    def name_fields(self) -> list[str]:
        """The pair in the script of the page first; each box says its script."""
        latin, arabic = ["given_name", "family_name"], ["given_name_ar", "family_name_ar"]
        self.fields["given_name"].label = _("Given name in Latin letters")
        self.fields["family_name"].label = _("Family name in Latin letters")
        return arabic + latin if get_language() == "ar" else latin + arabic

    def spelling(self) -> tuple[str, str] | None:
        """(given name, family name) in Latin letters, to propose to whoever has written the Arabic ones only."""
        saved = self.initial
        if saved.get("given_name") or saved.get("family_name") or not saved.get("family_name_ar"):
            return None
        proposed = latin_spelling(saved["given_name_ar"]), latin_spelling(saved["family_name_ar"])
        self.fields["spelled"].label = _("Show my name in Latin letters too: %(name)s") % {"name": " ".join(proposed)}
        return proposed

    def clean_photo(self):
        return self.clean_picture()

    def clean(self):
        """Arabic letters typed into the Latin boxes go where they belong."""
        cleaned = super().clean()
        for latin, arabic in (("given_name", "given_name_ar"), ("family_name", "family_name_ar")):
            if is_arabic(cleaned.get(latin, "")) and not cleaned.get(arabic):
                cleaned[arabic], cleaned[latin] = cleaned[latin], ""
        if cleaned.get("spelled") and (proposed := self.spelling()) and not cleaned.get("given_name"):
            cleaned["given_name"], cleaned["family_name"] = proposed
        return cleaned


class TextsForm(StepForm):
    class Meta:
        model = Expert
        fields = [*trilingual_names("biography"), *trilingual_names("services")]

    def blocks(self):
        return [
            Trilingual("biography", help_text=_("Who you are and what you have done, in up to 4,000 characters.")),
            Trilingual("services", help_text=_("What somebody may ask you for.")),
        ]


class ThemeRow(RowForm):
    theme = ThemeField(label=_("Theme"))
    level = CodeField("theme_levels", label=_("Level"), required=False)

    class Meta:
        model = Expertise
        fields = ["theme", "level", "years"]


class ExpertiseForm(StepForm):
    goals = CodesField("goal", label=_("Goals"), coerce=int)
    proposed = forms.MultipleChoiceField(
        label=_("Proposed from what you wrote"),
        help_text=_("Tick what is right: it is added when you save."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    row_sets = {"themes": row_set(Expert, Expertise, ThemeRow, most=MOST_THEMES)}

    class Meta:
        model = Expert
        fields = ["goals", "years_experience"]

    def blocks(self):
        self.fields["proposed"].choices = proposed_choices(self.instance)
        return [
            RowsBlock("themes", add_label=_("Add another theme"), help_text=_("Up to twelve, the most important first.")),
            *([Plain("proposed")] if self.fields["proposed"].choices else []),
            Goals("goals"),
            Block("years_experience"),
        ]

    def save(self, commit: bool = True) -> Expert:
        """The themes that were ticked follow the rows, as far as there is room."""
        expert = super().save(commit)
        own = set(Expertise.objects.filter(expert=expert).values_list("theme", flat=True))
        ticked = [code for code in self.cleaned_data["proposed"] if code not in own]
        Expertise.objects.bulk_create(Expertise(expert=expert, theme=code) for code in ticked[: MOST_THEMES - len(own)])
        return expert


def proposed_choices(expert: Expert) -> list[tuple[str, str]]:
    """(theme, its label with the sentence that told it) of what the texts of a draft tell and its rows do not name."""
    languages = dict.fromkeys([get_language(), *LANGUAGES])  # the sentence in the language of the page, where there is one
    texts = [(code, getattr(expert, f"{name}_{code}")) for code in languages for name in ("headline", "biography", "services")]
    found = search.proposed_themes(texts, {row.theme for row in expert.expertises.all()})
    return [(one.code, _labelled(one)) for one in found]


def _labelled(one: search.ProposedTheme) -> str:
    label = vocabulary().label("theme", one.code, get_language())
    quote = Truncator(one.sentence).chars(LONGEST_QUOTE)
    return format_html('{} – <q lang="{}" dir="{}">{}</q>', label, one.language, text_direction(one.language), quote)


class PlacesForm(PlaceMixin, StepForm):
    country = CodeField("country", label=_("Country"), required=False)
    region = RegionField(label=_("Region"), required=False)
    territories = TerritoriesField(label=_("Territories where I work"))

    class Meta:
        model = Expert
        fields = ["country", "region", "city", "territories"]

    def blocks(self):
        return [Block("country"), Block("region"), Block("city"), GroupedBoxes("territories")]


class LanguageRow(RowForm):
    code = CodeField("language", label=_("Language"))
    level = CodeField("cefr", label=_("Level"), required=False)

    class Meta:
        model = SpokenLanguage
        fields = ["code", "level"]


class AvailabilityForm(StepForm):
    availability = forms.ChoiceField(
        label=_("When are you available?"), choices=[NOTHING_CHOSEN, *Availability.choices], required=False
    )
    modes = forms.MultipleChoiceField(
        label=_("What I do"), choices=Mode.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    terms = forms.MultipleChoiceField(
        label=_("Paid or pro bono"), choices=Terms.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    reach = forms.MultipleChoiceField(
        label=_("How I work"), choices=Reach.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    row_sets = {"languages": row_set(Expert, SpokenLanguage, LanguageRow, most=10)}

    class Meta:
        model = Expert
        fields = ["availability", "available_on", "modes", "terms", "reach"]
        labels = {"available_on": _("From which day")}
        widgets = {"available_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def blocks(self):
        return [
            RowsBlock("languages", add_label=_("Add another language"), help_text=_("The languages you can work in.")),
            Block("availability", "availability", "available_on"),
            Block("modes"),
            Block("terms"),
            Block("reach"),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("availability") in DATED:
            if not cleaned.get("available_on") and "available_on" not in self.errors:
                self.add_error("available_on", _("Say from which date."))
            elif "available_on" in self.changed_data and cleaned.get("available_on", timezone.localdate()) < timezone.localdate():
                self.add_error("available_on", _("This day has passed. Choose a later one, or say that you are available now."))
        else:
            cleaned["available_on"] = None
        return cleaned


def latest_year() -> int:
    return timezone.localdate().year + 10


class YearField(forms.IntegerField):
    """A year between the first plausible one and a few years ahead."""

    def __init__(self, **options):
        super().__init__(min_value=FIRST_YEAR, validators=[MaxValueValidator(latest_year)], **options)


class ExperienceRow(RowForm):
    start_year = YearField(label=_("From (year)"))
    end_year = YearField(label=_("To (year)"), required=False, help_text=_("Leave empty if still ongoing."))

    class Meta:
        model = Experience
        fields = ["title", "language", "organization", "place", "start_year", "end_year", "description"]
        widgets = {
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "description": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }


class QualificationRow(RowForm):
    level = CodeField("education_levels", label=_("Level"), required=False)
    year = YearField(label=_("Year"), required=False)

    class Meta:
        model = Qualification
        fields = ["title", "language", "institution", "level", "year"]
        widgets = {"title": forms.TextInput(attrs={"dir": "auto"})}


class CareerForm(StepForm):
    row_sets = {
        "experiences": row_set(Expert, Experience, ExperienceRow, most=30),
        "qualifications": row_set(Expert, Qualification, QualificationRow, most=15),
    }

    class Meta:
        model = Expert
        fields = ["cv"]
        field_classes = {"cv": forms.FileField}
        widgets = {"cv": PrivateFileInput("experts:cv", attrs={"accept": "application/pdf"})}

    def blocks(self):
        return [
            RowsBlock("experiences", add_label=_("Add another experience")),
            RowsBlock("qualifications", add_label=_("Add another qualification")),
            Plain("cv"),
        ]

    def clean_cv(self):
        upload = self.cleaned_data.get("cv")
        return clean_pdf(upload) if upload and "cv" in self.changed_data else upload


class PublicationRow(RowForm):
    type = CodeField("publication_types", label=_("Type"), required=False)
    year = YearField(label=_("Year"), required=False)

    class Meta:
        model = Publication
        fields = ["title", "language", "type", "venue", "year", "url"]
        widgets = {"title": forms.TextInput(attrs={"dir": "auto"})}


class LinkRow(RowForm):
    class Meta:
        model = Link
        fields = ["label", "url"]


class PublicationsForm(StepForm):
    row_sets = {
        "publications": row_set(Expert, Publication, PublicationRow, most=50),
        "links": row_set(Expert, Link, LinkRow, most=10),
    }

    class Meta:
        model = Expert
        fields = ["orcid"]

    def blocks(self):
        return [
            RowsBlock("publications", add_label=_("Add another publication")),
            RowsBlock("links", add_label=_("Add another link")),
            Block("orcid"),
        ]


class PrivacyForm(AudienceMixin, StepForm):
    class Meta:
        model = Expert
        fields = ["contact_email", "phone", "by_words_only"]

    def blocks(self):
        return [
            Block("contact_email"),
            Block("phone"),
            Plain(
                *self.audience_fields(),
                legend=_("Who sees what"),
                help_text=_(
                    "Name, headline, presentation and themes are public. You decide about the rest, at any time and at once."
                ),
            ),
            Plain("by_words_only"),
        ]


FORMS = {
    Step.IDENTITY: IdentityForm,
    Step.TEXTS: TextsForm,
    Step.EXPERTISE: ExpertiseForm,
    Step.PLACES: PlacesForm,
    Step.AVAILABILITY: AvailabilityForm,
    Step.CAREER: CareerForm,
    Step.PUBLICATIONS: PublicationsForm,
    Step.PRIVACY: PrivacyForm,
}
