from django.conf import settings
from django.http import HttpRequest


def security(request: HttpRequest) -> dict:
    return {"staff_mfa_required": settings.STAFF_MFA_REQUIRED}
