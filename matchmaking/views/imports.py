"""Pages of an import: the list is uploaded, checked, imported into the own delegation, and taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking import access, tasks
from matchmaking.delegation_import import (
    DelegationPreview,
    import_list,
    is_long,
    is_stuck,
    preview_list,
    queue_list,
    undo_import,
)
from matchmaking.forms.imports import ColumnsForm, DecisionsForm, ImportUploadForm
from matchmaking.models import Delegation
from products import importing
from products.import_photos import store_photos
from products.models import ImportBatch
from tradecontact.web import PortalRequest
from tradecontact.workbooks import EXCEL

BUSINESSES_PER_PAGE = 50
IMPORTS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_import(request: PortalRequest, slug: str) -> HttpResponse:
    """Take a list, and show the lists taken before."""
    delegation = _own_delegation(request, slug)
    is_sent = request.method == "POST"
    form = ImportUploadForm(request.POST, request.FILES) if is_sent else ImportUploadForm()
    if form.is_valid():
        try:
            batch = importing.upload(
                actor=request.actor, office=delegation.office, today=timezone.localdate(), **form.upload()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("matchmaking:import_preview", slug=slug, batch_id=batch.pk)
    context = {
        "trade_contact": delegation.trade_contact,
        "delegation": delegation,
        "form": form,
        "imports": access.imports_of(delegation)[:IMPORTS_SHOWN],
    }
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/delegation_import.html", context, status=status)


@require_safe
def import_template(request: PortalRequest, slug: str) -> HttpResponse:
    """Send the empty list to fill in."""
    _own_delegation(request, slug)
    headers = {"Content-Disposition": 'attachment; filename="daftar-delegasi.xlsx"'}
    return HttpResponse(importing.template(), content_type=EXCEL, headers=headers)


@require_safe
def import_preview(request: PortalRequest, slug: str, batch_id: int) -> HttpResponse:
    """Show what importing the list would do; afterwards, what it did."""
    delegation, batch = _own_import(request, slug, batch_id)
    if batch.state != ImportBatch.State.PREVIEW:
        return _result(request, delegation, batch)
    if batch.queued_at is not None and not is_stuck(batch, timezone.now()):
        return _waiting(request, delegation, batch)
    try:
        shown = _preview(delegation, batch)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("matchmaking:delegation_import", slug=slug)
    return _page(request, delegation, shown)


@require_POST
def import_columns(request: PortalRequest, slug: str, batch_id: int) -> HttpResponse:
    """Keep what the officer says the asked columns hold."""
    delegation, batch = _own_import(request, slug, batch_id)
    if batch.state != ImportBatch.State.PREVIEW:
        return _to_import(slug, batch)
    shown = _preview(delegation, batch)
    form = ColumnsForm(request.POST, preview=shown.preview)
    if form.is_valid():
        try:
            importing.answer_columns(
                actor=request.actor, batch=batch, choices=form.choices(), today=timezone.localdate()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Isi kolom dicatat."))
            return _to_import(slug, batch)
    return _page(request, delegation, shown, columns=form)


@require_POST
def import_decisions(request: PortalRequest, slug: str, batch_id: int) -> HttpResponse:
    """Keep the decisions about duplicates, so that the counts follow them."""
    delegation, batch = _own_import(request, slug, batch_id)
    if batch.state != ImportBatch.State.PREVIEW:
        return _to_import(slug, batch)
    shown = _preview(delegation, batch)
    form = DecisionsForm(request.POST, preview=shown.preview)
    if form.is_valid():
        importing.choose_overwriting(actor=request.actor, batch=batch, rows=form.overwriting())
        importing.decide_duplicates(actor=request.actor, batch=batch, choices=form.decisions())
        messages.success(request, _("Keputusan dicatat; hitungan di bawah sudah mengikutinya."))
        return _to_import(slug, batch)
    return _page(request, delegation, shown, decisions=form)


@require_POST
def import_apply(request: PortalRequest, slug: str, batch_id: int) -> HttpResponse:
    """Import the list into the own delegation; pressing again leads to the same result."""
    delegation, batch = _own_import(request, slug, batch_id)
    if batch.state != ImportBatch.State.PREVIEW:
        return _to_import(slug, batch)
    shown = _preview(delegation, batch)
    content = bytes(batch.content or b"")  # the import forgets it
    form = DecisionsForm(request.POST, preview=shown.preview)
    if form.is_valid():
        importing.choose_overwriting(actor=request.actor, batch=batch, rows=form.overwriting())
    if form.is_valid() and is_long(shown) and shown.preview.is_ready:
        return _queued(request, delegation, batch, form)
    if form.is_valid():
        try:
            done = import_list(
                actor=request.actor,
                batch=batch,
                delegation=delegation,
                now=timezone.now(),
                today=timezone.localdate(),
                decisions=form.decisions(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _store_photos(request, done, content)
            messages.success(request, _told(done))
            return _to_import(slug, batch)
    return _page(request, delegation, shown, decisions=form)


@require_POST
def import_give_up(request: PortalRequest, slug: str, batch_id: int) -> HttpResponse:
    """Let a waiting list go; its file is forgotten."""
    _delegation, batch = _own_import(request, slug, batch_id)
    try:
        importing.give_up(actor=request.actor, batch=batch)
    except ValidationError:
        return _to_import(slug, batch)
    messages.success(request, _("Daftar dibatalkan dan berkasnya dihapus. Tidak ada yang diimpor."))
    return redirect("matchmaking:delegation_import", slug=slug)


@require_POST
def import_undo(request: PortalRequest, slug: str, batch_id: int) -> HttpResponse:
    """Take an import back, or say what keeps it."""
    delegation, batch = _own_import(request, slug, batch_id)
    form = forms.Form({})
    try:
        undo_import(actor=request.actor, batch=batch, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return _result(request, delegation, batch, form=form, status=409)
    messages.success(request, _("Impor ditarik kembali. Semua data kembali seperti sebelumnya."))
    return _to_import(slug, batch)


def _queued(
    request: PortalRequest, delegation: Delegation, batch: ImportBatch, form: DecisionsForm
) -> HttpResponse:
    """Put a long list into the queue; its page says how far it is."""
    queue_list(
        actor=request.actor,
        batch=batch,
        decisions=form.decisions(),
        now=timezone.now(),
        enqueue=tasks.queue_import(request.actor, delegation),
    )
    return _to_import(delegation.trade_contact.slug, batch)


def _waiting(request: PortalRequest, delegation: Delegation, batch: ImportBatch) -> HttpResponse:
    context = {"trade_contact": delegation.trade_contact, "delegation": delegation, "batch": batch}
    return render(request, "matchmaking/import_waiting.html", context)


def _store_photos(request: PortalRequest, batch: ImportBatch, content: bytes) -> None:
    now = timezone.now()
    store_photos(actor=request.actor, batch=batch, content=content, now=now, today=timezone.localdate(now))


def _own_delegation(request: PortalRequest, slug: str) -> Delegation:
    contact = access.get_trade_contact(request.actor, slug)
    return access.get_own_delegation(request.actor, contact)


def _own_import(request: PortalRequest, slug: str, batch_id: int) -> tuple[Delegation, ImportBatch]:
    delegation = _own_delegation(request, slug)
    return delegation, access.get_import(delegation, batch_id)


def _preview(delegation: Delegation, batch: ImportBatch) -> DelegationPreview:
    return preview_list(batch=batch, delegation=delegation, today=timezone.localdate())


def _to_import(slug: str, batch: ImportBatch) -> HttpResponse:
    return redirect("matchmaking:import_preview", slug=slug, batch_id=batch.pk)


def _page(
    request: PortalRequest,
    delegation: Delegation,
    shown: DelegationPreview,
    *,
    columns: ColumnsForm | None = None,
    decisions: DecisionsForm | None = None,
) -> HttpResponse:
    """Return the preview; a form with mistakes takes the place of the fresh one."""
    preview = shown.preview
    context: dict[str, Any] = {
        "trade_contact": delegation.trade_contact,
        "delegation": delegation,
        "batch": preview.batch,
        "reading": preview.reading,
        "plan": preview.plan,
        "shown": shown,
        "is_stuck": is_stuck(preview.batch, timezone.now()),
        "columns": columns or ColumnsForm(preview=preview),
        "decisions": decisions or DecisionsForm(preview=preview),
        "page": Paginator(preview.plan.businesses, BUSINESSES_PER_PAGE).get_page(request.GET.get("page")),
    }
    status = 422 if columns or decisions else 200
    return render(request, "matchmaking/import_preview.html", context, status=status)


def _result(
    request: PortalRequest,
    delegation: Delegation,
    batch: ImportBatch,
    *,
    form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "trade_contact": delegation.trade_contact,
        "delegation": delegation,
        "batch": batch,
        "form": form or forms.Form(),
    }
    return render(request, "matchmaking/import_result.html", context, status=status)


def _told(batch: ImportBatch) -> str:
    number = batch.counts["joined"]
    text = ngettext(
        "Daftar diimpor; %(number)d pelaku usaha masuk delegasi.",
        "Daftar diimpor; %(number)d pelaku usaha masuk delegasi.",
        number,
    )
    return text % {"number": number}
