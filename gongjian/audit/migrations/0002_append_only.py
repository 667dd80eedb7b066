"""Events can be added, never changed or deleted."""

from django.db import migrations

from gongjian.audit import models as audit_models


def install(_apps, editor):
    audit_models.install_triggers(editor.connection.vendor, editor.execute)


def remove(_apps, editor):
    audit_models.remove_triggers(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
