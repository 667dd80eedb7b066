import os
import signal

from django.db import migrations


def end(apps, editor):
    match os.environ["PLANTED"]:
        case "fail":
            raise ValueError("planted")
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "stop":
            os.kill(os.getpid(), signal.SIGTERM)
        case "lose":
            apps.get_model("assignments", "Regime").objects.last().delete()
        case "forge":
            editor.execute("DROP TRIGGER audit_event_no_update")
            editor.execute("UPDATE audit_event SET by_name = 'x' WHERE seq = 3")


class Migration(migrations.Migration):
    dependencies = [("planted", "0001_changes")]
    operations = [migrations.RunPython(end)]
