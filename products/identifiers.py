"""What numbers of certificates usually look like. A number that looks otherwise is doubted, never refused.

Pure: no database, no clock. Sources and their certainty: Peraturan BPOM 22/2018 for P-IRT, public data of
BPJPH, BPOM, BSN and DJKI for the others.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

NIB_DIGITS = 13
PIRT_DIGITS = 15


@dataclass(frozen=True)
class Format:
    """How the number of one kind looks without its punctuation, with an example and the kind's name."""

    pattern: re.Pattern[str]
    example: str
    name: str

    def fits(self, number: str) -> bool:
        """Return whether a number looks like others of its kind, however it is punctuated."""
        return self.pattern.fullmatch(normalised_number(number)) is not None


FORMATS = {
    "pirt": Format(re.compile(r"(PIRT)?(NO)?\d{15}"), "2013204565548-30", "P-IRT"),
    "bpom": Format(
        re.compile(
            r"(BPOM)?(RI)?"
            r"((MD|ML)\d{12,15}|N[A-E]\d{11,13}|(TR|TI|TL|SD|SI|SL|HT|FF|QD|QI|QL)\d{9,12})"
        ),
        "MD 123456789012",
        "BPOM",
    ),
    "halal": Format(re.compile(r"ID\d{17}"), "ID32110000123450522", "halal"),
    "sni": Format(re.compile(r"SNI[0-9A-Z]+"), "SNI 2973:2022", "SNI"),
    "brand": Format(re.compile(r"ID[MS]\d{9}"), "IDM000123456", "merek"),
}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A certificate as somebody wrote it. ``region_code`` is Kemendagri's (``32.04``) of its business."""

    kind: str
    number: str
    valid_until: date | None = None
    region_code: str = ""


def normalised_number(number: str) -> str:
    """Return a certificate number without its punctuation, to compare and to look up."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def doubts_about(written: Written) -> list[str]:
    """Return a sentence for everything unusual about a number; nothing for one that nobody wrote.

    >>> doubts_about(Written(kind="brand", number="IDM000123456"))
    []
    """
    if not written.number or written.kind not in FORMATS:
        return []
    form = FORMATS[written.kind]
    if form.fits(written.number):
        return _doubts_about_pirt(written) if written.kind == "pirt" else []
    explain = EXPLANATIONS.get(written.kind)
    told = explain(normalised_number(written.number)) if explain else ""
    usual = _("Nomor %(kind)s biasanya seperti %(example)s. Periksa lagi nomornya.")
    return [told or usual % {"kind": form.name, "example": form.example}]


def nib_doubt(nib: str) -> str:
    """Return a sentence when a business number is not 13 digits, else nothing."""
    if not nib or re.fullmatch(rf"\d{{{NIB_DIGITS}}}", re.sub(r"[\s.\-]", "", nib), re.ASCII):
        return ""
    count = len(re.findall(r"\d", nib))
    return _("NIB biasanya %(usual)d angka; di sini ada %(count)d. Periksa lagi nomornya.") % {
        "usual": NIB_DIGITS,
        "count": count,
    }


def expiry_year(number: str) -> int | None:
    """Return the year that a P-IRT number ends in, None for a number of another form.

    >>> expiry_year("P-IRT 2013204565548-30")
    2030
    """
    digits = _pirt_digits(number)
    return 2000 + int(digits[13:]) if len(digits) == PIRT_DIGITS else None


def _pirt_digits(number: str) -> str:
    return re.sub(r"^PIRT|^NO", "", normalised_number(number)).removeprefix("NO")


def _doubts_about_pirt(written: Written) -> list[str]:
    """Return doubts about the parts of a P-IRT number: packaging, place, year of expiry."""
    digits = _pirt_digits(written.number)
    place, own = digits[3:7], written.region_code.replace(".", "")
    found = []
    if digits[0] not in "12345678":
        found.append(
            _("Angka pertama P-IRT menyebut kemasan, 1 sampai 8; di sini %(digit)s.") % {"digit": digits[0]}
        )
    if own and place != own:
        found.append(
            _("Angka ke-4 sampai ke-7 P-IRT menyebut kabupaten atau kota; di sini %(place)s, bukan %(own)s.")
            % {"place": place, "own": own}
        )
    year = 2000 + int(digits[13:])
    if written.valid_until is not None and written.valid_until.year != year:
        found.append(
            _("Nomor P-IRT ini menyebut tahun %(year)d, sedangkan tanggal berlakunya tahun %(typed)d.")
            % {"year": year, "typed": written.valid_until.year}
        )
    return found


def _about_pirt(number: str) -> str:
    count = len(re.findall(r"\d", number))
    if count == PIRT_DIGITS:
        return ""
    return _("Nomor P-IRT biasanya 15 angka, mis. %(example)s; di sini ada %(count)d.") % {
        "example": FORMATS["pirt"].example,
        "count": count,
    }


def _about_halal(number: str) -> str:
    if not number.startswith("KH"):
        return ""
    return _("Nomor KH adalah ketetapan halal. Nomor sertifikatnya diawali ID, mis. %(example)s.") % {
        "example": FORMATS["halal"].example
    }


def _about_bpom(number: str) -> str:
    return _(
        "Nomor BPOM biasanya diawali MD atau ML (pangan), NA sampai NE (kosmetik), atau TR (obat "
        "tradisional), lalu 9 sampai 15 angka. Periksa lagi nomornya."
    )


EXPLANATIONS: dict[str, Callable[[str], str]] = {
    "pirt": _about_pirt,
    "halal": _about_halal,
    "bpom": _about_bpom,
}
