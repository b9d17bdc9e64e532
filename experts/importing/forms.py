"""The check of one imported row: the same validators as in the editor, one form field per column."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from core.validators import validate_name, validate_plain_text, validate_single_line
from experts.schema import DATED, Availability
from taxonomy.vocabulary import vocabulary

COLUMNS = (
    "external_id",
    "email",
    "given_name",
    "family_name",
    "given_name_ar",
    "family_name_ar",
    "headline_ar",
    "headline_fr",
    "headline_en",
    "bio_ar",
    "bio_fr",
    "bio_en",
    "country",
    "region",
    "city",
    "sector",
    "themes",
    "sdgs",
    "languages",
    "years_experience",
    "availability",
)
# A list of people has no column for a day.
AVAILABILITIES = [(choice.value, choice.value) for choice in Availability if choice not in DATED]


class CodeField(forms.CharField):
    """One code of a vocabulary list, retired ones not among them."""

    def __init__(self, list_name: str, **kwargs):
        self.list_name = list_name
        super().__init__(**kwargs)

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value:
            check_code(self.list_name, value)
        return value


class SeveralField(forms.CharField):
    """Values separated by semicolons -> a list without repetitions."""

    def clean(self, value: str) -> list[str]:
        parts = [part.strip() for part in super().clean(value).split(";")]
        return list(dict.fromkeys(part for part in parts if part))


def check_code(list_name: str, code: str) -> None:
    """Raise ValidationError unless the code is offered."""
    item = vocabulary().lists[list_name].get(code)
    if item is None or item.retired:
        raise forms.ValidationError(_("“%(code)s” is not a known code."), params={"code": code[:60]})


class RowForm(forms.Form):
    """One person. Clean values are those of the draft: `themes`, `sdgs` lists, `languages` a list of (code, level)."""

    external_id = forms.CharField(max_length=100, validators=[validate_single_line])
    email = forms.EmailField(max_length=254)
    given_name = forms.CharField(max_length=100, required=False, validators=[validate_name])
    family_name = forms.CharField(max_length=100, required=False, validators=[validate_name])
    given_name_ar = forms.CharField(max_length=100, required=False, validators=[validate_name])
    family_name_ar = forms.CharField(max_length=100, required=False, validators=[validate_name])
    headline_ar = forms.CharField(max_length=160, required=False, validators=[validate_single_line])
    headline_fr = forms.CharField(max_length=160, required=False, validators=[validate_single_line])
    headline_en = forms.CharField(max_length=160, required=False, validators=[validate_single_line])
    bio_ar = forms.CharField(max_length=4000, required=False, validators=[validate_plain_text])
    bio_fr = forms.CharField(max_length=4000, required=False, validators=[validate_plain_text])
    bio_en = forms.CharField(max_length=4000, required=False, validators=[validate_plain_text])
    country = CodeField("country")
    region = CodeField("subdivision", required=False)
    city = forms.CharField(max_length=100, required=False, validators=[validate_single_line])
    sector = CodeField("milieux")
    themes = SeveralField(required=False)
    sdgs = SeveralField(required=False)
    languages = SeveralField(required=False)
    years_experience = forms.IntegerField(min_value=0, required=False, validators=[MaxValueValidator(70)])
    availability = forms.ChoiceField(choices=AVAILABILITIES)

    def clean_themes(self) -> list[str]:
        for code in self.cleaned_data["themes"]:
            check_code("theme", code)
        return self.cleaned_data["themes"]

    def clean_sdgs(self) -> list[int]:
        for number in self.cleaned_data["sdgs"]:
            if number not in vocabulary().lists["goal"]:
                raise forms.ValidationError(_("“%(number)s” is not a goal from 1 to 17."), params={"number": number[:60]})
        return sorted(int(number) for number in self.cleaned_data["sdgs"])

    def clean_languages(self) -> list[tuple[str, str]]:
        spoken = {}
        for part in self.cleaned_data["languages"]:
            code, _colon, level = part.partition(":")
            check_code("language", code)
            if level:
                check_code("cefr", level)
            if code in spoken:
                raise forms.ValidationError(_("The language “%(code)s” appears twice."), params={"code": code})
            spoken[code] = level
        return list(spoken.items())

    def clean(self) -> dict:
        data = super().clean()
        latin, arabic = ("given_name", "family_name"), ("given_name_ar", "family_name_ar")
        if not any(data.get(column) for column in latin + arabic) and not any(column in self.errors for column in latin + arabic):
            self.add_error("family_name", _("Give a name in Latin or in Arabic script."))
        region, country = data.get("region"), data.get("country")
        if region and country and vocabulary().subdivisions[region].country != country:
            self.add_error("region", _("This region is not in the country of the row."))
        return data
