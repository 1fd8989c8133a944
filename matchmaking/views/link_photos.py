"""Pages behind a personal link for the photos of a product: one photo a request, order, description."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.views.holder import Holder, link_page
from matchmaking.views.link_products import PHOTO_STEP, STEP_COUNT, STEPS, step_url
from products import access, photo_changes, revisions
from products.views.photo_step import Addresses, change_photo, photo_page, photo_response, take_photo
from tradecontact.web import PortalRequest


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_photos(request: PortalRequest, holder: Holder, product_id: int) -> HttpResponse:
    """Show the photos of an own product, and take one more."""
    product = access.get_own_product(holder.actor, product_id)
    form = take_photo(request, holder.actor, product, timezone.now())
    if request.method == "POST" and not form.is_bound and not request.htmx:
        return redirect("matchmaking:link_photos", token=holder.token, product_id=product.pk)
    addresses = Addresses(
        change=lambda photo: reverse(
            "matchmaking:link_photo_change", args=[holder.token, product.pk, photo.pk]
        ),
        file=lambda photo: reverse("matchmaking:link_photo_file", args=[holder.token, photo.token]),
    )
    arrangement = None
    if revisions.must_wait(holder.actor, product):
        arrangement = revisions.photos_as_proposed(product)
    context: dict[str, object] = {
        "holder": holder,
        "photos_wait": arrangement and photo_changes.changes_to(product, arrangement),
        "number": PHOTO_STEP,
        "count": STEP_COUNT,
        "previous": step_url(holder, product, STEPS[-1].slug),
    }
    template = "matchmaking/link_photos.html"
    return photo_page(request, template, form, product, addresses, context, arrangement)


@link_page
@require_POST
def link_photo_change(request: PortalRequest, holder: Holder, product_id: int, photo_id: int) -> HttpResponse:
    """Describe, move or remove a photo of an own product."""
    product = access.get_own_product(holder.actor, product_id)
    change_photo(request, holder.actor, product, photo_id, timezone.now())
    return redirect("matchmaking:link_photos", token=holder.token, product_id=product.pk)


@link_page
@require_safe
def link_photo_file(request: PortalRequest, holder: Holder, photo: str) -> HttpResponse:
    """Send the smallest copy of an own photo, whether the public sees it or not; ``photo`` is its token."""
    found, _is_public = access.get_photo(holder.actor, photo)
    return photo_response(found, found.widths[0], is_public=False)
