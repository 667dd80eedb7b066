from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_subjects'),
    ]

    operations = [
        migrations.RemoveField(model_name='notice', name='link'),
    ]
