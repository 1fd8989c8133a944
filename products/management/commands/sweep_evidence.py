"""Deletes private files whose certificate or proof is gone."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from products import evidence


class Command(BaseCommand):
    help = "Delete private files that prove nothing any more; safe at any time. Prints counts as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten, deleted = evidence.sweep(now=timezone.now())
        self.stdout.write(json.dumps({"forgotten": forgotten, "deleted_files": deleted}))
