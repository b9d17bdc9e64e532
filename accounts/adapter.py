from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.dispatch import receiver
from django.forms import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language

from .limits import too_many_requests

LOGIN_PAUSE_SECONDS = 5 * 60
NOWHERE = "0.0.0.0"  # noqa: S104 nothing is bound to it


class AccountAdapter(DefaultAccountAdapter):
    """What we change in django-allauth, but for its mails (notifications/account_mails.py)."""

    def new_user(self, request: HttpRequest):
        """The language of the page becomes the language of this person's mails."""
        return get_user_model()(language=get_language())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Requests whose address the proxy did not say, or said wrongly, are answered, and share one limit."""
        try:
            return super().get_client_ip(request)
        except (PermissionDenied, ImproperlyConfigured):
            return NOWHERE

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Too many tries answer 429, so that proxies and honest programs see it, and not a form that seems to be wrong."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(too_many_requests(request, retry_after=LOGIN_PAUSE_SECONDS)) from error

    def confirm_email(self, request: HttpRequest, email_address) -> bool:
        """An address that is another account's login name cannot be taken over, even when that account never confirmed it."""
        if get_user_model().objects.filter(email__iexact=email_address.email).exclude(pk=email_address.user_id).exists():
            return False
        return super().confirm_email(request, email_address)


@receiver(password_reset)
def confirm_the_only_address(sender, request: HttpRequest, user, **kwargs) -> None:
    """The reset link has arrived, so the address is right: who was imported need not confirm it once more."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email.lower(), defaults={"primary": True})
    if not EmailAddress.objects.filter(user=user).exclude(pk=address.pk).exists():
        address.set_verified()
