"""The one form of everything that can be asked of the directory: lists, territories and the API."""

from collections.abc import Mapping

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory import search
from directory.kinds import facets, schema_of

MOST_VALUES = 40
LONGEST_QUERY = 200
MOST_PAGES = 1000  # of the API


class ChosenCodes(forms.MultipleChoiceField):
    """Codes of the vocabulary. Unknown and retired ones are well-formed questions that find nothing."""

    widget = forms.CheckboxSelectMultiple
    empty_values = (*forms.MultipleChoiceField.empty_values, [""])
    is_code = RegexValidator(r"\A[A-Za-z0-9_-]{1,40}\Z", _("This is not a code of the directory."))

    def __init__(self, **options):
        super().__init__(**{"required": False} | options)

    def to_python(self, value) -> list[str]:
        """Less the empty ones, which a form sends of a day that was not chosen."""
        return list(filter(None, super().to_python(value)))

    def valid_value(self, value: str) -> bool:
        return True

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_VALUES:
            raise forms.ValidationError(_("Choose fewer values."))
        for code in value:
            self.is_code(code)


class Sort:
    CHOICES = [
        (search.RELEVANCE, _("Most relevant")),
        (search.NAME, pgettext_lazy("sort", "By name")),
        (search.NEWEST, _("Newest")),
        (search.CONFIRMED, _("Recently confirmed")),
    ]


class DirectoryForm(forms.Form):
    """A question as it was asked: words, the filters of all kinds, an order. `query` is what the search understands of it; an
    invalid form asks for nothing."""

    q = forms.CharField(label=_("Search"), max_length=LONGEST_QUERY, required=False)
    literal = ChosenCodes(label=_("Themes and places that are not meant"))
    sort = forms.ChoiceField(label=_("Sort"), choices=Sort.CHOICES, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields |= {facet: ChosenCodes(label=label) for facet, label in facets().items()}

    @property
    def text(self) -> str:
        return self._cleaned("q", "")

    @property
    def sort_order(self) -> str:
        """Relevance orders only what was searched."""
        chosen = self._cleaned("sort", "")
        if chosen == search.RELEVANCE and not self.text:
            chosen = ""
        return chosen or self.default_sort

    @property
    def default_sort(self) -> str:
        return search.RELEVANCE if self.text else search.CONFIRMED

    @property
    def chosen(self) -> dict[str, list[str]]:
        """{facet: values} as asked."""
        return {facet: list(dict.fromkeys(values)) for facet in facets() if (values := self._cleaned(facet, []))}

    def conditions(self, kind: str) -> search.Read:
        """What the words ask of availability and languages, and the rest of them."""
        if not kind:
            return search.Read(self.text)
        return search.read_conditions(self.text, schema_of(kind).facets, self._cleaned("literal", []), timezone.localdate())

    def query(self, kind: str, language: str) -> search.Query:
        said = self.conditions(kind)
        return search.Query(
            text=said.text,
            kind=kind,
            chosen={
                facet: [*self.chosen.get(facet, []), *said.chosen.get(facet, [])] for facet in {**self.chosen, **said.chosen}
            },
            literal=frozenset(self._cleaned("literal", [])),
            sort=self.sort_order,
            language=language,
        )

    def _cleaned(self, name: str, default):
        return (self.cleaned_data.get(name) if self.is_valid() else None) or default


def _together(chosen: Mapping[str, list[str]], said: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What was chosen and what was said; of one facet any value will do."""
    return {facet: [*chosen.get(facet, []), *said.get(facet, [])] for facet in dict.fromkeys([*chosen, *said])}
