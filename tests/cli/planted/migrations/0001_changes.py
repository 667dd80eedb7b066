from pathlib import Path

from django.conf import settings
from django.db import migrations


def change(apps, editor):
    for regime in apps.get_model("assignments", "Regime").objects.all():
        regime.name = "改了"
        regime.save()
    home = Path(settings.HOME)
    (home / "secret_key").write_text("another")
    (home / "attachments" / "zz").mkdir()
    (home / "attachments" / "zz" / "new").write_text("new")
    for kept in (home / "attachments").glob("??/*"):
        if kept.name != "new":
            kept.unlink()


class Migration(migrations.Migration):
    dependencies = [("assignments", "0009_served"), ("problems", "0009_served")]
    operations = [
        migrations.RunSQL("CREATE TABLE planted_table (n integer)", "DROP TABLE planted_table"),
        migrations.RunPython(change),
    ]
