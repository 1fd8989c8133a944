from typing import Any

from django.db import migrations
from django.db.models import F


def keep_within_quota(apps: Any, schema_editor: Any) -> None:
    contacts = apps.get_model("matchmaking", "TradeContact").objects
    above = contacts.filter(least_pairs_per_business__gt=F("pairs_per_business"))
    above.update(least_pairs_per_business=F("pairs_per_business"))


class Migration(migrations.Migration):
    dependencies = [
        ("matchmaking", "0005_trade_contact_least_pairs"),
    ]

    operations = [migrations.RunPython(keep_within_quota, migrations.RunPython.noop)]
