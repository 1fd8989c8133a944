"""An empty workbook for offices to fill in, with titles that an import recognises and a sheet of hints."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import chain

import xlsxwriter
from django.utils.translation import gettext as _

from products.excel.list_columns import (
    FIXED_CHOICES,
    LIST_SHEET,
    NEED_COLUMNS,
    NEED_SHEET,
    Choice,
    ListColumn,
    columns_of_template,
)
from tradecontact.workbooks import PLAIN_TEXT, CellWriter

ROWS_WITH_CHOICES = 1_000
HIDDEN_SHEET = "Pilihan"


def empty_template(choices: Mapping[Choice, Sequence[str]]) -> bytes:
    """Return an .xlsx file: a sheet for businesses and products, one for needs, and one with instructions.

    Cells offer ``choices``, kept on a hidden sheet; other words only bring a warning. The example rows
    begin with "Contoh:", and an import passes over them. No text is ever a formula.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **PLAIN_TEXT}) as book:
        writer = CellWriter(book)
        tables = [(LIST_SHEET, columns_of_template()), (NEED_SHEET, NEED_COLUMNS)]
        sheets = [book.add_worksheet(name) for name, _columns in tables]
        _write_instructions(book, writer, tables)
        places = _write_choices(book, {**FIXED_CHOICES, **choices})
        for sheet, (_name, columns) in zip(sheets, tables, strict=True):
            _write_table(book, writer, sheet, columns, places)
    return target.getvalue()


def _write_table(
    book: xlsxwriter.Workbook,
    writer: CellWriter,
    sheet: xlsxwriter.worksheet.Worksheet,
    columns: Sequence[ListColumn],
    places: Mapping[Choice, str],
) -> None:
    """Write titles and the example row of one sheet, and what its cells offer."""
    text = book.add_format({"num_format": "@"})
    grey = book.add_format({"italic": True, "font_color": "#5b6475"})
    sheet.freeze_panes(1, 1)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width, text if column.is_text else None)
        sheet.write_string(0, number, column.title, writer.title)
        if isinstance(column.example, int):
            sheet.write_number(1, number, column.example, grey)
        elif column.example:
            sheet.write_string(1, number, column.example, grey)
        if column.choices:
            rule = {
                "validate": "list",
                "source": places[column.choices],
                "error_type": "warning",
                "input_message": str(column.hint)[:255],
            }
            sheet.data_validation(1, number, ROWS_WITH_CHOICES, number, rule)


def _write_instructions(
    book: xlsxwriter.Workbook, writer: CellWriter, tables: Sequence[tuple[str, Sequence[ListColumn]]]
) -> None:
    """Write, in the reader's language, what to do and what belongs beneath each title."""
    sheet = book.add_worksheet(_("Petunjuk"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    steps = [
        _("Isi lembar Daftar: satu baris untuk setiap produk. Data usaha cukup di baris pertamanya."),
        _("Isi lembar Kebutuhan untuk barang atau jasa yang dicari; nama usahanya sama seperti di Daftar."),
        _("Baris yang diawali “Contoh:” tidak dibaca. Boleh dihapus."),
        _("Sel bertanda panah menawarkan pilihan. Kosongkan yang belum diketahui; jangan mengisi 0."),
        _("Foto: simpan buku kerja ini bersama foto produk di dalam satu berkas ZIP, lalu unggah ZIP itu."),
        _("Simpan sebagai .xlsx dan unggah. Anda melihat isinya dahulu; tidak ada yang langsung tersimpan."),
    ]
    for number, step in enumerate(steps, start=1):
        sheet.write_number(number - 1, 0, number)
        sheet.write_string(number - 1, 1, step)
    rows = chain.from_iterable(((name, column) for column in columns) for name, columns in tables)
    for row, (name, column) in enumerate(rows, start=len(steps) + 1):
        sheet.write_string(row, 0, f"{name}: {column.title}", writer.title)
        sheet.write_string(row, 1, str(column.hint))


def _write_choices(book: xlsxwriter.Workbook, choices: Mapping[Choice, Sequence[str]]) -> dict[Choice, str]:
    """Write each list of choices into a hidden sheet and return where it stands."""
    sheet = book.add_worksheet(HIDDEN_SHEET)
    sheet.hide()
    places = {}
    for column, (name, values) in enumerate(choices.items()):
        for row, value in enumerate(values):
            sheet.write_string(row, column, value)
        letter = chr(65 + column)
        places[name] = f"={HIDDEN_SHEET}!${letter}$1:${letter}${max(len(values), 1)}"
    return places
