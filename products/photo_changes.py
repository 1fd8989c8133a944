"""What a business wants done with the photos of a listed product: their order, their words, which of them go.

It waits on a revision as ``{"order": [ids], "alt": {id: words}, "removed": [ids]}``, each part only where it
differs from what stands. Photos that came or went meanwhile do not stand in the way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from accounts import history
from accounts.actors import Actor
from products import renditions
from products.models import Photo, Product


@dataclass
class Arrangement:
    """The photos of a product as they are wanted, in memory only: those that stay, in order, and the rest."""

    kept: list[Photo]
    removed: list[Photo]

    def place(self, photo_id: int, position: int) -> None:
        """Put a photo that stays at a place, from 1 on."""
        for photo in _take(self.kept, photo_id):
            self.kept.insert(max(0, position - 1), photo)

    def describe(self, photo_id: int, alt: str) -> None:
        """Say what a photo shows.

        Raises:
            ValidationError: the text is too long.
        """
        for photo in self.kept:
            if photo.pk == photo_id:
                photo.alt = alt
                photo.clean_fields()

    def remove(self, photo_id: int) -> None:
        self.removed += _take(self.kept, photo_id)

    def keep(self, photo_id: int) -> None:
        """Let a photo that was to go stay, behind the others."""
        self.kept += _take(self.removed, photo_id)


def arranged(product: Product, changes: Mapping[str, Any]) -> Arrangement:
    """Return the photos of a product as ``changes`` want them; those that are not named come last.

    Costs one query.
    """
    words, places = changes.get("alt", {}), {pk: place for place, pk in enumerate(changes.get("order", []))}
    wanted = Arrangement(list(product.photos.in_order()), [])
    for photo_id in changes.get("removed", []):
        wanted.remove(photo_id)
    if places:
        wanted.kept.sort(key=lambda photo: places.get(photo.pk, len(places)))
    for photo in wanted.kept:
        photo.alt = words.get(str(photo.pk), photo.alt)
    return wanted


def changes_to(product: Product, wanted: Arrangement) -> dict[str, Any]:
    """Return what differs between the photos as they stand and as they are wanted. Costs one query."""
    words = dict(product.photos.in_order().values_list("pk", "alt"))
    removed = [photo.pk for photo in wanted.removed]
    order = [photo.pk for photo in wanted.kept]
    parts: dict[str, Any] = {
        "order": order if order != [pk for pk in words if pk not in removed] else [],
        "alt": {str(photo.pk): photo.alt for photo in wanted.kept if photo.alt != words[photo.pk]},
        "removed": removed,
    }
    return {name: part for name, part in parts.items() if part}


def carry_out(actor: Actor, product: Product, changes: Mapping[str, Any]) -> None:
    """Do with the photos of a locked product what was wanted, and tell each of it to history."""
    words = dict(product.photos.values_list("pk", "alt"))
    wanted = arranged(product, changes)
    for photo in wanted.removed:
        erase(actor, product, photo)
    for photo in wanted.kept:
        if photo.alt != words[photo.pk]:
            photo.save(update_fields=["alt"])
            tell(actor, product, "photo_described", photo)
    if renumber(wanted.kept) and "order" in changes:
        tell(actor, product, "photo_placed", wanted.kept[0])


def erase(actor: Actor, product: Product, photo: Photo) -> None:
    """Delete a photo, and its files once that is certain. The places of the others stay as they are."""
    Photo.objects.filter(pk=photo.pk).delete()
    tell(actor, product, "photo_removed", photo)
    transaction.on_commit(partial(renditions.delete_files, photo.file_names))


def renumber(photos: Iterable[Photo]) -> bool:
    """Number the photos from 1 on in this order and return whether any moved."""
    moved = []
    for position, photo in enumerate(photos, start=1):
        if photo.position != position:
            photo.position = position
            moved.append(photo)
    Photo.objects.bulk_update(moved, ["position"])
    return bool(moved)


def tell(actor: Actor, product: Product, action: str, photo: Photo) -> None:
    """Add a line of history about one photo."""
    told = {"photo": photo.pk, "position": photo.position}
    history.record(actor=actor, subject=product, action=action, after=told, business_id=product.business_id)


def _take(photos: list[Photo], photo_id: int) -> list[Photo]:
    """Take the photo with this id out of the list and return it, in a list that is empty without it."""
    found = [photo for photo in photos if photo.pk == photo_id]
    photos[:] = [photo for photo in photos if photo.pk != photo_id]
    return found
