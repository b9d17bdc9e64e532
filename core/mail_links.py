"""Links in mails by which somebody answers without signing in.

Each serves one purpose, for one row, until a moment that is signed with it. Mail programs open links: the page shows on GET and
acts on POST only, and needs no script. That a link answers once is settled by the row (core/asking.py), not by the link.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.access import public


@dataclass(frozen=True)
class MailLink:
    """One purpose. A token made for another purpose, too old or altered is worth nothing."""

    purpose: str

    def token(self, *numbers: int, until: datetime) -> str:
        """The end of the address; the same numbers and moment give the same token."""
        return self._signer.sign_object([int(until.timestamp()), *numbers])

    def read(self, token: str) -> list[int] | None:
        """The numbers of a token that is valid now, or None."""
        try:
            until, *numbers = self._signer.unsign_object(token)
        except (signing.BadSignature, ValueError):
            return None
        return numbers if until > timezone.now().timestamp() else None

    @property
    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"mail link: {self.purpose}")


def mail_page(view: Callable) -> Callable:
    """The page behind a link in a mail: open to whoever holds the link, and kept by no cache."""
    return public(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))
