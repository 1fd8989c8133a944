"""A long list is imported whole in bounded time and memory; a row beyond the limit is refused."""

import io
import os
from datetime import UTC, datetime

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from products import importing
from products.models import Business, ImportBatch
from regions.models import OfficeMember
from tests.factories import OfficeMemberFactory, actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

NOW = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)
TITLES = [
    "Nama Usaha",
    "NIB",
    "Kecamatan",
    "No HP",
    "Kategori",
    "Nama Produk",
    "Deskripsi",
    "Harga",
    "Satuan",
]
ROWS = int(os.environ.get("ROWS", "3000"))


def workbook_of(rows: int) -> bytes:
    """Return a list of so many rows with the titles: a business and a product in each."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Daftar")
    sheet.write_row(0, 0, TITLES)
    for number in range(1, rows):
        values = [f"Usaha {number:05}", f"91{number:011d}", "Soreang", f"0812{number:08d}"]
        sheet.write_row(number, 0, [*values, "Kuliner", f"Keripik {number}", "Gurih", 12_500, "pcs"])
    book.close()
    return out.getvalue()


def test_long_list_is_imported_whole_and_again_without_a_double() -> None:
    member = OfficeMemberFactory()
    content = workbook_of(ROWS)

    first, second = (imported(member, content) for _twice in "12")

    assert first.counts["businesses"]["new"] == Business.objects.count() == ROWS - 1
    assert second.counts["businesses"] | {"changed": 0} == {"new": 0, "changed": 0, "unchanged": ROWS - 1}


def imported(member: OfficeMember, content: bytes) -> ImportBatch:
    actor = actor_of(member)
    batch = importing.upload(
        actor=actor, office=member.office, file_name="besar.xlsx", content=content, today=NOW.date()
    )
    return importing.apply(actor=actor, batch=batch, now=NOW, today=NOW.date())


def test_row_beyond_the_limit_is_refused_with_a_sentence() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, TITLES)
    sheet.write(20_000, 0, "Usaha terlalu jauh")
    book.close()

    with pytest.raises(ValidationError, match=r"20\.000"):
        importing.check(content=out.getvalue(), today=NOW.date())
