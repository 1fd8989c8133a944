"""Queues today's alerts about saved searches and prints what was done."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from products.search_alerts import queue_alerts


class Command(BaseCommand):
    help = "Queue today's alerts about saved searches; run it hourly, each address gets at most one a day."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(json.dumps(asdict(queue_alerts(now=now, today=timezone.localdate(now)))))
