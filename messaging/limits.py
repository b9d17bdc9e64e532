"""How much anybody may ask of others: first contacts written, and requests that reach a page."""

from django.utils.translation import gettext_lazy as _

from quotas.counting import DAY, HOUR, Quota

ENOUGH_TODAY = _("You have reached today’s number of first contacts. Your text is still here: send it tomorrow.")
BY_MEMBER = Quota("messaging.asked", 20, DAY, ENOUGH_TODAY)
BY_VISITOR = Quota("messaging.asked_without_account", 3, DAY, ENOUGH_TODAY)
TO_PAGE = Quota(
    "messaging.received",
    10,
    7 * DAY,
    _("This page has received many requests this week. Your text is still here: try again in a few days."),
)
# From one address of the network, by whoever has no account, and of reports by anybody.
FORMS_OF_VISITORS = Quota("messaging.forms_of_visitors", 10, HOUR)
REPORTS = Quota("messaging.reports", 10, HOUR)
