"""What waits for the coordination team, on the first page of the admin: one row per thing to do, one click from doing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.kinds import schema_of
from directory.models import Entry
from jobs.running import standings
from messaging.models import ContactRequest, Report
from moderation.models import Submission
from needs.models import Outcome
from notifications.models import Mail
from organizations.models import Verification


@dataclass(frozen=True)
class Task:
    label: str | Promise
    count: int
    oldest: datetime | date | None
    url: str
    action: str | Promise


def tasks_for(user) -> list[Task]:
    """The rows that this user may act upon."""
    tasks: list[Task] = []
    if user.has_perm("moderation.decide_submission"):
        tasks += _waiting()
        tasks.append(_hidden())
        tasks.append(_different_outcomes())
    if user.has_perm("messaging.decide_contactrequest"):
        tasks += [_held_requests(), _reports()]
    if user.has_perms(["organizations.view_organization", "organizations.add_verification"]):
        tasks.append(_expired_verifications())
    if user.has_perm("notifications.view_mail"):
        tasks += _mails(may_send=user.has_perm("notifications.change_mail"))
    if user.has_perm("jobs.change_run"):  # who can do something about it
        tasks.append(_jobs_in_trouble())
    return [task for task in tasks if task.count]


def _waiting() -> Iterator[Task]:
    queue = reverse("admin:moderation_submission_changelist")
    waiting = (
        Submission.objects.waiting().values("kind").annotate(count=Count("pk"), oldest=Min("submitted_at")).order_by("oldest")
    )
    for row in waiting:
        url = f"{queue}?kind={row['kind']}"
        yield Task(schema_of(row["kind"]).waiting_label, row["count"], row["oldest"], url, _("Read and decide"))


def _different_outcomes() -> Task:
    """One side says that work began, the other that nothing came of it."""
    rows = Outcome.objects.in_disagreement().order_by("answered_at")
    return Task(
        _("Needs of which both sides tell different outcomes"),
        rows.count(),
        rows.values_list("answered_at", flat=True).first(),
        reverse("admin:needs_need_changelist"),
        _("Look at the needs"),
    )


def _hidden() -> Task:
    hidden = Entry.objects.hidden_since().aggregate(count=Count("pk"), oldest=Min("since"))
    url = f"{reverse('admin:directory_entry_changelist')}?status={Entry.Status.HIDDEN}"
    return Task(_("Hidden pages"), hidden["count"], hidden["oldest"], url, _("View them"))


def _held_requests() -> Task:
    held = ContactRequest.objects.held().aggregate(count=Count("pk"), oldest=Min("asked_at"))
    url = reverse("admin:messaging_contactrequest_changelist")
    return Task(_("Contact requests that are held"), held["count"], held["oldest"], url, _("Read and decide"))


def _reports() -> Task:
    waiting = Report.objects.unanswered().aggregate(count=Count("pk"), oldest=Min("asked_at"))
    url = reverse("admin:messaging_report_changelist")
    return Task(_("Reports of pages and messages"), waiting["count"], waiting["oldest"], url, _("Read and settle"))


def _expired_verifications() -> Task:
    expired = Verification.objects.expired().aggregate(count=Count("pk"), oldest=Min("until"))
    url = f"{reverse('admin:organizations_organization_changelist')}?verification=expired"
    return Task(_("Organisations whose verification has expired"), expired["count"], expired["oldest"], url, _("Verify again"))


def _mails(*, may_send: bool) -> Iterator[Task]:
    """Those given up, and those that nobody takes out of the outbox: then no worker runs."""
    mails = reverse("admin:notifications_mail_changelist")
    failed = Mail.objects.filter(status=Mail.Status.FAILED).aggregate(count=Count("pk"), oldest=Min("created_at"))
    action = _("See why, send again") if may_send else _("See why")
    yield Task(
        _("Emails that could not be sent"), failed["count"], failed["oldest"], f"{mails}?status={Mail.Status.FAILED}", action
    )
    if settings.DEMO:
        return  # where mails are read in the browser and no worker is needed
    stuck = Mail.objects.stuck().aggregate(count=Count("pk"), oldest=Min("next_attempt_at"))
    url = f"{mails}?status={Mail.Status.QUEUED}"
    yield Task(
        _("Emails that are not being sent: the sending service is not running"),
        stuck["count"],
        stuck["oldest"],
        url,
        _("See them"),
    )


def _jobs_in_trouble() -> Task:
    now = timezone.now()
    wrong = [standing for standing in standings() if standing.has_failed or standing.is_late(now)]
    last = [standing.last.started_at for standing in wrong if standing.last]
    url = reverse("admin:jobs_run_changelist")
    return Task(_("Jobs that are late or have failed"), len(wrong), min(last, default=None), url, _("See why"))
