"""Photos: the file that a page shows, and the office's page of a product's photos."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from products import access
from products.views.photo_step import Addresses, change_photo, photo_page, photo_response, take_photo
from tradecontact.web import PortalRequest


@login_not_required
@require_safe
def photo_file(request: PortalRequest, token: str, width: int) -> HttpResponse:
    """Send a photo: to everybody where its product is listed, else only to its office."""
    photo, is_public = access.get_photo(request.actor, token)
    return photo_response(photo, width, is_public=is_public)


@require_http_methods(["GET", "HEAD", "POST"])
def product_photos(request: PortalRequest, business_id: int, product_id: int) -> HttpResponse:
    """Show a product's photos, and take one more on behalf of its business."""
    product = access.get_product_of(request.actor, business_id, product_id)
    form = take_photo(request, request.actor, product, timezone.now())
    if request.method == "POST" and not form.is_bound and not request.htmx:
        return redirect("products:product_photos", business_id=business_id, product_id=product.pk)
    addresses = Addresses(
        change=lambda photo: reverse("products:photo_change", args=[business_id, product.pk, photo.pk]),
        file=lambda photo: reverse("products:photo_file", args=[photo.token, photo.widths[0]]),
    )
    context = {"business": product.business, "can_show": True}
    return photo_page(request, "products/product_photos.html", form, product, addresses, context)


@require_POST
def photo_change(request: PortalRequest, business_id: int, product_id: int, photo_id: int) -> HttpResponse:
    """Describe, move, show or remove a photo on behalf of its business."""
    product = access.get_product_of(request.actor, business_id, product_id)
    change_photo(request, request.actor, product, photo_id, timezone.now())
    return redirect("products:product_photos", business_id=business_id, product_id=product.pk)
