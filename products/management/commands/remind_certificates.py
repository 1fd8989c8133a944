"""Reminds businesses of certificates that run out; meant to run once a day, safe to run any time."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from products.reminders import Outcome, remind


class Command(BaseCommand):
    help = "Mail businesses 60 and 14 days before a certificate runs out, and on its last day."

    def handle(self, **options: Any) -> None:
        """Print what became of the reminders as JSON; fail when a mail could not be sent."""
        counts = remind(timezone.now())
        self.stdout.write(json.dumps({outcome.value: count for outcome, count in counts.items()}))
        if failed := counts[Outcome.FAILED]:
            raise CommandError(f"{failed} reminders could not be sent; the next run tries again.")
