"""Issues a personal link of one business and prints it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actors import COMMAND
from products import links
from products.models import Business


class Command(BaseCommand):
    help = "Issue a personal link: the address goes to standard output, what it is for to standard error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--business", type=int, required=True, metavar="ID", help="id of the business")

    def handle(self, *args: Any, business: int, **options: Any) -> None:
        try:
            found = Business.objects.get(pk=business)
        except Business.DoesNotExist:
            raise CommandError(f"There is no business with id {business}.") from None
        link, token = links.issue_link(actor=COMMAND, business=found, now=timezone.now())
        self.stdout.write(links.url_of(token))
        self.stderr.write(f"Link of {found.name}, open until {link.expires_at:%Y-%m-%d %H:%M} UTC.")
