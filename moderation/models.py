from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from directory.document import Document, readable_name
from directory.drafted import document_fields
from directory.kinds import Kind, drafts, kind_choices, schema_of
from directory.models import Entry, new_public_id


@dataclass(frozen=True)
class ChecklistItem:
    """One thing that a draft still lacks, and the editor step where it is mended."""

    label: str | Promise
    step: str


class PublishableQuerySet(models.QuerySet):
    def acted_for_by(self, user):
        """The drafts that this user may edit. Each kind says who that is."""
        raise NotImplementedError

    def with_document_rows(self):
        """Everything that `as_document` reads, in a fixed number of queries. Each kind says what that is."""
        raise NotImplementedError

    def reread(self, draft: "Publishable") -> "Publishable":
        """The draft as the database has it now, with the rows of its document."""
        return self.with_document_rows().get(pk=draft.pk)

    def reread_locked(self, *, public_id: str) -> "Publishable":
        """Likewise, its row locked until the transaction ends.

        Without a join: rows joined to one that had to be waited for are as old as the beginning of the wait.
        """
        return self.with_document_rows().select_related(None).select_for_update().get(public_id=public_id)

    def ending_with(self, user):
        """The drafts that go with this person's account, their pages too. Each kind whose drafts belong to a person says so."""
        return self.none()

    def published(self):
        return self.filter(entry__status=Entry.Status.PUBLISHED)


class Publishable(models.Model):
    """A draft: what its author edits, and what a submission freezes.

    A concrete kind names its declaration as `document_schema`, and gives `people()`, `edit_url()`,
    `objects.acted_for_by(user)` and `objects.with_document_rows()`.
    """

    document_schema: ClassVar[Kind]

    public_id = models.CharField(_("identifier"), max_length=10, unique=True, default=new_public_id, editable=False)
    entry = models.OneToOneField(
        Entry,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)s_draft",
        verbose_name=_("entry"),
    )
    audiences = models.JSONField(_("audiences"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created on"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def kind(self) -> str:
        return self.document_schema.kind

    def document_fields(self) -> dict[str, Any]:
        """The value of every field of the schema, in the form that `directory.document` describes."""
        return document_fields(self, self.document_schema)

    def missing_items(self) -> list[ChecklistItem]:
        """The checklist before review: what the schema requires and the draft lacks."""
        fields = self.document_fields()
        return [
            ChecklistItem(item.label, item.step)
            for item in self.document_schema
            if item.required and item.is_empty(fields.get(item.name))
        ]

    def people(self) -> models.QuerySet:
        """The users who act for this draft and receive its mails."""
        raise NotImplementedError

    def edit_url(self, step: str = "") -> str:
        raise NotImplementedError

    def author_url(self, page: str, **kwargs: str) -> str:
        """A page of the author's side: "overview", "submit", "withdraw", "preview". Kinds with many drafts a person name it."""
        which = {} if self.document_schema.one_each else {"public_id": self.public_id}
        return reverse(f"{self.document_schema.namespace}:{page}", kwargs={**which, **kwargs})

    def as_document(self) -> Document:
        return self.document_schema.build(self.document_fields(), self.audiences)

    @property
    def is_published(self) -> bool:
        return self.entry is not None and self.entry.is_published

    @property
    def waiting_submission(self) -> "Submission | None":
        return Submission.objects.waiting().filter(public_id=self.public_id).first()


class SubmissionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(status=Submission.Status.WAITING)

    def standing_of(self, public_id: str):
        """What waits of a draft, if anything, and the last decision, with its comments."""
        told = self.filter(models.Q(status=Submission.Status.WAITING) | models.Q(decided_at__isnull=False), public_id=public_id)
        return told.order_by(models.F("decided_at").desc(nulls_first=True), "-pk").prefetch_related("comments")[:2]


class RefusalReason(models.TextChoices):
    OUT_OF_SCOPE = "out_of_scope", _("Outside the network’s field")
    NOT_VERIFIABLE = "not_verifiable", _("What is stated could not be verified")
    DUPLICATE = "duplicate", _("Already in the directory")
    IMPERSONATION = "impersonation", _("Written in the name of somebody else")
    PROMOTION = "promotion", _("Advertising rather than a profile")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class Submission(models.Model):
    """A document frozen as its author sent it, and what a moderator decided about it."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("submission", "Waiting for review")
        APPROVED = "approved", pgettext_lazy("submission", "Approved")
        PARTLY_APPROVED = "partly_approved", pgettext_lazy("submission", "Approved in part")
        CHANGES_REQUESTED = "changes_requested", pgettext_lazy("submission", "Changes requested")
        REFUSED = "refused", pgettext_lazy("submission", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("submission", "Withdrawn by its author")
        REPLACED = "replaced", pgettext_lazy("submission", "Replaced by a newer one")

    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices)
    public_id = models.CharField(_("identifier"), max_length=10)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="submissions", verbose_name=_("entry"))
    title = models.CharField(_("name"), max_length=300)
    document = models.JSONField(_("document"))
    base_version = models.PositiveIntegerField(_("sent against version"), default=0)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.WAITING)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="submissions", verbose_name=_("sent by")
    )
    submitted_at = models.DateTimeField(_("sent on"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    accepted_fields = models.JSONField(_("accepted fields"), default=list, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=RefusalReason, blank=True)
    message = models.TextField(_("message to the author"), blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        permissions = [("decide_submission", _("Can decide on submissions"))]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], condition=models.Q(status="waiting"), name="submission_one_waiting"),
            models.CheckConstraint(
                condition=models.Q(status__in=["waiting", "replaced", "withdrawn"], decided_at=None)
                | models.Q(decided_at__isnull=False, status__in=["approved", "partly_approved", "changes_requested", "refused"]),
                name="submission_decision_is_dated",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="refused") | (~models.Q(reason="") & ~models.Q(message="")),
                name="submission_refusal_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["status", "submitted_at"], name="submission_queue")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:moderation_submission_review", args=[self.pk])

    @property
    def name(self) -> str:
        """In the language of the page; `title` is one for all, in the queue's order and in mails."""
        return readable_name(self.document, get_language()) or self.title

    @property
    def schema(self) -> Kind:
        return schema_of(self.kind)

    @property
    def is_new(self) -> bool:
        """Whether it was sent before anything of it was public."""
        return self.base_version == 0

    def draft(self) -> Publishable:
        return self._drafts.with_document_rows().get(public_id=self.public_id)

    def lock_draft(self) -> Publishable:
        return self._drafts.reread_locked(public_id=self.public_id)

    @property
    def _drafts(self) -> PublishableQuerySet:
        return drafts()[self.kind].objects.all()


class FieldComment(models.Model):
    """What a moderator asks to change in one field of a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments", verbose_name=_("submission"))
    field = models.CharField(_("field"), max_length=60)
    text = models.TextField(_("comment"))

    class Meta:
        verbose_name = _("comment on a field")
        verbose_name_plural = _("comments on fields")
        constraints = [
            models.UniqueConstraint(fields=["submission", "field"], name="fieldcomment_one_per_field"),
            models.CheckConstraint(condition=~models.Q(text=""), name="fieldcomment_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def label(self):
        """The name of the field that it is about."""
        field = self.submission.schema.by_name.get(self.field)
        return field.label if field else self.field
