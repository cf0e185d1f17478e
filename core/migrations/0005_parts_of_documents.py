from django.db import migrations, models


def fill(apps, schema_editor):
    """Documents in the order of their rows; sections and references by the identifiers that follow from it."""
    for order, document in enumerate(apps.get_model("core", "Document").objects.order_by("pk"), start=1):
        document.order = order
        document.save(update_fields=["order"])
        for name, key in (("Section", "slug"), ("Reference", "number")):
            rows = list(apps.get_model("core", name).objects.filter(document=document))
            for row in rows:
                own = getattr(row, key)
                row.identifier = str(own) if order == 1 else f"{document.slug}:{own}"
            apps.get_model("core", name).objects.bulk_update(rows, ["identifier"], batch_size=500)


IDENTIFIER = models.CharField(max_length=170, unique=True, editable=False)


class Migration(migrations.Migration):
    # PostgreSQL changes no table with rows that were written in the same transaction.
    atomic = False

    dependencies = [("core", "0004_content_version")]

    operations = [
        migrations.AlterModelOptions("document", options={"ordering": ["order"]}),
        migrations.AlterModelOptions("reference", options={"ordering": ["document__order", "number"]}),
        migrations.AlterModelOptions("section", options={"ordering": ["document__order", "order"]}),
        migrations.AddField(
            "document", "order",
            models.PositiveSmallIntegerField(null=True, help_text="Place among the documents, from 1."),
        ),
        migrations.AddField("section", "identifier", models.CharField(max_length=170, null=True, editable=False)),
        migrations.AddField("reference", "identifier", models.CharField(max_length=170, null=True, editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "document", "order",
            models.PositiveSmallIntegerField(unique=True, help_text="Place among the documents, from 1."),
        ),
        migrations.AlterField("section", "identifier", IDENTIFIER),
        migrations.AlterField("reference", "identifier", IDENTIFIER),
        migrations.AlterField("section", "slug", models.SlugField(max_length=80)),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(condition=models.Q(("order__gte", 1)), name="document_order_from_1"),
        ),
        migrations.AddConstraint(
            "section",
            models.UniqueConstraint(fields=("document", "slug"), name="section_slug_once_a_document"),
        ),
    ]
