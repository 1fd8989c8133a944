"""Private files: kept once, and read by their own business and its office alone."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import RestrictedError
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import ANONYMOUS, COMMAND, Actor, Via
from products.evidence import get_file, keep_file, sweep
from products.models import EvidenceFile
from products.models.evidence import private_storage
from tests.clients import admin_client, client_of
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    OfficeMemberFactory,
    ProductionProofFactory,
    actor_of,
)
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


def stored(row: EvidenceFile) -> bool:
    return private_storage().exists(row.file.name)


def moment_after(row: EvidenceFile, **more: int) -> datetime:
    """Return a moment so long after the file was written."""
    return private_storage().get_modified_time(row.file.name) + timedelta(**more)


def test_files_that_prove_nothing_any_more_are_swept_once_they_are_a_day_old() -> None:
    used, unused = (keep_pdf(BusinessFactory()) for _ in range(2))
    CertificateFactory(business=used.business, evidence=used)
    EvidenceFile.objects.update(uploaded_at=moment_after(unused))

    assert (sweep(now=moment_after(unused, hours=23)), stored(unused)) == ((0, 0), True)
    sweeps = [sweep(now=moment_after(used, hours=25))[0] for _ in range(2)]

    assert sweeps == [1, 0]
    assert (stored(used), stored(unused)) == (True, False)
    assert list(EvidenceFile.objects.all()) == [used]


def test_a_revoked_proof_keeps_its_photo() -> None:
    proof = ProductionProofFactory(revoked_at=NOW, revoked_reason="Pindah")

    assert sweep(now=timezone.now() + timedelta(days=2))[0] == 0
    assert EvidenceFile.objects.get() == proof.evidence


def test_a_deleted_business_takes_its_proofs_along_and_the_sweep_their_files() -> None:
    business = BusinessFactory()
    file, photo_file = keep_pdf(business), keep_pdf(business, "own_production")
    CertificateFactory(business=business, evidence=file)
    ProductionProofFactory(business=business, evidence=photo_file)

    with pytest.raises(RestrictedError):
        file.delete()
    business.delete()
    assert (EvidenceFile.objects.count(), stored(file)) == (0, True)
    sweep(now=moment_after(photo_file, hours=25))

    assert (stored(file), stored(photo_file)) == (False, False)


def test_the_command_prints_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    keep_pdf(BusinessFactory())

    call_command("sweep_evidence")

    assert capsys.readouterr().out == '{"forgotten": 1, "deleted_files": 0}\n'  # the file is new
