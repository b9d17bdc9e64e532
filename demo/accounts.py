"""The accounts of the demo: told by `manage.py up` and on the login page of the demo, and nowhere else.

No database and no models here: the launcher reads this file.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

# Published on purpose, and refused outside the embedded server (volubilis/settings.py).
PASSWORD = "Mosaique-Volubilis-2026"  # noqa: S105


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: str
    role: str | Promise
    can: str | Promise


EXPERT = DemoAccount(
    "expert@volubilis.example", "Amina El Idrissi", _("Expert"), _("edits a public profile and sends changes for review")
)
OWNER = DemoAccount(
    "organisation@volubilis.example",
    "Zhor Mekouar",
    _("Owner of an organisation"),
    _("edits its page and projects, answers requests to join"),
)
MODERATOR = DemoAccount(
    "moderator@volubilis.example", "Hasna Lamrani", _("Moderator"), _("reads and decides what is awaiting review")
)
ADMIN = DemoAccount("admin@volubilis.example", "Driss Filali", _("Administrator"), _("may do everything in the administration"))

ACCOUNTS = (EXPERT, OWNER, MODERATOR, ADMIN)
LONGEST = max(len(account.email) for account in ACCOUNTS)


def announcement() -> str:
    """The lines that `manage.py up` prints, in English like all its lines."""
    with override("en"):
        lines = [f"  {account.email:<{LONGEST}}  {account.role}: {account.can}" for account in ACCOUNTS]
    return "\n".join([f"Demo accounts, all with the password  {PASSWORD}", *lines])
