"""Who may open the pages of an organisation's own people."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404

from core.access import with_policy
from organizations.models import Organization, Role

ANYBODY_INSIDE = (Role.OWNER, Role.EDITOR, Role.READER)
EDITORS = (Role.OWNER, Role.EDITOR)
OWNERS = (Role.OWNER,)


def represents_organization(*roles: str) -> Callable:
    """People who belong to the organisation in one of these roles; for all others the page does not exist.

    The view receives the organisation in the place of its `public_id`.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def wrapped(request, *args, public_id: str, **kwargs):
            own = Organization.objects.filter(affiliations__user=request.user, affiliations__role__in=roles)
            organization = own.with_document_rows().filter(public_id=public_id).first()
            if organization is None:
                raise Http404
            return view(request, organization, *args, **kwargs)

        return with_policy(login_required(wrapped), "represents_organization")

    return decorate
