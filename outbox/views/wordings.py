"""Pages of an office's own wording of its messages."""

from typing import Any

from django.contrib import messages as notes
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outbox import office_wording
from outbox.forms import WordingForm
from outbox.office_wording import StaleWording, Wording
from regions.access import get_own_office
from regions.models import Office
from tradecontact.web import PortalRequest


@require_safe
def wordings(request: PortalRequest) -> HttpResponse:
    """List every kind of message in both languages, and which ones the office has reworded."""
    office = get_own_office(request.actor)
    return render(request, "outbox/wordings.html", {"wordings": office_wording.wordings(office)})


@require_http_methods(["GET", "HEAD", "POST"])
def wording_edit(request: PortalRequest, kind: str, language: str) -> HttpResponse:
    """Change what messages of one kind say in one language; a colleague's newer text is shown beside."""
    office = get_own_office(request.actor)
    wording = _get(office, kind, language)
    form = WordingForm(request.POST if request.method == "POST" else None, wording=wording)
    context: dict[str, Any] = {"form": form}
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            office_wording.change_wording(
                actor=request.actor, office=office, kind=kind, language=language, **form.cleaned_data
            )
        except StaleWording as error:
            form.add_error(None, error)
            wording, status = _get(office, kind, language), 409
            context["differences"] = _differences(form, wording)
            form.take_version(wording.version)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            notes.success(request, _("Kalimat disimpan. Pesan berikutnya memakainya."))
            return redirect("outbox:wordings")
    return render(request, "outbox/wording_edit.html", context | {"wording": wording}, status=status)


@require_POST
def wording_reset(request: PortalRequest, kind: str, language: str) -> HttpResponse:
    """Take the portal's wording again."""
    office = get_own_office(request.actor)
    _get(office, kind, language)
    office_wording.reset_wording(actor=request.actor, office=office, kind=kind, language=language)
    notes.success(request, _("Kalimat bawaan portal dipakai lagi."))
    return redirect("outbox:wordings")


def _get(office: Office, kind: str, language: str) -> Wording:
    wording = office_wording.get_wording(office, kind, language)
    if wording is None:
        raise Http404
    return wording


def _differences(form: WordingForm, stored: Wording) -> list[dict[str, Any]]:
    return [
        {"label": form.fields[name].label, "stored": getattr(stored, name), "typed": form.cleaned_data[name]}
        for name in ("subject", "body")
        if getattr(stored, name) != form.cleaned_data[name]
    ]
