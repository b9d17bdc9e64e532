from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import login_required
from directory.kinds import drafts
from moderation.editing import AuthorState


@login_required
@require_safe
def my_space(request: HttpRequest) -> HttpResponse:
    """Everything that the person acts for, whatever its kind: where it stands, and the next thing to do."""
    states = {
        kind.value: [AuthorState(draft) for draft in model.objects.acted_for_by(request.user).with_document_rows()]
        for kind, model in drafts().items()
    }
    return render(request, "volubilis/my_space.html", {"states": states})
