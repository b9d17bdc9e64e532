from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Invitations and requests to join take the columns of core.asking.Asked, verifications those of core.terms.Granted."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("organizations", "0002_affiliation"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="invitation",
            options={"ordering": ["-asked_at"], "verbose_name": "invitation", "verbose_name_plural": "invitations"},
        ),
        migrations.AlterModelOptions(
            name="verification",
            options={"ordering": ["-since", "-pk"], "verbose_name": "verification", "verbose_name_plural": "verifications"},
        ),
        # Requests to join
        migrations.RemoveConstraint("joinrequest", "joinrequest_one_open"),
        migrations.RemoveConstraint("joinrequest", "joinrequest_decision_is_dated"),
        migrations.RenameField("joinrequest", "user", "asked_by"),
        migrations.RenameField("joinrequest", "decided_at", "answered_at"),
        migrations.RenameField("joinrequest", "decided_by", "answered_by"),
        migrations.AddField(
            "joinrequest", "expires_at", models.DateTimeField("valid until", blank=True, editable=False, null=True)
        ),
        # Invitations
        migrations.RemoveConstraint("invitation", "invitation_one_open_per_address"),
        migrations.RemoveConstraint("invitation", "invitation_accepted_or_revoked"),
        migrations.RenameField("invitation", "invited_by", "asked_by"),
        migrations.RenameField("invitation", "invited_at", "asked_at"),
        migrations.RenameField("invitation", "accepted_at", "answered_at"),
        migrations.RenameField("invitation", "accepted_by", "answered_by"),
        migrations.AddField(
            "invitation",
            "status",
            models.CharField(
                "status",
                choices=[("asked", "Open"), ("accepted", "Accepted"), ("declined", "Declined"), ("revoked", "Revoked")],
                default="asked",
                editable=False,
                max_length=10,
            ),
        ),
        # Links in mails are signed (core/mail_links.py). Not unique, so that the way back can fill the column.
        migrations.AlterField("invitation", "token", models.CharField(default="", editable=False, max_length=64)),
        # Verifications
        migrations.RemoveConstraint("verification", "verification_ends_later"),
        migrations.RenameField("verification", "verified_on", "since"),
        migrations.RenameField("verification", "valid_until", "until"),
        migrations.RenameField("verification", "verified_by", "granted_by"),
    ]
