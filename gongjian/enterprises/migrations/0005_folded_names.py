"""Names of firms as they are compared."""

from django.db import migrations, models

from gongjian.people.folded_names import folded_names


def fill(apps, _editor):
    firm = apps.get_model("enterprises", "Enterprise")
    for row in firm.objects.order_by().only("name", "short_name").iterator(chunk_size=2000):
        firm.objects.filter(pk=row.pk).update(folded=folded_names(row.name, row.short_name))


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0004_askings"), ("people", "0004_folded_names")]
    operations = [
        migrations.AddField(
            "enterprise",
            "folded",
            models.CharField(
                blank=True, default="", editable=False, max_length=300, verbose_name="比较写法"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
