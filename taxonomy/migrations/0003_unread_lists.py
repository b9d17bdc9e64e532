"""Four lists that no part of the portal read: their terms go, then their names."""

from django.db import migrations

UNREAD = ("seniority_levels", "availability", "engagement_types", "civilities")


def remove_terms(apps, schema_editor):
    apps.get_model("taxonomy", "Term").objects.filter(list__in=UNREAD).delete()


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0002_longer_names_of_terms")]

    operations = [migrations.RunPython(remove_terms, migrations.RunPython.noop)]
