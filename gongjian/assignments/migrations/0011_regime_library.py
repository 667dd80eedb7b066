"""Practices of other places become a library; what the office has used or rewritten stays its own."""

import django.db.models.deletion
from django.db import migrations, models

PRESETS = (
    "13710-jz",
    "13710-ls",
    "13710-sx",
    "award-2023q1",
    "bozhou",
    "fixed",
    "hefei",
    "investment",
    "jinniu",
    "monthly-review",
    "panlong",
    "payout",
    "quanzhou",
    "xihaian",
    "xinyang",
    "xuchang",
    "zhongshan",
)


def sort_out(apps, _schema_editor):
    """Presets under which nothing was handed over and which nobody rewrote go to the library."""
    regimes = apps.get_model("assignments", "Regime")
    used = apps.get_model("assignments", "Assignment").objects.exclude(regime=None).values("regime")
    unused = regimes.objects.filter(code__in=PRESETS, version=1).exclude(pk__in=used)
    unused.update(in_library=True)


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0010_proxies"),
    ]

    operations = [
        migrations.AddField(
            model_name="regime",
            name="in_library",
            field=models.BooleanField(default=False, verbose_name="在制度库中"),
        ),
        migrations.AddField(
            model_name="regime",
            name="taken_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_up",
                to="assignments.regime",
                verbose_name="参照的制度",
            ),
        ),
        migrations.RunPython(sort_out, migrations.RunPython.noop),
    ]
