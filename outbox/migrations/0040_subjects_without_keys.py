"""Takes the keys of personal links out of the subjects of messages that went."""

from typing import Any

from django.db import migrations

from tradecontact.logs import hide_secrets

BATCH = 1000


def hide_keys(apps: Any, schema_editor: Any) -> None:
    """Rewrite only subjects that hold an address; office wordings put it there until now."""
    messages = apps.get_model("outbox", "Message").objects
    rows = messages.filter(state="sent", subject__contains="://").order_by("pk")
    for message in rows.only("pk", "subject").iterator(chunk_size=BATCH):
        hidden = hide_secrets(message.subject)
        if hidden != message.subject:
            messages.filter(pk=message.pk).update(subject=hidden)


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_given_up_index")]

    operations = [migrations.RunPython(hide_keys, migrations.RunPython.noop)]
