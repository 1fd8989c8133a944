"""Pages of a pair's commitments, behind both doors: the list, recording, settling, answering, withdrawing."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from matchmaking import ask_links, commitments, money_pages
from matchmaking.forms.money import CommitmentForm, ConfirmForm, ConsignmentForm, SettlementForm, WithdrawForm
from matchmaking.models import Commitment
from matchmaking.path import own_side
from matchmaking.views.doors import Door, only_post
from products.models import Business

AskForm = CommitmentForm | ConsignmentForm


def pair_money(door: Door) -> HttpResponse:
    """Show the commitments of a pair, what each side said to them, and what can be done with each."""
    context = {
        "rows": [_row(door, line) for line in _lines(door)],
        "can_record": bool(commitments.sellers_for(door.actor, door.pair)),
        "new_url": door.url("commitment_new"),
        "consignment_url": door.url("consignment_new"),
    }
    return door.page("pair_money", context)


def commitment_new(door: Door) -> HttpResponse:
    """Record a rung of a sale; ``?dari=`` starts from the rung below."""
    below = list(money_pages.rows_to_grow_from(door.pair))
    start = next((row for row in below if str(row.pk) == door.request.GET.get("dari", "")), None)
    data, files = _sent(door)
    form = CommitmentForm(data, files, sellers=_sellers(door), below=below, initial=_from_below(start))
    return _record(door, form, "commitment_new")


def consignment_new(door: Door) -> HttpResponse:
    """Record goods handed over on consignment."""
    data, files = _sent(door)
    form = ConsignmentForm(data, files, sellers=_sellers(door), initial={"agreed_on": timezone.localdate()})
    return _record(door, form, "consignment_new")


def consignment_settle(door: Door, commitment_id: int) -> HttpResponse:
    """Record what of a consignment was sold and paid, and what was left over."""
    consignment = money_pages.get_consignment(door.pair, commitment_id)
    data, files = _sent(door)
    form = SettlementForm(data, files, initial={"agreed_on": timezone.localdate()})
    if form.is_valid():
        try:
            _write(door, consignment.seller, form.terms(consignment), form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _recorded(door, _("Penyelesaian titipan dicatat. Pihak lain diminta mengonfirmasi."))
    context = {
        "form": form,
        "consignment": consignment,
        "can_record": consignment.seller in _sellers(door),
        "back_url": door.url("pair_money"),
    }
    return door.page("consignment_settle", context, status=422 if form.is_bound else 200)


def commitment_answer(door: Door, commitment_id: int) -> HttpResponse:
    """Let a side say whether a commitment is right; offices read the answers and give none."""
    if door.holder is None:
        raise PermissionDenied(_("Hanya kedua usaha sendiri yang mengonfirmasi, lewat tautannya."))
    row = money_pages.get_commitment(door.pair, commitment_id)
    form = ConfirmForm(door.request.POST if door.request.method == "POST" else None)
    if form.is_valid():
        try:
            commitments.confirm(
                actor=door.actor,
                commitment=row,
                business=door.holder.business,
                word=form.word(),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _recorded(door, _("Terima kasih. Jawaban Anda tercatat."))
    context = {"form": form, "row": row, "own": door.holder.business, "back_url": door.url("pair_money")}
    return door.page("commitment_answer", context, status=422 if form.is_bound else 200)


def commitment_withdraw(door: Door, commitment_id: int) -> HttpResponse:
    """Take a wrong row back with a reason; it stays readable and counts nowhere."""
    row = money_pages.get_commitment(door.pair, commitment_id)
    if not commitments.can_withdraw(door.actor, row):
        raise PermissionDenied(_("Catatan ini ditarik oleh yang mencatatnya atau dinasnya."))
    form = WithdrawForm(door.request.POST if door.request.method == "POST" else None)
    if form.is_valid():
        try:
            commitments.withdraw(actor=door.actor, commitment=row, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _recorded(door, _("Catatan ditarik. Bila perlu, catat lagi dengan benar."))
    context = {"form": form, "row": row, "back_url": door.url("pair_money")}
    return door.page("commitment_withdraw", context, status=422 if form.is_bound else 200)


def commitment_ask(door: Door, commitment_id: int) -> HttpResponse:
    """Give an officer the link that asks a business of the own region, to pass on; a POST takes it."""
    row = money_pages.get_commitment(door.pair, commitment_id)
    own = _asked_side(door, row)
    context: dict[str, Any] = {"row": row, "asked": own, "back_url": door.url("pair_money")}
    if door.request.method == "POST":
        try:
            address = ask_links.hand_out(actor=door.actor, commitment=row, business=own, now=timezone.now())
        except ValidationError as error:
            messages.error(door.request, " ".join(error.messages))
            return redirect(door.url("pair_money"))
        context |= {"address": address, "whatsapp": _whatsapp(row, own, address)}
    response = door.page("commitment_ask", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@only_post
def commitment_ask_revoke(door: Door, commitment_id: int) -> HttpResponse:
    """Close the link that asks a business of the own region; a new one can be sent."""
    row = money_pages.get_commitment(door.pair, commitment_id)
    ask_links.revoke(actor=door.actor, commitment=row, business=_asked_side(door, row), now=timezone.now())
    return _recorded(door, _("Tautan konfirmasi dicabut. Bila perlu, kirim yang baru."))


def _asked_side(door: Door, row: Commitment) -> Business:
    """Return the side of the officer's region, which is asked; others get a 403 with the reason."""
    own = own_side(door.actor, door.pair)
    if not door.actor.is_staff or own is None or own.pk == row.recorded_for_id:
        raise PermissionDenied(_("Hanya dinas wilayah pelaku usaha ini yang mengirim tautannya."))
    return own


