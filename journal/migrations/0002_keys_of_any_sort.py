from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows of the vocabulary have codes for keys."""

    dependencies = [("journal", "0001_journal")]

    operations = [
        migrations.AlterField(
            model_name="record", name="subject_id", field=models.CharField(max_length=64, verbose_name="number")
        ),
    ]
