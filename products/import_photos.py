"""The photos that came with a list: stored once its products are, each with an act of its own."""

from __future__ import annotations

import io
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actors import Actor
from products import importing, photos
from products.import_writing import imprint_of_new
from products.models import ImportBatch, Product


def store_photos(
    *, actor: Actor, batch: ImportBatch, content: bytes, now: datetime, today: date
) -> ImportBatch:
    """Store the photos of an imported ZIP with their products and return the import with their number.

    ``content`` is the file as it was uploaded; a workbook alone has none. This comes after the import itself,
    so that nobody waits for a lock while photos are decoded (up to a second each, forty at most). A photo
    that is refused is named in the counts with the reason; the same photo again is stored once. Undoing the
    import takes the photos back too.

    Raises:
        PermissionDenied: the actor works for another office.
    """
    stored = 0
    refused = []
    for product, name, picture in importing.photos_of(batch=batch, content=content, today=today):
        try:
            stored += _store(actor, batch, product, picture, now)
        except ValidationError as error:
            refused.append(f"{name}: {' '.join(error.messages)}")
    if stored or refused:
        batch.counts = {**batch.counts, "photos": stored, "photos_refused": refused}
        batch.save(update_fields=["counts"])
    return batch


@transaction.atomic
def _store(actor: Actor, batch: ImportBatch, product: Product, picture: bytes, now: datetime) -> bool:
    """Store one photo and remember that this import did; return whether it is new."""
    photo, is_new = photos.add_photo(actor=actor, product=product, file=io.BytesIO(picture), now=now)
    if is_new:
        imprint_of_new(batch, photo).save()
    return is_new
