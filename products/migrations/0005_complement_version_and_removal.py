from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0004_product_text_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="categorycomplement",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="versi"),
        ),
        migrations.AddField(
            model_name="categorycomplement",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="dihapus"),
        ),
        migrations.AddConstraint(
            model_name="categorycomplement",
            constraint=models.CheckConstraint(
                condition=~Q(buyer=F("supplier")),
                name="complement_two_categories",
                violation_error_message="Pembeli dan pemasok harus berbeda.",
            ),
        ),
    ]
