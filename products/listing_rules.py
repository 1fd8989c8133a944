"""What a product must tell before it can be listed: eight fields, all others may stay unknown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from products.models import Product


@dataclass(frozen=True)
class Missing:
    """Something that the catalogue needs: the step where it is filled in, and what to do there."""

    step: str
    sentence: str


def missing_to_list(product: Product) -> list[Missing]:
    """Return what keeps a product from being listed, in the order of the steps; empty when it is ready.

    Reads the price tiers of ``product``, prefetched ones if they are.
    """
    checks = [
        (product.name, "uraian", _("Tulis nama produk.")),
        (product.description, "uraian", _("Tulis keterangan produk: bahan, ukuran, atau isinya.")),
        (product.unit_id, "harga", _("Pilih satuan yang dijual, mis. bungkus.")),
        (product.price_tiers.all(), "harga", _("Isi harga paling sedikit untuk satu jumlah.")),
        (product.min_order, "satuan", _("Isi pesanan minimum.")),
        (product.capacity_per_month, "kapasitas", _("Isi kapasitas per bulan.")),
        (product.lead_time_days is not None, "kapasitas", _("Isi waktu pengerjaan dalam hari kerja.")),
    ]
    return [Missing(step, sentence) for known, step, sentence in checks if not known]
