"""What a moderator fills in at the desk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.validators import validate_plain_text
from directory.document import DocumentField
from moderation import actions
from moderation.diff import FieldChange
from moderation.models import RefusalReason, Submission

LONGEST_NOTE = 2000


class NoteField(forms.CharField):
    """A few lines for the author."""

    def __init__(self, *, rows: int = 3, **options):
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(max_length=LONGEST_NOTE, validators=[validate_plain_text], widget=widget, **options)


class Decision(models.TextChoices):
    PUBLISH = "publish", _("Publish the ticked fields")
    REQUEST_CHANGES = "request_changes", _("Ask for changes")
    REFUSE = "refuse", _("Refuse")


@dataclass(frozen=True)
class DecisionRow:
    """One changed field with its tick box and its comment box."""

    change: FieldChange
    accept: forms.BoundField
    comment: forms.BoundField


class DecisionForm(forms.Form):
    """The whole review: a tick and a comment per changed field, and what the pressed button needs."""

    decision = forms.ChoiceField(choices=Decision.choices, error_messages={"required": _("Press the button for your decision.")})
    message = NoteField(
        label=_("Message to the author"), required=False, help_text=_("Optional. It will be included in the email.")
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose a reason")), *RefusalReason.choices], required=False)
    explanation = NoteField(
        label=_("Explanation for the author"), required=False, help_text=_("It will be included in the email.")
    )

    def __init__(self, data=None, *, submission: Submission, changes: list[FieldChange]):
        super().__init__(data)
        self.submission = submission
        self.changes = changes
        for change in changes:
            self.fields[f"accept-{change.name}"] = forms.BooleanField(
                label=format_lazy(_("Accept: {field}"), field=change.label), required=False, initial=True
            )
            self.fields[f"comment-{change.name}"] = NoteField(
                label=format_lazy(_("Comment: {field}"), field=change.label), required=False, rows=2
            )
        self.order_fields(["decision", *(name for name in self.fields if "-" in name)])

    @property
    def rows(self) -> Iterator[DecisionRow]:
        return (DecisionRow(change, self[f"accept-{change.name}"], self[f"comment-{change.name}"]) for change in self.changes)

    @property
    def accepted(self) -> set[str]:
        """What is ticked and has no comment: a comment returns the field to its author, as is said beside it."""
        ticked = {change.name for change in self.changes if self.cleaned_data.get(f"accept-{change.name}")}
        return ticked - set(self.comments)

    @property
    def returned(self) -> list[FieldChange]:
        return [change for change in self.changes if change.name not in self.accepted]

    @property
    def typed(self) -> list[tuple[str | Promise, str]]:
        """What was written, before any of it was checked: for whoever came too late."""
        texts = [(self[name].label, self[name].value()) for name in self.fields if isinstance(self.fields[name], NoteField)]
        return [(label, text.strip()) for label, text in texts if text and text.strip()]

    @property
    def all_errors(self) -> list[tuple[str, str | Promise, str]]:
        """(where to mend it, what it is called, what is wrong), in the order of the page."""
        general = [("", "", message) for message in (*self.non_field_errors(), *self["decision"].errors)]
        fields = [field for field in self if field.name != "decision"]
        return general + [(field.id_for_label, field.label, message) for field in fields for message in field.errors]

    @property
    def comments(self) -> dict[str, str]:
        return {change.name: text for change in self.changes if (text := self.cleaned_data.get(f"comment-{change.name}"))}

    def clean(self):
        match self.cleaned_data.get("decision"):
            case Decision.PUBLISH:
                self._clean_publication()
            case Decision.REQUEST_CHANGES:
                if not self.comments and not self.cleaned_data.get("message"):
                    self.add_error(None, _("Say what to change: a comment beside a field, or a message to the author."))
            case Decision.REFUSE:
                if not self.cleaned_data.get("reason"):
                    self.add_error("reason", _("Choose the reason of the refusal."))
                if not self.cleaned_data.get("explanation"):
                    self.add_error("explanation", _("Explain the refusal to the author."))

    def _clean_publication(self) -> None:
        returned = self.returned
        if self.changes and len(returned) == len(self.changes):
            self.add_error(None, _("No field is ticked. Tick those to publish, or ask for changes."))
            return
        for change in returned:
            if self._must_be_published(change.item):
                message = _("A new page cannot appear without this field. Tick it and clear its comment, or ask for changes.")
                self.add_error(f"accept-{change.name}", message)
            elif not self.comments.get(change.name):
                self.add_error(f"comment-{change.name}", _("Say what to change here, or tick the field."))

    def _must_be_published(self, item: DocumentField) -> bool:
        return item.required and self.submission.entry_id is None

    def decide(self, *, by: User) -> None:
        """Raises actions.AlreadyDecided and actions.InvalidDecision."""
        data = self.cleaned_data
        match data["decision"]:
            case Decision.PUBLISH:
                actions.approve(self.submission, by=by, fields=self.accepted, comments=self.comments, message=data["message"])
            case Decision.REQUEST_CHANGES:
                actions.request_changes(self.submission, by=by, comments=self.comments, message=data["message"])
            case Decision.REFUSE:
                actions.refuse(self.submission, by=by, reason=data["reason"], message=data["explanation"])


class ReasonForm(forms.Form):
    """Why something is done to a public page."""

    reason = NoteField(label=_("Reason"), rows=2)
