"""The people whom a need could be put before, with the reasons; the list before it goes; and the answers."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import login_required
from core.languages import AuthoredText
from core.mail_links import mail_page
from directory import matching
from directory.matching import Criterion, Judgement, Matched, What
from directory.presentation import PublicEntry, page_of
from directory.visibility import ANONYMOUS
from experts.models import Expert
from experts.schema import Step as ExpertStep
from needs import actions
from needs.criteria import RANKING_BODIES, criteria_of, criteria_of_organizations
from needs.forms import AnswerForm, LeaveOutForm, OutcomeForm, PauseForm
from needs.models import Need, Outcome, Proposal
from organizations.schema import ORGANIZATION
from quotas.counting import QuotaSpent

SHOWN, NEARLY_SHOWN = 12, 6
# Where a person mends what a criterion reads.
STEP_OF = {
    What.SUBJECT: ExpertStep.TEXTS,
    What.THEME: ExpertStep.EXPERTISE,
    What.GOALS: ExpertStep.EXPERTISE,
    What.LANGUAGE: ExpertStep.AVAILABILITY,
    What.COUNTRY: ExpertStep.PLACES,
    What.REGION: ExpertStep.PLACES,
    What.MODE: ExpertStep.AVAILABILITY,
    What.START: ExpertStep.AVAILABILITY,
    What.MILIEU: ExpertStep.IDENTITY,
}


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of one person, as the page shows it."""

    judgement: Judgement

    @property
    def label(self) -> str:
        return matching.label(self.judgement.criterion)

    @property
    def state(self) -> str:
        return self.judgement.state.value

    @property
    def state_label(self) -> str:
        return str(matching.STATES[self.judgement.state])

    @property
    def sentence(self) -> str:
        return matching.sentence(self.judgement)

    @property
    def points(self) -> int:
        return self.judgement.points

    @property
    def weight(self) -> int:
        return self.judgement.criterion.weight

    @property
    def must(self) -> bool:
        return self.judgement.criterion.must


@dataclass(frozen=True)
class Row:
    """One person on the list."""

    match: Matched
    page: PublicEntry
    proposal: Proposal | None = None
    left_out: str = ""

    @property
    def lines(self) -> list[CriterionLine]:
        return [CriterionLine(judgement) for judgement in self.match.judgements]

    @property
    def missing(self) -> list[CriterionLine]:
        return [CriterionLine(judgement) for judgement in self.match.missing]

    @property
    def quote(self) -> AuthoredText | None:
        return AuthoredText(*self.match.quote) if self.match.quote else None


def matched_need_or_404(request: HttpRequest, public_id: str) -> Need:
    """For its authors and the coordination team; to all others it does not exist."""
    needs: QuerySet[Need] = Need.objects.all()
    if not request.user.has_perm("moderation.decide_submission"):
        needs = needs.acted_for_by(request.user)
    return get_object_or_404(needs.with_document_rows().distinct(), public_id=public_id)


@login_required
@require_safe
def need_people(request: HttpRequest, public_id: str) -> HttpResponse:
    need = matched_need_or_404(request, public_id)
    found = matching.match(criteria_of(need), quotes=SHOWN)
    bodies = (
        matching.match(criteria_of_organizations(need), kind=ORGANIZATION.kind, quotes=0) if need.type in RANKING_BODIES else None
    )
    shows_all = request.GET.get("all") == "1"
    ranked = found.ranked if shows_all else found.ranked[:SHOWN]
    rows = _rows(need, ranked)
    asked = need.proposals.with_names()
    return render(
        request,
        "needs/people.html",
        {
            "need": need,
            "criteria": [_asked(criterion) for criterion in found.criteria],
            "rows": rows,
            "count": len(found.ranked),
            "more": len(found.ranked) - len(ranked),
            "nearly": _rows(need, found.nearly[:NEARLY_SHOWN]),
            "excluding": [(matching.label(criterion), count) for criterion, count in found.excluding[:1]],
            "asked": asked,
            "bodies": _rows(need, bodies.ranked[:SHOWN]) if bodies else [],
            "may_send": need.is_open and need.is_published,
        },
    )


def _asked(criterion: Criterion) -> CriterionLine:
    """A criterion by itself: what is asked, and its weight."""
    return CriterionLine(Judgement(criterion, matching.CriterionState.MET, criterion.weight))


def _rows(need: Need, matches: tuple[Matched, ...]) -> list[Row]:
    proposals = {row.expert.public_id: row for row in need.proposals.select_related("expert")}
    left_out = {row.expert.public_id: row.reason for row in need.exclusions.select_related("expert")}
    return [
        Row(
            match,
            page_of(match.entry, ANONYMOUS, get_language()),
            proposals.get(match.entry.public_id),
            left_out.get(match.entry.public_id, ""),
        )
        for match in matches
    ]


