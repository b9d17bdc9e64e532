"""The verbs of a need: begun, put before people, answered, closed."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from experts.models import Expert
from journal.actions import record
from journal.verbs import Verb
from moderation.publishing import publish_free_changes
from needs.models import OUTCOME_DAYS, PROPOSAL_DAYS, AskedLanguage, Exclusion, Need, Outcome, Pause, Proposal
from notifications import outbox
from quotas.counting import DAY, Quota, spend

Status = Proposal.Status
# Of one author; the team, which reads each need, is not counted.
PROPOSED = Quota("needs.proposed", 60, DAY)


class NotOpen(Exception):
    """The need is closed, or no moderator has approved it yet: nobody is written to."""


class NotToBeAsked(Exception):
    """The person is not published, or does not want proposals."""


@transaction.atomic
def start(need: Need, *, languages: Iterable[AskedLanguage] = (), by: User) -> Need:
    """Save a new need of this author, with the languages of the work."""
    if need.organization and not need.organization.people().filter(pk=by.pk).exists():
        raise PermissionDenied
    need.created_by = by
    need.save()
    for asked in languages:
        asked.need = need
    AskedLanguage.objects.bulk_create(languages)
    record(Verb.NEED_STARTED, need, by=by)
    return need


@transaction.atomic
def propose(need: Need, experts: Iterable[tuple[Expert, int, str]], *, by: User) -> list[Proposal]:
    """Put the need before these people, each with the score and a word of why; mails follow, one a person a day.

    Who was asked before is not asked again. Raises NotOpen, NotToBeAsked, QuotaSpent.
    """
    need = _lock(need, by)
    if not need.is_open or not need.is_published:
        raise NotOpen
    made = []
    for expert, score, note in experts:
        if not may_be_asked(expert):
            raise NotToBeAsked(str(expert))
        proposal, is_new = Proposal.objects.get_or_create(
            need=need,
            expert=expert,
            defaults={"score": score, "note": note, "asked_by": by, "expires_at": _expiry(need)},
        )
        if is_new:
            if not by.has_perm("moderation.decide_submission"):
                spend(PROPOSED.of(by))
            Exclusion.objects.filter(need=need, expert=expert).delete()
            record(Verb.NEED_PROPOSED, need, by=by, expert=expert.public_id, score=score)
            made.append(proposal)
    return made


@transaction.atomic
def exclude(need: Need, expert: Expert, *, reason: str, by: User) -> Exclusion:
    """Leave somebody out of the list, with a reason that only the team and the author read."""
    need = _lock(need, by)
    exclusion, _is_new = Exclusion.objects.update_or_create(need=need, expert=expert, defaults={"reason": reason, "by": by})
    record(Verb.NEED_PERSON_LEFT_OUT, need, by=by, expert=expert.public_id)
    return exclusion


@transaction.atomic
def answer(proposal: Proposal, *, status: str, words: str = "") -> Proposal:
    """The person's answer, which may change while the need is open. Its author is told of the first interest. Raises NotOpen."""
    need = Need.objects.select_for_update().get(pk=proposal.need_id)
    if not need.is_open:
        raise NotOpen
    proposal.refresh_from_db()
    if proposal.status == status and proposal.words == words:
        return proposal
    person = proposal.expert.user
    proposal.settle(status, by=person, among=Proposal.objects.all())
    proposal.words = words
    proposal.save(update_fields=["words"])
    record(Verb.PROPOSAL_ANSWERED, need, by=person, expert=proposal.expert.public_id, answer=status)
    if status == Status.INTERESTED:
        _tell_interest(need, proposal)
    return proposal


@transaction.atomic
def pause(expert: Expert, *, until, by: User) -> Pause:
    """Nothing is proposed to this person until then; without a day, never again."""
    paused, _is_new = Pause.objects.update_or_create(expert=expert, defaults={"until": until})
    record(Verb.PROPOSALS_PAUSED, expert, by=by)
    return paused


