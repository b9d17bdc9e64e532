"""Whether a need is open, as of a day: it closes by itself behind its deadline."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from directory.facts import Fact, readable_date


class StandingFact(Fact):
    """{"state": "open" or one of models.Closing, "until": ISO day or absent}"""

    facet_values = {
        "open": pgettext_lazy("need", "Open"),
        "closed": pgettext_lazy("need", "Closed"),
    }

    def readable(self, value: dict[str, Any], language: str) -> str:
        if self.today(value) == "closed":
            return pgettext("need", "Closed")
        if value.get("until"):
            return pgettext("need", "Open until %(day)s") % {"day": readable_date(value["until"], language)}
        return pgettext("need", "Open")

    def indexed(self, value: dict[str, Any]) -> str:
        """open, closed, or the last day: what that is, each question decides on its own day."""
        if value["state"] != "open":
            return "closed"
        return value.get("until", "open")

    def facet_value(self, indexed: str, today: datetime.date) -> str:
        if indexed in self.facet_values:
            return indexed
        return "open" if indexed >= today.isoformat() else "closed"

    def today(self, value: dict[str, Any]) -> str:
        return self.facet_value(self.indexed(value), timezone.localdate())


STANDING = StandingFact()
