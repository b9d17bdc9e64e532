"""The one form of everything that can be asked of the directory: lists, API and saved searches."""

import django_filters
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory import search
from directory.models import Entry

MOST_VALUES = 40
LONGEST_QUERY = 200


class CodesField(forms.MultipleChoiceField):
    """Codes of the vocabulary. Unknown and retired ones are well-formed questions that find nothing."""

    widget = forms.CheckboxSelectMultiple
    is_code = RegexValidator(r"\A[A-Za-z0-9_-]{1,40}\Z", _("This is not a code of the directory."))

    def __init__(self, **options):
        super().__init__(**{"required": False} | options)

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


class CodesFilter(django_filters.Filter):
    field_class = CodesField


class DirectoryForm(forms.Form):
    """A question as it was asked. `query` is what the search understands of it; an invalid form asks for nothing."""

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
        return {facet: list(dict.fromkeys(values)) for facet in search.FACETS if (values := self._cleaned(facet, []))}

    def query(self, kind: str, language: str) -> search.Query:
        return search.Query(
            text=self.text,
            kind=kind,
            chosen=self.chosen,
            literal=frozenset(self._cleaned("literal", [])),
            sort=self.sort_order,
            language=language,
        )

    def _cleaned(self, name: str, default):
        return (self.cleaned_data.get(name) if self.is_valid() else None) or default


class DirectoryFilter(django_filters.FilterSet):
    """Everything that a list, the API or a saved search can ask. Its form reads the question; the search answers it."""

    q = django_filters.CharFilter(label=_("Search"), max_length=LONGEST_QUERY)
    goal = CodesFilter(label=_("Sustainable Development Goals"))
    theme = CodesFilter(label=_("Themes"))
    country = CodesFilter(label=_("Country"))
    region = CodesFilter(label=_("Region"))
    milieu = CodesFilter(label=_("Sector"))
    type = CodesFilter(label=_("Type"))
    language = CodesFilter(label=_("Working languages"))
    availability = CodesFilter(label=_("Availability"))
    literal = CodesFilter(label=_("Themes and places that are not meant"))
    sort = django_filters.ChoiceFilter(label=_("Sort"), choices=Sort.CHOICES, empty_label=None)

    class Meta:
        model = Entry
        form = DirectoryForm
        fields: list[str] = []
