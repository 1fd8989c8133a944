"""Photos of a product: its business or its office adds, describes, orders and removes them.

The same photo sent twice is stored once: what is kept of it is the same to the byte. Where the office sees
changes of listed products first, a photo that the business adds waits until the office shows it, and what it
wants done with photos that are shown waits on a revision.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from products import photo_changes, pictures, profiles, renditions, revisions
from products.models import Photo, Product, ProductRevision
from products.models.photos import MOST_PHOTOS
from products.photo_changes import Arrangement
from products.pictures import CleanPicture

TOKEN_BYTES = 18  # 144 bits, 24 characters


class TooManyPhotos(ValidationError):
    """The product has as many photos as it may."""

    def __init__(self) -> None:
        super().__init__(
            _("Sudah ada %(most)d foto, paling banyak untuk satu produk. Hapus satu dahulu.")
            % {"most": MOST_PHOTOS}
        )


def add_photo(
    *, actor: Actor, product: Product, file: BinaryIO, now: datetime, alt: str = ""
) -> tuple[Photo, bool]:
    """Store a photo behind the others and return it, and whether it is new; its renditions follow.

    The picture is decoded and stored before the product is locked, so that nobody waits for it.

    Raises:
        PermissionDenied: the actor may not change this business.
        PictureRefused: the file is no photo that is taken here.
        TooManyPhotos: there are eight already.
        ValidationError: ``alt`` is too long.
    """
    profiles.require_editor(actor, product)
    picture = pictures.read_picture(file)
    content_hash = hashlib.sha256(picture.content).hexdigest()
    known = product.photos.filter(content_hash=content_hash).first()
    if known is not None:
        return known, False
    photo = _prepared(product, picture, content_hash, alt, now)
    default_storage.save(photo.file_name(photo.width), ContentFile(picture.content))
    stored: Photo | None = None
    try:
        stored = _store(actor, photo)
    finally:
        if stored is not photo:
            renditions.delete_files(photo.file_names)
    return stored, stored is photo


@transaction.atomic
def describe_photo(*, actor: Actor, photo: Photo, alt: str, now: datetime) -> ProductRevision | None:
    """Say what a photo shows, for people who cannot see it; nothing said means the product's name.

    Done at once it returns None. Where the office sees changes first, the words of a photo that is shown
    wait, and the revision is returned: so for ``place_photo`` and ``remove_photo``.

    Raises:
        PermissionDenied: the actor may not change this business.
        ValidationError: the text is too long.
    """
    product, locked = _locked_both(actor, photo)
    if locked is None:
        return None
    if not locked.is_waiting and revisions.must_wait(actor, product):
        return _propose(actor, product, now, lambda wanted: wanted.describe(photo.pk, alt))
    if locked.alt != alt:
        locked.alt = alt
        locked.clean_fields()
        locked.save(update_fields=["alt"])
        photo_changes.tell(actor, product, "photo_described", locked)
    return None


@transaction.atomic
def place_photo(*, actor: Actor, photo: Photo, position: int, now: datetime) -> ProductRevision | None:
    """Put a photo at a place, from 1 on; those behind it move up or down. The first stands on the card.

    Raises:
        PermissionDenied: the actor may not change this business.
    """
    product, locked = _locked_both(actor, photo)
    if locked is None:
        return None
    if product.photos.shown().exists() and revisions.must_wait(actor, product):
        return _propose(actor, product, now, lambda wanted: wanted.place(photo.pk, position))
    wanted = photo_changes.arranged(product, {})
    wanted.place(photo.pk, position)
    if photo_changes.renumber(wanted.kept):
        photo_changes.tell(actor, product, "photo_placed", product.photos.get(pk=photo.pk))
    return None


@transaction.atomic
def remove_photo(*, actor: Actor, photo: Photo, now: datetime) -> ProductRevision | None:
    """Remove a photo and its files; those behind it move up. One that is gone already is no mistake.

    Raises:
        PermissionDenied: the actor may not change this business.
    """
    product, gone = _locked_both(actor, photo)
    if gone is None:
        return None
    if not gone.is_waiting and revisions.must_wait(actor, product):
        return _propose(actor, product, now, lambda wanted: wanted.remove(photo.pk))
    photo_changes.erase(actor, product, gone)
    photo_changes.renumber(product.photos.in_order())
    return None


@transaction.atomic
def keep_photo(*, actor: Actor, photo: Photo, now: datetime) -> ProductRevision | None:
    """Take back that a photo should go, while the office has not decided.

    Raises:
        PermissionDenied: the actor may not change this business.
    """
    product = _locked(actor, photo)
    return _propose(actor, product, now, lambda wanted: wanted.keep(photo.pk))


@transaction.atomic
def show_photo(*, actor: Actor, photo: Photo) -> Photo:
    """Let the public see a photo that waited for the office; one that is shown stays as it is.

    Raises:
        PermissionDenied: the actor is not the office of the product's region.
    """
    product = _locked(actor, photo)
    if not actor.is_staff:
        raise PermissionDenied(_("Hanya dinas wilayahnya yang memutuskan perubahan produk."))
    locked = product.photos.get(pk=photo.pk)
    if locked.is_waiting:
        locked.is_waiting = False
        locked.save(update_fields=["is_waiting"])
        photo_changes.tell(actor, product, "photo_shown", locked)
    return locked


def _prepared(product: Product, picture: CleanPicture, content_hash: str, alt: str, now: datetime) -> Photo:
    """Return the row of a photo, not stored yet, with a name for its files that nobody can guess."""
    photo = Photo(
        product=product,
        position=1,
        alt=alt,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        content_hash=content_hash,
        width=picture.width,
        height=picture.height,
        created_at=now,
    )
    photo.clean_fields(exclude={"product"})
    return photo


@transaction.atomic
def _store(actor: Actor, photo: Photo) -> Photo:
    """Store the row behind the product's others and return it, or the one that holds the same picture."""
    product = Product.objects.select_for_update(of=("self",)).get(pk=photo.product_id)
    profiles.require_editor(actor, product)
    others = list(product.photos.in_order())
    for other in others:
        if other.content_hash == photo.content_hash:
            return other
    if len(others) >= MOST_PHOTOS:
        raise TooManyPhotos
    photo_changes.renumber(others)  # an import that was taken back may have left a gap
    photo.position = len(others) + 1
    photo.is_waiting = revisions.must_wait(actor, product)
    photo.save()
    photo_changes.tell(actor, product, "photo_added", photo)
    transaction.on_commit(_enqueue(photo.pk))
    return photo


def _enqueue(photo_id: int) -> Callable[[], Any]:
    return partial(renditions.make_renditions_later.enqueue, photo_id)


def _propose(
    actor: Actor, product: Product, now: datetime, change: Callable[[Arrangement], None]
) -> ProductRevision | None:
    """Let a change of the photos wait for the office, together with what waits already."""
    wanted = revisions.photos_as_proposed(product)
    change(wanted)
    return revisions.propose_photos(actor=actor, product=product, wanted=wanted, now=now)


def _locked_both(actor: Actor, photo: Photo) -> tuple[Product, Photo | None]:
    """Return the photo's product, locked, and the photo as it stands, None when it is gone."""
    product = _locked(actor, photo)
    return product, product.photos.filter(pk=photo.pk).first()


def _locked(actor: Actor, photo: Photo) -> Product:
    """Return the photo's product, locked, once it is certain that the actor may change it."""
    product = Product.objects.select_for_update(of=("self",)).get(pk=photo.product_id)
    profiles.require_editor(actor, product)
    return product
