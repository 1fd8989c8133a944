"""Queues reminders of certificates that run out; meant to run once a day, safe to run any time."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from products.reminders import remind


class Command(BaseCommand):
    help = "Mail businesses 60 and 14 days before a certificate runs out, and on its last day."

    def handle(self, **options: Any) -> None:
        """Print how many reminders were queued as JSON; `send_messages` sends them."""
        self.stdout.write(json.dumps(remind(timezone.now())))
