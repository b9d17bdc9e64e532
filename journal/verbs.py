"""What can be done, in the words of the journal. A new verb is one line here."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Verb(models.TextChoices):
    # Pages and their review
    SUBMISSION_SENT = "submission_sent", pgettext_lazy("journal", "Sent for review")
    SUBMISSION_WITHDRAWN = "submission_withdrawn", pgettext_lazy("journal", "Taken back from review")
    SUBMISSION_APPROVED = "submission_approved", pgettext_lazy("journal", "Approved")
    SUBMISSION_PARTLY_APPROVED = "submission_partly_approved", pgettext_lazy("journal", "Approved in part")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("journal", "Changes requested")
    SUBMISSION_REFUSED = "submission_refused", pgettext_lazy("journal", "Refused")
    DRAFT_SAVED = "draft_saved", pgettext_lazy("journal", "Draft saved")
    PAGE_HIDDEN = "page_hidden", pgettext_lazy("journal", "Page hidden")
    PAGE_RESTORED = "page_restored", pgettext_lazy("journal", "Page shown again")
    PAGE_TAKEN_DOWN = "page_taken_down", pgettext_lazy("journal", "Page taken down by its author")
    PAGE_BROUGHT_BACK = "page_brought_back", pgettext_lazy("journal", "Page brought back by its author")
    PAGE_ROLLED_BACK = "page_rolled_back", pgettext_lazy("journal", "Page returned to an earlier version")
    PAGE_IMPORTED = "page_imported", pgettext_lazy("journal", "Page published by an import")
    # Experts, organisations, projects
    PROFILE_STARTED = "profile_started", pgettext_lazy("journal", "Profile started")
    PROFILE_IMPORTED = "profile_imported", pgettext_lazy("journal", "Profile written by an import")
    ORGANIZATION_FOUNDED = "organization_founded", pgettext_lazy("journal", "Organisation registered")
    PERSON_INVITED = "person_invited", pgettext_lazy("journal", "Invited")
    INVITATION_REVOKED = "invitation_revoked", pgettext_lazy("journal", "Invitation revoked")
    INVITATION_ACCEPTED = "invitation_accepted", pgettext_lazy("journal", "Invitation accepted")
    INVITATION_DECLINED = "invitation_declined", pgettext_lazy("journal", "Invitation declined")
    JOIN_ASKED = "join_asked", pgettext_lazy("journal", "Asked to join")
    JOIN_ACCEPTED = "join_accepted", pgettext_lazy("journal", "Request to join accepted")
    JOIN_DECLINED = "join_declined", pgettext_lazy("journal", "Request to join declined")
    ROLE_CHANGED = "role_changed", pgettext_lazy("journal", "Role changed")
    PERSON_REMOVED = "person_removed", pgettext_lazy("journal", "Person removed")
    PERSON_LEFT = "person_left", pgettext_lazy("journal", "Person left")
    VERIFIED = "verified", pgettext_lazy("journal", "Verified")
    VERIFICATION_ENDED = "verification_ended", pgettext_lazy("journal", "Verification ended")
    PROJECT_STARTED = "project_started", pgettext_lazy("journal", "Project started")
    LEAD_CHANGED = "lead_changed", pgettext_lazy("journal", "Lead organisation changed")
    PARTICIPATION_ASKED = "participation_asked", pgettext_lazy("journal", "Named in a project")
    PARTICIPATION_CONFIRMED = "participation_confirmed", pgettext_lazy("journal", "Participation confirmed")
    PARTICIPATION_DECLINED = "participation_declined", pgettext_lazy("journal", "Participation declined")
    PARTICIPATION_WITHDRAWN = "participation_withdrawn", pgettext_lazy("journal", "Participation withdrawn")
    PARTICIPATION_REMOVED = "participation_removed", pgettext_lazy("journal", "No longer named in a project")
    # Mails
    MAIL_EDITED = "mail_edited", pgettext_lazy("journal", "Email rewritten")
    MAIL_CANCELLED = "mail_cancelled", pgettext_lazy("journal", "Email cancelled")
    MAIL_RETRIED = "mail_retried", pgettext_lazy("journal", "Email queued again")
    # Accounts
    SIGNED_UP = "signed_up", pgettext_lazy("journal", "Signed up")
    LOGGED_IN = "logged_in", pgettext_lazy("journal", "Signed in")
    LOGGED_OUT = "logged_out", pgettext_lazy("journal", "Signed out")
    ADDRESS_CONFIRMED = "address_confirmed", pgettext_lazy("journal", "Email address confirmed")
    ADDRESS_ADDED = "address_added", pgettext_lazy("journal", "Email address added")
    ADDRESS_CHANGED = "address_changed", pgettext_lazy("journal", "Email address changed")
    ADDRESS_REMOVED = "address_removed", pgettext_lazy("journal", "Email address removed")
    PASSWORD_CHANGED = "password_changed", pgettext_lazy("journal", "Password changed")
    SETTINGS_CHANGED = "settings_changed", pgettext_lazy("journal", "Settings changed")
    FACTOR_ADDED = "factor_added", pgettext_lazy("journal", "Second factor added")
    FACTOR_REMOVED = "factor_removed", pgettext_lazy("journal", "Second factor removed")
    FACTOR_RESET = "factor_reset", pgettext_lazy("journal", "Second factor renewed")
    # The end of accounts
    ACCOUNT_CLOSED = "account_closed", pgettext_lazy("journal", "Account closed by its owner")
    PERSON_DEACTIVATED = "person_deactivated", pgettext_lazy("journal", "Person deactivated")
    PERSON_REACTIVATED = "person_reactivated", pgettext_lazy("journal", "Person active again")
    PERSON_ERASED = "person_erased", pgettext_lazy("journal", "Person erased")
    ORGANIZATION_CLOSED = "organization_closed", pgettext_lazy("journal", "Organisation closed by its last owner")
    # The admin
    ROW_ADDED = "row_added", pgettext_lazy("journal", "Added in the admin")
    ROW_CHANGED = "row_changed", pgettext_lazy("journal", "Changed in the admin")
    ROW_DELETED = "row_deleted", pgettext_lazy("journal", "Deleted in the admin")
    # Beyond single rows
    LIST_EXPORTED = "list_exported", pgettext_lazy("journal", "List exported")
