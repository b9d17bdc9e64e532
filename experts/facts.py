"""Availability as of a day: somebody not free before 1 May becomes available by himself on 1 May."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from directory.facts import Fact, day_of, readable_date


class AvailabilityFact(Fact):
    """{"state": one of schema.Availability, "date": ISO date or absent}"""

    day_label = pgettext_lazy("availability", "Available by")
    facet_values = {
        "now": pgettext_lazy("availability", "Available now"),
        "later": pgettext_lazy("availability", "Available later"),
        "closed": pgettext_lazy("availability", "Not available"),
    }

    def readable(self, value: dict[str, Any], language: str) -> str:
        day = readable_date(value["date"], language) if value.get("date") else ""
        match value["state"]:
            case "now":
                return pgettext("availability", "Available now")
            case "closed":
                return pgettext("availability", "Not available")
            case "from" if day:
                return pgettext("availability", "Available from %(day)s") % {"day": day}
            case "not_before" if day:
                return pgettext("availability", "Not before %(day)s") % {"day": day}
        return pgettext("availability", "Available later")

    def indexed(self, value: dict[str, Any]) -> str:
        """now, later, closed, or a day to come: which of the first two that is, each question decides on its own day."""
        if value["state"] in {"now", "closed"}:
            return value["state"]
        day = value.get("date")
        if not day:
            return "later"
        return "now" if day <= timezone.localdate().isoformat() else day

    def facet_value(self, indexed: str, today: datetime.date) -> str:
        if indexed in self.facet_values:
            return indexed
        return "now" if indexed <= today.isoformat() else "later"

    def label_of_value(self, value: str) -> str | Promise:
        day = day_of(value)
        return _("Available by %(date)s") % {"date": date_format(day, "DATE_FORMAT")} if day else super().label_of_value(value)

    def answers(self, indexed: str, wanted: frozenset[str], today: datetime.date) -> bool:
        """Beside its values the filter knows a day: available by then."""
        days = filter(None, map(day_of, wanted))
        return super().answers(indexed, wanted, today) or any(self.facet_value(indexed, day) == "now" for day in days)

    def today(self, value: dict[str, Any]) -> str:
        """now, later or closed, as of today."""
        return self.facet_value(self.indexed(value), timezone.localdate())

    def label(self, value: dict[str, Any]) -> str:
        """What a badge says today."""
        state = self.today(value)
        if state == "later" and value.get("date"):
            day = datetime.date.fromisoformat(value["date"])
            return _("Available from %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
        return str(self.facet_values[state])


AVAILABILITY = AvailabilityFact()
