"""What is opened, and what is refused before it is decoded."""

import io
import tracemalloc
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from products.excel import archive, partcheck
from products.excel.problems import REFUSALS, UnreadableFile
from products.excel.workbook import Merge, as_text, cell_name, open_workbook
from tests.products.excel.sheets import workbook
from tradecontact.text_cleaning import clean_line

LIST = workbook([["Nama Usaha", "NIB"], ["Usaha A", "9120000000031"]])
DEFLATED = zipfile.ZIP_DEFLATED


def repacked(
    content: bytes = LIST,
    *,
    add: dict[str, bytes] | None = None,
    replace: dict[str, bytes] | None = None,
    drop: Sequence[str] = (),
) -> bytes:
    """Return the list with parts of its archive changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", DEFLATED) as result:
        for name in source.namelist():
            if name not in drop:
                result.writestr(name, (replace or {}).get(name, source.read(name)))
        for name, part in (add or {}).items():
            result.writestr(name, part)
    return target.getvalue()


def sheet_xml(cells: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{head}{cells}</sheetData></worksheet>".encode()


def with_sheet(cells: str) -> bytes:
    return repacked(replace={"xl/worksheets/sheet1.xml": sheet_xml(cells)})


def reason(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        open_workbook(content)
    assert caught.value.message.endswith(".")
    assert "%(" not in caught.value.message
    return caught.value.reason


def zip_of(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", DEFLATED) as result:
        for name, content in parts.items():
            result.writestr(name, content)
    return target.getvalue()


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"), (b"\0\0\n ", "empty"),
        (OLE + utf16("Workbook"), "old_excel"), (OLE + utf16("EncryptedPackage"), "password"),
        (OLE + utf16("WordDocument"), "other"),
        (b"Nama Usaha,NIB\r\nUsaha A,912", "csv"), (b"Nama;NIB\n", "csv"),
        ("﻿Nama Usaha\tNIB\n".encode("utf-16"), "csv"), (b"Nama\tNIB", "csv"),
        (b"<html><table><tr><td>Nama</td></tr></table></html>", "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "html"), (b"<table border=1>", "html"),
        (b"MIME-Version: 1.0", "html"),
        (b'<?xml version="1.0"?><Workbook a="urn:schemas-microsoft-com:office:spreadsheet">', "old_excel"),
        (b"%PDF-1.7, rows", "other"), (b"\x89PNG\r\n\x1a\n\0,", "other"), (b"{\\rtf1, x", "other"),
        (b"halo", "other"),
        (zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "opendocument"),
        (zip_of({"xl/workbook.bin": b"", "[Content_Types].xml": b""}), "binary_excel"),
        (zip_of({"word/document.xml": b""}), "other"), (zip_of({"mimetype": b"x" * 500}), "other"),
        (repacked(add={"xl/vbaProject.bin": b"macro"}), "macros"),
        (repacked(drop=["[Content_Types].xml"]), "other"),
        (LIST[:-40], "damaged"), (LIST[:200] + bytes(200) + LIST[400:], "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_xlsx_gets_its_own_hint(content: bytes, expected: str) -> None:
    assert reason(content) == expected


def test_every_refusal_is_a_sentence() -> None:
    assert {str(text)[-1] for text in REFUSALS.values()} == {"."}


def test_file_over_ten_megabytes_is_refused_unread() -> None:
    assert reason(LIST + bytes(archive.MAX_BYTES)) == "too_large"


def test_the_name_of_the_file_does_not_matter() -> None:
    assert [sheet.name for sheet in open_workbook(LIST)] == ["Peserta"]


def test_encrypted_archive_asks_for_the_password_to_be_removed() -> None:
    flagged = bytearray(LIST)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        position = flagged.find(signature)
        while position >= 0:
            flagged[position + offset] |= 1
            position = flagged.find(signature, position + 4)

    assert reason(bytes(flagged)) == "password"


def test_bomb_of_zeros_takes_no_memory() -> None:
    bomb = repacked(replace={"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 300_000_000})
    assert len(bomb) < 1_000_000
    tracemalloc.start()

    expected = reason(bomb)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (expected, peak < 20_000_000) == ("bomb", True)


def test_bomb_that_lies_about_its_size_takes_no_memory() -> None:
    real = repacked(replace={"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 300_000_000})
    true_size = (300_000_011).to_bytes(4, "little")
    lie = real.replace(true_size, (5_000).to_bytes(4, "little"))
    assert lie != real
    tracemalloc.start()

    expected = reason(lie)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (expected, peak < 20_000_000) == ("damaged", True)


def test_slow_growth_stops_at_the_budget() -> None:
    noise = "".join(f"<a{number}/>" for number in range(700_000))
    big = repacked(replace={"xl/worksheets/sheet1.xml": sheet_xml(noise * 6)})

    assert reason(big) == "bomb"


def test_long_text_stops_at_the_budget() -> None:
    text = "".join(f"{'x' * 80}{number}" for number in range(520_000))
    content = with_sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>')
    assert len(content) * archive.MAX_RATIO > 45_000_000

    assert reason(content) == "bomb"


def test_too_many_elements_are_refused() -> None:
    assert reason(with_sheet("<row/>" * 2_000_100)) == "bomb"


def test_archive_of_many_parts_is_refused() -> None:
    assert reason(repacked(add={f"xl/media/{number}.png": b"" for number in range(1_100)})) == "bomb"


@pytest.mark.parametrize("name", ["xl/embeddings/daftar.xlsx", "inner.zip"])
def test_nested_archive_is_refused(name: str) -> None:
    assert reason(repacked(add={name: LIST})) == "nested"


def test_archive_in_place_of_a_sheet_is_refused() -> None:
    assert reason(repacked(replace={"xl/worksheets/sheet1.xml": LIST})) == "nested"


def test_part_that_ends_early_is_damaged() -> None:
    assert reason(repacked(replace={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})) == "damaged"


def test_doubled_part_is_refused() -> None:
    assert reason(repacked(add={"XL/Workbook.xml": b"<workbook/>"})) == "damaged"


def test_packing_no_spreadsheet_uses_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as result:
        result.writestr("[Content_Types].xml", b"<Types/>")
        result.writestr("xl/workbook.xml", b"<workbook/>")

    assert reason(target.getvalue()) == "damaged"


def test_entities_are_refused() -> None:
    lol = '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    assert (
        reason(repacked(replace={"xl/worksheets/sheet1.xml": f"{lol}<worksheet>&b;</worksheet>".encode()}))
        == "entities"
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="1"><c r="A0"><v>1</v></c></row>', "damaged"),
        ('<row r="9999999999"><c><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="GR5000"><v>1</v></c></row>', "bomb"),
        ('<row r="1"><c r="A1" t="s"><v>x</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>1</v></c>', "damaged"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "damaged"),
    ],
)  # fmt: skip
def test_huge_or_broken_sheet_is_refused(cells: str, expected: str) -> None:
    assert reason(with_sheet(cells)) == expected


def test_formatted_empty_cells_far_below_cost_nothing() -> None:
    sheets = open_workbook(
        with_sheet('<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>')
    )

    assert sheets[0].rows == [[5.0]]


def test_cells_without_addresses_are_counted_too() -> None:
    assert reason(with_sheet("<row><c><v>1</v></c></row>" * 20_001)) == "too_many_rows"
    assert reason(with_sheet("<row>" + "<c><v>1</v></c>" * 201 + "</row>")) == "too_many_columns"


def test_long_text_quoted_by_many_cells_is_refused() -> None:
    strings = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    quotes = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 400))
    content = repacked(
        replace={"xl/worksheets/sheet1.xml": sheet_xml(quotes), "xl/sharedStrings.xml": strings}
    )

    assert reason(content) == "bomb"


def test_too_many_sheets_are_refused() -> None:
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}"/>' for number in range(1, 40))

    assert (
        reason(
            repacked(replace={"xl/workbook.xml": f"<workbook><sheets>{sheets}</sheets></workbook>".encode()})
        )
        == "too_many_sheets"
    )


def test_many_sheets_that_share_one_part_are_refused() -> None:
    names = "".join(f'<sheet name="L{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 31))
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{names}</sheets></workbook>"
    )
    wide = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="2000"><c r="GR2000"><v>1</v></c></row>')
    content = repacked(replace={"xl/workbook.xml": book.encode(), "xl/worksheets/sheet1.xml": wide})

    assert reason(content) == "bomb"


def test_too_many_merges_are_refused() -> None:
    merges = "<mergeCells>" + '<mergeCell ref="A1:B1"/>' * (partcheck.MAX_MERGES + 1) + "</mergeCells>"

    assert (
        reason(
            repacked(replace={"xl/worksheets/sheet1.xml": b"<worksheet>" + merges.encode() + b"</worksheet>"})
        )
        == "bomb"
    )


def test_merges_that_overlap_without_end_are_refused() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in (1, 4000))
    merges = "<mergeCells>" + '<mergeCell ref="A1:A4000"/>' * 201 + "</mergeCells>"
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet = f"{head}<sheetData>{rows}</sheetData>{merges}</worksheet>".encode()

    assert reason(repacked(replace={"xl/worksheets/sheet1.xml": sheet})) == "bomb"


def test_workbook_the_decoder_cannot_follow_is_damaged() -> None:
    assert (
        reason(repacked(replace={"xl/workbook.xml": b"<workbook><sheets><sheet/></sheets></workbook>"}))
        == "damaged"
    )


def test_workbook_without_a_filled_sheet_is_empty() -> None:
    assert reason(workbook([])) == "empty"


@given(st.integers(min_value=0, max_value=len(LIST) - 1), st.integers(min_value=0, max_value=255))
@settings(max_examples=200, deadline=None)
def test_flipped_byte_is_read_or_refused(position: int, byte: int) -> None:
    broken = LIST[:position] + bytes([byte]) + LIST[position + 1 :]

    try:
        open_workbook(broken)
    except UnreadableFile as error:
        refusal = error.message
    else:
        refusal = "."
    assert refusal.endswith(".")


def test_hidden_sheets_and_charts_are_left_out() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("Daftar").write("A1", "x")
    hidden = book.add_worksheet("Pilihan")
    hidden.write("A1", "y")
    hidden.hide()
    book.add_worksheet("Kosong")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Daftar!$A$1:$A$1"})
    book.add_chartsheet("Grafik").set_chart(chart)
    book.close()

    assert [sheet.name for sheet in open_workbook(target.getvalue())] == ["Daftar"]


def test_rows_keep_their_excel_numbers() -> None:
    sheet = open_workbook(workbook([[], [], ["", "", "judul"], [], ["", 5]]))[0]

    assert sheet.text(3, 3) == "judul"
    assert (sheet.value(5, 2), sheet.value(9, 9), sheet.last_row, sheet.last_column) == (5.0, "", 5, 3)


def test_merges_are_known_by_their_excel_numbers() -> None:
    sheet = open_workbook(workbook([["a"], ["", "b"], ["", ""], ["", "c"]], merges=["B2:B3"]))[0]

    assert sheet.merges == (Merge(2, 2, 3, 2),)


def test_cell_names() -> None:
    assert [cell_name(39, 5), cell_name(1, 26), cell_name(1, 27), cell_name(7, 703)] == [
        "E39",
        "Z1",
        "AA1",
        "AAA7",
    ]
    assert [partcheck.column_number(letters) for letters in ("E", "Z", "AA", "AAA")] == [5, 26, 27, 703]


def test_texts_are_cleaned() -> None:
    assert clean_line("  Dapur\u00a0 \u200bIbu\nSri\x00\ufeff ") == "Dapur Ibu Sri"


def test_values_are_told_as_people_type_them() -> None:
    values = ["a", 5.0, 1.5, True, False, date(2001, 3, 12), datetime(2001, 3, 12), time(8, 30)]  # noqa: DTZ001

    assert [as_text(value) for value in values] == [
        "a", "5", "1,5", "ya", "tidak", "12/03/2001", "12/03/2001", "08:30:00"
    ]  # fmt: skip
