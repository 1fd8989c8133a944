"""The engine's facts as sentences in the reader's language.

A fact is stored as JSON (``{"code": "price_within", "price": 29900, …}``), so that a list made today
can be read in either language for ever.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from matchmaking.engine.facts import Code, Fact
from products.models import CategoryComplement, Certificate
from tradecontact.templatetags.tradecontact_tags import angka, desimal, rupiah, tanggal

SENTENCES: dict[Code, Promise | str] = {
    # why the two should meet
    Code.WANTED: gettext_lazy("%(buyer)s mencari “%(need)s”."),
    Code.IMPLIED: gettext_lazy(
        "Kebutuhan tersirat: usaha %(maker)s seperti %(buyer)s biasanya membeli %(need)s%(role)s."
    ),
    Code.SAME_FAMILY: gettext_lazy("%(product)s termasuk jenis “%(family)s” yang dicari."),
    Code.SIMILAR_TEXT: gettext_lazy("%(product)s dan kebutuhan itu sama-sama menyebut %(words)s."),
    Code.PRICE_WITHIN: gettext_lazy(
        "%(product)s: harga %(price)s per %(unit)s pada jumlah itu, dalam batas %(ceiling)s."
    ),
    Code.PRICE_KNOWN: gettext_lazy("%(product)s: harga %(price)s per %(unit)s."),
    Code.CAPACITY_ENOUGH: gettext_lazy(
        "%(product)s: kapasitas %(capacity)s %(unit)s per bulan, cukup untuk %(quantity)s."
    ),
    Code.CAPACITY_KNOWN: gettext_lazy("%(product)s: kapasitas %(capacity)s %(unit)s per bulan."),
    Code.MIN_ORDER_MET: gettext_lazy(
        "Jumlah %(quantity)s %(unit)s memenuhi pesanan minimum %(min_order)s dari %(seller)s."
    ),
    Code.CERTIFICATES_HELD: gettext_lazy("%(product)s punya sertifikat yang diwajibkan: %(kinds)s."),
    Code.IN_TIME: gettext_lazy(
        "%(product)s selesai dalam %(days)s hari kerja; baru dibutuhkan %(days_left)s hari kerja lagi."
    ),
    Code.CONSIGNMENT_ACCEPTED: gettext_lazy("%(seller)s menerima titip jual, seperti yang diminta."),
    Code.GROUP_SHARE: gettext_lazy(
        "Bersama usaha lain: %(seller)s memasok %(share)s dari %(quantity)s %(unit)s yang dicari %(buyer)s."
    ),
    Code.BOTH_WAYS: gettext_lazy("Dua arah: %(a)s dan %(b)s dapat saling membeli."),
    Code.SEVERAL_TRADES: gettext_lazy("Satu pertemuan dapat menjawab %(count)s kebutuhan."),
    Code.NEAR: gettext_lazy("%(region_a)s dan %(region_b)s berdekatan, sekitar %(km)s km."),
    Code.OTHER_REGION: gettext_lazy("Membuka pasar antara %(region_a)s dan %(region_b)s%(distance)s."),
    Code.OFFERS: gettext_lazy("%(business)s menawarkan %(products)s."),
    Code.SEEKS: gettext_lazy("%(business)s mencari %(needs)s."),
    Code.OFFERS_NOTHING: gettext_lazy("%(business)s belum mencantumkan produk atau kebutuhan."),
    # what to ask
    Code.PRICE_UNKNOWN: gettext_lazy("Harga belum tersedia: %(products)s."),
    Code.CEILING_UNKNOWN: gettext_lazy("Batas harga %(buyer)s untuk “%(need)s” belum disebut."),
    Code.CAPACITY_UNKNOWN: gettext_lazy("Kapasitas belum tersedia: %(products)s."),
    Code.QUANTITY_UNKNOWN: gettext_lazy("Jumlah yang dibutuhkan %(buyer)s untuk “%(need)s” belum disebut."),
    Code.MIN_ORDER_UNKNOWN: gettext_lazy("Pesanan minimum belum tersedia: %(products)s."),
    Code.LEAD_TIME_UNKNOWN: gettext_lazy("Waktu pengerjaan belum tersedia: %(products)s."),
    Code.DELIVERY_UNKNOWN: gettext_lazy("Wilayah pengiriman belum tersedia: %(products)s."),
    Code.UNIT_UNKNOWN: gettext_lazy(
        "Satuan %(product)s (%(unit)s) dan satuan kebutuhan (%(wish_unit)s) belum dapat dibandingkan, "
        "begitu juga jumlah dan harganya."
    ),
    Code.CERTIFICATES_UNCHECKED: gettext_lazy("Sertifikat %(kinds)s belum diperiksa petugas: %(products)s."),
    Code.CONSIGNMENT_UNKNOWN: gettext_lazy("%(seller)s belum menyatakan apakah menerima titip jual."),
    Code.IMPLIED_DETAILS_UNKNOWN: gettext_lazy(
        "Belum ditanyakan kepada %(buyer)s, apakah membutuhkannya, berapa banyak, dan berapa harganya: "
        "%(products)s."
    ),
    Code.TAKES_MONTHS: gettext_lazy(
        "Pesanan ini memerlukan sekitar %(months)s bulan: kapasitas %(product)s "
        "%(capacity)s %(unit)s per bulan."
    ),
    # what is not met
    Code.TOO_SLOW: gettext_lazy(
        "%(product)s selesai dalam %(days)s hari kerja, padahal dibutuhkan dalam %(days_left)s hari kerja."
    ),
    Code.NO_CONSIGNMENT: gettext_lazy("%(seller)s tidak menerima titip jual, padahal itu yang diminta."),
    Code.OVER_CEILING: gettext_lazy(
        "%(product)s untuk “%(need)s”: harga %(price)s per %(unit)s melebihi batas %(ceiling)s, "
        "selisih %(excess)s."
    ),
    Code.OVER_CAPACITY: gettext_lazy(
        "%(product)s untuk “%(need)s”: kapasitas %(capacity)s %(unit)s per bulan, "
        "kurang %(gap)s dari %(quantity)s."
    ),
    Code.BELOW_MIN_ORDER: gettext_lazy(
        "%(product)s untuk “%(need)s”: jumlah %(quantity)s %(unit)s di bawah pesanan minimum %(min_order)s."
    ),
    Code.CERTIFICATES_NOT_HELD: gettext_lazy("%(product)s untuk “%(need)s”: %(kinds)s."),
    Code.OUTSIDE_AREA: gettext_lazy(
        "%(product)s untuk “%(need)s”: %(seller)s di %(region)s, sedangkan pemasok dicari dari %(area)s."
    ),
    Code.NOT_DELIVERED: gettext_lazy(
        "%(product)s untuk “%(need)s”: %(seller)s tidak mengirim ke %(region)s."
    ),
    Code.WISH_CLOSED: gettext_lazy("Kebutuhan “%(need)s” sudah berakhir pada %(until)s."),
    # why a pair is not on the list
    Code.SAME_REGION: gettext_lazy(
        "%(a)s dan %(b)s sama-sama di %(region)s; pasangan hanya antara dua daerah."
    ),
    Code.VETOED: gettext_lazy("Disembunyikan petugas: %(reason)s"),
    Code.NOTHING_FITS: gettext_lazy(
        "Tidak ada produk %(a)s yang menjawab kebutuhan %(b)s, dan tidak ada pula sebaliknya."
    ),
    Code.LIST_FULL: gettext_lazy(
        "%(business)s sudah punya %(count)s usulan, batasnya %(quota)s. Daftar dipilih supaya semua pasangan "
        "bersama-sama paling cocok."
    ),
    Code.SCORE_LOW: gettext_lazy(
        "Kecocokan %(a)s dan %(b)s rendah; pasangan seperti ini hanya diusulkan "
        "bila salah satu belum punya pasangan lain."
    ),
    Code.ALTERNATIVE: gettext_lazy("Untuk %(business)s ada %(partner)s, urutan %(rank)s dalam daftar."),
    # what changed between two lists
    Code.JOINED: gettext_lazy("%(business)s baru masuk delegasi."),
    Code.LEFT: gettext_lazy("%(business)s keluar dari delegasi."),
    Code.UNHIDDEN: gettext_lazy("Pasangan ini tidak lagi disembunyikan."),
    Code.BECAME_POSSIBLE: gettext_lazy("%(a)s dan %(b)s sebelumnya belum dapat dipasangkan."),
    Code.NO_LONGER_POSSIBLE: gettext_lazy(
        "%(a)s dan %(b)s tidak dapat dipasangkan lagi: tidak ada produk yang menjawab kebutuhan dengan "
        "syaratnya."
    ),
    Code.SCORE_ROSE: gettext_lazy("Kecocokannya naik dari %(old)s ke %(new)s."),
    Code.SCORE_FELL: gettext_lazy("Kecocokannya turun dari %(old)s ke %(new)s."),
    Code.MADE_ROOM: gettext_lazy("%(business)s punya tempat lagi: %(partners)s keluar dari daftarnya."),
    Code.DISPLACED: gettext_lazy("Daftar %(business)s penuh; tempatnya dipakai untuk %(partners)s."),
    Code.OVERTOOK: gettext_lazy("Pasangan yang lebih cocok darinya berkurang %(count)s."),
    Code.OVERTAKEN: gettext_lazy("Pasangan yang lebih cocok darinya bertambah %(count)s."),
    Code.REBALANCED: gettext_lazy("Tempat dibagi ulang supaya seluruh daftar tetap cocok dan merata."),
    # why a business has few proposals
    Code.NO_POSSIBLE_PAIR: gettext_lazy("Belum ada pasangan yang memenuhi syarat."),
    Code.GATE_FAILED: gettext_lazy("Terhalang %(gate)s: %(count)s kali."),
    Code.NOTHING_SOUGHT: gettext_lazy(
        "Produk dan kebutuhannya belum ada yang sejenis di daerah lain. Lengkapi keduanya."
    ),
    Code.FEW_POSSIBLE: gettext_lazy("Pasangan yang memenuhi syarat: %(count)s."),
    Code.PARTNERS_FULL: gettext_lazy("Calon mitra yang daftarnya sudah penuh: %(count)s."),
    Code.PARTNERS_WEAK: gettext_lazy("Kecocokannya terlalu rendah: %(count)s pasangan."),
}

KEPT_BY = {
    "locked": gettext_lazy("Dikunci petugas dalam daftar."),
    "officer": gettext_lazy("Ditambahkan petugas."),
    "inquiry": gettext_lazy("Berasal dari pernyataan minat."),
    "supply": gettext_lazy("Berasal dari tawaran memasok."),
}

PROOF_STATES = {
    "missing": gettext_lazy("%(kind)s belum ada"),
    "in_process": gettext_lazy("%(kind)s masih diurus"),
    "expired": gettext_lazy("%(kind)s sudah kedaluwarsa"),
}

GATES = {
    Code.WISH_CLOSED: gettext_lazy("kebutuhan yang sudah berakhir"),
    Code.OUTSIDE_AREA: gettext_lazy("wilayah pemasok yang diminta"),
    Code.NOT_DELIVERED: gettext_lazy("wilayah pengiriman penjual"),
    Code.CERTIFICATES_NOT_HELD: gettext_lazy("sertifikat yang belum dipunyai"),
    Code.OVER_CAPACITY: gettext_lazy("kapasitas yang kurang"),
    Code.OVER_CEILING: gettext_lazy("harga di atas batas"),
    Code.BELOW_MIN_ORDER: gettext_lazy("pesanan minimum"),
}

IMPLIED_FOR_ALL = gettext_lazy(
    "Kebutuhan tersirat: usaha seperti %(buyer)s biasanya membeli %(need)s%(role)s."
)
VETOED_JUST_NOW = gettext_lazy("Disembunyikan petugas.")
SIMILAR_SPELLING = gettext_lazy("Nama %(product)s mirip dengan kebutuhan yang ditulis.")
SIMILAR_MEANING = gettext_lazy("%(product)s sejenis dengan %(kindred)s dalam kebutuhan itu.")


@dataclass(frozen=True)
class Sentence:
    """One reason, or one condition that is still open, as ``components/_reasons.html`` shows it."""

    kind: str
    text: str


def explained(reasons: Sequence[Mapping[str, Any]], unmet: Sequence[Mapping[str, Any]]) -> list[Sentence]:
    """Return the stored facts of a pair as sentences: the reasons first, then what is open or not met."""
    return [Sentence("good", sentence(fact)) for fact in reasons] + [
        Sentence("open", sentence(fact)) for fact in unmet
    ]


def sentences(kind: str, facts: Sequence[Fact]) -> list[Sentence]:
    """Return facts fresh from the engine as sentences of one kind."""
    return [Sentence(kind, sentence(fact.as_json())) for fact in facts]


def sentence(fact: Mapping[str, Any]) -> str:
    """Return a stored fact as a sentence in the active language."""
    code = Code(fact["code"])
    if code is Code.KEPT:
        return str(KEPT_BY[fact["by"]])
    template: Promise | str = SENTENCES[code]
    if code is Code.IMPLIED and fact["maker"] is None:
        template = IMPLIED_FOR_ALL
    if code is Code.VETOED and not fact["reason"]:
        template = VETOED_JUST_NOW
    if code is Code.SIMILAR_TEXT and not fact["words"]:
        template = SIMILAR_MEANING if fact.get("kindred") else SIMILAR_SPELLING
    return str(template) % _spoken(fact)


def label(words: Mapping[str, str] | None) -> str:
    """Return a label of the reference data in the active language; unknown units are just "unit"."""
    if words is None:
        return _("satuan")
    return words["en"] if (get_language() or "id").startswith("en") else words["id"]


def _spoken(fact: Mapping[str, Any]) -> dict[str, str]:
    """Return the parameters of a fact as words, each in the way its name asks for."""
    spoken = {name: _spoken_value(name, value) for name, value in fact.items()}
    spoken["distance"] = _(", sekitar %(km)s km") % spoken if fact.get("km") is not None else ""
    return spoken


def _spoken_value(name: str, value: Any) -> str:
    if name in SPEAKERS:
        return SPEAKERS[name](value)
    if isinstance(value, Mapping):
        return label(value)
    if isinstance(value, int | float):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    """Write a number in the reader's language; a part of a unit as it is, since it comes of converting."""
    if value == int(value):
        return angka(int(value))
    return desimal(value)


