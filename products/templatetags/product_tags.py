"""Tags for photos of products, in every template."""

from django import template
from django.urls import reverse

from products.models import Photo

register = template.Library()


@register.simple_tag
def photo_url(photo: Photo, width: int = 640) -> str:
    """Return the address of a photo at ``width`` px or the next larger copy there is."""
    return _file(photo, next((there for there in photo.widths if there >= width), photo.widths[-1]))


@register.simple_tag
def photo_srcset(photo: Photo) -> str:
    """Return every copy of a photo with its width, for the browser to choose from."""
    return ", ".join(f"{_file(photo, width)} {width}w" for width in photo.widths)


def _file(photo: Photo, width: int) -> str:
    return reverse("products:photo_file", args=[photo.token, width])