@transaction.atomic
def close(need: Need, *, closing: str, by: User | None) -> Need:
    """Nobody is asked any more, and the page says so. `by` None: its deadline, or nobody came back to it."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    if by is not None:
        _require_author(need, by)
    if need.closed_at:
        return need
    need.closed_at, need.closing = timezone.now(), closing
    need.save(update_fields=["closed_at", "closing", "changed_at"])
    record(Verb.NEED_CLOSED, need, by=by, closing=closing)
    publish_free_changes(need, by=by)
    return need


def may_be_asked(expert: Expert) -> bool:
    return askable(Expert.objects.filter(pk=expert.pk)).exists()


def askable(experts):
    """Those who are published and have not paused proposals."""
    paused = Q(pause__isnull=False) & (Q(pause__until=None) | Q(pause__until__gt=timezone.localdate()))
    return experts.published().exclude(paused).exclude(availability="closed")


def send_waiting(expert_id: int) -> bool:
    """Write the one mail of the day to this person, about all that waits; whether it was written.

    The rows are claimed under a lock on the person: two workers, or a second run, find nothing left to send.
    """
    with transaction.atomic():
        expert = Expert.objects.select_for_update(skip_locked=True).filter(pk=expert_id).first()
        if expert is None:
            return False
        day = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
        if Proposal.objects.filter(expert=expert).filter(Q(mailed_at__gte=day) | Q(reminded_at__gte=day)).exists():
            return False
        waiting = [row for row in Proposal.objects.with_names().unsent().filter(expert=expert) if _may_be_sent(row)]
        if not waiting or not may_be_asked(expert):
            return False
        Proposal.objects.filter(pk__in=[row.pk for row in waiting]).update(mailed_at=timezone.now())
        return _mail("need_proposed", expert, waiting)


def remind(proposal: Proposal) -> bool:
    """One reminder, once; whether it was written."""
    with transaction.atomic():
        claimed = Proposal.objects.unanswered().filter(pk=proposal.pk, reminded_at=None).update(reminded_at=timezone.now())
        if not claimed or not _may_be_sent(proposal) or not may_be_asked(proposal.expert):
            return False
        return _mail("need_reminder", proposal.expert, [proposal])


@transaction.atomic
def ask_outcome(proposal: Proposal) -> int:
    """Ask both sides once what came of it; how many mails were written. A second call writes none."""
    proposal = Proposal.objects.select_for_update(of=("self",)).with_names().get(pk=proposal.pk)
    until = timezone.now() + timedelta(days=OUTCOME_DAYS)
    asked = 0
    for user in {proposal.expert.user, *proposal.need.people()}:
        outcome, is_new = Outcome.objects.get_or_create(proposal=proposal, user=user, defaults={"expires_at": until})
        if is_new:
            context = {"need": str(proposal.need), "name": str(proposal.expert), "url": outcome.mail_url()}
            outbox.queue("need_outcome", to=user, about=[proposal.need, proposal.expert], context=context)
            asked += 1
    return asked


@transaction.atomic
def tell_outcome(outcome: Outcome, *, status: str, by: User) -> Outcome:
    """What one side says came of it, which may change as long as the link lasts."""
    if outcome.user_id != by.pk:
        raise PermissionDenied
    outcome.settle(status, by=by, among=Outcome.objects.all())
    record(Verb.OUTCOME_TOLD, outcome.proposal.need, by=by, expert=outcome.proposal.expert.public_id, outcome=status)
    return outcome


def _mail(kind: str, expert: Expert, proposals: list[Proposal]) -> bool:
    """The first one has the link; its page shows the others. Titles are those that a moderator has read."""
    first, *others = proposals
    language = expert.user.language
    mail = outbox.queue(
        kind,
        to=expert.user,
        about=[row.need for row in proposals],
        context={
            "name": str(expert),
            "need": first.need.entry.title_in(language),
            "others": [row.need.entry.title_in(language) for row in others],
            "deadline": first.need.deadline,
            "url": first.mail_url(),
        },
        dedupe_key=f"{kind}:{expert.pk}:{timezone.localdate()}",
    )
    return mail is not None


def _may_be_sent(proposal: Proposal) -> bool:
    return proposal.need.is_open and proposal.need.is_published


def _tell_interest(need: Need, proposal: Proposal) -> None:
    for user in need.people():
        outbox.queue(
            "need_interest",
            to=user,
            about=[need, proposal.expert],
            context={"need": str(need), "name": str(proposal.expert), "words": proposal.words, "url": need.author_url("people")},
            dedupe_key=f"need_interest:{proposal.pk}:{user.pk}",
        )


def _expiry(need: Need):
    """With the need, which has a deadline when it is public."""
    last = need.deadline or timezone.localdate() + timedelta(days=PROPOSAL_DAYS)
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))


def _lock(need: Need, by: User) -> Need:
    need = Need.objects.select_for_update().get(pk=need.pk)
    if not by.has_perm("moderation.decide_submission"):
        _require_author(need, by)
    return need


def _require_author(need: Need, by: User) -> None:
    if not Need.objects.acted_for_by(by).filter(pk=need.pk).exists() and not by.has_perm("moderation.decide_submission"):
        raise PermissionDenied
