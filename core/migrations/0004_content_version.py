import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("core", "0003_move_search_tables")]

    operations = [
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=1)),
                ("seed", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
    ]
