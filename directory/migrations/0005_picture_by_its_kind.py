"""The picture of an entry is written with its document: which field holds it, each kind says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_kinds_declare_themselves")]

    operations = [
        migrations.RemoveField(model_name="entry", name="image"),
        migrations.AddField(
            model_name="entry",
            name="image",
            field=models.CharField(blank=True, db_index=True, default="", max_length=200, verbose_name="picture"),
        ),
        migrations.RunSQL(
            "UPDATE directory_entry SET image = COALESCE(document #>> '{fields,photo}', document #>> '{fields,logo}', '')",
            migrations.RunSQL.noop,
        ),
    ]
