"""Form fields whose values are codes of the vocabulary, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from directory.labels import label_of
from taxonomy.vocabulary import vocabulary

NOTHING_CHOSEN = ("", "—")


class CodeField(forms.ChoiceField):
    """One code of a vocabulary list, in the language of the page. A retired code stays as long as it is not changed."""

    def __init__(self, list_name: str, **options: Any):
        self.list_name = list_name
        super().__init__(choices=self.offered, **options)

    def offered(self) -> list:
        return [NOTHING_CHOSEN, *vocabulary().choices(self.list_name, get_language())]

    def keep(self, code: str) -> None:
        """Offer this code too, although it is retired or unknown."""
        if code and not self.valid_value(code):
            self.choices = [*self.choices, (code, label_of(self.list_name, code, get_language()))]


class PictureInput(forms.ClearableFileInput):
    """A picture, which is shown: the name of its file tells nobody anything."""

    shows_picture = True
    clear_checkbox_label = _("Remove")

    def __init__(self, **options: Any):
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp"}, **options)


class PrivateFileInput(forms.ClearableFileInput):
    """A file that has no public address: its owner downloads it from the page of this name, and can remove it."""

    def __init__(self, download: str, **options: Any):
        self.download = download
        super().__init__(**options)

    def format_value(self, value: Any) -> Any:
        """The link that the template shows beside the box to remove it."""
        return PrivateFile(gettext("The file that is stored"), reverse_lazy(self.download)) if self.is_initial(value) else None


@dataclass(frozen=True)
class PrivateFile:
    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class ThemeField(CodeField):
    """One theme, from a list grouped by domain: the system's own list works on every phone."""

    def __init__(self, **options: Any):
        super().__init__("theme", **options)

    def offered(self) -> list:
        return [NOTHING_CHOSEN, *vocabulary().theme_choices_by_domain(get_language())]


class RegionField(CodeField):
    """One region or province, grouped by country."""

    def __init__(self, **options: Any):
        super().__init__("subdivision", **options)

    def offered(self) -> list:
        return [NOTHING_CHOSEN, *subdivisions_by_country(get_language())]


class CodesField(forms.TypedMultipleChoiceField):
    """Several codes, as tick boxes. Retired ones stay as long as they are ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, list_name: str, **options: Any):
        self.list_name = list_name
        self.kept: list = []
        super().__init__(choices=self.offered, required=False, **options)

    def offered(self) -> list:
        return vocabulary().choices(self.list_name, get_language())

    def keep(self, codes: Iterable) -> None:
        self.kept = list(codes)
        language = get_language()
        retired = [(code, label_of(self.list_name, str(code), language)) for code in codes if not self.valid_value(str(code))]
        if retired:
            self.choices = [*self.choices, *self.grouped(retired)]

    def clean(self, value: Any) -> list:
        """What was ticked before stays in its order: the alphabet of the page is no change to review."""
        codes = super().clean(value)
        return [code for code in self.kept if code in codes] + [code for code in codes if code not in self.kept]

    def grouped(self, options: list) -> list:
        return options


class GroupedCodesField(CodesField):
    """Very many codes: boxes under headings that open. Laid out by `GroupedBoxes`."""

    def grouped(self, options: list) -> list:
        return [(_("No longer offered"), options)]


class TerritoriesField(GroupedCodesField):
    """Groups of countries, countries, and their regions."""

    def __init__(self, **options: Any):
        super().__init__("territory", **options)

    def offered(self) -> list:
        language = get_language()
        return [
            (_("Groups of countries"), vocabulary().choices("country_group", language)),
            (_("Countries"), vocabulary().choices("country", language)),
            *subdivisions_by_country(language),
        ]


class ThemesField(GroupedCodesField):
    """Themes under their domains."""

    def __init__(self, *, most: int, **options: Any):
        self.most = most
        super().__init__("theme", **options)

    def offered(self) -> list:
        return vocabulary().theme_choices_by_domain(get_language())

    def clean(self, value: Any) -> list:
        codes = super().clean(value)
        if len(codes) > self.most:
            message = ngettext("Choose at most %(count)d theme.", "Choose at most %(count)d themes.", self.most)
            raise ValidationError(message % {"count": self.most}, code="too_many")
        return codes


class CountriesField(GroupedCodesField):
    """Countries, those of the two shores first."""

    def __init__(self, **options: Any):
        super().__init__("country", **options)

    def offered(self) -> list:
        countries = vocabulary().choices("country", get_language())
        near = vocabulary().countries_of_group("UFM") | vocabulary().countries_of_group("AMU")
        return [
            (_("Around the Mediterranean"), [choice for choice in countries if choice[0] in near]),
            (_("Elsewhere"), [choice for choice in countries if choice[0] not in near]),
        ]


class RegionsField(GroupedCodesField):
    """Regions and provinces, under their countries."""

    def __init__(self, **options: Any):
        super().__init__("subdivision", **options)

    def offered(self) -> list:
        return subdivisions_by_country(get_language())


def subdivisions_by_country(language: str) -> list:
    """[(country, [(code, label)])] for the first-level subdivisions that are offered."""
    groups: dict[str, list] = {}
    for code, label in vocabulary().choices("subdivision", language):
        if vocabulary().subdivisions[code].parent is None:
            groups.setdefault(code[:2], []).append((code, label))
    return [(name, groups[code]) for code, name in vocabulary().choices("country", language) if code in groups]
