"""History as sentences: what happened, who did it and through what, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Via
from accounts.history import entries_of
from accounts.models import HistoryEntry
from products.models import Business, Certificate, ImportedRow
from regions.models import Office
from tradecontact.templatetags.tradecontact_tags import tanggal

MOST_LINES = 100  # of one business; older ones stay in the database
Words = Mapping[str, "str | Promise | Callable[[HistoryEntry], str]"]


def _changed(entry: HistoryEntry) -> str:
    """Name the fields that a correction changed."""
    model = apps.get_model(entry.subject_kind)
    labels = {field.name: str(getattr(field, "verbose_name", "")) for field in model._meta.get_fields()}
    names = [labels.get(name) or _("harga") for name in (entry.after or {}).get("fields", [])]
    return _("Diperbaiki: %(fields)s.") % {"fields": ", ".join(names)}


def _need_recorded(entry: HistoryEntry) -> str:
    return _("Kebutuhan dicatat: “%(text)s”.") % entry.after


def _certificate_words(sentence: Promise) -> Callable[[HistoryEntry], str]:
    """Return what fills a sentence with the kind and the number of a certificate."""

    def tell_certificate(entry: HistoryEntry) -> str:
        told = entry.after or entry.before or {}
        kind = Certificate.Kind(told["kind"]).label if "kind" in told else ""
        return " ".join((str(sentence) % {"kind": kind, "number": told.get("number", "")}).split())

    return tell_certificate


def _shown(text: str | None) -> str:
    """Return a number or a day as it reads, a dash for none."""
    try:
        return tanggal(date.fromisoformat(text or ""))
    except ValueError:
        return text or "–"


def _certificate_changed(entry: HistoryEntry) -> str:
    """Name what a correction changed, and that a check was taken back with it."""
    before, after = entry.before or {}, entry.after or {}
    changes = [
        f"{label}: {_shown(before.get(name))} → {_shown(after.get(name))}"
        for name, label in (("number", _("nomor")), ("valid_until", _("berlaku sampai")))
        if before.get(name) != after.get(name)
    ]
    if before.get("state") == Certificate.State.CHECKED != after.get("state"):
        changes.append(_("pemeriksaan petugas tidak berlaku lagi"))
    return _("Sertifikat %(kind)s diperbaiki: %(changes)s.") % {
        "kind": Certificate.Kind(after["kind"]).label,
        "changes": "; ".join(changes) or _("keadaan atau berkasnya"),
    }


def _production_proved(entry: HistoryEntry) -> str:
    day = date.fromisoformat((entry.after or {})["visited_on"])
    return _("Terbukti diproduksi sendiri, kunjungan %(day)s.") % {"day": tanggal(day)}


OF_A_BUSINESS: Words = {
    "business.invitation_prepared": gettext_lazy("Undangan dengan tautan pribadi disiapkan."),
    "business.invitation_sent": gettext_lazy("Undangan dicatat sudah dikirim."),
    "business.messages_refused": gettext_lazy("Tidak mau lagi dikirimi pesan."),
    "business.messages_wanted": gettext_lazy("Mau dikirimi pesan lagi."),
    "business.production_proved": _production_proved,
    "business.production_revoked": gettext_lazy("Bukti diproduksi sendiri dicabut."),
    "certificate.added": _certificate_words(gettext_lazy("Sertifikat %(kind)s %(number)s dicatat.")),
    "certificate.changed": _certificate_changed,
    "certificate.removed": _certificate_words(gettext_lazy("Sertifikat %(kind)s %(number)s dihapus.")),
    "certificate.checked": gettext_lazy("Sertifikat diperiksa petugas."),
    "certificate.unchecked": gettext_lazy("Pemeriksaan sertifikat dicabut."),
    "business.applied": gettext_lazy("Usaha mendaftar lewat tautan pendaftaran delegasi."),
    "business.sender_withdrew": gettext_lazy(
        "Pengirim minat menarik datanya, jadi datanya dihapus dari sini."
    ),
    "business.registered": gettext_lazy("Usaha dicatat."),
    "business.imported": gettext_lazy("Dicatat atau diperbarui dari daftar Excel."),
    "business.changed": _changed,
    "business.link_issued": gettext_lazy("Tautan pribadi dibuat."),
    "business.link_revoked": gettext_lazy("Tautan pribadi dicabut."),
    "product.begun": gettext_lazy("Produk mulai diisi."),
    "product.changed": _changed,
    "product.submitted": gettext_lazy("Produk dikirim ke dinas."),
    "product.certificates_changed": gettext_lazy("Sertifikat produk berubah."),
    "product.listed": gettext_lazy("Produk ditampilkan di katalog."),
    "product.sent_back": gettext_lazy("Produk dikembalikan kepada pelaku usaha."),
    "product.suspended": gettext_lazy("Produk ditangguhkan."),
    "product.revision_proposed": gettext_lazy("Perubahan produk diusulkan dan menunggu dinas."),
    "product.revision_accepted": gettext_lazy("Usulan perubahan produk diterima."),
    "product.revision_refused": gettext_lazy("Usulan perubahan produk ditolak."),
    "product.photo_added": gettext_lazy("Foto produk ditambahkan."),
    "product.photo_described": gettext_lazy("Keterangan foto produk diubah."),
    "product.photo_placed": gettext_lazy("Urutan foto produk diubah."),
    "product.photo_removed": gettext_lazy("Foto produk dihapus."),
    "product.photo_shown": gettext_lazy("Foto produk ditampilkan oleh dinas."),
    "need.recorded": _need_recorded,
    "need.changed": _changed,
    "need.withdrawn": gettext_lazy("Kebutuhan ditarik."),
    "need.prolonged": gettext_lazy("Kebutuhan diperpanjang."),
    "need.reopened": gettext_lazy("Kebutuhan dibuka lagi."),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened; ``who`` names the person or the door it came through."""

    at: datetime
    text: str
    who: str
    note: str = ""


