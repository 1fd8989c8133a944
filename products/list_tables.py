"""Lists of products and of who buys from whom as tables for Excel: the columns of their pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from products.models import CategoryComplement, Product
from tradecontact.workbooks import Column, Sheet


def complements_sheet(rows: Iterable[CategoryComplement]) -> Sheet[CategoryComplement]:
    """Return who buys what from whom, in both languages."""
    columns: list[Column[CategoryComplement]] = [
        Column(_("Pembuat atau penjual"), lambda row: str(row.buyer or _("Semua pembuat")), 30),
        Column(_("Membeli dari pembuat"), lambda row: str(row.supplier), 30),
        Column(_("Yang dibeli"), lambda row: row.need_id, 32),
        Column(_("Yang dibeli (Inggris)"), lambda row: row.need_en, 32),
        Column(_("Peran"), lambda row: row.get_role_display(), 18),
        Column(_("Bobot"), lambda row: row.weight, 8),
        Column(_("Dihapus"), lambda row: row.removed_at, 16),
    ]
    return Sheet(_("Siapa membeli dari siapa"), columns, rows)


def queue_sheet(products: Iterable[Product]) -> Sheet[Product]:
    """Return the products of one state of the queue; they carry their cards."""
    columns: list[Column[Product]] = [
        Column("Kode portal produk", lambda row: f"P{row.pk}", 10),
        Column(_("Produk"), lambda row: row.name, 34),
        Column(_("Usaha"), lambda row: row.business.name, 30),
        Column(_("Daerah"), lambda row: row.business.region.name, 24),
        Column(_("Kategori"), lambda row: str(row.category), 24),
        Column(_("Harga terendah (Rp)"), lambda row: row.lowest_price, 14),
        Column(_("Keadaan"), lambda row: row.get_status_display(), 18),
        Column(_("Alasan"), lambda row: row.status_reason, 40),
        Column(_("Menunggu sejak"), lambda row: row.submitted_at, 16),
    ]
    return Sheet(_("Antrean produk"), columns, products)
