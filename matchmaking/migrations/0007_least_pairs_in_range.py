from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("matchmaking", "0006_least_pairs_within_quota"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="tradecontact",
            constraint=models.CheckConstraint(
                condition=Q(
                    least_pairs_per_business__gte=0, least_pairs_per_business__lte=F("pairs_per_business")
                ),
                name="trade_contact_least_pairs_in_range",
                violation_error_message=(
                    "Usulan paling sedikit tidak boleh melebihi usulan paling banyak per pelaku usaha."
                ),
            ),
        ),
    ]
