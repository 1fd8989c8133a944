"""Handing out private files: to be saved, never to be shown inside a page of the portal."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from products import evidence
from products.models import EvidenceFile
from tradecontact.web import PortalRequest

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def evidence_file(request: PortalRequest, file_token: str) -> HttpResponse:
    """Hand a file to an officer of its business's region, or to an admin."""
    return attachment(evidence.get_file(request.actor, file_token))


def attachment(row: EvidenceFile) -> HttpResponse:
    """Return a file for download; ask ``evidence.get_file`` whether it may be read."""
    with row.file.open("rb") as kept:  # at most 8 MB
        response = HttpResponse(kept.read(), content_type=row.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, row.shown_name)  # noqa: FBT003
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
