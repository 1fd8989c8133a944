"""An empty list for offices to fill in, with titles that an import recognises and a sheet of hints."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ROWS_WITH_CHOICES = 500


@dataclass(frozen=True)
class TemplateColumn:
    """A title, how wide it stands, and what to write beneath it. ``choices``: ``category`` or ``unit``."""

    title: str
    width: int
    hint: str | Promise
    choices: str = ""


COLUMNS = (
    TemplateColumn("No", 5, gettext_lazy("Nomor urut usaha.")),
    TemplateColumn("Nama Usaha", 28, gettext_lazy("Wajib. Tulis sekali; produk lain di baris bawahnya.")),
    TemplateColumn("Jenis Usaha", 20, gettext_lazy("Mis. toko oleh-oleh, hotel, produsen makanan.")),
    TemplateColumn("Nama Pemilik", 20, gettext_lazy("Tidak tampil untuk umum.")),
    TemplateColumn("No. HP/WA", 18, gettext_lazy("Satu nomor, mis. 0812 3456 7890. Tidak tampil umum.")),
    TemplateColumn("E-mail", 22, gettext_lazy("Boleh kosong.")),
    TemplateColumn("NIB", 16, gettext_lazy("13 angka seperti tertulis di OSS, atau kosong.")),
    TemplateColumn("Kecamatan", 16, gettext_lazy("Kecamatan tempat usaha.")),
    TemplateColumn("Tanggal Berdiri", 15, gettext_lazy("Mis. 12/03/2001 (hari/bulan/tahun) atau 2001.")),
    TemplateColumn("Skala Usaha", 13, gettext_lazy("Mikro, kecil atau menengah.")),
    TemplateColumn("Nama Produk", 30, gettext_lazy("Satu produk tiap baris.")),
    TemplateColumn("Kategori Produk", 22, gettext_lazy("Pilih dari daftar."), "category"),
    TemplateColumn("Harga Produk (Rp)", 17, gettext_lazy("Rupiah penuh untuk satu satuan, mis. 134.100.")),
    TemplateColumn("Satuan Produk", 14, gettext_lazy("Pilih dari daftar."), "unit"),
    TemplateColumn("Min. Order", 12, gettext_lazy("Pesanan paling sedikit, mis. 40.")),
    TemplateColumn("Kapasitas / bulan", 16, gettext_lazy("Yang sanggup dibuat tiap bulan, mis. 1.200.")),
    TemplateColumn("No. P-IRT", 20, gettext_lazy("Nomor, “Ada”, “Proses”, atau kosong.")),
    TemplateColumn("Halal", 16, gettext_lazy("Nomor, “Ada”, “Proses”, atau kosong.")),
    TemplateColumn("Kebutuhan", 34, gettext_lazy("Barang atau jasa yang dicari, satu tiap baris.")),
    TemplateColumn("Kategori Kebutuhan", 22, gettext_lazy("Pilih dari daftar."), "category"),
    TemplateColumn("Jumlah Kebutuhan / bulan", 17, gettext_lazy("Yang dicari tiap bulan, mis. 1.000.")),
    TemplateColumn("Satuan Kebutuhan", 14, gettext_lazy("Pilih dari daftar."), "unit"),
    TemplateColumn("Harga Maks (Rp)", 16, gettext_lazy("Harga tertinggi untuk satu satuan.")),
    TemplateColumn("Sertifikat wajib", 18, gettext_lazy("Mis. P-IRT, halal.")),
)  # fmt: skip


def empty_template(*, categories: Sequence[str], units: Sequence[str]) -> bytes:
    """Return an .xlsx file with the titles, lists to choose from, and the hints on a second sheet.

    No text in it is ever a formula, whatever sign it starts with.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#e9edf7"}
        )
        text = book.add_format({"num_format": "@"})
        listed = book.add_worksheet("Daftar")
        hints = book.add_worksheet(_("Petunjuk"))
        choices = _write_choices(book, {"category": categories, "unit": units})
        listed.freeze_panes(1, 2)
        hints.set_column(0, 0, 26)
        hints.set_column(1, 1, 90)
        for number, column in enumerate(COLUMNS):
            is_typed = column.title in {"NIB", "No. HP/WA", "No. P-IRT"}  # Excel would cut their zeros
            listed.set_column(number, number, column.width, text if is_typed else None)
            listed.write_string(0, number, column.title, bold)
            hints.write_string(number, 0, column.title, bold)
            hints.write_string(number, 1, str(column.hint))
            if column.choices:
                rule = {"validate": "list", "source": choices[column.choices], "error_type": "warning"}
                listed.data_validation(1, number, ROWS_WITH_CHOICES, number, rule)
    return target.getvalue()


def _write_choices(book: xlsxwriter.Workbook, choices: dict[str, Sequence[str]]) -> dict[str, str]:
    """Write each list of choices into a hidden sheet and return where it stands."""
    sheet = book.add_worksheet("Pilihan")
    sheet.hide()
    places = {}
    for column, (name, values) in enumerate(choices.items()):
        for row, value in enumerate(values):
            sheet.write_string(row, column, value)
        letter = chr(65 + column)
        places[name] = f"=Pilihan!${letter}$1:${letter}${max(len(values), 1)}"
    return places
