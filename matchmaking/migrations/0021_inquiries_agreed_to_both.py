"""The sentence that senders agreed to until now covered being recorded by an office, too."""

from django.db import migrations

FORWARD = "UPDATE matchmaking_inquiry SET listing_consent_id = consent_id WHERE listing_consent_id IS NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("matchmaking", "0020_inquiries_of_all_kinds"),
    ]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
