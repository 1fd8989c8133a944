"""Handing out private files: to be saved, never to be shown inside a page of the portal."""

from django.http import FileResponse
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
def evidence_file(request: PortalRequest, file_token: str) -> FileResponse:
    """Hand a file to an officer of its business's region, or to an admin."""
    return attachment(evidence.get_file(request.actor, file_token))


def attachment(row: EvidenceFile) -> FileResponse:
    """Return a file for download; ask ``evidence.get_file`` whether it may be read."""
    content = row.file.open("rb")
    response = FileResponse(
        content, as_attachment=True, filename=row.shown_name, content_type=row.content_type
    )
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
