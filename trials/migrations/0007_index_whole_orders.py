"""An index for each order of the list of records, so that a page of it is found without reading what stands before."""

from django.db import migrations, models

# Missing values stand last, and PostgreSQL reads an index backwards only where they would stand first. SQLite needs no
# index of its own for that, and can make none.
DESCENDING = {"trialrecord_latest_start": "start_date", "trialrecord_largest": "enrolment"}


def index_descending(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, column in DESCENDING.items():
            schema_editor.execute(
                f"CREATE INDEX {name} ON trials_trialrecord ({column} DESC NULLS LAST, registry_id, id)"
            )


def drop_descending(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in DESCENDING:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0006_name_of_record'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='trialrecord',
            name='trialrecord_by_start',
        ),
        migrations.RemoveIndex(
            model_name='trialrecord',
            name='trialrecord_by_enrolment',
        ),
        migrations.AddIndex(
            model_name='trialrecord',
            index=models.Index(fields=['registry_id', 'id'], name='trialrecord_by_registry_id'),
        ),
        migrations.AddIndex(
            model_name='trialrecord',
            index=models.Index(fields=['start_date', 'registry_id', 'id'], name='trialrecord_in_order_of_start'),
        ),
        migrations.AddIndex(
            model_name='trialrecord',
            index=models.Index(fields=['enrolment', 'registry_id', 'id'], name='trialrecord_in_order_of_size'),
        ),
        migrations.RunPython(index_descending, drop_descending),
    ]
