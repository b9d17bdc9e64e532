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
    PAGE_CHANGED = "page_changed", pgettext_lazy("journal", "Page changed without review")
    PAGE_HIDDEN = "page_hidden", pgettext_lazy("journal", "Page hidden")
    PAGE_RESTORED = "page_restored", pgettext_lazy("journal", "Page shown again")
    PAGE_TAKEN_DOWN = "page_taken_down", pgettext_lazy("journal", "Page taken down by its author")
    PAGE_BROUGHT_BACK = "page_brought_back", pgettext_lazy("journal", "Page brought back by its author")
    PAGE_ROLLED_BACK = "page_rolled_back", pgettext_lazy("journal", "Page returned to an earlier version")
    PAGE_IMPORTED = "page_imported", pgettext_lazy("journal", "Page published by an import")
    # People
    ACCOUNT_CLOSED = "account_closed", pgettext_lazy("journal", "Account closed by its owner")
    PERSON_DEACTIVATED = "person_deactivated", pgettext_lazy("journal", "Person deactivated")
    PERSON_REACTIVATED = "person_reactivated", pgettext_lazy("journal", "Person active again")
    PERSON_ERASED = "person_erased", pgettext_lazy("journal", "Person erased")
    ORGANIZATION_CLOSED = "organization_closed", pgettext_lazy("journal", "Organisation closed by its last owner")
