"""Sends today's alerts about saved searches and prints what was done."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from products.search_alerts import send_alerts


class Command(BaseCommand):
    help = "Send today's alerts about saved searches; run it hourly, each address gets at most one a day."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        outcome = send_alerts(now=now, today=timezone.localdate(now))
        self.stdout.write(json.dumps(asdict(outcome)))
        if outcome.failed:
            raise CommandError(f"{outcome.failed} messages were refused; the next round tries them again.")
