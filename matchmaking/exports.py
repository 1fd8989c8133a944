"""The lists of a trade contact and of inquiries as tables: the columns of the pages, for Excel.

Titles that the import knows are those of the import, so that a list of businesses or needs can be
corrected in Excel and imported again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking.access import can_see_contacts
from matchmaking.interest_board import BoardRow, Side
from matchmaking.models import Inquiry, Pair
from matchmaking.need_board import NeedRow
from matchmaking.proposal_list import Card, card_of
from matchmaking.run_pages import RunLine
from products.models import Business
from tradecontact.workbooks import Cell, Column, Sheet

SEPARATOR = "; "


@dataclass(frozen=True)
class _Offer:
    """A card with whether the reader may read the contacts of its two sides."""

    card: Card
    opens_first: bool
    opens_second: bool


def participants_sheet(rows: Iterable[Any], *, is_own: bool) -> Sheet[Any]:
    """Return a delegation's businesses; owner and number only for the office that brings them."""
    private: list[Column[Any]] = [
        Column("Nama Pemilik", lambda row: row.business.owner_name, 22),
        Column("No. HP/WA", lambda row: phone_of(row.business), 18),
        Column("NIB", lambda row: row.business.nib, 16),
    ]
    columns: list[Column[Any]] = [
        *([Column("Kode portal usaha", lambda row: f"U{row.business_id}", 10)] if is_own else []),
        Column("Nama Usaha", lambda row: row.business.name, 32),
        Column("Jenis Usaha", lambda row: _line(row.business), 22),
        Column("Kecamatan", lambda row: row.business.district, 18),
        *(private if is_own else []),
        Column("Banyak produk", lambda row: row.product_count, 10),
        Column("Banyak kebutuhan", lambda row: row.need_count, 10),
        Column("Banyak pasangan", lambda row: row.pair_count, 10),
        Column("Belum dijawab", lambda row: row.waiting_count, 10),
    ]
    return Sheet(_("Delegasi"), columns, rows)


def needs_sheet(rows: Iterable[NeedRow]) -> Sheet[NeedRow]:
    """Return the needs of all delegations, without anybody's contact."""
    columns: list[Column[NeedRow]] = [
        Column("Nama Usaha", lambda row: row.need.business.name, 32),
        Column(_("Daerah"), lambda row: row.need.business.region.name, 24),
        Column("Kebutuhan", lambda row: row.need.text, 40),
        Column("Kategori Kebutuhan", lambda row: row.need.category.name_id, 24),
        Column("Jumlah Kebutuhan", lambda row: row.need.quantity, 12),
        Column("Satuan Kebutuhan", lambda row: row.need.unit.label_id if row.need.unit else None, 12),
        Column("Seberapa sering", lambda row: row.need.get_frequency_display(), 12),
        Column("Harga Maks (Rp)", lambda row: row.need.price_ceiling_rupiah, 16),
        Column("Sertifikat wajib", lambda row: ", ".join(row.certificates), 18),
        Column("Pemasok dari", lambda row: row.need.area.name if row.need.area else None, 22),
        Column("Dibutuhkan mulai", lambda row: row.need.wanted_from, 14),
        Column("Berlaku sampai", lambda row: row.need.open_until, 14),
        Column(_("Masih dicari"), lambda row: row.is_open, 10),
        Column(_("Sumber"), lambda row: row.need.get_source_display(), 14),
        Column("Banyak pasangan", lambda row: row.pairs, 10),
    ]
    return Sheet("Kebutuhan", columns, rows)


def proposals_sheet(pairs: Iterable[Pair], actor: Actor) -> Sheet[_Offer]:
    """Return pairs as their cards tell them; numbers of the other side only once both said yes."""
    columns: list[Column[_Offer]] = [
        Column(_("Urutan"), lambda row: row.card.pair.rank, 8),
        *_side_columns(1, lambda row: row.card.first, lambda row: row.opens_first),
        *_side_columns(2, lambda row: row.card.second, lambda row: row.opens_second),
        Column(_("Nilai"), lambda row: row.card.pair.score, 8),
        Column(_("Perdagangan"), lambda row: SEPARATOR.join(map(_told, row.card.trades)), 60),
        Column(_("Alasan"), lambda row: _sentences(row.card.reasons), 60),
        Column(_("Belum terpenuhi"), lambda row: _sentences(row.card.unmet), 40),
        Column(_("Jawaban"), lambda row: row.card.pair.answer_state.label, 18),
        Column(_("Dikunci"), lambda row: row.card.pair.locked_at, 16),
        Column(_("Disembunyikan"), lambda row: row.card.pair.hidden_at, 16),
        Column(_("Alasan petugas"), lambda row: row.card.pair.staff_reason, 30),
    ]
    return Sheet(_("Pasangan"), columns, map(partial(_offer, actor), pairs))


def interest_sheet(rows: Iterable[BoardRow]) -> Sheet[BoardRow]:
    """Return both sides' answers; their notes for readers with a side of their own."""
    columns: list[Column[BoardRow]] = [
        Column(_("Keadaan"), lambda row: row.state.label, 20),
        *_answer_columns(1, lambda row: row.first),
        *_answer_columns(2, lambda row: row.second),
    ]
    return Sheet(_("Minat"), columns, rows)


