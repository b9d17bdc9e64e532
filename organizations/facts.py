"""The verification of an organisation, as its public page and the desk say it."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.facts import Fact, readable_date


class VerificationFact(Fact):
    """{"method": …, "on": ISO date, "until": ISO date}"""

    def readable(self, value: dict[str, Any], language: str) -> str:
        days = {"day": readable_date(value["on"], language), "end": readable_date(value["until"], language)}
        return pgettext("verification", "Verified on %(day)s, valid until %(end)s") % days

    def is_current(self, value: dict[str, Any]) -> bool:
        """Whether it holds today."""
        return timezone.localdate().isoformat() <= value["until"]

    def label(self, value: dict[str, Any]) -> str:
        """What a badge says today; after its term, that the term is over."""
        if not self.is_current(value):
            return _("Verification expired")
        month = date_format(datetime.date.fromisoformat(value["on"]), "F Y")
        return _("Verified in %(month)s by the coordination team") % {"month": month}


VERIFICATION = VerificationFact()
