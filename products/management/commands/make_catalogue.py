"""Fills a database with an invented catalogue, to see how the portal does when it is large."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from products.invented.catalogue import CatalogueRefused, make_catalogue


class Command(BaseCommand):
    help = "Add invented businesses and products. Refuses where real ones may be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--products", type=int, required=True, metavar="N", help="how many products to add"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same rows")
        parser.add_argument(
            "--until", type=datetime.fromisoformat, metavar="TIME", help="of the newest product; else now"
        )
        parser.add_argument("--force", action="store_true", help="although the database holds businesses")

    def handle(
        self, *args: Any, products: int, seed: int, until: datetime | None, force: bool, **options: Any
    ) -> None:
        until = timezone.make_aware(until) if until and timezone.is_naive(until) else until
        try:
            for count in make_catalogue(
                products=products, seed=seed, until=until or timezone.now(), force=force
            ):
                self.stderr.write(f"{count} of {products} products")
        except CatalogueRefused as refusal:
            raise CommandError(refusal.messages[0]) from None
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
