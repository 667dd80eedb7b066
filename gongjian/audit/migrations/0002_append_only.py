"""Events can be added, never changed or deleted."""

from django.db import migrations

from gongjian.audit import append_only


def install(_apps, editor):
    append_only.install(editor.connection.vendor, editor.execute)


def remove(_apps, editor):
    append_only.remove(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
