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
from products import photo_changes, photos
from products.forms.photos import DESCRIBE, KEEP, REMOVE, SHOW, PhotoChangeForm, PhotoForm
from products.models import Photo, Product
from products.models.photos import MOST_PHOTOS
from products.photo_changes import Arrangement
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
    """One photo of the page, with where it may move; ``is_going`` when it goes once the office agrees."""

    photo: Photo
    change_url: str
    file_url: str
    up: int | None = None
    down: int | None = None
    is_going: bool = False


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


def change_photo(
    request: PortalRequest, actor: Actor, product: Product, photo_id: int, now: datetime
) -> None:
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
    messages.success(request, _changed(actor, photo, form.cleaned_data["act"], form.cleaned_data["alt"], now))


def photo_page(
    request: PortalRequest,
    template: str,
    form: PhotoForm,
    product: Product,
    addresses: Addresses,
    context: dict[str, object],
    arrangement: Arrangement | None = None,
) -> HttpResponse:
    """Show the photos of a product with the form that sends one more, or only that part to a script.

    They stand as in ``arrangement``, else as they are.
    """
    wanted = arrangement or photo_changes.arranged(product, {})
    context |= {
        "product": product,
        "form": form,
        "photos": _rows(wanted, addresses),
        "is_full": len(wanted.kept) + len(wanted.removed) >= MOST_PHOTOS,
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


def _rows(wanted: Arrangement, addresses: Addresses) -> list[ShownPhoto]:
    """Return the photos that stay, in order, and behind them those that go."""
    last = len(wanted.kept)
    return [
        ShownPhoto(
            photo,
            addresses.change(photo),
            addresses.file(photo),
            up=place - 1 if place > 1 else None,
            down=place + 1 if place < last else None,
        )
        for place, photo in enumerate(wanted.kept, start=1)
    ] + [
        ShownPhoto(photo, addresses.change(photo), addresses.file(photo), is_going=True)
        for photo in wanted.removed
    ]


def _changed(actor: Actor, photo: Photo, act: str, alt: str, now: datetime) -> str:
    """Do one act with a photo and return the sentence that tells it."""
    if act == SHOW:
        photos.show_photo(actor=actor, photo=photo)
        return _("Foto tampil di katalog.")
    if act == DESCRIBE:
        waiting = photos.describe_photo(actor=actor, photo=photo, alt=alt, now=now)
        done = _("Keterangan foto disimpan.")
    elif act == REMOVE:
        waiting = photos.remove_photo(actor=actor, photo=photo, now=now)
        done = _("Foto dihapus.")
    elif act == KEEP:
        waiting = photos.keep_photo(actor=actor, photo=photo, now=now)
        done = _("Foto ini tidak jadi dihapus.")
    else:
        waiting = photos.place_photo(actor=actor, photo=photo, position=int(act), now=now)
        done = _("Urutan foto diubah.")
    return _("Perubahan dikirim ke dinas, dan tampil setelah disetujui.") if waiting else done
