"""One cell into one identifier: phone numbers, business numbers (NIB) and certificates."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

from products.excel.cells import LONGEST_VALUE, is_blank, shortened
from products.excel.problems import CellProblem, Kind
from products.excel.workbook import Value, as_text
from products.identifiers import FORMATS

INDONESIA = "ID"
EMAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
WRITTEN_PREFIX = re.compile(r"^(?:\+|00|0)?62[\s.\-()]*0?(?=[\s.\-()]*[2-9])")
PHONE_WORDS = re.compile(r"\b(?:no|nomor|hp|wa|whatsapp|telp?|tlp|telepon)\b[\s.:]*", re.I)
REMARK = re.compile(r"\([^0-9()]*\)")
BETWEEN_PHONES = re.compile(r"\s*(?:[/,;&|]|\bdan\b|\batau\b)\s*", re.I)
TWO_NUMBERS = re.compile(r"(?<=\d)\s+(?=(?:\+62|08)\d)")

IN_PROCESS = {"proses", "dalam proses", "sedang proses", "sedang diurus", "diurus", "pengajuan", "diajukan",
              "proses pengajuan", "on process", "in process", "dalam pengurusan"}  # fmt: skip
CLAIMED = {"ada", "ya", "sudah", "sudah ada", "punya", "bersertifikat", "memiliki", "yes", "v", "√", "✓",
           "✔", "terdaftar", "aktif"}  # fmt: skip
DENIED = {"tidak", "tdk", "no", "tidak punya", "belum punya", "blm", "blm ada", "tanpa"}

CERTIFICATE_NAMES = {
    "pirt": "pirt", "pirtnumber": "pirt", "sppirt": "pirt", "irt": "pirt", "bpom": "bpom", "md": "bpom",
    "izinbpom": "bpom", "halal": "halal", "sertifikathalal": "halal", "halalmui": "halal",
    "halalbpjph": "halal", "bpjph": "halal", "mui": "halal", "sni": "sni", "merek": "brand", "merk": "brand",
    "haki": "brand", "hki": "brand",
    "lainnya": "other", "lain": "other",
}  # fmt: skip
BETWEEN_CERTIFICATES = re.compile(r"\s*(?:[/,;&+]|\bdan\b|\bserta\b)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """A certificate as claimed in the list; ``number`` as typed, perhaps empty."""

    kind: str
    number: str = ""
    is_in_process: bool = False


def read_phone(value: Value) -> str | None:
    """Return a phone number as E.164, however it was typed.

    A leading ``62`` or ``0062`` without plus is the country, not a land line, so it is taken off first.

    Raises:
        CellProblem: ``invalid_phone``; ``several_phones`` carries the first, to be used.
    """
    if is_blank(value):
        return None
    typed = as_text(value)[:LONGEST_VALUE]
    if number := _phone(typed):
        return number
    pieces = [piece for piece in BETWEEN_PHONES.split(TWO_NUMBERS.sub("/", typed)) if piece]
    for piece in pieces if len(pieces) > 1 else []:
        if number := _phone(piece):
            raise CellProblem(Kind.SEVERAL_PHONES, usable=number, value=shortened(value))
    raise CellProblem(Kind.INVALID_PHONE, value=shortened(value))


def _phone(text: str) -> str | None:
    """Return E.164 when the text is exactly one valid number."""
    local = PHONE_WORDS.sub("", REMARK.sub("", text)).strip(" '`:.")
    if not local.startswith("+") or WRITTEN_PREFIX.match(local):
        local = WRITTEN_PREFIX.sub("", local)
    try:
        number = phonenumbers.parse(local, INDONESIA)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_nib(value: Value) -> str | None:
    """Return the 13 digits of a NIB; spaces, points and dashes between them do not matter."""
    if is_blank(value):
        return None
    typed = as_text(value)
    if typed.lower() in IN_PROCESS | DENIED:
        return None
    digits = re.sub(r"(?i)^nib\b|[\s.\-:'`]", "", typed)
    if not re.fullmatch(r"\d{13}", digits, re.ASCII):
        raise CellProblem(Kind.INVALID_NIB, value=shortened(value))
    return digits


def read_email(value: Value) -> str | None:
    """Return an e-mail address in lower case."""
    if is_blank(value):
        return None
    address = as_text(value).removeprefix("mailto:").strip().lower()
    if len(address) > LONGEST_VALUE or not EMAIL.fullmatch(address):
        raise CellProblem(Kind.INVALID_EMAIL, value=shortened(value))
    return address


def read_certificate(value: Value, kind: str) -> Claim | None:
    """Return what a certificate column says: a number, ``Ada``, ``Proses``, or nothing.

    ``Proses: 123`` is the number of an application, as the portal's own list writes it.
    """
    if is_blank(value):
        return None
    typed = as_text(value)
    word = typed.lower().strip(" .")
    if word in DENIED:
        return None
    if word in IN_PROCESS:
        return Claim(kind, is_in_process=True)
    before, colon, number = typed.partition(":")
    if colon and before.strip().lower() in IN_PROCESS and number.strip():
        return Claim(kind, number.strip(), is_in_process=True)
    return Claim(kind, "" if word in CLAIMED else typed)


def doubt_about(claim: Claim) -> CellProblem | None:
    """Return the warning for a number that does not look like others of its kind."""
    form = FORMATS.get(claim.kind)
    if form is None or not claim.number or form.fits(claim.number):
        return None
    return CellProblem(
        Kind.INVALID_CERTIFICATE,
        value=shortened(claim.number),
        certificate=form.name,
        example=form.example,
    )


def read_certificate_names(value: Value) -> tuple[str, ...]:
    """Return the kinds named in a list such as ``P-IRT, halal``."""
    if is_blank(value) or as_text(value).lower() in DENIED:
        return ()
    kinds = []
    for name in BETWEEN_CERTIFICATES.split(as_text(value)):
        key = re.sub(r"[^a-z]", "", name.lower())
        if key not in CERTIFICATE_NAMES:
            raise CellProblem(Kind.UNKNOWN_CERTIFICATE, value=shortened(name))
        kinds.append(CERTIFICATE_NAMES[key])
    return tuple(dict.fromkeys(kinds))