def _money(value: float) -> str:
    return rupiah(round(value))


def _score(value: float) -> str:
    """Write a score with three places, so that small changes can be told apart."""
    return desimal(value, 3)


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


def _certificates(kinds: Sequence[str | Sequence[str]]) -> str:
    """Name certificates; with a state each says what is wrong with it."""
    named = []
    for kind in kinds:
        if isinstance(kind, str):
            named.append(str(Certificate.Kind(kind).label))
        else:
            named.append(str(PROOF_STATES[kind[1]]) % {"kind": Certificate.Kind(kind[0]).label})
    return ", ".join(named)


def _role(role: str) -> str:
    """Say what the good is to its maker, unless it is what the maker mainly buys."""
    chosen = CategoryComplement.Role(role)
    return "" if chosen is CategoryComplement.Role.CORE else f" ({chosen.label})"


def _gate(code: str) -> str:
    """Name what a gate asks for; one that has no words yet by its code."""
    return str(GATES.get(Code(code), code))


SPEAKERS: dict[str, Callable[[Any], str]] = {
    "price": _money,
    "ceiling": _money,
    "excess": _money,
    "until": lambda value: tanggal(date.fromisoformat(value)),
    "kinds": _certificates,
    "words": _quoted,
    "kindred": _quoted,
    "needs": _quoted,
    "products": ", ".join,
    "partners": ", ".join,
    "gate": _gate,
    "old": _score,
    "new": _score,
    "unit": label,
    "wish_unit": label,
    "role": _role,
}
