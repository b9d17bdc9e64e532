"""The addresses among which somebody chooses what the other side will see."""

from accounts.models import User
from directory.kinds import drafts


def own_addresses(user: User) -> list[str]:
    """That of the account, then those written in the pages for which the person acts."""
    written = [getattr(draft, "contact_email", "") for draft in _own_drafts(user)]
    return list(dict.fromkeys([user.email, *filter(None, written)]))


def own_phones(user: User) -> list[str]:
    written = [str(getattr(draft, "phone", "") or "") for draft in _own_drafts(user)]
    return list(dict.fromkeys(filter(None, written)))


def _own_drafts(user: User) -> list:
    return [draft for model in drafts().values() for draft in model.objects.acted_for_by(user)]
