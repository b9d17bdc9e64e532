"""The mails of django-allauth go through the outbox: our texts, the person's language, the transaction of the change."""

from urllib.parse import urlsplit, urlunsplit

from allauth.account.signals import authentication_step_completed
from django.dispatch import receiver

from accounts.adapter import AccountAdapter

from .kinds import MailKind
from .outbox import queue


class QueueingAccountAdapter(AccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        kind = template_prefix.rpartition("/")[2]
        user = context.get("user")
        values = {name: _path(value) if name.endswith("_url") else value for name, value in context.items() if name != "request"}
        queue(kind, to=email, language=user.language if user else None, context={**values, "email": email})

    def send_notification_mail(self, template_prefix: str, user, context: dict | None = None, email: str | None = None) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)


@receiver(authentication_step_completed)
def tell_of_used_recovery_code(sender, request, method: str, user, type: str = "", **kwargs) -> None:
    if method == "mfa" and type == "recovery_codes":
        QueueingAccountAdapter(request).send_notification_mail(MailKind.RECOVERY_CODE_USED, user)


def _path(url: str) -> str:
    """Without scheme and host, which came with the request and may be forged; the outbox adds the site's own."""
    return urlunsplit(("", "", *urlsplit(url)[2:]))
