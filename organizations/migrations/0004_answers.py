import secrets

from django.db import migrations
from django.db.models import F


def name_the_answers(apps, schema_editor):
    """What was revoked is revoked, declined or not: the two were not told apart."""
    Invitation = apps.get_model("organizations", "Invitation").objects
    Invitation.exclude(answered_at=None).update(status="accepted")
    Invitation.exclude(revoked_at=None).update(status="revoked", answered_at=F("revoked_at"))
    apps.get_model("organizations", "JoinRequest").objects.filter(status="open").update(status="asked")


def forget_the_names(apps, schema_editor):
    Invitation = apps.get_model("organizations", "Invitation").objects
    Invitation.filter(status__in=["declined", "revoked"]).update(revoked_at=F("answered_at"), answered_at=None)
    Invitation.update(status="asked")
    apps.get_model("organizations", "JoinRequest").objects.filter(status="asked").update(status="open")
    for invitation in Invitation.all():
        invitation.token = secrets.token_urlsafe()
        invitation.save(update_fields=["token"])


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_asked_and_granted")]

    operations = [migrations.RunPython(name_the_answers, forget_the_names)]
