"""Room for pinyin initials in the search rows; `gongjian upgrade` writes the rows anew."""

from django.db import migrations

from gongjian.problems.search import table


def install_initials(_apps, editor):
    table.install_initials(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):
    dependencies = [("problems", "0009_served")]
    operations = [migrations.RunPython(install_initials, migrations.RunPython.noop)]
