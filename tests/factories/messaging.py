"""Contact requests in each state, by the verbs that people use."""

from typing import Any

from messaging import actions
from messaging.models import ContactRequest, Report
from moderation.models import Publishable
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert


def letter_to(draft: Publishable, **fields: Any) -> ContactRequest:
    """A request as its form leaves it, not sent yet."""
    written = {
        "sender_name": "Malika Aït Oumghar",
        "sender_address": "malika@example.org",
        "language": "fr",
        "purpose": "twinning",
        "message": "Nous cherchons une coopérative pour un jumelage de deux ans.",
    } | fields
    return ContactRequest(entry=draft.entry, **written)


def make_request(draft: Publishable | None = None, *, by="member", **fields: Any) -> ContactRequest:
    """A request that has arrived, unless a rule holds it; `by` None is a visitor who has confirmed."""
    draft = draft or make_expert(published=True)
    by = make_user() if by == "member" else by
    if by:
        fields = {"sender_name": by.name or "Membre", "sender_address": by.email} | fields
    request = actions.ask(letter_to(draft, **fields), by=by)
    if by is None:
        request = actions.confirm(request)
    request.refresh_from_db()
    return request


def accepted(draft: Publishable | None = None, *, address: str = "shown@example.org", **options: Any) -> ContactRequest:
    request = make_request(draft, **options)
    return actions.accept(request, by=request.draft.people().first(), address=address)


def make_report(draft: Publishable | None = None, **fields: Any) -> Report:
    """A page that somebody without an account has reported."""
    draft = draft or make_expert(published=True)
    return actions.report(Report(entry=draft.entry, **({"reason": "wrong"} | fields)), by=None)
