from notifications.models import Mail
from notifications.outbox import queue


def make_mail(*, to: str = "amina@example.org", language: str = "fr", name: str = "Amina", **fields) -> Mail:
    """A queued mail of a harmless kind; `fields` are set on the row afterwards."""
    mail = queue("entry_restored", to=to, language=language, context={"name": name, "page_url": "/fr/"})
    Mail.objects.filter(pk=mail.pk).update(**fields)
    mail.refresh_from_db()
    return mail
