"""What is printed and handed out: the catalogue of a delegation."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from matchmaking import access
from matchmaking.printed_catalogue import TEMPLATE, catalogue_of
from tradecontact.pdf import compile_pdf
from tradecontact.web import PortalRequest


@require_safe
def delegation_catalogue(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Give the printed catalogue of a delegation as a PDF, with one QR code a product."""
    contact = access.get_trade_contact(request.actor, slug)
    delegation = access.get_delegation_of(contact, delegation_id)
    response = HttpResponse(
        compile_pdf(TEMPLATE, catalogue_of(delegation), timezone.now()), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = f'inline; filename="katalog-{slug}-{delegation.pk}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
