"""Work for the queue: each task makes one domain call."""

from dataclasses import asdict

from django.utils import timezone
from django_tasks import task

from products import search_alerts


@task()
def mail_confirmation(search_id: int) -> bool:
    """Ask an address to confirm a saved search."""
    return search_alerts.send_confirmation(search_id)


@task()
def send_search_alerts() -> dict[str, int]:
    """Send today's alerts; safe to queue as often as one likes."""
    now = timezone.now()
    return asdict(search_alerts.send_alerts(now=now, today=timezone.localdate(now)))
