"""The full-text table of the ledger."""

from django.db import migrations

from gongjian.problems.search import table


def install(_apps, editor):
    table.install(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
