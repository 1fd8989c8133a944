"""Pages behind a personal link that show and correct the own certificates and hand out their files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.views.holder import Holder, link_page
from products import certificate_lines as lines
from products import certificates as book
from products import evidence, showcase
from products.forms.certificates import CertificateEditForm, CertificateNewForm
from products.views.evidence import attachment
from products.views.saving import try_to_save
from tradecontact.web import PortalRequest


@link_page
@require_safe
def link_certificates(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Show the own certificates, with what is odd and what runs out."""
    rows = lines.certificates_of(holder.actor, holder.business)
    context = {"holder": holder, "lines": lines.certificate_lines(rows, timezone.localdate())}
    return render(request, "matchmaking/link_certificates.html", context)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_certificate_new(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Add a certificate; sending the form twice adds it once."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CertificateNewForm(data, files=files, products=holder.business.products.order_by("name", "pk"))
    if form.is_valid():
        try:
            book.add_certificate(
                actor=holder.actor,
                business=holder.business,
                product=form.product_chosen(),
                kind=form.cleaned_data["kind"],
                facts=form.facts(),
                document=form.document_sent(),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Sertifikat dicatat. Petugas dinas dapat memeriksanya."))
            return redirect("matchmaking:link_certificates", token=holder.token)
    usual = showcase.usual_certificates_of(holder.business, timezone.localdate())
    context = {"holder": holder, "form": form, "usual": usual}
    return render(request, "matchmaking/link_certificate.html", context, status=422 if form.is_bound else 200)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_certificate_edit(request: PortalRequest, holder: Holder, certificate_id: int) -> HttpResponse:
    """Correct a certificate; another number or date has not been checked by anybody."""
    row = lines.get_certificate(holder.actor, holder.business.pk, certificate_id)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CertificateEditForm(data, files=files, row=row)
    attempt = try_to_save(
        form,
        row,
        lambda version: book.change_certificate(
            actor=holder.actor,
            certificate=row,
            version=version,
            facts=form.facts(),
            document=form.document_sent(),
            now=timezone.now(),
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Sertifikat disimpan."))
        return redirect("matchmaking:link_certificates", token=holder.token)
    usual = showcase.usual_certificates_of(holder.business, timezone.localdate())
    context = {"holder": holder, "certificate": row, "form": form, "attempt": attempt, "usual": usual}
    return render(request, "matchmaking/link_certificate.html", context, status=attempt.status)


@link_page
@require_POST
def link_certificate_remove(request: PortalRequest, holder: Holder, certificate_id: int) -> HttpResponse:
    """Remove a certificate; pressing twice is safe."""
    book.remove_certificate(actor=holder.actor, business=holder.business, certificate_id=certificate_id)
    messages.success(request, _("Sertifikat dihapus."))
    return redirect("matchmaking:link_certificates", token=holder.token)


@link_page
@require_safe
def link_evidence(request: PortalRequest, holder: Holder, file_token: str) -> HttpResponse:
    """Hand the owner a file of the own business; of another one it is a 404."""
    return attachment(evidence.get_file(holder.actor, file_token))
