"""Takes keys out of messages that went: of links in subjects, and of receipts of applications in bodies.

Office wordings could put a link into the subject, and addresses of receipts were not known as keys, until
now. Each message is rewritten for itself, so nobody waits for it.
"""

from typing import Any

from django.db import migrations
from django.db.models import Q

from tradecontact.logs import hide_secrets

BATCH = 1000


def hide_keys(apps: Any, schema_editor: Any) -> None:
    """Rewrite only sent messages that hold such an address."""
    messages = apps.get_model("outbox", "Message").objects
    has_one = Q(subject__contains="://") | Q(body__contains="/pendaftaran/")
    rows = messages.filter(has_one, state="sent").only("subject", "body").order_by("pk")
    for message in rows.iterator(chunk_size=BATCH):
        said = {"subject": hide_secrets(message.subject), "body": hide_secrets(message.body)}
        if said != {"subject": message.subject, "body": message.body}:
            messages.filter(pk=message.pk).update(**said)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("outbox", "0002_given_up_index")]

    operations = [migrations.RunPython(hide_keys, migrations.RunPython.noop)]
