"""Load the regions, units, categories and complements that come with the portal."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from products.reference import load_products
from regions.reference import load_regions


class Command(BaseCommand):
    help = "Load regions, units, categories and complements; safe to repeat. Prints counts as JSON."

    def handle(self, **options: Any) -> None:
        """Print how many rows there are, were added and were changed, as JSON."""
        loaded = load_regions() | load_products()
        self.stdout.write(json.dumps({name: counts._asdict() for name, counts in loaded.items()}))
