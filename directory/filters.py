"""The one filter class of lists, API and saved searches."""

import django_filters
from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory import search
from directory.models import SearchDocument

MOST_VALUES = 40
LONGEST_QUERY = 200


class CodesField(forms.MultipleChoiceField):
    """Codes of the vocabulary. Unknown and retired ones are well-formed questions that find nothing."""

    widget = forms.CheckboxSelectMultiple
    is_code = RegexValidator(r"\A[A-Za-z0-9_-]{1,40}\Z", _("This is not a code of the directory."))

    def valid_value(self, value: str) -> bool:
        return True

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_VALUES:
            raise forms.ValidationError(_("Choose fewer values."))
        for code in value:
            self.is_code(code)


class CodesFilter(django_filters.Filter):
    field_class = CodesField

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.filter(**{f"{self.field_name}__overlap": list(value)}) if value else queryset


class AvailabilityFilter(django_filters.Filter):
    field_class = CodesField

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        today = timezone.localdate()
        states = {"now": Q(available_from__lte=today), "later": Q(available_from__gt=today), "closed": Q(available_from=None)}
        chosen = Q()
        for state in value or ():
            chosen |= states.get(state, Q(pk=None))
        return queryset.filter(chosen) if value else queryset


class Sort:
    RELEVANCE, NAME, NEWEST, CONFIRMED = "relevance", "name", "newest", "confirmed"
    CHOICES = [
        (RELEVANCE, _("Most relevant")),
        (NAME, pgettext_lazy("sort", "By name")),
        (NEWEST, _("Newest")),
        (CONFIRMED, _("Recently confirmed")),
    ]


class DirectoryFilter(django_filters.FilterSet):
    """Everything that a list of entries can be asked. `qs` holds the search rows that pass, in the order asked for."""

    q = django_filters.CharFilter(label=_("Search"), max_length=LONGEST_QUERY, method="keep")
    goal = CodesFilter(label=_("Sustainable Development Goals"))
    theme = CodesFilter(label=_("Themes"))
    country = CodesFilter(label=_("Country"))
    region = CodesFilter(label=_("Region"))
    milieu = CodesFilter(label=_("Milieu"))
    type = CodesFilter(label=_("Type"))
    language = CodesFilter(label=_("Working languages"))
    availability = AvailabilityFilter(label=_("Availability"), field_name="available_from")
    sort = django_filters.ChoiceFilter(label=_("Sort"), choices=Sort.CHOICES, method="keep", empty_label=None)

    class Meta:
        model = SearchDocument
        fields: list[str] = []

    def __init__(self, data, *, kind: str, language: str):
        self.kind = kind
        self.language = language
        super().__init__(data, queryset=SearchDocument.objects.none())

    def keep(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """The words and the order are applied in `qs`, once."""
        return queryset

    @property
    def text(self) -> str:
        return self._cleaned("q", "")

    @property
    def sort_order(self) -> str:
        chosen = self._cleaned("sort", "")
        if chosen == Sort.RELEVANCE and not self.text:
            chosen = ""
        return chosen or self.default_sort

    @property
    def default_sort(self) -> str:
        return Sort.RELEVANCE if self.text else Sort.CONFIRMED

    @property
    def chosen(self) -> dict[str, list[str]]:
        """{facet: values} as asked."""
        return {facet: values for facet in search.FACETS if (values := self._cleaned(facet, []))}

    @property
    def matching(self) -> QuerySet[SearchDocument]:
        """The rows that hold the words, before any facet."""
        return search.matching(self.kind, self.text)

    @property
    def qs(self) -> QuerySet[SearchDocument]:
        if not self.form.is_valid():
            return SearchDocument.objects.none()
        return self._ordered(self.filter_queryset(self.matching))

    def _ordered(self, documents: QuerySet[SearchDocument]) -> QuerySet[SearchDocument]:
        match self.sort_order:
            case Sort.RELEVANCE:
                return search.ranked(documents, self.text)
            case Sort.NAME:
                return documents.order_by("sort_ar" if self.language == "ar" else "sort_latin", "entry_id")
            case Sort.NEWEST:
                return documents.order_by("-first_published_at", "entry_id")
        return documents.order_by("-confirmed_at", "entry_id")

    def _cleaned(self, name: str, default):
        return (self.form.cleaned_data.get(name) if self.form.is_valid() else None) or default
