"""Work for the queue: each task makes one domain call."""

from django_tasks import task

from products import search_alerts


@task()
def mail_confirmation(search_id: int) -> bool:
    """Ask an address to confirm a saved search."""
    return search_alerts.send_confirmation(search_id)
