"""Notices held the address of a page; now they name what they are about."""

import re

from django.db import migrations, models

PAGES = (
    (re.compile(r"/assignments/(\d+)/"), "assignments.assignment"),
    (re.compile(r"/complaints/(\d+)/"), "complaints.complaint"),
    (re.compile(r"/firm/problems/(\d+)/"), "problems.problem"),
    (re.compile(r"/firm/policies/()"), "policies.policy"),
    (re.compile(r"/firm/()"), "problems.commonproblem"),
)


def subject_of(address):
    """The kind and number an address stood for; ("", None) for an address no room ever wrote."""
    for pattern, kind in PAGES:
        if met := pattern.fullmatch(address):
            return kind, int(met[1]) if met[1] else None
    return "", None


def name_subjects(apps, _schema_editor):
    rows = apps.get_model("notices", "Notice").objects
    changed = []
    for row in rows.exclude(link="").only("link").iterator(chunk_size=2000):
        row.subject_kind, row.subject_id = subject_of(row.link)
        changed.append(row)
    rows.bulk_update(changed, ["subject_kind", "subject_id"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_withdrawals'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='subject_kind',
            field=models.CharField(blank=True, max_length=60, verbose_name='事由类别'),
        ),
        migrations.AddField(
            model_name='notice',
            name='subject_id',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='事由编号'),
        ),
        migrations.RunPython(name_subjects, migrations.RunPython.noop),
    ]
