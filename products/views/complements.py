"""Pages of who buys from whom: the table with its history, a new row, changing and removing one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from products import access
from products import complements as table
from products.filters.complements import ComplementFilter
from products.forms.complements import ComplementEditForm, ComplementNewForm
from products.views.saving import try_to_save
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 50


@require_safe
def complements(request: PortalRequest) -> HttpResponse:
    """Show who buys from whom, and what officers of all offices changed."""
    access.require_staff(request.actor)
    filters = ComplementFilter(request.GET, queryset=access.all_complements())
    context = {
        "filters": filters,
        "page": Paginator(filters.qs, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "history": table.changes_told(),
    }
    return render(request, "products/complements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def complement_new(request: PortalRequest) -> HttpResponse:
    """Add a row."""
    access.require_staff(request.actor)
    form = ComplementNewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        buyer, supplier = form.cleaned_data["buyer"], form.cleaned_data["supplier"]
        try:
            row = table.add_complement(
                actor=request.actor, buyer=buyer, supplier=supplier, facts=form.facts()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Baris dicatat. Perhitungan berikutnya memakainya."))
            return redirect("products:complement_edit", complement_id=row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "products/complement_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def complement_edit(request: PortalRequest, complement_id: int) -> HttpResponse:
    """Change a row; a colleague's newer change is shown beside one's own."""
    complement = access.get_complement(request.actor, complement_id)
    form = ComplementEditForm(request.POST if request.method == "POST" else None, row=complement)
    attempt = try_to_save(
        form,
        complement,
        lambda version: table.change_complement(
            actor=request.actor, complement=complement, version=version, facts=form.facts()
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Baris disimpan. Perhitungan berikutnya memakainya."))
        return redirect("products:complement_edit", complement_id=complement.pk)
    context = {
        "complement": complement,
        "form": form,
        "attempt": attempt,
        "history": table.changes_told(complement),
    }
    return render(request, "products/complement_edit.html", context, status=attempt.status)


@require_POST
def complement_remove(request: PortalRequest, complement_id: int) -> HttpResponse:
    """Take a row out of use; its page offers to bring it back."""
    complement = access.get_complement(request.actor, complement_id)
    table.remove_complement(actor=request.actor, complement=complement, now=timezone.now())
    messages.success(request, _("Baris dihapus. Anda dapat mengembalikannya di sini."))
    return redirect("products:complement_edit", complement_id=complement.pk)


@require_POST
def complement_restore(request: PortalRequest, complement_id: int) -> HttpResponse:
    """Bring a removed row back as it was."""
    complement = access.get_complement(request.actor, complement_id)
    table.restore_complement(actor=request.actor, complement=complement)
    messages.success(request, _("Baris dikembalikan."))
    return redirect("products:complement_edit", complement_id=complement.pk)
