"""Which policies give something: a rule without parts of a benefit only classifies. Read once from the newest text of each."""

import yaml
from django.db import migrations, models


def read(apps, _schema_editor):
    """Mark the policies whose newest rule text has no benefit."""
    versions = apps.get_model("policies", "PolicyVersion")
    for policy in apps.get_model("policies", "Policy").objects.all():
        rows = versions.objects.filter(policy=policy)
        newest = rows.exclude(valid_from=None).order_by("-number").first() or rows.order_by("-number").first()
        try:
            data = yaml.safe_load(newest.text) if newest else None
        except (yaml.YAMLError, ValueError, RecursionError):
            continue
        benefit = data.get("benefit") if isinstance(data, dict) else None
        if isinstance(data, dict) and not (isinstance(benefit, dict) and benefit.get("parts")):
            policy.gives = False
            policy.save(update_fields=["gives"])


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_budget_ceiling")]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="gives",
            field=models.BooleanField(default=True, verbose_name="有奖补内容"),
        ),
        migrations.RunPython(read, migrations.RunPython.noop),
    ]
