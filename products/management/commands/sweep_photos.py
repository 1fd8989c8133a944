"""Puts the files of photos in order: makes missing renditions, deletes files of photos that are gone."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from products import renditions


class Command(BaseCommand):
    help = "Make missing renditions and delete orphaned files; safe at any time. Prints counts as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        counts = {
            "rendered": renditions.make_all_missing(now=now),
            "deleted_files": renditions.delete_orphans(now=now),
        }
        self.stdout.write(json.dumps(counts))
