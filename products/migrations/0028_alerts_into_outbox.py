"""What was sent before stays sent: reminders and alerts become messages of the outbox that hold their key."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

AT_ONCE = 500


def carry_over(apps: Any, schema_editor: Any) -> None:
    Message = apps.get_model("outbox", "Message")
    rows: list[Any] = []
    for fields in _sent(apps):
        rows.append(Message(channel="email", state="sent", **fields))
        if len(rows) == AT_ONCE:
            Message.objects.bulk_create(rows)
            rows = []
    Message.objects.bulk_create(rows)


def _sent(apps: Any) -> Iterator[dict[str, Any]]:
    """Yield what is known of each sent mail; its text was never kept, so it counts as erased."""
    reminders = apps.get_model("products", "CertificateReminder").objects.exclude(sent_at=None)
    for row in reminders.select_related("certificate__business").order_by("pk").iterator(AT_ONCE):
        business = row.certificate.business
        yield _dates(row) | {
            "office_id": business.office_id,
            "kind": "certificate_ends",
            "language": business.language,
            "about": f"business:{business.pk}",
            "key": f"certificate:{row.certificate_id}:{row.valid_until:%Y%m%d}:{row.days_before}",
        }
    alerts = apps.get_model("products", "SearchAlert").objects.exclude(sent_at=None)
    for row in alerts.select_related("subscriber").order_by("pk").iterator(AT_ONCE):
        yield _dates(row) | {
            "kind": "search_alert",
            "language": row.subscriber.language,
            "about": f"subscriber:{row.subscriber_id}",
            "key": f"search_alert:{row.subscriber_id}:{row.day:%Y%m%d}",
        }


def _dates(row: Any) -> dict[str, Any]:
    return {
        "message_id": row.message_id,
        "queued_at": row.sent_at,
        "sent_at": row.sent_at,
        "erased_at": row.sent_at,
        "attempts": 1,
    }


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_messages"),
        ("products", "0027_catalogue_changes_of_all_kinds"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
