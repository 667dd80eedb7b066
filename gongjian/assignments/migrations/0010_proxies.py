"""What the office did for a unit, and when a unit signed: columns beside each row, filled from the events already written."""

from itertools import groupby

from django.db import migrations, models
from django.utils import timezone

from gongjian.engines.clock.events import KINDS, Happened, read_event
from gongjian.engines.clock.fold import replay

CHUNK = 500


def fill(apps, _schema_editor):
    """When each unit signed and by when it had to, by replaying its events; older events know no proxies."""
    assignments = apps.get_model("assignments", "Assignment")
    rows = apps.get_model("audit", "Event").objects.filter(subject_kind="assignments.assignment", name__in=list(KINDS))
    changed = []
    for key, story in groupby(rows.order_by("subject_id", "seq").iterator(), key=lambda row: row.subject_id):
        snapshot = replay(
            Happened(event=read_event(row.name, row.data), at=timezone.localtime(row.at), by=row.by_name)
            for row in story
        )
        if snapshot is not None and (snapshot.signed_on or snapshot.sign_due_on):
            facts = {"signed_on": snapshot.signed_on, "sign_due_on": snapshot.sign_due_on}
            changed.append(assignments(pk=key, **facts))
        if len(changed) >= CHUNK:
            assignments.objects.bulk_update(changed, ["signed_on", "sign_due_on"])
            changed = []
    assignments.objects.bulk_update(changed, ["signed_on", "sign_due_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0009_served"),
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="proxies",
            field=models.CharField(blank=True, max_length=60, verbose_name="代办动作"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="sign_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="签收时限"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="signed_on",
            field=models.DateField(blank=True, null=True, verbose_name="签收日期"),
        ),
        migrations.AddField(
            model_name="regime",
            name="proxy_allowed",
            field=models.BooleanField(default=False, verbose_name="承办单位有账号也可代办"),
        ),
        migrations.AddField(
            model_name="support",
            name="proxies",
            field=models.CharField(blank=True, max_length=60, verbose_name="代办动作"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
