"""The filters of a list of the desk: a django-filter FilterSet whose choices say how many rows each would leave."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.fields import DayFormField

ALL = "all"
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)

Choice = tuple[str, str]
Label = str | Promise


class AnyChoiceField(forms.ChoiceField):
    """Choices are offered, and others understood: a value that no row has any more finds nothing."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= 200


class CountedFilter(django_filters.Filter):
    """One of several choices, each with the number of rows that it leaves beside the other filters."""

    def choices(self, queryset: models.QuerySet, chosen: str) -> list[Choice]:
        """What can be chosen among these rows; one query."""
        raise NotImplementedError


class Values(CountedFilter):
    """One choice for each value that stands in a column.

    `name_of(value)` gives the label; without it, the choices of the column do. `names` is a column that holds the label, for
    a column that refers to another row.
    """

    field_class = AnyChoiceField

    def __init__(self, field_name: str, *, label: Label, names: str = "", name_of: Callable[[object], str] | None = None):
        super().__init__(field_name, label=label)
        self.names, self.name_of = names, name_of

    def filter(self, queryset: models.QuerySet, value: str) -> models.QuerySet:
        if not value:
            return queryset
        try:
            value = self._column(queryset).to_python(value)
        except ValidationError:
            return queryset.none()
        return queryset.filter(**{self.field_name: value})

    def choices(self, queryset: models.QuerySet, chosen: str) -> list[Choice]:
        columns = [self.field_name, self.names or self.field_name]
        counted = queryset.order_by().values_list(*columns).annotate(rows=Count("pk"))
        found = {str(value): (self._named(queryset, name), rows) for value, name, rows in counted if value not in (None, "")}
        if chosen and chosen not in found:
            found[chosen] = (chosen, 0)
        named = sorted(found.items(), key=lambda item: str(item[1][0]).casefold())
        return [("", _("All")), *((value, f"{label} ({rows})") for value, (label, rows) in named)]

    def _column(self, queryset: models.QuerySet) -> models.Field:
        column = get_fields_from_path(queryset.model, self.field_name)[-1]
        return column.target_field if column.many_to_many else column

    def _named(self, queryset: models.QuerySet, value: object) -> str:
        if self.name_of:
            return self.name_of(value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(dict(self._column(queryset).flatchoices or ()).get(value, value))


class Conditions(CountedFilter):
    """One choice for each named condition: {value: (label, condition)}, made anew for each page, for days pass.

    With `default`, that condition holds until another one, or all, is chosen.
    """

    field_class = forms.ChoiceField

    def __init__(self, conditions: Callable[[], Mapping[str, tuple[Label, Q]]], *, label: Label, default: str = ""):
        super().__init__(label=label, choices=lambda: [(value, value) for value in self._values()])
        self.conditions, self.default = conditions, default

    def filter(self, queryset: models.QuerySet, value: str) -> models.QuerySet:
        value = value or self.default
        return queryset if value in ("", ALL) else queryset.filter(self.conditions()[value][1])

    def choices(self, queryset: models.QuerySet, chosen: str) -> list[Choice]:
        conditions = self.conditions()
        counts = queryset.order_by().aggregate(
            **{f"rows_{value}": Count("pk", filter=condition) for value, (_label, condition) in conditions.items()}
        )
        offered = [
            ("" if value == self.default else value, f"{label} ({counts[f'rows_{value}']})")
            for value, (label, _condition) in conditions.items()
        ]
        return [*offered, (ALL, _("All"))] if self.default else [("", _("All")), *offered]

    def _values(self) -> list[str]:
        return ["", ALL, *self.conditions()]


class DayFilter(django_filters.DateFilter):
    """From the beginning, or to the end, of a day of the network's time zone."""

    field_class = DayFormField

    def __init__(self, field_name: str, *, label: Label, until: bool = False):
        super().__init__(
            field_name,
            label=label,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
        )
        self.until = until

    def filter(self, queryset: models.QuerySet, value: date | None) -> models.QuerySet:
        if value is None:
            return queryset
        after = value + timedelta(days=self.until)
        column = get_fields_from_path(queryset.model, self.field_name)[-1]
        if isinstance(column, models.DateTimeField):
            after = timezone.make_aware(datetime.combine(after, time.min))
        return queryset.filter(**{f"{self.field_name}__{'lt' if self.until else 'gte'}": after})


def period(field_name: str, *, since: Label = "", until: Label = "") -> tuple[DayFilter, DayFilter]:
    """Two filters for one column: `since, until = period("sent_at")`."""
    return DayFilter(field_name, label=since or _("from")), DayFilter(field_name, label=until or _("until"), until=True)


class DeskFilters(django_filters.FilterSet):
    """The filters of one list; a list without any has this one. What cannot be understood finds nothing, and says so."""

    @property
    def qs(self) -> models.QuerySet:
        return self._filtered() if self.form.is_valid() else self.queryset.none()

    def offer_choices(self) -> None:
        """Fill each list of choices with those that these rows have; one query each, however many rows there are."""
        self.form.is_valid()
        for name, item in self.filters.items():
            if isinstance(item, CountedFilter):
                chosen = self.form[name].value() or ""
                self.form.fields[name].choices = item.choices(self._filtered(but=name), chosen)

    @property
    def chosen(self) -> list[str]:
        """The names of the filters that are set."""
        return [name for name in self.filters if self.form[name].value()]

    def _filtered(self, but: str = "") -> models.QuerySet:
        queryset = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != but:
                queryset = self.filters[name].filter(queryset, value)
        return queryset
