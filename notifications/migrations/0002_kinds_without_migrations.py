from django.db import migrations, models

import notifications.models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="mail",
            name="kind",
            field=models.CharField(choices=notifications.models.kind_choices, max_length=40, verbose_name="kind"),
        ),
    ]
