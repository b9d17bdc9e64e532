import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The word membership is kept for the network's members."""

    dependencies = [
        ("organizations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_once"),
        migrations.RemoveConstraint(model_name="membership", name="membership_role_known"),
        migrations.RenameModel(old_name="Membership", new_name="Affiliation"),
        migrations.AlterField(
            model_name="affiliation",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="affiliations",
                to="organizations.organization",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterField(
            model_name="affiliation",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="affiliations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.UniqueConstraint(fields=["organization", "user"], name="affiliation_once"),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["owner", "editor", "reader"])), name="affiliation_role_known"
            ),
        ),
    ]
