from django.db import migrations

# Rows of registries are not refreshed by a load, so what leads to them comes along.
COPY = """
INSERT INTO core_name (model, row_id, ident, name, source, value, key, as_written, kind, origin)
SELECT model, row_id, ident, name, source, value, key, FALSE, '', '' FROM search_term ORDER BY id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0008_official_aliases'),
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name='Term',
        ),
    ]
