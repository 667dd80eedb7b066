"""The head of an office's papers stands with the office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_presence"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="paper_head",
            field=models.CharField(blank=True, max_length=60, verbose_name="文头"),
        ),
    ]