@login_required
@require_POST
def need_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to those who are ticked; somebody of "nearly" needs a reason, which they are shown."""
    need = matched_need_or_404(request, public_id)
    chosen = request.POST.getlist("person")[:50]
    experts = {expert.public_id: expert for expert in actions.askable(Expert.objects.filter(public_id__in=chosen))}
    if not experts:
        messages.warning(request, _("Nobody was chosen."))
        return redirect(need.author_url("people"))
    scores = _scores(need)
    note = request.POST.get("note", "")[:500]
    try:
        made = actions.propose(
            need, [(expert, scores.get(code, 0), note) for code, expert in sorted(experts.items())], by=request.user
        )
    except actions.NotOpen:
        messages.warning(request, _("Nobody can be asked: the need is not public, or it is closed."))
    except QuotaSpent as spent:
        messages.warning(request, spent.quota.refusal)
    else:
        sent = ngettext(
            "%(count)d person will receive an email, at most one a day each.",
            "%(count)d people will receive an email, at most one a day each.",
            len(made),
        )
        messages.success(request, sent % {"count": len(made)})
    return redirect(need.author_url("people"))


def _scores(need: Need) -> dict[str, int]:
    found = matching.match(criteria_of(need), quotes=0)
    return {one.entry.public_id: one.score for one in (*found.ranked, *found.nearly)}


@login_required
@require_POST
def need_exclude(request: HttpRequest, public_id: str) -> HttpResponse:
    need = matched_need_or_404(request, public_id)
    form = LeaveOutForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect(need.author_url("people"))
    expert = get_object_or_404(Expert, public_id=form.cleaned_data["public_id"])
    actions.exclude(need, expert, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Left out of the list. The person is not told."))
    return redirect(need.author_url("people"))


# The page behind the link of the mail


@mail_page
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, why of this person, and the answer: nothing happens before a button is pressed."""
    proposal = Proposal.objects.of_link(token)
    if proposal is None:
        return render(request, "needs/answer_gone.html", status=404)
    if request.method == "POST" and "pause" in request.POST:
        return _pause(request, proposal)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "needs/answer.html", _answer_context(proposal, form), status=400 if form.errors else 200)
    actions.answer(proposal, status=form.cleaned_data["status"], words=form.cleaned_data["words"])
    messages.success(request, _("Thank you. Your answer is recorded; you may change it as long as the need is open."))
    return redirect(request.path)


def _answer_context(proposal: Proposal, form: AnswerForm, **context: Any) -> dict[str, Any]:
    need = Need.objects.with_document_rows().get(pk=proposal.need_id)
    judged = matching.judged(criteria_of(need), proposal.expert.entry)
    lines = [(CriterionLine(judgement), _mending_url(judgement)) for judgement in judged.judgements]
    return {
        "proposal": proposal,
        "page": page_of(need.entry, ANONYMOUS, get_language()),
        "lines": lines,
        "quote": Row(judged, page_of(proposal.expert.entry, ANONYMOUS, get_language())).quote,
        "form": form,
        "pause_form": PauseForm(),
        **context,
    }


def _mending_url(judgement: Judgement) -> str:
    step = STEP_OF.get(judgement.criterion.what)
    return Expert().edit_url(step) if step else ""


def _pause(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = PauseForm(request.POST)
    if not form.is_valid():
        return render(request, "needs/answer.html", _answer_context(proposal, AnswerForm(), pause_form=form), status=400)
    never = request.POST["pause"] == "never"
    if not never and not form.cleaned_data["until"]:
        raise Http404
    actions.pause(proposal.expert, until=None if never else form.cleaned_data["until"], by=proposal.expert.user)
    messages.success(request, _("Understood: we will not write to you about needs until then."))
    return redirect(request.path)


@mail_page
@require_http_methods(["GET", "HEAD", "POST"])
def need_outcome(request: HttpRequest, token: str) -> HttpResponse:
    """What came of an interest: one question, three answers."""
    outcome = Outcome.objects.of_link(token)
    if outcome is None:
        return render(request, "needs/answer_gone.html", status=404)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if form.errors else 200
        return render(request, "needs/outcome.html", {"outcome": outcome, "form": form}, status=status)
    actions.tell_outcome(outcome, status=form.cleaned_data["status"], by=outcome.user)
    messages.success(request, _("Thank you: the network learns from it."))
    return redirect(request.path)
