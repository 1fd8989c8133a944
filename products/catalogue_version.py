"""The version of the catalogue: what was made of its rows may be shown again until it changes."""

from functools import lru_cache

from django.db import connection

from products.models import Category

Version = tuple[int, ...]


def catalogue_version() -> Version:
    """Return what differs whenever a transaction that wrote what the catalogue shows has become visible.

    That is products, businesses, photos, categories, units, places and equal words; triggers count their
    writes. Read it before the rows: what is made then is never older than its version. Costs one short query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(txid), count(*), sum(writes) FROM products_catalogue_change")
        return tuple(int(number or 0) for number in cursor.fetchone())


@lru_cache(maxsize=1)
def categories_as_of(version: Version) -> tuple[Category, ...]:
    """Return the taxonomy in its order; a process asks for it once a ``version``."""
    return tuple(Category.objects.order_by("position", "pk"))
