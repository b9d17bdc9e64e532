import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import organizations.models


class Migration(migrations.Migration):
    """What the answers had before, and the rules of both shapes."""

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("organizations", "0004_answers")]

    operations = [
        migrations.RemoveField("invitation", "token"),
        migrations.RemoveField("invitation", "revoked_at"),
        migrations.AlterField(
            model_name="invitation",
            name="answered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered on"),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="answered by",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="asked_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="asked on"),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="asked_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="expires_at",
            field=models.DateTimeField(
                default=organizations.models.invitation_expiry, editable=False, verbose_name="valid until"
            ),
        ),
        migrations.AlterField(
            model_name="joinrequest",
            name="answered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered on"),
        ),
        migrations.AlterField(
            model_name="joinrequest",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="answered by",
            ),
        ),
        migrations.AlterField(
            model_name="joinrequest",
            name="status",
            field=models.CharField(
                choices=[("asked", "Open"), ("accepted", "Accepted"), ("declined", "Declined")],
                default="asked",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="verification",
            name="method",
            field=models.CharField(
                choices=[
                    ("domain_mail", "Email from its own domain"),
                    ("document", "Official document"),
                    ("manual", "Known to the network"),
                ],
                max_length=20,
                verbose_name="how",
            ),
        ),
        migrations.AlterField(
            model_name="verification",
            name="since",
            field=models.DateField(verbose_name="from"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("status", "asked")),
                    models.Q(models.Q(("status", "asked"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_answer_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("status", "asked")),
                name="invitation_one_open_per_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("status", "asked")),
                    models.Q(models.Q(("status", "asked"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="joinrequest_answer_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "asked")), fields=("organization", "asked_by"), name="joinrequest_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("since"))), name="verification_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on", None), ("ended_on__gte", models.F("since")), _connector="OR"),
                name="verification_ended_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("organization"),
                            models.F("organization"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("since"),
                            django.db.models.functions.comparison.Coalesce("ended_on", "until"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="verification_terms_do_not_overlap",
            ),
        ),
    ]
