"""Names of units and persons as they are compared, and surnames read as surnames."""

from django.db import migrations, models

from gongjian.people.folded_names import folded_names
from gongjian.people.pinyin import person_initials

FOLDED = {"blank": True, "default": "", "editable": False, "max_length": 300, "verbose_name": "比较写法"}


def fill(apps, _editor):
    unit, person = apps.get_model("people", "Unit"), apps.get_model("people", "Person")
    for row in unit.objects.order_by().iterator(chunk_size=2000):
        unit.objects.filter(pk=row.pk).update(folded=folded_names(row.name, row.short_name))
    for row in person.objects.order_by().iterator(chunk_size=2000):
        person.objects.filter(pk=row.pk).update(
            folded=folded_names(row.name), initials=person_initials(row.name)
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0003_attempt_counts")]
    operations = [
        migrations.AddField("unit", "folded", models.CharField(**FOLDED), preserve_default=False),
        migrations.AddField("person", "folded", models.CharField(**FOLDED), preserve_default=False),
        migrations.AlterField(
            "person",
            "initials",
            models.CharField(blank=True, db_index=True, max_length=60, verbose_name="拼音首字母"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