@dataclass(frozen=True)
class Names:
    """Names of the businesses and offices that lines of history mention by id."""

    businesses: Mapping[int, str]
    offices: Mapping[int, str]

    @classmethod
    def of(cls, entries: Iterable[HistoryEntry]) -> "Names":
        """Look up every name at once. Costs two queries."""
        business_ids = {entry.business_id for entry in entries if entry.business_id}
        office_ids = {entry.office_id for entry in entries if entry.office_id}
        return cls(
            businesses=dict(Business.objects.filter(pk__in=business_ids).values_list("pk", "name")),
            offices=dict(Office.objects.filter(pk__in=office_ids).values_list("pk", "name")),
        )


def tell(entries: Iterable[HistoryEntry], words: Words) -> list[Line]:
    """Turn entries into lines, in their order. Costs two queries.

    ``words`` holds a sentence for each action (``pair.locked``); it may name ``%(business)s``, or be a
    function of the entry. An action without words is told as a change, so that nothing is hidden.
    """
    entries = list(entries)
    names = Names.of(entries)
    return [
        Line(at=entry.at, text=_sentence(entry, words, names), who=_who(entry, names), note=entry.note)
        for entry in entries
    ]


def of_business(business: Business) -> list[Line]:
    """Return what happened to a business, its products and its needs, newest first."""
    rows = HistoryEntry.objects.filter(
        Q(subject_kind="products.business", subject_id=business.pk)
        | Q(subject_kind="products.product", subject_id__in=business.products.values("pk"))
        | Q(subject_kind="products.need", subject_id__in=business.needs.values("pk"))
        | Q(subject_kind="products.certificate", business_id=business.pk)
    )
    entries = rows.select_related("user").order_by("-at", "-pk")[:MOST_LINES]
    lines = [*entries, *_imports_of(business)]
    return tell(sorted(lines, key=lambda entry: entry.at, reverse=True), OF_A_BUSINESS)


def of_certificate(certificate: Certificate) -> list[Line]:
    """Return what happened to one certificate, newest first."""
    return tell(entries_of(certificate)[:MOST_LINES], OF_A_BUSINESS)


def _imports_of(business: Business) -> list[HistoryEntry]:
    """Return an unsaved line for every import that wrote the business."""
    kind = business._meta.label_lower
    rows = ImportedRow.objects.filter(kind=kind, row_id=business.pk, batch__imported_at__isnull=False)
    return [
        HistoryEntry(
            subject_kind=kind,
            action="imported",
            note=row.batch.file_name,
            via=Via.ACCOUNT if row.batch.created_by else Via.COMMAND,
            user=row.batch.created_by,
            office_id=row.batch.office_id,
            at=row.batch.imported_at or row.batch.created_at,
        )
        for row in rows.select_related("batch__created_by").defer("batch__content")
    ]


def _sentence(entry: HistoryEntry, words: Words, names: Names) -> str:
    model = entry.subject_kind.rpartition(".")[2]
    sentence: Any = words.get(f"{model}.{entry.action}", gettext_lazy("Ada perubahan."))
    if callable(sentence):
        return sentence(entry)
    gone = _("Usaha yang sudah dihapus")
    return str(sentence) % {"business": names.businesses.get(entry.business_id or 0, gone)}


def _who(entry: HistoryEntry, names: Names) -> str:
    """Name who acted: an officer with the office, a business by its link, or the door itself."""
    if entry.via == Via.LINK:
        business = names.businesses.get(entry.business_id or 0, "")
        return _("%(name)s, melalui tautan pribadi") % {"name": business}
    if entry.user is None:
        return entry.get_via_display()
    office = names.offices.get(entry.office_id or 0)
    return f"{entry.user.name}, {office}" if office else entry.user.name
