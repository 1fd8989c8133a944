"""Work for the queue: each task makes one domain call."""

from django.utils import timezone
from django_tasks import task

from outbox import sending


@task()
def send_waiting() -> dict[str, int]:
    """Send what is due."""
    return sending.send_due(now=timezone.now())
