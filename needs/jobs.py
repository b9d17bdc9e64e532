from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Daily, Every, job
from needs import actions
from needs.beginnings import KEPT
from needs.models import Beginning, Closing, Need, Proposal
from notifications import outbox

REMINDER_AFTER, OUTCOME_AFTER = timedelta(days=9), timedelta(days=30)
DRAFT_REMINDED_AFTER, DRAFT_CLOSED_AFTER = timedelta(days=20), timedelta(days=10)


@job("needs.write_to_people", _("Write to the people whom needs are put before"), Every(timedelta(minutes=10)))
def write_to_people() -> dict[str, int]:
    """One mail a person a day, about all that waits for them."""
    people = Proposal.objects.unsent().order_by("expert").values_list("expert", flat=True).distinct()
    return {"mails": sum(actions.send_waiting(expert) for expert in list(people))}


@job("needs.remind_people", _("Remind once those who have not answered"), Daily(hour=9))
def remind_people() -> dict[str, int]:
    before = timezone.now() - REMINDER_AFTER
    silent = Proposal.objects.with_names().open().filter(mailed_at__lt=before, reminded_at=None).order_by("pk")
    return {"mails": sum(actions.remind(proposal) for proposal in silent)}


@job("needs.ask_outcomes", _("Ask both sides what came of an interest"), Daily(hour=10))
def ask_outcomes() -> dict[str, int]:
    before = timezone.now() - OUTCOME_AFTER
    ripe = Proposal.objects.filter(status=Proposal.Status.INTERESTED, answered_at__lt=before, outcomes=None).order_by("pk")
    return {"mails": sum(actions.ask_outcome(proposal) for proposal in ripe)}


@job("needs.close_ended", _("Close the needs whose deadline has passed"), Daily(hour=1))
def close_ended() -> dict[str, int]:
    ended = list(Need.objects.ended().exclude(entry=None))
    for need in ended:
        actions.close(need, closing=Closing.ENDED, by=None)
    return {"needs": len(ended)}


@job("needs.abandoned_drafts", _("Remind of drafts that were never sent, then close them"), Daily(hour=8))
def abandoned_drafts() -> dict[str, int]:
    """One reminder; ten days later the draft is closed. Its text stays with its author."""
    now = timezone.now()
    drafts = Need.objects.filter(entry=None, closed_at=None)
    reminded = [need for need in drafts.filter(reminded_at=None, changed_at__lt=now - DRAFT_REMINDED_AFTER) if _remind(need)]
    forgotten = list(drafts.filter(reminded_at__lt=now - DRAFT_CLOSED_AFTER))
    for need in forgotten:
        actions.close(need, closing=Closing.ABANDONED, by=None)
    return {"reminded": len(reminded), "closed": len(forgotten)}


def _remind(need: Need) -> bool:
    if need.waiting_submission or not Need.objects.filter(pk=need.pk, reminded_at=None).update(reminded_at=timezone.now()):
        return False
    for user in need.people():
        outbox.queue(
            "need_unfinished",
            to=user,
            about=[need],
            context={"need": str(need), "url": need.author_url("overview")},
            dedupe_key=f"need_unfinished:{need.pk}:{user.pk}",
        )
    return True


@job("needs.forget_beginnings", _("Forget the needs that were begun and left"), Daily(hour=3))
def forget_beginnings() -> dict[str, int]:
    return {"beginnings": Beginning.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]}
