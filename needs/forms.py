"""The steps of the editor of a need, and the small forms around it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from authoring.fields import CodeField, CodesField, RegionField, ThemesField
from authoring.forms import PlaceMixin, RowForm, StepForm, row_set, trilingual_names
from authoring.layout import Block, Goals, GroupedBoxes, Plain, RowsBlock, Trilingual
from core.asking import ASKED
from core.validators import validate_plain_text, validate_single_line
from needs.models import AskedLanguage, Closing, Need, Outcome, Proposal
from needs.schema import Must, Step
from organizations.models import Organization
from projects.models import Project

MOST_THEMES, MOST_LANGUAGES = 8, 6


class NeedForm(StepForm):
    type = CodeField("need_types", label=_("Type of need"), required=False)

    class Meta:
        model = Need
        fields = [*trilingual_names("name"), "source_language", "type", *trilingual_names("text")]

    def blocks(self):
        return [
            Trilingual("name", help_text=_("One line, as you would say it to a colleague.")),
            Plain("source_language"),
            Block("type"),
            Trilingual("text", help_text=_("The situation, what you expect, and what is there already: up to 4,000 characters.")),
        ]


class AskedLanguageRow(RowForm):
    code = CodeField("language", label=_("Language"))
    level = CodeField("cefr", label=_("At least"), required=False)

    class Meta:
        model = AskedLanguage
        fields = ["code", "level", "is_bonus"]


class PeopleForm(PlaceMixin, StepForm):
    themes = ThemesField(label=_("Themes"), most=MOST_THEMES)
    goals = CodesField("goal", label=_("Goals"), coerce=int)
    country = CodeField("country", label=_("Country"), required=False)
    region = RegionField(label=_("Region"), required=False)
    musts = forms.TypedMultipleChoiceField(
        label=_("What is required"), choices=Must.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    row_sets = {"languages": row_set(Need, AskedLanguage, AskedLanguageRow, most=MOST_LANGUAGES)}

    class Meta:
        model = Need
        fields = ["themes", "goals", "country", "region", "musts"]

    def blocks(self):
        return [
            GroupedBoxes("themes", help_text=_("Up to eight. People who work on related themes are found as well.")),
            Goals("goals"),
            Block("country"),
            Block("region"),
            RowsBlock("languages", add_label=_("Add a language")),
            Block(
                "musts",
                help_text=_("Whoever does not meet what is required is not proposed. Everything else only affects the order."),
            ),
        ]

    def clean(self):
        """A must asks for something to be stated, in this step or in another."""
        cleaned = super().clean()
        stated = {
            Must.THEMES: bool(cleaned.get("themes")),
            Must.COUNTRY: bool(cleaned.get("country")),
            Must.REGION: bool(cleaned.get("region")),
            Must.MODE: bool(self.instance.mode),
            Must.START: bool(self.instance.start),
            Must.LANGUAGES: self._has_languages(),
        }
        empty = [str(Must(must).label) for must in cleaned.get("musts", []) if not stated[must]]
        if empty:
            self.add_error("musts", _("Required, but nowhere said: %(what)s.") % {"what": " · ".join(empty)})
        return cleaned

    def _has_languages(self) -> bool:
        rows = self.rows["languages"]
        return any(row.data.get(row.add_prefix("code")) and not row.data.get(row.add_prefix("DELETE")) for row in rows.forms)


class TermsForm(StepForm):
    class Meta:
        model = Need
        fields = ["mode", "start", "days", "budget", "deadline"]
        widgets = {
            "start": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "deadline": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def blocks(self):
        return [
            Block("deadline", help_text=_("After this day the need closes by itself.")),
            Block("start"),
            Block("mode"),
            Block("days"),
            Block("budget"),
        ]

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        if deadline and deadline != self.instance.deadline and deadline < timezone.localdate():
            raise forms.ValidationError(_("This day is behind us. Choose a day to come."))
        return deadline


FORMS = {Step.NEED: NeedForm, Step.PEOPLE: PeopleForm, Step.TERMS: TermsForm}


class SentenceForm(forms.Form):
    """One sentence, as somebody would say it."""

    sentence = forms.CharField(
        label=_("What do you need?"),
        max_length=1000,
        min_length=15,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say in a sentence what you need."), "min_length": _("Say it in a whole sentence.")},
    )


class KeepForm(forms.Form):
    """In whose name it is asked: an organisation for which the person acts, or the person, for a project of theirs."""

    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.none(), required=False, empty_label=_("None: I ask in my own name")
    )
    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none(), required=False, empty_label=_("No project")
    )

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        self.fields["organization"].queryset = Organization.objects.acted_for_by(user).order_by("pk")
        self.fields["project"].queryset = Project.objects.acted_for_by(user).order_by("pk")
        for name in ("organization", "project"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]


class CloseForm(forms.Form):
    closing = forms.ChoiceField(
        label=_("Why are you closing it?"),
        choices=[(Closing.FILLED, Closing.FILLED.label), (Closing.WITHDRAWN, _("We no longer need it"))],
        widget=forms.RadioSelect,
    )


class LeaveOutForm(forms.Form):
    """Why somebody is left out of the list, or added to it."""

    public_id = forms.CharField(max_length=10, validators=[validate_single_line])
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        validators=[validate_single_line],
        error_messages={"required": _("Give a reason: it stays in the journal of the need.")},
    )


class AnswerForm(forms.Form):
    """What a person says to a proposal."""

    status = forms.ChoiceField(choices=[choice for choice in Proposal.Status.choices if choice[0] != ASKED])
    words = forms.CharField(required=False, max_length=1000, validators=[validate_plain_text])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == Proposal.Status.COLLEAGUE and not cleaned.get("words"):
            self.add_error("words", _("Say who it is, and how you know them."))
        return cleaned


class OutcomeForm(forms.Form):
    status = forms.ChoiceField(choices=[choice for choice in Outcome.Status.choices if choice[0] != ASKED])


class PauseForm(forms.Form):
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        return until
