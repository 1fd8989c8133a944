from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("products", "0021_document_statistics")]

    operations = [
        migrations.AddField(
            model_name="product",
            name="makes_itself",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=Q(("status", "listed"), ("makes_itself", True)),
                fields=["-created_at", "-id"],
                name="product_made_newest",
            ),
        ),
        migrations.RemoveIndex(model_name="product", name="product_sample"),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=Q(("status", "listed")),
                fields=["sample"],
                include=(
                    "id",
                    "category",
                    "province",
                    "region",
                    "lowest_price",
                    "min_order",
                    "capacity_per_month",
                    "lead_time_days",
                    "accepts_consignment",
                    "makes_itself",
                    "certificates_held",
                    "certificates_checked",
                    "certificates_until",
                    "business",
                ),
                name="product_sample",
            ),
        ),
    ]
