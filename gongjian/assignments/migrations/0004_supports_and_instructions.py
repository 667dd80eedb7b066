"""Supporting units get dates of their own; copies; what an instruction speaks of; two limits of a regime."""

import django.db.models.deletion
from django.db import migrations, models


def take_over(apps, _editor):
    """Supporting units named before had the day of the whole matter."""
    Assignment = apps.get_model("assignments", "Assignment")
    Support = apps.get_model("assignments", "Support")
    for row in Assignment.objects.filter(supporting_units__isnull=False).distinct():
        Support.objects.bulk_create(
            Support(
                assignment=row, unit=unit, state="ASSIGNED",
                due_on=row.due_on, warn_on=row.next_warn_on, grave_on=row.next_grave_on,
            )
            for unit in row.supporting_units.all()
        )


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0003_regime_notes"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Support",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=[("ASSIGNED", "待签收"), ("IN_PROGRESS", "协办中"), ("REPLIED", "已答复")], default="ASSIGNED", max_length=12, verbose_name="状态")),
                ("due_on", models.DateField(verbose_name="答复时限")),
                ("warn_on", models.DateField(verbose_name="转黄日期")),
                ("grave_on", models.DateField(verbose_name="转深红日期")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="签收日期")),
                ("replied_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                ("text", models.TextField(blank=True, verbose_name="答复意见")),
                ("assignment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="supports", to="assignments.assignment", verbose_name="任务")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="supports", to="people.unit", verbose_name="协办单位")),
            ],
            options={"verbose_name": "协办", "verbose_name_plural": "协办", "ordering": ["pk"]},
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="assignment", name="supporting_units"),
        migrations.AddField(
            model_name="assignment",
            name="supporting_units",
            field=models.ManyToManyField(blank=True, related_name="supported", through="assignments.Support", to="people.unit", verbose_name="协办单位"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="copied_to",
            field=models.ManyToManyField(blank=True, related_name="copied", to="people.unit", verbose_name="抄送单位"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="about",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="instructions", to="assignments.assignment", verbose_name="所指事项"),
        ),
        migrations.AddField(
            model_name="regime",
            name="support_working_days",
            field=models.PositiveSmallIntegerField(default=3, verbose_name="协办答复期限（工作日）"),
        ),
        migrations.AddField(
            model_name="regime",
            name="recheck_working_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="不满意整改期限（工作日）"),
        ),
        migrations.AddIndex(
            model_name="support",
            index=models.Index(fields=["unit", "state", "due_on"], name="support_unit_state_due"),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(fields=("assignment", "unit"), name="unit_supports_once"),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("state", "REPLIED"), _negated=True), ("replied_on__isnull", False), _connector="OR"), name="support_replied_has_day"),
        ),
    ]
