"""Who acts for the coordination team today."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from accounts.roles import has_ended


def acts_for_team(user) -> bool:
    """Whether this person may do today what the team may: in the team still, and with a second factor where one is due."""
    if not user.is_active or not user.is_staff or has_ended(user):
        return False
    return not settings.STAFF_MFA_REQUIRED or is_mfa_enabled(user)
