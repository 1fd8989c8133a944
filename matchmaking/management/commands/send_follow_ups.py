"""Puts the follow-up questions that are due into the outbox; safe to run any time and several at once."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matchmaking.followups import sweep


class Command(BaseCommand):
    help = "Ask the follow-up questions that are due (days 7, 30, 90, 180); run it every hour."

    def handle(self, **options: Any) -> None:
        self.stdout.write(json.dumps(sweep(now=timezone.now())))
