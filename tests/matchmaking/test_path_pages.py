"""The pages of a pair's path: by an officer's account and by a personal link, with mistakes and refusals."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from matchmaking.models import Pair, Quote, QuoteRequest, Sample, Task
from tests.clients import admin_client, client_of, page_of
from tests.factories import (
    DelegationFactory,
    OfficeMemberFactory,
    PairStepFactory,
    QuoteFactory,
    QuoteRequestFactory,
    SampleFactory,
    TaskFactory,
    UnitFactory,
)
from tests.files import keep_pdf, photo, upload
from tests.holders import holder_of, text_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 22, 5, tzinfo=UTC)


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def pair(scene: ContactScene) -> Pair:
    return scene.make_pair(step="met", step_at=NOW, answer_a="yes", answer_b="yes")


def step_of(pair: Pair) -> str:
    return Pair.objects.get(pk=pair.pk).step


def test_officer_records_an_order_with_a_file(scene: ContactScene, pair: Pair) -> None:
    client, page = client_of(scene.guest), page_of(scene, "pair_path", pair.pk)

    for _press in range(2):
        response = client.post(page, {"to": "order", "file": upload()}, follow=True)

    step = pair.steps.get()
    assert "Langkah dicatat: pesanan (PO)." in text_of(response)
    assert (step.to_step, step.evidence.business, step.evidence.purpose) == (
        "order",
        scene.guest_business,
        "deal",
    )
    file_page = page_of(scene, "pair_file", pair.pk, step.evidence.token)
    assert client_of(scene.host).get(file_page).status_code == 200


def test_a_third_office_of_the_contact_reads_no_file_no_number_and_no_task(
    scene: ContactScene, pair: Pair
) -> None:
    third = OfficeMemberFactory()
    DelegationFactory(trade_contact=scene.trade_contact, office=third.office)
    proof = keep_pdf(scene.guest_business, purpose="deal")
    PairStepFactory(pair=pair, to_step="order", evidence=proof, document="PO-RAHASIA", note="RAHASIA")
    TaskFactory(pair=pair, title="Tugas RAHASIA")
    QuoteRequestFactory(trade_contact=scene.trade_contact, buyer=scene.host_business, what="RAHASIA")
    client = client_of(third)

    page = client.get(page_of(scene, "pair_path", pair.pk))

    assert page.status_code == 200
    assert "RAHASIA" not in text_of(page)
    assert client.get(page_of(scene, "pair_file", pair.pk, proof.token)).status_code == 404


def test_a_file_of_another_purpose_is_not_handed_out(scene: ContactScene, pair: Pair) -> None:
    certificate = keep_pdf(scene.guest_business)

    response = client_of(scene.host).get(page_of(scene, "pair_file", pair.pk, certificate.token))

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Pilih apa yang sudah terjadi."),
        ({"to": "repeat"}, "Pilih apa yang sudah terjadi."),
        ({"to": "loi"}, "Isi nomor dokumennya atau lampirkan fotonya."),
        ({"to": "sample", "note": "x" * 301}, "Terlalu panjang: paling banyak 300 huruf"),
    ],
)
def test_mistakes_in_a_step_are_said(scene: ContactScene, pair: Pair, data: Any, words: str) -> None:
    response = holder_of(scene.guest_business).post("link_pair_path", pair.pk, **data)

    assert response.status_code == 422
    assert words in text_of(response)
    assert step_of(pair) == "met"


def test_a_link_walks_the_sample_from_one_side_to_the_other(scene: ContactScene, pair: Pair) -> None:
    seller, buyer = holder_of(scene.guest_business), holder_of(scene.host_business)
    seller.post("link_sample_new", pair.pk, sender=scene.guest_business.pk, what="2 pasang", payer="sender")
    sample = Sample.objects.get()
    seller.post("link_sample_report", pair.pk, sample.pk, kabar="dikirim", day="2018-03-24")
    buyer.post("link_sample_report", pair.pk, sample.pk, kabar="diterima", day="2018-03-26")

    response = buyer.post(
        "link_sample_judge",
        pair.pk,
        sample.pk,
        verdict="change",
        lacking="packaging",
        note="Penyok.",
        photo=upload(photo(), "penyok.jpg"),
    )

    sample.refresh_from_db()
    assert response.status_code == 302
    assert (sample.sent_on, sample.received_on) == (date(2018, 3, 24), date(2018, 3, 26))
    assert (sample.verdict, sample.verdict_note, step_of(pair)) == ("change", "Penyok.", "sample")
    assert Task.objects.get().business == scene.guest_business
    shown = seller.get("link_pair_file", pair.pk, sample.photo.token)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/webp")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Tekan Dikirim atau Diterima."),
        ({"kabar": "dikirim"}, "Pilih tanggalnya."),
        ({"kabar": "dikirim", "day": "2999-01-01"}, "Tanggal ini belum tiba."),
        ({"kabar": "diterima", "day": "2018-03-24"}, "Penerimaan contoh dicatat oleh penerimanya."),
    ],
)
def test_mistakes_in_a_report_are_said(scene: ContactScene, pair: Pair, data: Any, words: str) -> None:
    sample = SampleFactory(pair=pair)

    response = holder_of(scene.guest_business).post("link_sample_report", pair.pk, sample.pk, **data)

    assert response.status_code == 422
    assert words in text_of(response)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("link_sample_new", ["Pilih salah satu dari kedua usaha.", "Tulis contoh apa yang dikirim."]),
        ("link_sample_new", ["Pilih siapa yang menanggung biayanya."]),
        ("link_pair_close", ["Pilih alasannya dari daftar."]),
        (
            "link_quote_request_new",
            [
                "Tulis apa yang diminta harganya, atau pilih kebutuhannya.",
                "Isi tanggal tutup, atau setelah berapa penawaran.",
            ],
        ),
    ],
)
def test_empty_forms_say_what_to_enter(scene: ContactScene, pair: Pair, name: str, words: list[str]) -> None:
    response = holder_of(scene.guest_business).post(name, pair.pk)

    assert response.status_code == 422
    assert [sentence for sentence in words if sentence not in text_of(response)] == []


def test_an_empty_verdict_says_what_to_enter(scene: ContactScene, pair: Pair) -> None:
    sample, buyer = SampleFactory(pair=pair), holder_of(scene.host_business)

    empty = buyer.post("link_sample_judge", pair.pk, sample.pk)
    without = buyer.post("link_sample_judge", pair.pk, sample.pk, verdict="refused")

    assert "Pilih cocok, perlu perbaikan, atau tidak cocok." in text_of(empty)
    assert "Pilih apa yang kurang dari contoh ini." in text_of(without)


def test_quotes_are_asked_for_and_given_by_link(scene: ContactScene, pair: Pair) -> None:
    buyer, seller = holder_of(scene.host_business), holder_of(scene.guest_business)
    buyer.post("link_quote_request_new", pair.pk, what="1.000 kotak", closes_at_count="1")
    asked = QuoteRequest.objects.get()
    data = {"price_rupiah": "2.400", "quantity": "1.000", "unit": UnitFactory().pk}

    given = seller.post("link_quote_request", pair.pk, asked.pk, **data)
    late = seller.post("link_quote_request", pair.pk, asked.pk, **{**data, "price_rupiah": "2.300"})

    quote = Quote.objects.get()
    assert (given.status_code, late.status_code) == (302, 422)
    assert (quote.price_rupiah, quote.seller, step_of(pair)) == (2_400, scene.guest_business, "quote")
    assert "Permintaan ini sudah menerima 1 penawaran, jadi ditutup." in text_of(late)
    assert "Rp2.400.000" in text_of(buyer.get("link_quote_request", pair.pk, asked.pk))


def test_a_seller_reads_its_own_column_only(scene: ContactScene, pair: Pair) -> None:
    asked = QuoteRequestFactory(trade_contact=scene.trade_contact, buyer=scene.host_business)
    QuoteFactory(request=asked, pair=pair, price_rupiah=2_222)
    rival = scene.make_pair()
    QuoteFactory(request=asked, pair=rival, price_rupiah=3_333)

    page = text_of(holder_of(scene.guest_business).get("link_quote_request", pair.pk, asked.pk))

    assert ("Rp2.222" in page, "Rp3.333" in page) == (True, False)


def test_the_buyer_does_not_quote_and_the_seller_does_not_close(scene: ContactScene, pair: Pair) -> None:
    asked = QuoteRequestFactory(trade_contact=scene.trade_contact, buyer=scene.host_business)
    data = {"price_rupiah": "2.400", "quantity": "1", "unit": UnitFactory().pk}

    quoted = holder_of(scene.host_business).post("link_quote_request", pair.pk, asked.pk, **data)
    closed = holder_of(scene.guest_business).post("link_quote_request_close", pair.pk, asked.pk)

    assert (quoted.status_code, closed.status_code) == (403, 403)
    assert "Penawaran diberikan oleh penjual sendiri" in text_of(quoted)
    assert "Permintaan ditutup oleh pembeli sendiri" in text_of(closed)


def test_closing_by_link_and_opening_again_by_the_office(scene: ContactScene, pair: Pair) -> None:
    link = holder_of(scene.host_business)
    link.post("link_pair_close", pair.pk, reason="halal", lacking=scene.guest_business.pk)
    closed = step_of(pair)
    again = page_of(scene, "pair_reopen", pair.pk)

    empty = client_of(scene.guest).post(again)
    client_of(scene.guest).post(again, {"note": "Sertifikat terbit."})

    assert (closed, step_of(pair)) == ("closed", "met")
    assert "Tulis mengapa pasangan ini dibuka lagi." in text_of(empty)
    assert Task.objects.get().reason == "halal"


def test_a_withdrawn_pair_has_no_path_behind_a_link(scene: ContactScene, pair: Pair) -> None:
    Pair.objects.filter(pk=pair.pk).update(hidden_at=NOW, staff_reason="Keliru.")

    response = holder_of(scene.guest_business).get("link_pair_path", pair.pk)

    assert response.status_code == 410
    assert "sudah ditarik oleh dinas" in text_of(response)


def test_an_officer_hands_a_task_over_and_says_it_is_done(scene: ContactScene, pair: Pair) -> None:
    task = TaskFactory(pair=pair)
    client, page = client_of(scene.guest), f"/tugas/{task.pk}/"
    wrong = client.post(page, {"owner": scene.host.user.pk, "due_on": ""})
    entered = {"owner": scene.guest.user.pk, "due_on": "2018-07-01", "done_note": "Terbit."}

    done = client.post(page, entered, follow=True)

    task.refresh_from_db()
    assert "Pilih petugas dari dinas yang sama." in text_of(wrong)
    assert "Pilih tenggatnya." in text_of(wrong)
    assert "Tugas selesai." in text_of(done)
    assert (task.owner, task.due_on, task.done_note) == (scene.guest.user, date(2018, 7, 1), "Terbit.")


def test_tasks_are_found_by_state_owner_and_name(scene: ContactScene, pair: Pair) -> None:
    mine = TaskFactory(pair=pair, owner=scene.guest.user)
    done = TaskFactory(pair=pair, reason="permit", done_at=NOW, done_note="Terbit.")
    client = client_of(scene.guest)

    found = [
        set(client.get("/tugas/", query).context["page"])
        for query in ({}, {"keadaan": "belum"}, {"keadaan": "siap"}, {"milik": "saya"}, {"q": "tidak ada"})
    ]

    assert found == [{mine, done}, {mine}, {done}, {mine}, set()]
    assert set(client_of(scene.host).get("/tugas/").context["page"]) == set()
    assert set(admin_client().get("/tugas/").context["page"]) == {mine, done}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("door", ["office", "link"])
def test_the_path_costs_the_same_for_one_and_for_many(
    scene: ContactScene, pair: Pair, count: int, door: str, django_assert_num_queries: Any
) -> None:
    fill(scene, pair, count)
    client, page = Client(), holder_of(scene.guest_business).path("link_pair_path", pair.pk)
    if door == "office":
        client, page = client_of(scene.guest), page_of(scene, "pair_path", pair.pk)
    client.get(page)

    with django_assert_num_queries({"office": 9, "link": 7}[door]):
        client.get(page)


def fill(scene: ContactScene, pair: Pair, count: int) -> None:
    for number in range(1, count + 1):
        verdict = {"sent_on": NOW.date(), "received_on": NOW.date(), "judged_on": NOW.date()}
        SampleFactory(pair=pair, number=number, verdict="good", **verdict)
        QuoteRequestFactory(trade_contact=scene.trade_contact, buyer=scene.host_business)
        PairStepFactory(pair=pair, from_step="repeat", to_step="repeat", document=f"PO-{number}")
        TaskFactory(pair=pair, reason=["halal", "permit", "packaging"][number - 1])
