"""Queues today's e-mails about inboxes and prints what was done."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matchmaking.digests import queue_digests


class Command(BaseCommand):
    help = "Queue today's e-mails about inboxes; run it hourly, each reader gets at most one a day."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(json.dumps(asdict(queue_digests(now=now, today=timezone.localdate(now)))))
