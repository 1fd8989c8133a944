"""Pages of the groups of equal words: the list with its history, a new group, changing and removing one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from products import access
from products import synonyms as groups
from products.forms.synonyms import SynonymsEditForm, SynonymsFilter, SynonymsForm
from products.views.saving import try_to_save
from tradecontact.web import PortalRequest

GROUPS_PER_PAGE = 50


@require_safe
def synonyms(request: PortalRequest) -> HttpResponse:
    """Show the groups of equal words, and what officers of all offices changed."""
    access.require_staff(request.actor)
    form = SynonymsFilter(request.GET)
    words, is_removed = form.asked()
    found = access.synonyms_with(words, is_removed=is_removed)
    context = {
        "form": form,
        "page": Paginator(found, GROUPS_PER_PAGE).get_page(request.GET.get("page")),
        "history": groups.changes_told(),
    }
    return render(request, "products/synonyms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def synonyms_new(request: PortalRequest) -> HttpResponse:
    """Add a group."""
    access.require_staff(request.actor)
    form = SynonymsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            row = groups.add_synonyms(actor=request.actor, words=form.cleaned_data["words"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Padanan dicatat. Pencarian berikutnya memakainya."))
            return redirect("products:synonyms_edit", synonyms_id=row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "products/synonyms_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def synonyms_edit(request: PortalRequest, synonyms_id: int) -> HttpResponse:
    """Change a group; a colleague's newer change is shown beside one's own."""
    row = access.get_synonyms(request.actor, synonyms_id)
    form = SynonymsEditForm(request.POST if request.method == "POST" else None, row=row)
    attempt = try_to_save(
        form,
        row,
        lambda version: groups.change_synonyms(
            actor=request.actor, synonyms=row, version=version, words=form.cleaned_data["words"]
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Padanan disimpan. Pencarian berikutnya memakainya."))
        return redirect("products:synonyms_edit", synonyms_id=row.pk)
    context = {"synonyms": row, "form": form, "attempt": attempt, "history": groups.changes_told(row)}
    return render(request, "products/synonyms_edit.html", context, status=attempt.status)


@require_POST
def synonyms_remove(request: PortalRequest, synonyms_id: int) -> HttpResponse:
    """Take a group out of use; its page offers to bring it back."""
    row = access.get_synonyms(request.actor, synonyms_id)
    groups.remove_synonyms(actor=request.actor, synonyms=row, now=timezone.now())
    messages.success(request, _("Padanan dihapus. Anda dapat mengembalikannya di sini."))
    return redirect("products:synonyms_edit", synonyms_id=row.pk)


@require_POST
def synonyms_restore(request: PortalRequest, synonyms_id: int) -> HttpResponse:
    """Bring a removed group back as it was, unless its words stand elsewhere by now."""
    row = access.get_synonyms(request.actor, synonyms_id)
    try:
        groups.restore_synonyms(actor=request.actor, synonyms=row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Padanan dikembalikan."))
    return redirect("products:synonyms_edit", synonyms_id=row.pk)
