"""Whole rupiah, read the way people write them and written the way the office prints them."""

import re

LONGEST_TEXT = 40
MULTIPLIERS = {"rb": 10**3, "ribu": 10**3, "jt": 10**6, "juta": 10**6, "m": 10**9, "miliar": 10**9}

CURRENCY = re.compile(r"^\s*(?:rp|idr)[.\s]*", re.IGNORECASE)
MULTIPLIER = re.compile(r"\s*(?P<word>rb|ribu|jt|juta|miliar|m)\.?$", re.IGNORECASE)
GROUPED_BY_DOTS = re.compile(r"\d{1,3}(\.\d{3})+")
GROUPED_BY_COMMAS = re.compile(r"\d{1,3}(,\d{3})+")
DECIMAL = re.compile(r"(?P<whole>\d+)(?:[.,](?P<part>\d+|-))?")


def parse_rupiah(text: str) -> int:
    """Return the whole rupiah that ``text`` means.

    A dot groups thousands and a comma starts decimals, as in Indonesian; groups of three after
    commas are thousands too, because rupiah has no thousandths. ``Rp30.000.000``, ``Rp 900,00``,
    ``Rp 12.000,-``, ``1,250,000`` and ``Rp 1,25 jt`` are all understood.

    Raises:
        ValueError: the text is no amount, or not a whole number of rupiah (``Rp900,50``).
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError("too long for an amount in rupiah")
    unsigned = text.strip().removeprefix("-")
    amount, factor = CURRENCY.sub("", unsigned), 1
    if word := MULTIPLIER.search(amount):
        amount, factor = amount[: word.start()], MULTIPLIERS[word["word"].lower()]
    rupiah = _scaled(amount.strip(), factor)
    return rupiah if unsigned == text.strip() else -rupiah


def format_rupiah(amount: int, *, thousands: str = ".") -> str:
    """Write whole rupiah: ``format_rupiah(1250000)`` is ``Rp1.250.000``, a debt is ``-Rp5.000``."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{group_thousands(abs(amount), thousands=thousands)}"


def group_thousands(number: int, *, thousands: str = ".") -> str:
    """Write a whole number in groups of three digits: 1250 is ``1.250``."""
    return f"{number:,}".replace(",", thousands)


def _scaled(digits: str, factor: int) -> int:
    """Return ``digits`` times ``factor``, exactly; with a factor a comma or a short dot is decimal."""
    if GROUPED_BY_COMMAS.fullmatch(digits) and factor == 1:
        return int(digits.replace(",", ""))
    head, comma, tail = digits.partition(",")
    if GROUPED_BY_DOTS.fullmatch(head):
        digits = head.replace(".", "") + comma + tail
    number = DECIMAL.fullmatch(digits)
    if number is None:
        raise ValueError(f"not an amount in rupiah: {digits!r}")
    part = (number["part"] or "").strip("-")
    whole, remainder = divmod(int(number["whole"] + part) * factor, 10 ** len(part))
    if remainder:
        raise ValueError(f"not a whole number of rupiah: {digits!r}")
    return whole
