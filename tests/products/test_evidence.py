"""Private files: kept once, and read by their own business and its office alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse

from accounts.actors import ANONYMOUS, COMMAND, Actor, Via
from products.evidence import get_file, keep_file
from products.models import EvidenceFile
from tests.clients import admin_client, client_of
from tests.factories import BusinessFactory, OfficeMemberFactory, actor_of
from tests.files import NOW, PDF, document, keep_pdf, photo
from tests.holders import holder_of

pytestmark = pytest.mark.django_db


def test_same_file_is_kept_once() -> None:
    business = BusinessFactory()

    assert keep_pdf(business) == keep_pdf(business)
    assert EvidenceFile.objects.count() == 1


def test_file_lies_under_a_name_nobody_chose() -> None:
    row = keep_pdf(BusinessFactory())

    assert "sertifikat.pdf" not in row.file.name
    assert len(row.token) == 43
    with row.file.open() as kept:
        assert kept.read() == PDF


def test_stranger_keeps_no_file() -> None:
    stranger = actor_of(OfficeMemberFactory())

    with pytest.raises(PermissionDenied):
        keep_file(
            actor=stranger,
            business=BusinessFactory(),
            purpose=EvidenceFile.Purpose.CERTIFICATE,
            document=document(),
            now=NOW,
        )


def test_who_may_read_a_file() -> None:
    officer = OfficeMemberFactory()
    row = keep_pdf(BusinessFactory(office=officer.office))
    owner = Actor(via=Via.LINK, business_id=row.business_id)

    assert [get_file(actor, row.token) for actor in (actor_of(officer), owner, COMMAND)] == [row] * 3


def test_a_known_token_opens_nothing_to_others() -> None:
    row = keep_pdf(BusinessFactory())
    other = Actor(via=Via.LINK, business_id=BusinessFactory(office=row.business.office).pk)

    for actor in (ANONYMOUS, other, actor_of(OfficeMemberFactory())):
        with pytest.raises(Http404):
            get_file(actor, row.token)


def test_download_is_never_a_page() -> None:
    officer = OfficeMemberFactory()
    row = keep_pdf(BusinessFactory(office=officer.office))

    response = client_of(officer).get(reverse("products:evidence_file", args=[row.token]))

    assert response.content == PDF
    assert {name: response.headers[name] for name in (
        "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control",
        "Content-Security-Policy",
    )} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="sertifikat.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }  # fmt: skip


def test_owner_gets_the_file_under_the_same_headers() -> None:
    row = keep_pdf(BusinessFactory())

    response = holder_of(row.business).get("link_evidence", row.token)

    assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-store")
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_photo_is_handed_out_as_what_it_is() -> None:
    business = BusinessFactory()
    row = keep_file(
        actor=COMMAND,
        business=business,
        purpose=EvidenceFile.Purpose.OWN_PRODUCTION,
        document=document(photo(), "dapur.html"),
        now=NOW,
    )

    response = admin_client().get(reverse("products:evidence_file", args=[row.token]))

    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Content-Disposition"] == 'attachment; filename="dapur.webp"'


def test_file_of_another_region_is_404(client: Client) -> None:
    row = keep_pdf(BusinessFactory())
    client.force_login(OfficeMemberFactory().user)

    assert client.get(reverse("products:evidence_file", args=[row.token])).status_code == 404
