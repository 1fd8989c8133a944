from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matchmaking", "0004_inquiry_closed_reason"),
    ]

    operations = [
        migrations.AddField(
            model_name="tradecontact",
            name="least_pairs_per_business",
            field=models.PositiveSmallIntegerField(
                default=3, verbose_name="usulan paling sedikit yang diinginkan per pelaku usaha"
            ),
        ),
    ]
