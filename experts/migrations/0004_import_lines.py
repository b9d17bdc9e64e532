import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def were_done(apps, schema_editor) -> None:
    """So far an import was kept only once it was over."""
    apps.get_model("experts", "Import").objects.update(status="done")


class Migration(migrations.Migration):
    dependencies = [
        ("experts", "0003_by_words_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="asked_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="import",
            name="asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="language",
            field=models.CharField(
                choices=[("ar", "العربية"), ("fr", "Français"), ("en", "English")], default="fr", max_length=2
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="notes",
            field=models.JSONField(default=list, help_text="Sentences about the file as a whole."),
        ),
        migrations.AddField(
            model_name="import",
            name="publish",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="import",
            name="reason",
            field=models.CharField(blank=True, help_text="Kept with each published version.", max_length=200),
        ),
        migrations.AddField(
            model_name="import",
            name="status",
            field=models.CharField(
                choices=[
                    ("checking", "Being checked"),
                    ("checked", "Checked; nothing written yet"),
                    ("running", "Being imported"),
                    ("done", "Imported"),
                    ("undoing", "Being undone"),
                    ("undone", "Undone"),
                ],
                default="checking",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.RunPython(were_done, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField(verbose_name="line")),
                ("cells", models.JSONField(default=dict)),
                (
                    "unread",
                    models.JSONField(
                        default=dict, help_text="What could not be read: {column: reason}; no column for the whole line."
                    ),
                ),
                ("faults", models.JSONField(default=list, help_text="[[column, reason]], likewise.")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("created", "New"),
                            ("changed", "Changed"),
                            ("unchanged", "As already"),
                            ("refused", "With a fault"),
                        ],
                        max_length=10,
                    ),
                ),
                ("published", models.BooleanField(default=False, verbose_name="published")),
                ("left_out", models.BooleanField(default=False, help_text="By the sender, before the import.")),
                ("doubles", models.JSONField(default=list, help_text='[{"expert" or "line": number, "signs": [name]}]')),
                (
                    "before",
                    models.JSONField(
                        default=None, help_text="As experts.importing.states has it; null for a new person.", null=True
                    ),
                ),
                ("after", models.JSONField(default=None, null=True)),
                ("made_account", models.BooleanField(default=False)),
                ("done_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "kept_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("claimed", "has taken over the account"),
                            ("edited", "the profile was changed since"),
                            ("published", "the public page was changed since"),
                            ("acted_upon", "somebody of the team has acted on it since"),
                            ("named", "an organisation, a project or somebody else refers to this person"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_lines",
                        to="experts.expert",
                        verbose_name="expert",
                    ),
                ),
                ("of", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="experts.import")),
            ],
            options={
                "ordering": ["line"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("of", "line"), name="importline_once")],
            },
        ),
    ]
