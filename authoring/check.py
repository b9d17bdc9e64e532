"""What an author reads before sending: every field that would go, with its value, who will see it, and the way to change it."""

from dataclasses import dataclass

from django.utils.functional import Promise

from authoring.state import AuthorState
from directory.document import FieldGroup
from moderation import diff
from moderation.named import names_of


@dataclass(frozen=True)
class Checked:
    change: diff.FieldChange
    seen_by: str | Promise


@dataclass(frozen=True)
class CheckedStep:
    label: str | Promise
    url: str
    fields: list[Checked]


def checked_steps(state: AuthorState, language: str) -> list[CheckedStep]:
    """The steps in the order of the editor, each with what differs from the public page; all of a page that is new."""
    draft, schema = state.draft, state.draft.document_schema
    names = names_of([state.document], schema, language)
    changes = diff.changes(state.published, state.document, schema, language, names)
    groups = {group.name: group for group in schema.groups}
    steps = [
        CheckedStep(
            step.label,
            draft.edit_url(step),
            [Checked(change, _seen_by(state, groups[change.item.group])) for change in changes if change.item.step == step],
        )
        for step in schema.steps
    ]
    return [step for step in steps if step.fields]


def _seen_by(state: AuthorState, group: FieldGroup) -> str | Promise:
    return state.draft.document_schema.audience_of(group, state.document["audiences"]).label
