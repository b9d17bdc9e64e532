from django.db.models import Q

from core.privacy import Personal, Whose, address, person

DECLARATIONS = [
    Personal(
        "notifications.Mail",
        person("recipient")
        | address("address")
        | Whose("whom it is about, in `about`", lambda subject: Q(about__overlap=subject.keys)),
        "to tell people what concerns them, and to see what was told",
        "bodies 180 days (notifications/jobs.py), the rest until the account of the recipient, or of whom it is about, ends",
        "with one's data: what one was sent, less codes and personal links",
    )
]