def calls_sheet(calls: Iterable[Any]) -> Sheet[Any]:
    """Return whom to call; owner and number of the own region only."""
    columns: list[Column[Any]] = [
        Column("Nama Usaha", lambda call: call.business.name, 32),
        Column(_("Daerah"), lambda call: call.business.region.name, 24),
        Column("Nama Pemilik", lambda call: call.business.owner_name if call.is_own else "", 22),
        Column("No. HP/WA", lambda call: phone_of(call.business) if call.is_own else "", 18),
        Column("Belum dijawab", lambda call: call.participation.waiting_count, 10),
        Column("Banyak pasangan", lambda call: call.participation.pair_count, 10),
    ]
    return Sheet(_("Belum menjawab"), columns, calls)


def inquiries_sheet(rows: Iterable[Inquiry]) -> Sheet[Inquiry]:
    """Return inquiries about businesses of the own region, with their senders."""
    columns: list[Column[Inquiry]] = [
        Column(_("Nomor"), lambda row: row.receipt_number, 12),
        Column(_("Diterima"), lambda row: row.created_at, 16),
        Column(_("Tentang"), lambda row: row.subject_name, 30),
        Column(_("Penjual"), lambda row: row.business.name, 30),
        Column(_("Pengirim"), lambda row: row.sender_name, 24),
        Column(_("Usaha atau lembaga"), lambda row: row.company, 28),
        Column(_("Daerah"), lambda row: row.region.name, 24),
        Column("No. HP/WA", lambda row: str(row.phone or ""), 18),
        Column("E-mail", lambda row: row.email, 26),
        Column(_("Jumlah"), lambda row: row.quantity, 10),
        Column(_("Satuan"), lambda row: str(row.unit) if row.unit else None, 10),
        Column(_("Pesan"), lambda row: row.message, 50),
        Column(_("Keadaan"), _state_of, 20),
        Column(_("Alasan ditutup"), lambda row: row.closed_reason, 30),
    ]
    return Sheet(_("Pernyataan minat"), columns, rows)


def runs_sheet(lines: Iterable[RunLine]) -> Sheet[RunLine]:
    """Return every time the proposals were computed, with its figures."""
    columns: list[Column[RunLine]] = [
        Column(_("Diminta"), lambda line: line.run.requested_at, 16),
        Column(_("Oleh"), lambda line: line.run.requested_by.name if line.run.requested_by else None, 24),
        Column(_("Keadaan"), lambda line: line.run.get_state_display(), 16),
        Column(_("Pasangan"), lambda line: line.totals.get("pairs"), 10),
        Column(_("Tanpa usulan"), lambda line: line.at_zero, 10),
        Column(_("Persen dari batas"), lambda line: line.of_bound, 10),
        Column(_("Detik"), lambda line: line.seconds, 10),
        Column(_("Sidik masukan"), lambda line: line.run.fingerprint, 40),
    ]
    return Sheet(_("Perhitungan"), columns, lines)


def phone_of(business: Business) -> str:
    """Return the phone as E.164, as the import reads it."""
    return str(business.phone or "")


def _line(business: Business) -> str:
    return business.line_text or (business.line.name_id if business.line else "")


def _offer(actor: Actor, pair: Pair) -> _Offer:
    card = card_of(pair)
    opens = [can_see_contacts(actor, pair, side.pk) for side in (card.first, card.second)]
    return _Offer(card, *opens)


def _side_columns(number: int, side: Any, opens: Any) -> list[Column[_Offer]]:
    """Return the columns of one side of a pair; ``opens`` says whether its contact is open."""

    def private(value: Any) -> Any:
        return lambda row: value(side(row)) if opens(row) else ""

    return [
        Column(_("Usaha %(number)d") % {"number": number}, lambda row: side(row).name, 30),
        Column(_("Daerah %(number)d") % {"number": number}, lambda row: side(row).region.name, 22),
        Column(_("Pemilik %(number)d") % {"number": number}, private(lambda one: one.owner_name), 20),
        Column(_("HP/WA %(number)d") % {"number": number}, private(phone_of), 18),
        Column(_("E-mail %(number)d") % {"number": number}, private(lambda one: one.email), 24),
    ]


def _answer_columns(number: int, side: Any) -> list[Column[BoardRow]]:
    def answer(value: Any) -> Any:
        def of_row(row: BoardRow) -> Cell:
            interest = side(row).interest
            return value(interest) if interest else ""

        return of_row

    def note(row: BoardRow) -> Cell:
        shown: Side = side(row)
        return shown.interest.note if shown.interest and row.has_own_side else ""

    return [
        Column(_("Usaha %(number)d") % {"number": number}, lambda row: side(row).business.name, 30),
        Column(_("Daerah %(number)d") % {"number": number}, lambda row: side(row).business.region.name, 22),
        Column(_("Jawaban %(number)d") % {"number": number}, answer(lambda a: a.get_answer_display()), 12),
        Column(_("Dijawab %(number)d") % {"number": number}, answer(lambda a: a.at), 16),
        Column(_("Lewat %(number)d") % {"number": number}, answer(lambda a: a.get_via_display()), 16),
        Column(_("Catatan %(number)d") % {"number": number}, note, 40),
    ]


def _told(trade: Any) -> str:
    need = _("tersirat: %(need)s") % {"need": trade.need} if trade.is_implied else trade.need
    return f"{trade.seller}: {trade.product} → {trade.buyer}: {need}"


def _sentences(sentences: Sequence[Any]) -> str:
    return " ".join(str(sentence.text) for sentence in sentences)


def _state_of(inquiry: Inquiry) -> str:
    if inquiry.withdrawn_at is not None:
        return _("ditarik pengirim")
    if inquiry.pair_id is not None:
        return _("menjadi pasangan")
    return _("menunggu") if inquiry.is_waiting else _("ditutup")
