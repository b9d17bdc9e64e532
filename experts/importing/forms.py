"""The check of one imported row: the same validators as in the editor, one form field per column.

Forgiving where the meaning is certain: case, spaces, digits and separators of any script. What is refused names what is allowed.
"""

import re
from collections import defaultdict
from functools import lru_cache

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.characters import cleaned_identifier
from core.fields import WITHOUT_ORDER_MARKS, AddressFormField, CleanTextMixin, with_plain_digits
from core.validators import validate_name, validate_plain_text, validate_single_line
from experts.schema import DATED, Availability
from taxonomy.vocabulary import vocabulary
from text.fold import fold

# A list of people has no column for the day that the other states need.
AVAILABILITIES = tuple(state.value for state in Availability if state not in DATED)
MOST_NAMED = 12


class CleanedText(CleanTextMixin, forms.CharField):
    """Text as in the editor."""


class NameCell(CleanedText):
    default_validators = (validate_name,)

    def to_python(self, value):
        return super().to_python(value).translate(WITHOUT_ORDER_MARKS)


class CodeCell(forms.CharField):
    """One code of a vocabulary list, retired ones not among them, in any case."""

    def __init__(self, list_name: str, **options):
        self.list_name = list_name
        super().__init__(**options)

    def clean(self, value: str) -> str:
        value = super().clean(cleaned_identifier(value or ""))
        return offered_code(self.list_name, value) if value else ""


class ChosenCell(forms.CharField):
    """One of a few words, in any case."""

    def __init__(self, allowed: tuple[str, ...], **options):
        self.allowed = allowed
        super().__init__(**options)

    def clean(self, value: str) -> str:
        value = super().clean(cleaned_identifier(value or ""))
        found = next((word for word in self.allowed if word == re.sub(r"[\s-]+", "_", value.casefold())), None)
        if value and found is None:
            raise forms.ValidationError(
                _("“%(value)s” is not among: %(allowed)s."), params={"value": value[:60], "allowed": ", ".join(self.allowed)}
            )
        return found or ""


class SeveralCells(forms.CharField):
    """Values separated by semicolons or commas of any script -> a list without repetitions."""

    def clean(self, value: str) -> list[str]:
        parts = [cleaned_identifier(part) for part in re.split("[;,؛،\n]", super().clean(value))]
        return list(dict.fromkeys(part for part in parts if part))


class NumberCell(forms.IntegerField):
    """A whole number in the digits of any script, also with what it counts: 14, ١٤, 14,0, 14 ans."""

    counted = re.compile(r"(\d+)(?:[.,٫]0+)?\s*(?:ans?|années?|years?|سنة|سنوات|عاما?)?", flags=re.IGNORECASE)

    def to_python(self, value):
        typed = with_plain_digits(cleaned_identifier(value or ""))
        found = self.counted.fullmatch(typed)
        return super().to_python(found[1] if found else typed)


class AddressCell(AddressFormField):
    """An address, also as a mail program copies it: mailto:salma@example.org, Salma <salma@example.org>."""

    def to_python(self, value):
        typed = cleaned_identifier(value or "")
        found = re.fullmatch(r"(?:mailto:|[^<>@]*<)?([^<>\s]+?)>?", typed, flags=re.IGNORECASE)
        return super().to_python(found[1] if found else typed)


def offered_code(list_name: str, typed: str) -> str:
    """The code as the vocabulary writes it, from the code or from its name in one of the languages.

    Raises ValidationError unless it is offered.
    """
    items = vocabulary().lists[list_name]
    code = next((known for known in (typed, typed.upper(), typed.lower()) if known in items), None)
    code = code or _codes_by_name(vocabulary().revision, list_name).get(fold(typed).strip())
    if code is None or items[code].retired:
        raise forms.ValidationError(not_a_code(list_name), params={"code": typed[:60], "allowed": _allowed(list_name)})
    return code


@lru_cache(maxsize=16)
def _codes_by_name(_revision: str, list_name: str) -> dict[str, str]:
    """{folded name: code} in one state of the vocabulary, without the names that several codes share."""
    named = defaultdict(set)
    for code, item in vocabulary().lists[list_name].items():
        for name in item.labels.values() if not item.retired else ():
            named[fold(name).strip()].add(code)
    return {name: codes.pop() for name, codes in named.items() if len(codes) == 1}


def not_a_code(list_name: str):
    if len(vocabulary().choices(list_name, get_language())) <= MOST_NAMED:
        return _("“%(code)s” is not among: %(allowed)s.")
    return _("“%(code)s” is not a known code; codes look like: %(allowed)s.")


def _allowed(list_name: str) -> str:
    codes = [code for code, _label in vocabulary().choices(list_name, get_language())]
    return ", ".join(codes if len(codes) <= MOST_NAMED else codes[:3])


class PersonForm(forms.Form):
    """One person. Clean values are those of the draft: `themes`, `sdgs` lists, `languages` a list of (code, level)."""

    external_id = CleanedText(max_length=100, validators=[validate_single_line])
    email = AddressCell(max_length=254)
    given_name = NameCell(max_length=100, required=False)
    family_name = NameCell(max_length=100, required=False)
    given_name_ar = NameCell(max_length=100, required=False)
    family_name_ar = NameCell(max_length=100, required=False)
    headline_ar = CleanedText(max_length=160, required=False, validators=[validate_single_line])
    headline_fr = CleanedText(max_length=160, required=False, validators=[validate_single_line])
    headline_en = CleanedText(max_length=160, required=False, validators=[validate_single_line])
    bio_ar = CleanedText(max_length=4000, required=False, validators=[validate_plain_text])
    bio_fr = CleanedText(max_length=4000, required=False, validators=[validate_plain_text])
    bio_en = CleanedText(max_length=4000, required=False, validators=[validate_plain_text])
    country = CodeCell("country")
    region = CodeCell("subdivision", required=False)
    city = CleanedText(max_length=100, required=False, validators=[validate_single_line])
    sector = CodeCell("milieux")
    themes = SeveralCells(required=False)
    sdgs = SeveralCells(required=False)
    languages = SeveralCells(required=False)
    years_experience = NumberCell(min_value=0, required=False, validators=[MaxValueValidator(70)])
    availability = ChosenCell(AVAILABILITIES)

    def clean_themes(self) -> list[str]:
        return list(dict.fromkeys(offered_code("theme", code) for code in self.cleaned_data["themes"]))

    def clean_sdgs(self) -> list[int]:
        numbers = set()
        for typed in self.cleaned_data["sdgs"]:
            number = re.sub(r"^(sdg|odd|هدف)\s*", "", with_plain_digits(typed).casefold()).lstrip("0")
            if number not in vocabulary().lists["goal"]:
                raise forms.ValidationError(_("“%(number)s” is not a goal from 1 to 17."), params={"number": typed[:60]})
            numbers.add(int(number))
        return sorted(numbers)

    def clean_languages(self) -> list[tuple[str, str]]:
        spoken = {}
        for part in self.cleaned_data["languages"]:
            code, _colon, level = (piece.strip() for piece in part.replace("：", ":").partition(":"))
            code = offered_code("language", code)
            if code in spoken:
                raise forms.ValidationError(_("The language “%(code)s” appears twice."), params={"code": code})
            spoken[code] = offered_code("cefr", level) if level else ""
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
