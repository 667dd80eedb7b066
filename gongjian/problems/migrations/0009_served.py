"""How many problems each assignment answers for, counted once for what is there."""

from django.db import migrations
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce


def count(apps, _schema_editor):
    """Every assignment, in one statement."""
    problems = apps.get_model("problems", "Problem").objects.filter(assignment=OuterRef("pk")).order_by()
    number = problems.values("assignment").annotate(n=Count("pk")).values("n")
    served = Coalesce(Subquery(number, output_field=IntegerField()), 0)
    apps.get_model("assignments", "Assignment").objects.update(served=served)


class Migration(migrations.Migration):

    dependencies = [
        ("assignments", "0009_served"),
        ("problems", "0008_consent"),
    ]

    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
