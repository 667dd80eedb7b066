from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('problems', '0012_own_number'),
        ('projects', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='problem',
            name='project',
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='problems',
                to='projects.project',
                verbose_name='重点项目',
            ),
        ),
    ]
