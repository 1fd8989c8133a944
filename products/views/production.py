"""The office's page of one business's proof that it makes its goods itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from products import access
from products import production as proofs
from products.forms.certificates import ReasonForm
from products.forms.production import ProductionForm
from products.models import Business
from tradecontact.web import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def production(request: PortalRequest, business_id: int) -> HttpResponse:
    """Show the proof in force and earlier ones, and record a visit."""
    access.require_staff(request.actor)
    business = access.get_own_business(request.actor, business_id)
    now = timezone.now()
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ProductionForm(data, files=files, today=timezone.localdate(now))
    if form.is_valid():
        try:
            proofs.prove_production(actor=request.actor, business=business, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Tercatat: diproduksi sendiri. Lencananya kini tampil di katalog."))
            return redirect("products:production", business_id=business.pk)
    return _page(request, business, form, ReasonForm(), status=422 if form.is_bound else 200)


@require_POST
def production_revoke(request: PortalRequest, business_id: int) -> HttpResponse:
    """Take the badge away, with the reason."""
    access.require_staff(request.actor)
    business = access.get_own_business(request.actor, business_id)
    form, now = ReasonForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, business, ProductionForm(today=timezone.localdate(now)), form, status=422)
    proofs.revoke_proof(actor=request.actor, business=business, now=now, **form.cleaned_data)
    messages.success(request, _("Bukti dicabut. Lencananya tidak lagi tampil."))
    return redirect("products:production", business_id=business.pk)


def _page(
    request: PortalRequest,
    business: Business,
    form: ProductionForm,
    reason_form: ReasonForm,
    *,
    status: int,
) -> HttpResponse:
    rows = list(proofs.proofs_of(business))
    context = {
        "business": business,
        "proof": next((row for row in rows if row.revoked_at is None), None),
        "earlier": [row for row in rows if row.revoked_at is not None],
        "form": form,
        "reason_form": reason_form,
    }
    return render(request, "products/production.html", context, status=status)
