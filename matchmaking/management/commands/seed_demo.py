"""Builds the demonstration in an empty database, and shows how to look around in it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from matchmaking.demo.building import DemonstrationRefused, build_demonstration
from matchmaking.demo.welcome import welcome


class Command(BaseCommand):
    help = "Build the demonstration in a database that holds nothing else. Prints counts as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--show",
            action="store_true",
            help="build nothing: print the sign-ins and a fresh personal link of the demonstration",
        )

    def handle(self, *args: Any, show: bool, **options: Any) -> None:
        if show:
            self.stdout.write(welcome(timezone.now()))
            return
        try:
            counts = build_demonstration(today=timezone.localdate(), now=timezone.now())
        except DemonstrationRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(json.dumps(counts))
