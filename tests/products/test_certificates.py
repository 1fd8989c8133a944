"""Certificates: written down, corrected, checked by an officer, and removed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import Actor, Via
from accounts.models import HistoryEntry
from products import certificates as book
from products.certificates import CertificateExists, CertificateFacts, NothingToCheck
from products.models import Certificate
from products.profiles import StaleVersion
from products.timeline import of_business, of_certificate
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    OfficeMemberFactory,
    ProductFactory,
    actor_of,
)
from tests.files import NOW, document

pytestmark = pytest.mark.django_db

NUMBER = "P-IRT 2013204565548-30"
FACTS = CertificateFacts(number=NUMBER, is_in_process=False, valid_until=date(2030, 5, 1))
RENEWED = CertificateFacts(number=NUMBER, is_in_process=False, valid_until=date(2035, 5, 1))


RENEWED_TOLD = (
    "Sertifikat P-IRT diperbaiki: berlaku sampai: 1 Mei 2030 → 1 Mei 2035; "
    "pemeriksaan petugas tidak berlaku lagi."
)


@pytest.fixture
def officer() -> Actor:
    return actor_of(OfficeMemberFactory())


@pytest.fixture
def certificate(officer: Actor) -> Certificate:
    business = BusinessFactory(office_id=officer.office_id, region_id=officer.region_id)
    return book.add_certificate(
        actor=Actor(via=Via.LINK, business_id=business.pk),
        business=business,
        product=None,
        kind="pirt",
        facts=FACTS,
        document=None,
        now=NOW,
    )


def change(actor: Actor, certificate: Certificate, facts: CertificateFacts, **more: object) -> Certificate:
    values = {"version": certificate.version, "document": None, "now": NOW} | more
    return book.change_certificate(actor=actor, certificate=certificate, facts=facts, **values)


def check(actor: Actor, certificate: Certificate, **more: object) -> Certificate:
    values = {"version": certificate.version, "note": "Dilihat aslinya.", "document": None, "now": NOW} | more
    return book.check_certificate(actor=actor, certificate=certificate, **values)


def test_number_is_kept_as_typed_and_normalised(certificate: Certificate) -> None:
    certificate.refresh_from_db()

    assert (certificate.number, certificate.number_normalised, certificate.state) == (
        NUMBER,
        "PIRT201320456554830",
        "unchecked",
    )


def test_owner_counts_the_edit(certificate: Certificate) -> None:
    certificate.business.refresh_from_db()

    assert certificate.business.version == 2


def test_adding_the_same_twice_is_one(officer: Actor, certificate: Certificate) -> None:
    again = book.add_certificate(
        actor=officer,
        business=certificate.business,
        product=None,
        kind="pirt",
        facts=FACTS,
        document=None,
        now=NOW,
    )

    assert again == certificate
    assert Certificate.objects.count() == 1


def test_second_of_one_kind_is_refused(officer: Actor, certificate: Certificate) -> None:
    with pytest.raises(CertificateExists, match="Sertifikat jenis ini sudah dicatat"):
        book.add_certificate(
            actor=officer,
            business=certificate.business,
            product=None,
            kind="pirt",
            facts=RENEWED,
            document=None,
            now=NOW,
        )


def test_product_of_another_business_is_refused(officer: Actor, certificate: Certificate) -> None:
    with pytest.raises(PermissionDenied, match="Produk ini bukan milik usaha itu"):
        book.add_certificate(
            actor=officer,
            business=certificate.business,
            product=ProductFactory(),
            kind="halal",
            facts=FACTS,
            document=None,
            now=NOW,
        )


def test_check_says_who_and_when(officer: Actor, certificate: Certificate) -> None:
    checked = check(officer, certificate, document=document())

    assert (checked.state, checked.checked_by_id, checked.checked_at) == ("checked", officer.user_id, NOW)
    assert checked.evidence.business == checked.business


def test_check_needs_a_file_or_a_note(officer: Actor, certificate: Certificate) -> None:
    with pytest.raises(ValidationError, match="Unggah berkasnya, atau tulis bagaimana Anda memeriksanya"):
        check(officer, certificate, note="")


def test_check_by_the_business_itself_is_refused(certificate: Certificate) -> None:
    owner = Actor(via=Via.LINK, business_id=certificate.business_id)

    with pytest.raises(PermissionDenied, match="Hanya petugas dinas yang memeriksa sertifikat"):
        check(owner, certificate)


def test_check_by_another_region_is_refused(certificate: Certificate) -> None:
    with pytest.raises(PermissionDenied):
        check(actor_of(OfficeMemberFactory()), certificate)

    certificate.refresh_from_db()
    assert certificate.state == "unchecked"


def test_check_of_a_number_that_has_changed_is_refused(officer: Actor, certificate: Certificate) -> None:
    change(officer, certificate, RENEWED)

    with pytest.raises(StaleVersion):
        check(officer, certificate, version=1)


def test_what_has_no_number_is_not_checked(officer: Actor) -> None:
    business = BusinessFactory(office_id=officer.office_id, region_id=officer.region_id)

    with pytest.raises(NothingToCheck, match="Yang belum bernomor belum dapat diperiksa"):
        check(officer, CertificateFactory(business=business))


@pytest.mark.parametrize(
    "facts",
    [RENEWED, CertificateFacts(number="X", is_in_process=False, valid_until=date(2030, 5, 1))],
    ids=["date", "number"],
)
def test_change_takes_the_check_back(
    officer: Actor, certificate: Certificate, facts: CertificateFacts
) -> None:
    owner = Actor(via=Via.LINK, business_id=certificate.business_id)

    changed = change(owner, check(officer, certificate), facts)

    assert (changed.state, changed.checked_at, changed.checked_by) == ("unchecked", None, None)


def test_new_file_alone_keeps_the_check(officer: Actor, certificate: Certificate) -> None:
    changed = change(officer, check(officer, certificate), FACTS, document=document())

    assert (changed.state, changed.evidence.shown_name) == ("checked", "sertifikat.pdf")


def test_saving_what_stands_there_changes_nothing(officer: Actor, certificate: Certificate) -> None:
    assert change(officer, certificate, FACTS, version=99).version == 1


def test_stale_change_is_refused(officer: Actor, certificate: Certificate) -> None:
    with pytest.raises(StaleVersion):
        change(officer, certificate, RENEWED, version=99)


def test_check_is_taken_back_with_a_reason(officer: Actor, certificate: Certificate) -> None:
    checked = check(officer, certificate)

    with pytest.raises(ValidationError, match="Tulis mengapa pemeriksaan ini tidak berlaku lagi"):
        book.take_check_back(actor=officer, certificate=checked, reason="")
    assert book.take_check_back(actor=officer, certificate=checked, reason="Palsu.").state == "unchecked"


def test_removing_twice_is_safe_and_history_stays(officer: Actor, certificate: Certificate) -> None:
    business = certificate.business

    for _ in range(2):
        book.remove_certificate(actor=officer, business=business, certificate_id=certificate.pk)

    assert list(business.certificates.all()) == []
    assert [line.text for line in of_business(business)] == [
        f"Sertifikat P-IRT {NUMBER} dihapus.",
        f"Sertifikat P-IRT {NUMBER} dicatat.",
    ]


def test_removing_under_another_business_touches_nothing(officer: Actor, certificate: Certificate) -> None:
    other = BusinessFactory(office_id=officer.office_id, region_id=officer.region_id)

    book.remove_certificate(actor=officer, business=other, certificate_id=certificate.pk)

    assert Certificate.objects.get() == certificate


def test_history_tells_what_changed(officer: Actor, certificate: Certificate) -> None:
    change(officer, check(officer, certificate), RENEWED)

    assert [line.text for line in of_certificate(certificate)] == [
        RENEWED_TOLD,
        "Sertifikat diperiksa petugas.",
        f"Sertifikat P-IRT {NUMBER} dicatat.",
    ]
    assert HistoryEntry.objects.filter(action="checked").get().note == "Dilihat aslinya."


def test_stranger_adds_changes_and_removes_nothing(certificate: Certificate) -> None:
    stranger = actor_of(OfficeMemberFactory())
    business = certificate.business

    with pytest.raises(PermissionDenied):
        book.add_certificate(
            actor=stranger,
            business=business,
            product=None,
            kind="halal",
            facts=FACTS,
            document=None,
            now=NOW,
        )
    with pytest.raises(PermissionDenied):
        change(stranger, certificate, RENEWED)
    with pytest.raises(PermissionDenied):
        book.remove_certificate(actor=stranger, business=business, certificate_id=certificate.pk)

    assert list(business.certificates.values_list("number", "version")) == [(NUMBER, 1)]