def _record(door: Door, form: AskForm, template: str) -> HttpResponse:
    """Write what a form says, or show it with what is wrong; who may record nothing gets no form."""
    if form.is_valid():
        try:
            _write(door, form.seller_chosen(), form.terms(), form.file_sent())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _recorded(door, _("Dicatat. Pihak lain diminta mengonfirmasi."))
    context = {"form": form, "can_record": bool(_sellers(door)), "back_url": door.url("pair_money")}
    return door.page(template, context, status=422 if form.is_bound else 200)


def _write(door: Door, seller: Business, terms: commitments.Terms, file: Any) -> Commitment:
    return commitments.record_commitment(
        actor=door.actor,
        pair=door.pair,
        seller=seller,
        terms=terms,
        file=file,
        today=timezone.localdate(),
        now=timezone.now(),
    )


def _recorded(door: Door, sentence: str) -> HttpResponse:
    messages.success(door.request, sentence)
    return redirect(door.url("pair_money"))


def _sent(door: Door) -> tuple[Any, Any]:
    return (door.request.POST, door.request.FILES) if door.request.method == "POST" else (None, None)


def _sellers(door: Door) -> list[Business]:
    return commitments.sellers_for(door.actor, door.pair)


def _from_below(below: Commitment | None) -> dict[str, Any]:
    """Return what the next rung usually repeats of the one below it."""
    first: dict[str, Any] = {"agreed_on": timezone.localdate()}
    if below is None:
        return first
    names = ("goods", "category_id", "quantity", "unit_id", "seller_id")
    repeated = {name.removesuffix("_id"): getattr(below, name) for name in names}
    rungs = commitments.RUNGS
    above = rungs[rungs.index(Commitment.Level(below.level)) + 1]
    return first | repeated | {"level": above.value, "grew_from": str(below.pk)}


def _lines(door: Door) -> list[money_pages.Line]:
    own = own_side(door.actor, door.pair)
    return money_pages.lines_of(door.actor, door.pair, own, timezone.now())


def _row(door: Door, line: money_pages.Line) -> dict[str, Any]:
    """Return a line with the addresses of what can be done with it."""
    row = line.commitment
    label, kind = line.standing
    file_url = door.url("pair_file", row.evidence.token) if row.evidence and door.has_own_side else ""
    names = ("commitment_answer", "commitment_withdraw", "commitment_ask", "consignment_settle")
    urls = {name: door.url(name, row.pk) for name in names}
    if line.can_revoke:
        urls["commitment_ask_revoke"] = door.url("commitment_ask_revoke", row.pk)
    urls["grow"] = f"{door.url('commitment_new')}?dari={row.pk}"
    return {"line": line, "row": row, "label": label, "kind": kind, "file_url": file_url, "urls": urls}


def _whatsapp(row: Commitment, asked: Business, address: str) -> str:
    """Return a ``wa.me`` address with a ready question, or nothing without a number or against its wish."""
    if not asked.phone or asked.refused_messages_at is not None:
        return ""
    with override(asked.language):
        text = _("Selamat pagi, %(name)s. Benarkah catatan ini? Jawab dalam 20 detik, tanpa akun: %(url)s")
        ready = text % {"name": asked.name, "url": address}
    return f"https://wa.me/{str(asked.phone).lstrip('+')}?text={quote(ready)}"
