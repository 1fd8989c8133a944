"""What the numbers are called and what they mean, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.equity import Mark
from reports.funnel import Fate, Stage
from reports.ledger import Rung, Standing
from reports.scope import Dimension

Words = Mapping[str, str | Promise]

RUNGS: Words = {
    Rung.POTENTIAL: _("Potensi"),
    Rung.LOI: _("LoI"),
    Rung.ORDER: _("Pesanan (PO)"),
    Rung.CONSIGNED: _("Titip jual"),
    Rung.REALISED: _("Realisasi"),
}
RUNG_MEANINGS: Words = {
    Rung.POTENTIAL: _("Nilai yang disebut kedua usaha saat bertemu. Belum ada janji tertulis."),
    Rung.LOI: _("Surat niat (LoI) yang ditandatangani. Belum menjadi pesanan."),
    Rung.ORDER: _("Pesanan (PO) yang sudah dibuat. Belum tentu sudah dikirim atau dibayar."),
    Rung.CONSIGNED: _(
        "Barang yang dititipkan, menurut nilai saat diserahkan. Belum dibeli siapa pun: yang laku dan dibayar"
        " masuk realisasi, yang tersisa tidak dihitung."
    ),
    Rung.REALISED: _("Barang atau uang yang sudah berpindah, dengan bukti."),
}
STANDINGS: Words = {
    Standing.COUNTED: _("dihitung"),
    Standing.OVERDUE: _("lewat batas, belum dikonfirmasi"),
    Standing.DISPUTED: _("disengketakan"),
}
STAGES: Words = {
    Stage.PROPOSED: _("Diusulkan"),
    Stage.ANSWERED: _("Dijawab paling sedikit satu pihak"),
    Stage.AGREED: _("Keduanya mau"),
    Stage.MET: _("Bertemu"),
    Stage.SAMPLE: _("Contoh produk"),
    Stage.QUOTE: _("Penawaran"),
    Stage.LOI: _("LoI"),
    Stage.ORDER: _("Pesanan (PO)"),
    Stage.DELIVERED: _("Terkirim"),
    Stage.REPEAT: _("Pesanan ulang"),
}
DIMENSIONS: Words = {
    Dimension.CONTACT: _("Kontak dagang"),
    Dimension.DIRECTION: _("Arah"),
    Dimension.OFFICE: _("Dinas"),
    Dimension.COMMODITY: _("Komoditas"),
    Dimension.DISTRICT: _("Kecamatan"),
}
MARKS: Words = {
    Mark.TRIPS: _("semua keikutsertaan"),
    Mark.FIRST: _("pertama kali"),
    Mark.WOMEN: _("dipimpin perempuan"),
    Mark.NOT_STATED: _("tidak menyebutkan"),
}
FATES: Words = {
    Fate.CLOSED: _("ditutup"),
    Fate.STUCK: _("macet"),
    Fate.CONSIGNED: _("titip jual"),
}
_VALUES: Mapping[str, Words] = {
    "rung": RUNGS,
    "standing": STANDINGS,
    "stage": STAGES,
    "mark": MARKS,
    "fate": FATES,
}


def says(name: str, value: str) -> str:
    """Return the value of a part of a question in words; a year or a number as it is."""
    return str(_VALUES.get(name, {}).get(value, value))
