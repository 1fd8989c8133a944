"""The pages of certificates and of own making, for officers, owners and buyers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor, Via
from products import production as proofs
from products.models import Business, Certificate, Product, ProductionProof
from products.production import ProofInForce
from products.showcase import usual_certificates_of
from regions.models import OfficeMember
from tests.clients import client_of
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    FamilyFactory,
    OfficeMemberFactory,
    ProductFactory,
    ProductionProofFactory,
    actor_of,
)
from tests.files import NOW, document, keep_pdf, photo, upload
from tests.holders import holder_of, text_of

pytestmark = pytest.mark.django_db

NEW = {"kind": "halal", "product": "", "status": "held", "number": "ID1", "valid_until": ""}


@pytest.fixture
def officer() -> OfficeMember:
    return OfficeMemberFactory()


@pytest.fixture
def business(officer: OfficeMember) -> Business:
    return BusinessFactory(office=officer.office)


@pytest.fixture
def own(officer: OfficeMember) -> Client:
    return client_of(officer)


def path(name: str, *args: object) -> str:
    return reverse(f"products:{name}", args=args)


def test_officer_adds_checks_and_takes_back(own: Client, business: Business, officer: OfficeMember) -> None:
    own.post(path("certificate_new", business.pk), NEW)
    row = business.certificates.get()
    page = path("certificate_check", business.pk, row.pk)

    checked = text_of(own.post(page, {"version": 1, "note": "Dilihat aslinya."}, follow=True))
    unchecked = path("certificate_uncheck", business.pk, row.pk)
    back = text_of(own.post(unchecked, {"reason": "Nomornya milik usaha lain."}, follow=True))

    assert f"diperiksa {officer.user.name}" in checked
    assert "Pemeriksaan dicabut. Sertifikat kini belum diperiksa." in back


def test_check_with_nothing_says_what_is_missing(own: Client, business: Business) -> None:
    row = CertificateFactory(business=business, number="ID1")

    response = own.post(path("certificate_check", business.pk, row.pk), {"version": 1, "note": ""})

    assert response.status_code == 422
    assert "Unggah berkasnya, atau tulis bagaimana Anda memeriksanya" in text_of(response)


def test_check_of_a_newer_number_is_told(own: Client, business: Business) -> None:
    row = CertificateFactory(business=business, number="ID1", version=2)

    response = own.post(path("certificate_check", business.pk, row.pk), {"version": 1, "note": "Ya"})

    assert "Data ini baru saja diubah oleh orang lain." in text_of(response)


def test_doubt_is_said_and_blocks_nothing(own: Client, business: Business) -> None:
    own.post(path("certificate_new", business.pk), NEW)

    page = text_of(own.get(path("business_certificates", business.pk)))

    assert "Nomor halal biasanya seperti ID32110000123450522. Periksa lagi nomornya." in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": ""}, "Pilih jenis sertifikat."),
        ({"kind": "sihir"}, "Pilih jenis sertifikat dari daftar."),
        ({"product": "999"}, "Pilih produk dari daftar."),
        ({"status": ""}, "Pilih sudah ada atau sedang diurus."),
        ({"number": "9" * 61}, "Terlalu panjang: paling banyak 60 huruf, sekarang 61."),
        ({"valid_until": "31-02-2030"}, "Pilih tanggal yang ada di kalender, mis. 22-03-2018."),
        ({"document": upload(b"", "a.pdf")}, "Berkas ini kosong. Pilih sekali lagi."),
        ({"document": upload(b"<svg/>", "a.pdf")}, "Gambar SVG tidak diterima."),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value[:20],
)
def test_mistake_is_named(own: Client, business: Business, values: dict[str, Any], sentence: str) -> None:
    response = own.post(path("certificate_new", business.pk), NEW | values)

    assert (response.status_code, business.certificates.count()) == (422, 0)
    assert sentence in text_of(response)


def test_marks_that_nobody_sees_are_dropped_and_tags_are_text(own: Client, business: Business) -> None:
    own.post(path("certificate_new", business.pk), NEW | {"number": "ID\u202e1\u200b<script>"})

    assert business.certificates.get().number == "ID1<script>"
    assert "<script>ID" not in text_of(own.get(path("business_certificates", business.pk)))
    assert "ID1&lt;script&gt;" in text_of(own.get(path("business_certificates", business.pk)))


def test_owner_adds_corrects_and_removes_by_link(business: Business) -> None:
    holder = holder_of(business)
    holder.post("link_certificate_new", **NEW, document=upload())
    row = business.certificates.get()

    edit = {"version": "1", "status": "held", "number": "ID2", "valid_until": "2030-01-02"}
    holder.post("link_certificate_edit", row.pk, **edit)
    row.refresh_from_db()
    page = text_of(holder.get("link_certificates"))
    holder.post("link_certificate_remove", row.pk)

    assert (row.number, row.valid_until, row.evidence.via) == ("ID2", date(2030, 1, 2), "link")
    assert "Unduh sertifikat.pdf" in page
    assert business.certificates.count() == 0


def test_stale_edit_by_link_shows_both_texts(business: Business) -> None:
    row = CertificateFactory(business=business, number="LAMA", version=2)
    edit = {"version": "1", "status": "held", "number": "BARU", "valid_until": ""}

    response = holder_of(business).post("link_certificate_edit", row.pk, **edit)

    assert response.status_code == 409
    assert "<td>LAMA</td> <td>BARU</td>" in text_of(response)


def test_link_without_certificates_says_what_to_do(business: Business) -> None:
    assert "Belum ada sertifikat" in text_of(holder_of(business).get("link_certificates"))


def test_what_runs_out_stands_on_desk_and_link(own: Client, business: Business) -> None:
    soon = timezone.localdate() + timedelta(days=9)
    CertificateFactory(business=business, number="ID1", valid_until=soon)

    desk = text_of(own.get(reverse("matchmaking:desk")))
    found = text_of(own.get(path("certificates"), {"keadaan": "segera"}))
    link = text_of(holder_of(business).get("link_home"))

    assert "1 sertifikat segera kedaluwarsa" in desk
    assert "Segera kedaluwarsa: 9 hari lagi." in found
    assert "Perpanjang sertifikat " in link


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["lewat", "lama", "baru", "urus"]),
        ("periksa", ["baru"]),
        ("segera", ["lama"]),
        ("lewat", ["lewat"]),
        ("proses", ["urus"]),
    ],
)
def test_list_is_asked_by_state(own: Client, business: Business, query: str, numbers: list[str]) -> None:
    today = timezone.localdate()
    for kind, number, state, until in (
        ("pirt", "lewat", "unchecked", today - timedelta(days=1)),
        ("halal", "lama", "checked", today + timedelta(days=5)),
        ("sni", "baru", "unchecked", None),
        ("brand", "urus", "in_process", None),
    ):
        CertificateFactory(business=business, kind=kind, number=number, state=state, valid_until=until)
    CertificateFactory(number="daerah lain")

    response = own.get(path("certificates"), {"keadaan": query})

    assert [line.certificate.number for line in response.context["lines"]] == numbers


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("certificates", 5), ("business_certificates", 5)])
def test_lists_cost_the_same_for_one_and_three(
    own: Client,
    business: Business,
    django_assert_num_queries: Callable[..., Any],
    name: str,
    queries: int,
    count: int,
) -> None:
    for product in ProductFactory.create_batch(count, business=business):
        CertificateFactory(business=business, product=product, evidence=keep_pdf(business))

    with django_assert_num_queries(queries):
        own.get(path(name, *([business.pk] if name != "certificates" else [])))


def test_public_reads_state_but_never_the_evidence(client: Client, business: Business) -> None:
    product = ProductFactory(business=business)
    file = keep_pdf(business)
    CertificateFactory(business=business, number="ID1", state="checked", evidence=file)

    pages = [
        text_of(client.get(path("product_detail", product.pk))),
        text_of(client.get(path("business_detail", business.pk))),
    ]

    assert ["diperiksa petugas" in page for page in pages] == [True, True]
    assert [file.token in page or "Dilihat aslinya" in page for page in pages] == [False, False]


def prove(officer: OfficeMember, business: Business, **more: Any) -> ProductionProof:
    values = {"visited_on": date(2018, 3, 2), "photo": document(photo(), "a.jpg"), "note": ""} | more
    return proofs.prove_production(actor=actor_of(officer), business=business, now=NOW, **values)


def test_visit_gives_the_badge_and_revoking_takes_it(own: Client, client: Client, business: Business) -> None:
    product = ProductFactory(business=business)
    public = path("product_detail", product.pk)
    visit = {"visited_on": "2018-03-02", "photo": upload(photo(), "dapur.jpg"), "note": "Dua orang."}

    own.post(path("production", business.pk), visit)
    with_badge = text_of(client.get(public))
    own.post(path("production_revoke", business.pk), {"reason": "Kini dibeli jadi."})
    without = text_of(client.get(public))

    assert ["Diproduksi sendiri" in page for page in (with_badge, without)] == [True, False]
    assert "Kini dibeli jadi." in text_of(own.get(path("production", business.pk)))


def test_same_visit_twice_is_one_proof(officer: OfficeMember, business: Business) -> None:
    assert prove(officer, business) == prove(officer, business)


def test_second_visit_waits_for_the_first_to_be_revoked(officer: OfficeMember, business: Business) -> None:
    prove(officer, business)

    with pytest.raises(ProofInForce, match="Bukti dari kunjungan lain masih berlaku"):
        prove(officer, business, visited_on=date(2018, 3, 9))


def test_revoking_needs_a_reason(officer: OfficeMember, business: Business) -> None:
    prove(officer, business)

    with pytest.raises(ValidationError, match="Tulis mengapa bukti ini tidak berlaku lagi"):
        proofs.revoke_proof(actor=actor_of(officer), business=business, reason="", now=NOW)


def test_nobody_proves_for_another_region_or_for_itself(business: Business) -> None:
    with pytest.raises(PermissionDenied):
        prove(OfficeMemberFactory(), business)
    with pytest.raises(PermissionDenied, match="Hanya petugas dinas yang mencatat hasil kunjungan"):
        proofs.revoke_proof(actor=holder_actor(business), business=business, reason="x", now=NOW)


def holder_actor(business: Business) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"visited_on": ""}, "Pilih tanggal kunjungan."),
        ({"visited_on": "2999-01-01"}, "Tanggal kunjungan belum tiba."),
        ({"photo": ""}, "Pilih berkasnya."),
        ({"photo": upload()}, "Ini berkas PDF, bukan foto."),
    ],
    ids=["no day", "future", "no photo", "pdf"],
)
def test_mistake_of_a_visit_is_named(
    own: Client, business: Business, values: dict[str, Any], sentence: str
) -> None:
    visit = {"visited_on": "2018-03-02", "photo": upload(photo(), "dapur.jpg"), "note": ""} | values

    response = own.post(path("production", business.pk), visit)

    assert (response.status_code, ProductionProof.objects.count()) == (422, 0)
    assert sentence in text_of(response)


def test_odd_nib_is_doubted_on_the_office_page(own: Client, business: Business) -> None:
    Business.objects.filter(pk=business.pk).update(nib="912")
    ProductionProofFactory(business=business, evidence=keep_pdf(business, "own_production"))
    Certificate.objects.all().delete()

    page = text_of(own.get(path("business_manage", business.pk)))

    assert "NIB biasanya 13 angka; di sini ada 3. Periksa lagi nomornya." in page
    assert "kunjungan 2 Maret 2018" in page


def make_food() -> Product:
    """A product whose kind usually needs two certificates, of a business that holds one of them."""
    food = FamilyFactory(certificates_usual=["pirt", "halal"])
    product = ProductFactory(name="Keripik", category=food)
    CertificateFactory(business=product.business, product=product, kind="pirt")
    ProductFactory(name="Sambal", category=food, business=product.business)
    return product


def advice_of(response: HttpResponse) -> str:
    text = text_of(response).partition("Biasanya diperlukan")[2].partition("</ul>")[0]
    return " ".join(strip_tags(text).split())


def test_certificate_forms_say_what_the_products_usually_need() -> None:
    product = make_food()
    business, certificate = product.business, product.certificates.get()
    office, holder = client_of(OfficeMemberFactory(office=business.office)), holder_of(business)
    said = "P-IRT ada Keripik P-IRT belum ada Sambal Halal belum ada Keripik, Sambal"

    pages = [
        office.get(path("certificate_new", business.pk)),
        office.get(path("certificate_edit", business.pk, certificate.pk)),
        holder.get("link_certificate_new"),
        holder.get("link_certificate_edit", certificate.pk),
    ]

    assert [advice_of(page) for page in pages] == [said] * 4


def test_a_product_says_what_it_usually_needs_where_it_is_filled_in() -> None:
    product = make_food()
    office = client_of(OfficeMemberFactory(office=product.business.office))

    pages = [
        office.get(path("product_edit", product.business_id, product.pk)),
        holder_of(product.business).get("link_product_send", product.pk),
    ]

    assert [advice_of(page) for page in pages] == ["P-IRT ada Halal belum ada"] * 2
    assert ["Saran menurut jenis produknya, bukan syarat." in text_of(page) for page in pages] == [True] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_advice_costs_three_queries_for_one_product_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    business = BusinessFactory()
    food = FamilyFactory(certificates_usual=["pirt"])
    ProductFactory.create_batch(count, category=food, business=business)

    with django_assert_num_queries(3):
        usual = usual_certificates_of(business, date(2018, 3, 1))

    assert [one.kind for one in usual] == ["P-IRT"]
