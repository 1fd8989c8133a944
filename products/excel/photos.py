"""Which photos of a ZIP belong to which products: by the column "Foto", else by the product's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from products.excel.bundle import MAX_PICTURE_BYTES, Bundle
from products.excel.columns import Field
from products.excel.entries import BusinessEntry, ProductEntry, Reading
from products.excel.problems import Kind, Problem
from products.excel.workbook import cell_name
from products.taxonomy import fold

STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


def with_photos(reading: Reading, bundle: Bundle) -> Reading:
    """Return the reading with the files of each product's photos, and a doubt for each that is not there.

    Only the first bytes of a photo are looked at here; it is decoded when it is stored.
    """
    finder = _Finder(reading, bundle)
    businesses = tuple(finder.of_business(business) for business in reading.businesses)
    used = {name for business in businesses for product in business.products for name in product.photos}
    return replace(
        reading,
        businesses=businesses,
        problems=reading.problems + tuple(finder.problems),
        unused_photos=tuple(name for name in bundle.pictures if name not in used),
    )


class _Finder:
    """Looks photos up and collects the doubts about them."""

    def __init__(self, reading: Reading, bundle: Bundle) -> None:
        products = [product for business in reading.businesses for product in business.products]
        self.bundle = bundle
        self.columns = {column.field: column.number for column in reading.columns}
        self.namesakes = Counter(fold(product.name) for product in products)
        self.problems: list[Problem] = []
        if not bundle.is_zip and any(product.photos for product in products):
            place = cell_name(reading.header_row, self.columns[Field.PHOTOS])
            self.problems.append(Problem(place, Kind.PHOTOS_WITHOUT_ZIP))

    def of_business(self, business: BusinessEntry) -> BusinessEntry:
        found = (replace(product, photos=tuple(self._photos(product))) for product in business.products)
        return replace(business, products=tuple(found))

    def _photos(self, product: ProductEntry) -> Iterator[str]:
        if not self.bundle.is_zip:
            return
        for name in product.photos or self._by_name(product):
            known = self.bundle.find(name)
            if known is None:
                self._note(product, Field.PHOTOS, Kind.MISSING_PHOTO, value=name[:60])
            elif fault := _fault(self.bundle.pictures[known]):
                self._note(product, Field.PHOTOS, Kind.INVALID_PHOTO, fault, value=known[:60])
            else:
                yield known

    def _by_name(self, product: ProductEntry) -> tuple[str, ...]:
        """Return photos called like the product; of two products with one name nobody knows whose."""
        names = self.bundle.named_like(product.name)
        if names and self.namesakes[fold(product.name)] > 1:
            self._note(product, Field.PRODUCT_NAME, Kind.MISSING_PHOTO, "whose", value=names[0][:60])
            return ()
        return names

    def _note(
        self, product: ProductEntry, field: Field, kind: Kind, variant: str = "", **params: str
    ) -> None:
        column = self.columns.get(field) or self.columns[Field.PRODUCT_NAME]
        self.problems.append(Problem(cell_name(product.row, column), kind, variant, params))


def _fault(content: bytes) -> str:
    """Return what is plainly wrong with a photo, as a variant of ``invalid_photo``."""
    if len(content) > MAX_PICTURE_BYTES:
        return "large"
    return "" if content.startswith(STARTS) else "kind"
