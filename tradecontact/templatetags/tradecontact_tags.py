"""Tags and filters of every template: pictures, amounts, dates, and links that keep their filters."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tradecontact.contact_details import hide_contacts
from tradecontact.fields import thousands_separator
from tradecontact.rupiah import format_rupiah, group_thousands

register = template.Library()

DAYS_COUNTED = 14  # an end that is nearer is told in days

PAGE_PARAMETERS = ("page", "sesudah", "sebelum")
SHORT_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}

# The ground a drawing stands on, by its key in static/pictures.svg; the rest stand on soga brown.
PICTURE_TONES = {
    "nila": {"fabric", "batik", "shirt", "scarf", "yarn", "button", "machine", "tool", "hotel", "truck"},
    "daun": {"bamboo", "basket", "tea", "herb", "spice", "fresh", "soap", "bottle", "angklung", "toy"},
    "kunyit": {"snack", "cake", "drink", "lamp", "box", "pouch", "print", "sauce", "sugar", "sack", "meal"},
}
TONE_OF_PICTURE = {key: tone for tone, keys in PICTURE_TONES.items() for key in keys}


_address = cache(static)  # the same for the life of a process, and asked for forty times a page


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one icon of the sprite; with a label it speaks, without it is decoration beside a word."""
    return format_html(
        '<svg class="icon" width="20" height="20" {}><use href="{}#{}"></use></svg>',
        format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"'),
        _address("icons.svg"),
        name,
    )


@register.simple_tag
def picture(subject: Any) -> SafeString:
    """Draw the picture of a category (or of a key such as ``shoe``) on its coloured ground.

    It is decoration: the name of the product or category stands beside it.
    """
    key = str(getattr(subject, "picture", subject) or "unknown")
    return format_html(
        '<svg class="picture {}" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        TONE_OF_PICTURE.get(key, "soga"),
        _address("pictures.svg"),
        key,
    )


@register.filter
def rupiah(amount: int | None) -> str:
    """Write whole rupiah in the reader's language, ``Rp1.250.000``; nothing for an unknown amount."""
    return "" if amount is None else format_rupiah(int(amount), thousands=thousands_separator())


@register.filter
def angka(number: int | None) -> str:
    """Write a whole number in the reader's language, ``40.000``; nothing for an unknown one."""
    return "" if number is None else group_thousands(int(number), thousands=thousands_separator())


@register.filter
def banyaknya(count: int, is_estimate: bool) -> str:  # noqa: FBT001 - a template's filter takes no keywords
    """Write a count; an estimate with the two digits that count, "sekitar 120.000"."""
    if not is_estimate:
        return angka(count)
    step = 10 ** max(0, len(str(count)) - 2)
    rounded = round(count / step) * step
    return _("sekitar %(number)s") % {"number": angka(rounded)} if rounded else _("sedikit")


@register.filter
def desimal(number: float | None, places: int | None = 2) -> str:
    """Write a number with so many places in the reader's language, ``0,25``; without ``places`` as short
    as it is. Nothing for an unknown one.
    """
    if number is None:
        return ""
    text = f"{number:g}" if places is None else f"{number:.{places}f}"
    whole, _point, part = text.partition(".")
    comma = "," if thousands_separator() == "." else "."
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = sign + group_thousands(int(digits), thousands=thousands_separator())
    return f"{grouped}{comma}{part}" if part else grouped


@register.filter
def tanpa_kontak(text: str) -> str:
    """Return what a business wrote without phone numbers and addresses, for pages that anybody may read."""
    return hide_contacts(text, _("(kontak lewat portal)"))


@register.filter
def tanggal(value: date | datetime | None, place: Any = None) -> str:
    """Write a day in the reader's language, ``22 Maret 2018``; a moment as the day it is in ``place``."""
    if value is None:
        return ""
    return formats.date_format(_local(value, place), "j F Y")


@register.filter
def berakhir(until: date | None, today: date) -> str:
    """Say when something ends: ``berakhir 3 hari lagi``, the day when that is far, nothing without an end."""
    if until is None:
        return ""
    days = (until - today).days
    if days < 0:
        return _("sudah berakhir")
    if days <= 1:
        return _("berakhir besok") if days else _("berakhir hari ini")
    if days <= DAYS_COUNTED:
        return ngettext("berakhir %(days)d hari lagi", "berakhir %(days)d hari lagi", days) % {"days": days}
    return _("sampai %(day)s") % {"day": tanggal(until)}


@register.filter
def jam(value: datetime | time | None, place: Any = None) -> str:
    """Write the time of day with its zone, ``09.30 WIB`` (``09:30 WIB`` in English).

    ``place`` is a zone's name or anything with a ``time_zone``, such as a province; without it the
    portal's own zone counts.
    """
    if value is None:
        return ""
    local = _local(value, place)
    clock = local.strftime("%H:%M" if thousands_separator() == "," else "%H.%M")
    return f"{clock} {SHORT_ZONES.get(_zone_name(place), '')}".strip()


@register.filter
def fit_words(score: float | None) -> str:
    """Say how well a side fits, for a score from 0.0 to 1.0."""
    if score is None:
        return _("belum dihitung")
    if score >= 0.8:
        return _("sangat cocok")
    if score >= 0.6:
        return _("cocok")
    return _("cukup cocok") if score >= 0.4 else _("kurang cocok")


@register.filter
def percent(share: float | None) -> int:
    """Return a share from 0.0 to 1.0 as a whole number from 0 to 100, for the width of a bar."""
    return round(100 * min(1.0, max(0.0, share or 0.0)))


@register.filter
def share_of(part: int, whole: int) -> float:
    """Return ``part`` of ``whole`` as a share from 0.0 to 1.0; a share of nothing is 0.0."""
    return min(1.0, part / whole) if whole else 0.0


@register.simple_tag(takes_context=True)
def query_replace(context: template.Context, **changes: Any) -> str:
    """Return the page's query string with ``changes``, to keep the other filters of a list.

    ``None`` and ``""`` remove a filter. A changed filter leads back to the first page, so the page stays
    only when it is given.
    """
    query = context["request"].GET.copy()
    for name in PAGE_PARAMETERS:
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """Yield the numbers to link to around a page, with "…" for those left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def input_id(field: BoundField) -> str:
    """Return the id of the input to jump to; of the first choice in a group."""
    if field.id_for_label or not field.subwidgets:
        return field.id_for_label
    return str(field.subwidgets[0].id_for_label)


def _zone_name(place: Any) -> str:
    return str(getattr(place, "time_zone", place) or timezone.get_current_timezone_name())


def _local(value: Any, place: Any) -> Any:
    """Return a moment as it stands on the wall clock of ``place``; a day or time of day as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(ZoneInfo(_zone_name(place)))
    return value
