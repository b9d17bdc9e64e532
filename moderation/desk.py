"""The review page: field · public now · as submitted, and the decision. Wrapped in `admin_view` by moderation/admin.py."""

from functools import cached_property
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.languages import in_a_row
from directory.document import Audience, Document
from directory.kinds import Kind
from directory.models import Entry
from directory.visibility import Viewer
from moderation import actions
from moderation.diff import FieldChange, changes, unchanged
from moderation.forms import Decision, DecisionForm
from moderation.models import Submission
from moderation.named import names_of
from moderation.openings import note_opening, opened_by_others
from moderation.queue import next_in_queue
from moderation.records import records_of_submission

# How Django's admin hands on the filters of the list from which a page was opened.
PRESERVED = "_changelist_filters"
PREVIEWS = {"public": Audience.PUBLIC, "members": Audience.MEMBERS}


class Review:
    """A submission beside what was or is public: today's page while it waits, the page it was sent against once decided."""

    def __init__(self, submission: Submission, language: str):
        self.submission = submission
        self.language = language

    @property
    def schema(self) -> Kind:
        return self.submission.schema

    @property
    def is_waiting(self) -> bool:
        return self.submission.status == Submission.Status.WAITING

    @property
    def entry(self) -> Entry | None:
        return self.submission.entry

    @property
    def has_newer_version(self) -> bool:
        """Whether the public page changed after the author sent this."""
        return self.is_waiting and self.entry is not None and self.entry.version != self.submission.base_version

    @cached_property
    def published(self) -> Document | None:
        if self.entry is None:
            return None
        if self.is_waiting:
            return self.entry.document
        base = self.entry.versions.filter(version=self.submission.base_version).first()
        return base.document if base else None

    @cached_property
    def proposed(self) -> Document:
        if not self.is_waiting:
            return self.submission.document
        return actions.proposed(self.submission, self.submission.draft())

    @cached_property
    def names(self) -> dict[str, str]:
        return names_of([self.published, self.proposed], self.schema, self.language)

    @cached_property
    def changes(self) -> list[FieldChange]:
        return changes(self.published, self.proposed, self.schema, self.language, self.names)

    @property
    def to_decide(self) -> list[FieldChange]:
        return [change for change in self.changes if not change.item.free]

    @property
    def free(self) -> list[FieldChange]:
        """What is public without a decision, or will be with the first one."""
        return [change for change in self.changes if change.item.free]

    @cached_property
    def unchanged(self) -> list[FieldChange]:
        return unchanged(self.published, self.proposed, self.schema, self.language, self.names)

    @cached_property
    def decided_rows(self) -> list[dict]:
        """For the record: what became of each field, and the comment that went with it."""
        comments = {comment.field: comment.text for comment in self.submission.comments.all()}
        accepted = set(self.submission.accepted_fields)
        return [
            {"change": change, "accepted": change.name in accepted, "comment": comments.get(change.name, "")}
            for change in self.to_decide
        ]

    @cached_property
    def earlier(self) -> list[Submission]:
        others = Submission.objects.filter(public_id=self.submission.public_id).exclude(pk=self.submission.pk)
        return list(others.select_related("submitted_by", "decided_by").prefetch_related("comments").order_by("-pk"))

    @property
    def waiting_now(self) -> Submission | None:
        """The newer text of the same author, when this one is no longer the one to read."""
        return next((other for other in self.earlier if other.status == Submission.Status.WAITING), None)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    page = _review_or_404(request, pk)
    form = DecisionForm(request.POST or None, submission=page.submission, changes=page.to_decide)
    if not page.is_waiting:
        return _review_page(request, page, None) if request.method != "POST" else _too_late(request, page, form)
    if request.method != "POST" or not form.is_valid():
        return _review_page(request, page, form)
    try:
        form.decide(by=request.user)
    except actions.AlreadyDecided:
        return _too_late(request, _review_or_404(request, pk), form)
    except actions.InvalidDecision:
        form.add_error(None, _("The page changed while you were reading. Look at the fields again, then decide."))
        return _review_page(request, page, form)
    messages.success(request, decision_told(form))
    return _onwards(request)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it would be if everything submitted were approved, for one audience."""
    page = _review_or_404(request, pk)
    audience = PREVIEWS.get(request.GET.get("as", ""), Audience.PUBLIC)
    kind = page.schema
    entry = kind.present(page.entry or _unpublished_entry(page), Viewer.pretending(audience), page.language, page.proposed)
    context = {
        "submission": page.submission,
        "entry": entry,
        "body_template": kind.page_template,
        "audience": audience,
    }
    return render(request, "admin/moderation/preview.html", context)


def _review_or_404(request: HttpRequest, pk: int) -> Review:
    if not request.user.has_perm("moderation.decide_submission"):
        raise PermissionDenied
    submissions = Submission.objects.select_related("entry", "submitted_by", "decided_by")
    page = Review(get_object_or_404(submissions, pk=pk), get_language())
    try:
        page.proposed  # noqa: B018 read now: the author may have erased the draft
    except ObjectDoesNotExist as erased:
        raise Http404 from erased
    return page


def _review_page(request: HttpRequest, page: Review, form: DecisionForm | None, *, status: int = 200, **context) -> HttpResponse:
    others = opened_by_others(page.submission, request.user) if page.is_waiting else []
    if page.is_waiting:
        note_opening(page.submission, request.user)
    context = admin.site.each_context(request) | {
        "review": page,
        "submission": page.submission,
        "form": form,
        "others": others,
        "queue_filters": request.GET.get(PRESERVED, ""),
        "records": records_of_submission(page.submission),
        "Decision": Decision,
        "opts": Submission._meta,
        "title": _("Review"),
        **context,
    }
    return render(request, "admin/moderation/review.html", context, status=status)


def _too_late(request: HttpRequest, page: Review, form: DecisionForm) -> HttpResponse:
    """Both are shown: what the colleague decided, and what was typed here."""
    return _review_page(request, page, None, status=409, came_too_late=True, typed=form.typed)


def _onwards(request: HttpRequest) -> HttpResponse:
    """To the next submission under the filters from which this one was opened, or back to the queue."""
    filters = request.GET.get(PRESERVED, "")
    following = next_in_queue(filters)
    if following is None:
        return redirect(reverse("admin:moderation_submission_changelist") + (f"?{filters}" if filters else ""))
    return redirect(following.get_absolute_url() + (f"?{urlencode({PRESERVED: filters})}" if filters else ""))


def _unpublished_entry(page: Review) -> Entry:
    submission = page.submission
    now = timezone.now()
    return Entry(
        kind=submission.kind,
        public_id=submission.public_id,
        slug=submission.public_id,
        document=page.proposed,
        first_published_at=now,
        updated_at=now,
        confirmed_at=now,
    )


def decision_told(form: DecisionForm) -> str:
    """What was done, in one sentence: with the way to the page, and the names of what went back to its author."""
    texts = {
        Decision.PUBLISH: _("Published: {name}. The author will receive an email."),
        Decision.REQUEST_CHANGES: _("Returned with your comments: {name}. The author will receive an email."),
        Decision.REFUSE: _("Refused: {name}. The author will receive an email with the reason."),
    }
    decision, submission = form.cleaned_data["decision"], form.submission
    name = format_html("<bdi>{}</bdi>", submission.name)
    entry = Entry.objects.published().filter(public_id=submission.public_id).first()
    if entry is not None and decision == Decision.PUBLISH:
        name = format_html('<a href="{}">{}</a>', entry.get_absolute_url(), name)
    told = format_html(texts[decision], name=name)
    if decision != Decision.PUBLISH or not form.returned:
        return told
    labels = in_a_row(change.label for change in form.returned)
    return format_html("{} {}", told, format_html(_("Returned to the author: {fields}."), fields=labels))
