"""Taking and changing photos: once for the page behind a personal link and the office's page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from products import photos
from products.forms.photos import DESCRIBE, REMOVE, SHOW, PhotoChangeForm, PhotoForm
from products.models import Photo, Product
from products.models.photos import MOST_PHOTOS
from tradecontact.web import PortalRequest, render_page_or_partial

A_YEAR = 365 * 24 * 60 * 60
FOR_ALL = f"public, max-age={A_YEAR}, immutable"
FOR_ONE = "private, no-store"


@dataclass(frozen=True)
class Addresses:
    """Where the page's forms go, and where its pictures come from."""

    change: Callable[[Photo], str]
    file: Callable[[Photo], str]


@dataclass(frozen=True)
class ShownPhoto:
    """One photo of the page, with where it may move."""

    photo: Photo
    change_url: str
    file_url: str
    up: int | None
    down: int | None


def take_photo(request: PortalRequest, actor: Actor, product: Product, now: datetime) -> PhotoForm:
    """Store the photo that was sent, and return the form: an empty one when the photo is stored."""
    if request.method != "POST":
        return PhotoForm()
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return form
    sent = form.cleaned_data
    try:
        _photo, is_new = photos.add_photo(
            actor=actor, product=product, file=sent["photo"], alt=sent["alt"], now=now
        )
    except ValidationError as error:
        form.add_error("photo", error)
        return form
    messages.success(request, _("Foto disimpan.") if is_new else _("Foto ini sudah ada."))
    return PhotoForm()


def change_photo(request: PortalRequest, actor: Actor, product: Product, photo_id: int) -> None:
    """Do what was pressed beside a photo of ``product``, and say so; a photo that is gone stays gone."""
    photo = product.photos.filter(pk=photo_id).first()
    if photo is None:
        messages.info(request, _("Foto itu sudah tidak ada."))
        return
    form = PhotoChangeForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return
    messages.success(request, _changed(actor, photo, form.cleaned_data["act"], form.cleaned_data["alt"]))


def photo_page(
    request: PortalRequest,
    template: str,
    form: PhotoForm,
    product: Product,
    addresses: Addresses,
    context: dict[str, object],
) -> HttpResponse:
    """Show the photos of a product with the form that sends one more, or only that part to a script."""
    rows = list(product.photos.in_order())
    context |= {
        "product": product,
        "form": form,
        "photos": [
            ShownPhoto(
                photo,
                addresses.change(photo),
                addresses.file(photo),
                up=place - 1 if place > 1 else None,
                down=place + 1 if place < len(rows) else None,
            )
            for place, photo in enumerate(rows, start=1)
        ],
        "is_full": len(rows) >= MOST_PHOTOS,
    }
    return render_page_or_partial(request, template, "foto", context, status=422 if form.is_bound else 200)


def photo_response(photo: Photo, width: int, *, is_public: bool) -> HttpResponse:
    """Return a photo's file at one of its widths; others and missing files are a 404.

    Its address changes with its content, so that public ones may be kept for a year.
    """
    if width not in photo.widths:
        raise Http404
    try:
        with default_storage.open(photo.file_name(width)) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(
        content,
        content_type="image/webp",
        headers={
            "Cache-Control": FOR_ALL if is_public else FOR_ONE,
            "Content-Disposition": "inline",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _changed(actor: Actor, photo: Photo, act: str, alt: str) -> str:
    """Do one act with a photo and return the sentence that tells it."""
    if act == DESCRIBE:
        photos.describe_photo(actor=actor, photo=photo, alt=alt)
        return _("Keterangan foto disimpan.")
    if act == REMOVE:
        photos.remove_photo(actor=actor, photo=photo)
        return _("Foto dihapus.")
    if act == SHOW:
        photos.show_photo(actor=actor, photo=photo)
        return _("Foto tampil di katalog.")
    photos.place_photo(actor=actor, photo=photo, position=int(act))
    return _("Urutan foto diubah.")
