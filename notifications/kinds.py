"""The kinds of mail. Each has three texts: templates/mail/<kind>.<language>.txt."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailKind(models.TextChoices):
    EMAIL_CONFIRMATION_SIGNUP = "email_confirmation_signup", _("Confirm your address (sign-up)")
    EMAIL_CONFIRMATION = "email_confirmation", _("Confirm your address")
    EMAIL_CHANGED = "email_changed", _("Address changed")
    EMAIL_DELETED = "email_deleted", _("Address removed")
    ACCOUNT_ALREADY_EXISTS = "account_already_exists", _("You already have an account")
    UNKNOWN_ACCOUNT = "unknown_account", _("No account with this address")
    LOGIN_CODE = "login_code", _("Sign-in code")
    PASSWORD_RESET_KEY = "password_reset_key", _("Link to choose a new password")
    PASSWORD_RESET = "password_reset", _("Password replaced by the reset link")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    PASSWORD_SET = "password_set", _("Password set")
    TOTP_ACTIVATED = "totp_activated", _("Authenticator app added")
    TOTP_DEACTIVATED = "totp_deactivated", _("Authenticator app removed")
    WEBAUTHN_ADDED = "webauthn_added", _("Security key added")
    WEBAUTHN_REMOVED = "webauthn_removed", _("Security key removed")
    RECOVERY_CODES_GENERATED = "recovery_codes_generated", _("New recovery codes")
    RECOVERY_CODE_USED = "recovery_code_used", _("Recovery code used")
    SUBMISSION_RECEIVED = "submission_received", _("We have what you sent")
    SUBMISSION_WAITING = "submission_waiting", _("A submission is awaiting review")
    SUBMISSION_APPROVED = "submission_approved", _("Approved")
    SUBMISSION_PARTLY_APPROVED = "submission_partly_approved", _("Approved in part")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    SUBMISSION_REFUSED = "submission_refused", _("Refused")
    ENTRY_HIDDEN = "entry_hidden", _("Page hidden")
    ENTRY_ROLLED_BACK = "entry_rolled_back", _("Page returned to an earlier version")
    ENTRY_RESTORED = "entry_restored", _("Page visible again")
    ORGANIZATION_INVITATION = "organization_invitation", _("Invitation to an organisation")
    JOIN_REQUEST = "join_request", _("Request to join an organisation")
    JOIN_ACCEPTED = "join_accepted", _("Request to join accepted")
    JOIN_DECLINED = "join_declined", _("Request to join declined")
    PARTICIPATION_REQUEST = "participation_request", _("Confirm your part in a project")
    CONTACT_CONFIRMATION = "contact_confirmation", _("Confirm your address (contact request)")
    CONTACT_REQUEST = "contact_request", _("Contact request")
    CONTACT_STOPPED = "contact_stopped", _("Contact request not passed on")
    CONTACT_ACCEPTED = "contact_accepted", _("Contact request accepted")
    CONTACT_SHARED = "contact_shared", _("You have accepted a contact request")
    CONTACT_DECLINED = "contact_declined", _("Contact request declined")
    CONTACT_EXPIRED = "contact_expired", _("Contact request expired")
    CONTACT_REPLY = "contact_reply", _("Reply to a contact request")
    NEED_PROPOSED = "need_proposed", _("A need for you to answer")
    NEED_REMINDER = "need_reminder", _("Reminder of a need")
    NEED_INTEREST = "need_interest", _("Somebody is interested in your need")
    NEED_OUTCOME = "need_outcome", _("What came of a need")
    NEED_UNFINISHED = "need_unfinished", _("Reminder of a need that was never sent")
    TEAM_INVITATION = "team_invitation", _("Invitation to the coordination team")
    TEAM_ROLES_CHANGED = "team_roles_changed", _("Roles in the team changed")
    TEAM_LEFT = "team_left", _("No longer in the team")
    TEAM_FACTOR_RESET = "team_factor_reset", _("Second factor reset by the team")
    ACCOUNT_CLOSED = "account_closed", _("Account closed")
    ACCOUNT_ERASED = "account_erased", _("Person erased by the team")
    ACCOUNT_DEACTIVATED = "account_deactivated", _("Account deactivated")


# Whoever reads these mails can act in the recipient's name, or reads what two people write to each other.
CONFIDENTIAL = frozenset({
    MailKind.EMAIL_CONFIRMATION_SIGNUP,
    MailKind.EMAIL_CONFIRMATION,
    MailKind.LOGIN_CODE,
    MailKind.PASSWORD_RESET_KEY,
    MailKind.ORGANIZATION_INVITATION,
    MailKind.TEAM_INVITATION,
    MailKind.CONTACT_CONFIRMATION,
    MailKind.CONTACT_REQUEST,
    MailKind.CONTACT_ACCEPTED,
    MailKind.CONTACT_SHARED,
    MailKind.CONTACT_DECLINED,
    MailKind.CONTACT_EXPIRED,
    MailKind.CONTACT_REPLY,
})  # fmt: skip

# What keeps an account safe or is owed by law comes at once, however many others came that day.
UNLIMITED = frozenset({
    MailKind.EMAIL_CONFIRMATION_SIGNUP,
    MailKind.EMAIL_CONFIRMATION,
    MailKind.EMAIL_CHANGED,
    MailKind.EMAIL_DELETED,
    MailKind.ACCOUNT_ALREADY_EXISTS,
    MailKind.UNKNOWN_ACCOUNT,
    MailKind.LOGIN_CODE,
    MailKind.PASSWORD_RESET_KEY,
    MailKind.PASSWORD_RESET,
    MailKind.PASSWORD_CHANGED,
    MailKind.PASSWORD_SET,
    MailKind.TOTP_ACTIVATED,
    MailKind.TOTP_DEACTIVATED,
    MailKind.WEBAUTHN_ADDED,
    MailKind.WEBAUTHN_REMOVED,
    MailKind.RECOVERY_CODES_GENERATED,
    MailKind.RECOVERY_CODE_USED,
    MailKind.SUBMISSION_REFUSED,
    MailKind.ENTRY_HIDDEN,
    MailKind.ACCOUNT_CLOSED,
    MailKind.ACCOUNT_ERASED,
    MailKind.ACCOUNT_DEACTIVATED,
})  # fmt: skip

# The last mails to people who are erased: nothing of them stays once they have left.
FORGOTTEN = frozenset({MailKind.ACCOUNT_CLOSED, MailKind.ACCOUNT_ERASED})
