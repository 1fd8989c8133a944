"""The office's pages of certificates: of the region, of one business, one of them, and checking it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from products import access, showcase, timeline
from products import certificate_lines as lines
from products import certificates as book
from products.forms.certificates import CertificateEditForm, CertificateNewForm, CheckForm, ReasonForm
from products.models import Certificate
from products.views.saving import try_to_save
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 50


@require_safe
def certificates(request: PortalRequest) -> HttpResponse:
    """Show the certificates of every business of the own region, the first to run out first."""
    access.require_staff(request.actor)
    today = timezone.localdate()
    filters = lines.CertificateFilter(
        request.GET, queryset=lines.own_certificates(request.actor), today=today
    )
    page = Paginator(filters.qs, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "lines": lines.certificate_lines(page, today)}
    return render(request, "products/certificates.html", context)


@require_safe
def business_certificates(request: PortalRequest, business_id: int) -> HttpResponse:
    """Show the certificates of one business and of its products."""
    business = access.get_own_business(request.actor, business_id)
    rows = lines.certificates_of(request.actor, business)
    context = {"business": business, "lines": lines.certificate_lines(rows, timezone.localdate())}
    return render(request, "products/business_certificates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_new(request: PortalRequest, business_id: int) -> HttpResponse:
    """Write a certificate down on behalf of a business."""
    business = access.get_own_business(request.actor, business_id)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CertificateNewForm(data, files=files, products=business.products.order_by("name", "pk"))
    if form.is_valid():
        try:
            row = book.add_certificate(
                actor=request.actor,
                business=business,
                product=form.product_chosen(),
                kind=form.cleaned_data["kind"],
                facts=form.facts(),
                document=form.document_sent(),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Sertifikat dicatat."))
            return _to_certificate(row)
    status = 422 if form.is_bound else 200
    usual = showcase.usual_certificates_of(business, timezone.localdate())
    context = {"business": business, "form": form, "usual": usual}
    return render(request, "products/certificate_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_edit(request: PortalRequest, business_id: int, certificate_id: int) -> HttpResponse:
    """Correct a certificate on behalf of its business."""
    row = lines.get_certificate(request.actor, business_id, certificate_id)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CertificateEditForm(data, files=files, row=row)
    attempt = try_to_save(
        form,
        row,
        lambda version: book.change_certificate(
            actor=request.actor,
            certificate=row,
            version=version,
            facts=form.facts(),
            document=form.document_sent(),
            now=timezone.now(),
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Sertifikat disimpan."))
        return _to_certificate(row)
    usual = showcase.usual_certificates_of(row.business, timezone.localdate())
    context = {
        "business": row.business,
        "certificate": row,
        "form": form,
        "attempt": attempt,
        "usual": usual,
    }
    return render(request, "products/certificate_edit.html", context, status=attempt.status)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_check(request: PortalRequest, business_id: int, certificate_id: int) -> HttpResponse:
    """Show a certificate with its file and history, and write down that it was seen."""
    access.require_staff(request.actor)
    row = lines.get_certificate(request.actor, business_id, certificate_id)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CheckForm(data, files, initial={"version": row.version})
    if form.is_valid():
        try:
            book.check_certificate(
                actor=request.actor, certificate=row, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Tercatat: diperiksa petugas."))
            return _to_certificate(row)
    return _certificate_page(request, row, form, ReasonForm(), status=422 if form.is_bound else 200)


@require_POST
def certificate_uncheck(request: PortalRequest, business_id: int, certificate_id: int) -> HttpResponse:
    """Take a check back, with the reason."""
    access.require_staff(request.actor)
    row = lines.get_certificate(request.actor, business_id, certificate_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        check = CheckForm(initial={"version": row.version})
        return _certificate_page(request, row, check, form, status=422)
    book.take_check_back(actor=request.actor, certificate=row, **form.cleaned_data)
    messages.success(request, _("Pemeriksaan dicabut. Sertifikat kini belum diperiksa."))
    return _to_certificate(row)


@require_POST
def certificate_remove(request: PortalRequest, business_id: int, certificate_id: int) -> HttpResponse:
    """Remove a certificate; pressing twice is safe, and history keeps its number."""
    business = access.get_own_business(request.actor, business_id)
    book.remove_certificate(actor=request.actor, business=business, certificate_id=certificate_id)
    messages.success(request, _("Sertifikat dihapus. Nomornya tetap ada di riwayat."))
    return redirect("products:business_certificates", business_id=business.pk)


def _certificate_page(
    request: PortalRequest, row: Certificate, form: CheckForm, reason_form: ReasonForm, *, status: int
) -> HttpResponse:
    context = {
        "business": row.business,
        "line": lines.certificate_lines([row], timezone.localdate())[0],
        "form": form,
        "reason_form": reason_form,
        "history": timeline.of_certificate(row),
    }
    return render(request, "products/certificate_check.html", context, status=status)


def _to_certificate(row: Certificate) -> HttpResponse:
    return redirect("products:certificate_check", business_id=row.business_id, certificate_id=row.pk)
