"""Sends what waits in the outbox; meant to run every minute, safe to run any time and several at once."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from outbox.sending import send_due


class Command(BaseCommand):
    help = "Send the messages that are due, those that failed before too; run it every minute."

    def handle(self, **options: Any) -> None:
        self.stdout.write(json.dumps(send_due(now=timezone.now())))
