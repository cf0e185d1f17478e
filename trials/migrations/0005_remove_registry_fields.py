"""A trial holds what its document says, and nothing else."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trials", "0004_move_registry_fields")]

    operations = [
        migrations.RemoveField(
            model_name='trial',
            name='completion_date',
        ),
        migrations.RemoveField(
            model_name='trial',
            name='countries',
        ),
        migrations.RemoveField(
            model_name='trial',
            name='curated',
        ),
        migrations.RemoveField(
            model_name='trial',
            name='enrolment',
        ),
        migrations.RemoveField(
            model_name='trial',
            name='phase',
        ),
        migrations.RemoveField(
            model_name='trial',
            name='registry_status',
        ),
        migrations.RemoveField(
            model_name='trial',
            name='sponsor',
        ),
        migrations.RemoveField(
            model_name='trial',
            name='start_date',
        ),
        migrations.RemoveField(
            model_name='trial',
            name='title',
        ),
    ]
