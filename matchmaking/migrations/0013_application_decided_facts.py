from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0012_supply_offers")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="decided_facts",
            field=models.JSONField(
                blank=True, editable=False, null=True, verbose_name="catatan saat keputusan"
            ),
        ),
    ]
