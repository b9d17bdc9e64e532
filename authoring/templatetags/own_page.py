"""What its own people read above their public page."""

from django import template

from directory.document import Audience
from directory.kinds import drafts
from directory.presentation import PublicEntry

register = template.Library()


@register.inclusion_tag("authoring/_own_page.html", takes_context=True)
def own_page(context: template.Context, page: PublicEntry) -> dict:
    """Which parts not everybody sees, and the way to edit; nothing for anybody else."""
    user, entry = context["request"].user, page.entry
    if not user.is_authenticated:
        return {}
    draft = drafts()[entry.kind].objects.acted_for_by(user).filter(entry=entry).first()
    if draft is None:
        return {}
    schema, audiences = draft.document_schema, entry.document["audiences"]
    filled = {item.group for item in schema if page.fields.get(item.name)}
    shown = [(group, schema.audience_of(group, audiences)) for group in schema.groups if group.name in filled]
    return {
        "closed": [(group.label, audience.label) for group, audience in shown if audience != Audience.PUBLIC],
        "edit_url": draft.author_url("overview"),
        "preview_url": draft.author_url("preview", visitor="visitor"),
    }
