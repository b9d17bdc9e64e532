"""How the people of a page may be reached, as the page says it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from directory.document import DocumentField, FieldType
from directory.facts import Fact
from directory.models import Entry


class ContactWay(models.TextChoices):
    """A page that says nothing is reached directly."""

    DIRECT = "direct", pgettext_lazy("contact", "Requests come straight to us")
    COORDINATORS = "coordinators", pgettext_lazy("contact", "Through the coordination team, which reads each request first")
    CLOSED = "closed", pgettext_lazy("contact", "No new requests at the moment")


class ReachFact(Fact):
    """{"by": one of ContactWay}"""

    def readable(self, value: dict[str, Any], language: str) -> str:
        with override(language):
            return str(ContactWay(value["by"]).label)


# In the group that every kind has, and that everybody reads.
REACHED = DocumentField("contact", _("Contact requests"), FieldType.FACT, fact=ReachFact())


def reach_of(entry: Entry) -> ContactWay:
    return ContactWay(entry.facts.get(REACHED.name, {}).get("by", ContactWay.DIRECT))
