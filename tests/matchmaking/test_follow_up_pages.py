"""The page behind a follow-up link, and the office's calendar of follow-ups."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking import ask_links
from matchmaking.follow_up_pages import counts_of, follow_ups_for, month_after, month_of
from matchmaking.models import AskLink, Commitment, FollowUp, Pair, TradeContact
from products.links import issue_link
from products.models import Business
from tests.clients import client_of
from tests.factories import FollowUpFactory, InvitationFactory, MessageFactory
from tests.holders import LinkHolder, holder_of, text_of
from tests.scenes import ContactScene, make_contact
from tradecontact.logs import hide_secrets

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 4, 2, 5, tzinfo=UTC)
TODAY = date(2018, 4, 2)


def question_of(scene: ContactScene, **values: Any) -> FollowUp:
    pair = scene.make_pair(step="met", step_at=NOW, answer_a="yes", answer_b="yes")
    return FollowUpFactory(
        **{"pair": pair, "asked": pair.business_a, "due_on": timezone.localdate(), **values}
    )


def address_of(question: FollowUp) -> str:
    _link, token = ask_links.issue_follow_up(actor=COMMAND, follow_up=question, now=timezone.now())
    return reverse("matchmaking:ask", args=[token])


def test_one_tap_answers_without_an_account(client: Client) -> None:
    scene = make_contact()
    address = address_of(question_of(scene))
    asked = text_of(client.get(address))

    answers = [client.post(address, {"jawaban": "still", "note": ""}) for _again in range(2)]

    assert f"Bagaimana kelanjutannya dengan {scene.host_business.name}?" in asked
    assert [response.status_code for response in answers] == [302, 302]
    assert "Terima kasih, jawaban Anda tercatat" in text_of(client.get(address))
    assert [(row.answer, row.via) for row in FollowUp.objects.all()] == [("still", "link")]


def test_a_stop_asks_for_the_side_and_closes_the_pair(client: Client) -> None:
    scene = make_contact()
    address = address_of(question_of(scene))

    asks = client.post(address, {"jawaban": "stopped:packaging"})
    client.post(address, {"jawaban": "stopped:packaging", "lacking": scene.guest_business.pk})

    assert asks.status_code == 422
    assert "Usaha mana yang perlu dibantu?" in text_of(asks)
    assert "Pasangan ini ditutup dengan alasan itu" in text_of(client.get(address))
    assert Pair.objects.get().closed_reason == "packaging"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({}, "Pilih masih jalan, ada pesanan, atau alasan berhenti."),
        ({"jawaban": "stopped:malas"}, "Pilih masih jalan, ada pesanan, atau alasan berhenti."),
        ({"jawaban": "stopped:other"}, "Tulis alasannya."),
        ({"jawaban": "stopped:halal", "lacking": "0"}, "Pilih salah satu dari kedua usaha."),
    ],
)
def test_what_is_missing_is_said(client: Client, data: dict[str, str], text: str) -> None:
    response = client.post(address_of(question_of(make_contact())), data)

    assert response.status_code == 422
    assert text in text_of(response)
    assert FollowUp.objects.get().answered_at is None


def test_an_order_leads_to_recording_it_once(client: Client) -> None:
    scene = make_contact()
    address = address_of(question_of(scene))
    order = {"seller": scene.guest_business.pk, "goods": "Sepatu kulit", "amount_rupiah": "12 jt"}
    order["agreed_on"] = timezone.localdate().isoformat()

    client.post(address, {"jawaban": "ordered"})
    asks = text_of(client.get(address))
    pages = [client.post(address, order) for _again in range(2)]
    wrong = client.post(address, order | {"amount_rupiah": ""})

    assert "Supaya pesanan ini terhitung, catat di sini" in asks
    assert [page.status_code for page in (*pages, wrong)] == [302, 302, 422]
    assert "Isi nilainya." in text_of(wrong)
    rows = Commitment.objects.values_list("level", "amount_rupiah", "recorded_for", "via")
    assert list(rows) == [("order", 12_000_000, scene.guest_business.pk, "link")]
    assert "Pesanan yang tercatat" in text_of(client.get(address))


def test_links_that_do_not_open_say_why(client: Client) -> None:
    scene = make_contact()
    address = address_of(question_of(scene))
    unknown = client.get(reverse("matchmaking:ask", args=["tidak-ada"]))
    AskLink.objects.update(revoked_at=timezone.now())
    revoked = client.get(address)
    long_ago = timezone.now() - timedelta(days=90)
    AskLink.objects.update(revoked_at=None, created_at=long_ago, expires_at=long_ago + timedelta(days=60))
    expired = client.post(address, {"jawaban": "still"})

    assert [page.status_code for page in (unknown, revoked, expired)] == [404, 410, 410]
    assert "Tautan ini tidak dikenal" in text_of(unknown)
    assert "sudah dicabut oleh dinas" in text_of(revoked)
    assert "Masa berlaku tautan ini sudah lewat" in text_of(expired)
    assert f"Hubungi {scene.guest_business.office.name}" in text_of(expired)


def bound_holder(business: Business, contact: TradeContact) -> LinkHolder:
    """Return the holder of a link of ``business`` that opens one contact."""
    link, token = issue_link(actor=COMMAND, business=business, now=timezone.now())
    InvitationFactory(link=link, trade_contact=contact)
    return LinkHolder(token)


def inbox_page_of(holder: LinkHolder, question: FollowUp) -> str:
    return holder.path("link_follow_up", question.pair_id, question.pk)


def test_a_business_answers_in_its_inbox_with_one_press() -> None:
    scene = make_contact()
    question, holder = question_of(scene), holder_of(scene.guest_business)
    inbox = holder.get("link_inbox").text

    said = [
        holder.client.post(inbox_page_of(holder, question), {"jawaban": answer}, follow=True)
        for answer in ("still", "ordered")
    ]

    assert f'action="{inbox_page_of(holder, question)}"' in inbox
    assert "Terima kasih, jawaban Anda tercatat." in text_of(said[0])
    assert "Tidak ada yang menunggu Anda" in text_of(said[0])
    assert "Sudah dijawab: <strong>masih jalan</strong>" in text_of(said[1])
    assert [(row.answer, row.via) for row in FollowUp.objects.all()] == [("still", "link")]


def test_an_order_told_in_the_inbox_leads_to_recording_it() -> None:
    scene = make_contact()
    question, holder = question_of(scene), holder_of(scene.guest_business)

    page = holder.client.post(inbox_page_of(holder, question), {"jawaban": "ordered"}, follow=True)

    assert "Supaya pesanan ini terhitung, catat di sini." in text_of(page)
    assert page.redirect_chain[-1][0] == holder.path("link_commitment_new", question.pair_id)


def test_in_the_inbox_too_a_stop_asks_for_the_side() -> None:
    scene = make_contact()
    question, holder = question_of(scene), holder_of(scene.guest_business)

    asks = holder.client.post(inbox_page_of(holder, question), {"jawaban": "stopped:packaging"})

    assert asks.status_code == 422
    assert "Usaha mana yang perlu dibantu?" in text_of(asks)


def test_a_link_opens_no_question_but_its_own() -> None:
    scene = make_contact()
    question, other = question_of(scene), make_contact()
    later = FollowUpFactory(pair=question.pair, days=30, due_on=timezone.localdate() + timedelta(days=1))
    partner, stranger = holder_of(scene.host_business), holder_of(other.guest_business)
    bound = bound_holder(scene.guest_business, other.trade_contact)

    pages = [
        holder.client.post(inbox_page_of(holder, asked), {"jawaban": "still"})
        for holder, asked in [(partner, question), (stranger, question), (bound, question)]
    ]
    early = holder_of(scene.guest_business)
    pages.append(early.client.post(inbox_page_of(early, later), {"jawaban": "still"}))

    assert [page.status_code for page in pages] == [404, 404, 404, 404]
    assert not FollowUp.objects.exclude(answered_at=None).exists()
    assert scene.host_business.name not in bound.get("link_inbox").text


def test_the_address_is_kept_private(client: Client) -> None:
    address = address_of(question_of(make_contact()))

    headers = client.get(address).headers

    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert hide_secrets(f"http://contoh.test{address}") == "http://contoh.test/tanya/***/"


def test_every_question_is_in_one_state() -> None:
    scene = make_contact()
    sent = {"sent_at": NOW}
    for values in (
        {"due_on": date(2018, 3, 26)},
        {"due_on": TODAY},
        {"due_on": TODAY, "message": MessageFactory(state="given_up"), **sent},
        {"due_on": TODAY, **sent},
        {"due_on": date(2018, 4, 3)},
        {"due_on": TODAY, "answer": "still", "answered_at": NOW, "via": "link"},
    ):
        question_of(scene, **values)
    ended = question_of(scene, due_on=TODAY)
    Pair.objects.filter(pk=ended.pair_id).update(step="closed", closed_reason="price")

    counts = counts_of(follow_ups_for(scene.guest_actor, TODAY))

    assert {count.state.value: count.number for count in counts} == {
        "late": 1, "due": 2, "sent": 1, "planned": 1, "answered": 1, "ended": 1,
    }  # fmt: skip


def test_months_follow_each_other() -> None:
    assert month_of("2018-12", TODAY) == date(2018, 12, 1)
    assert month_of("kapan saja", TODAY) == date(2018, 4, 1)
    assert [month_after(date(2018, 12, 1), step) for step in (-1, 1)] == [
        date(2018, 11, 1),
        date(2019, 1, 1),
    ]
    assert month_after(date.max.replace(day=1), 1) == date.max.replace(day=1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    scene = make_contact()
    for _number in range(count):
        question_of(scene)
    FollowUp.objects.update(asked=scene.guest_business)
    client = client_of(scene.guest)
    client.get(reverse("matchmaking:follow_ups"))

    with django_assert_num_queries(7):
        response = client.get(reverse("matchmaking:follow_ups"), {"keadaan": "due"})

    assert len(response.context["page"]) == count


def test_the_calendar_shows_own_businesses_by_month_and_what_waits() -> None:
    scene = make_contact()
    question_of(scene, due_on=date(2018, 4, 2))
    address = reverse("matchmaking:follow_ups")

    own, other = client_of(scene.guest), client_of(scene.host)
    pages = [
        own.get(address, {"bulan": "2018-04"}),
        own.get(address, {"bulan": "2018-05"}),
        own.get(address, {"lihat": "menunggu", "q": scene.host_business.name}),
        other.get(address, {"bulan": "2018-04"}),
    ]

    assert [len(page.context["page"]) for page in pages] == [1, 0, 1, 0]
    assert "lewat, belum dijawab" in text_of(pages[0])
    assert "1 perlu dinas tanyakan" in text_of(pages[1])


def test_an_officer_answers_on_behalf_from_the_calendar() -> None:
    scene = make_contact()
    question = question_of(scene)
    address = reverse("matchmaking:follow_up", args=[question.pk])
    client = client_of(scene.guest)
    asks = text_of(client.get(address))

    client.post(address, {"jawaban": "ordered", "note": "Lewat telepon."})

    assert "Catat jawabannya" in asks
    page = text_of(client.get(address))
    assert "diisi oleh petugas" in page
    assert "Pesanan baru terhitung setelah" in page
    assert client_of(scene.host).get(address).status_code == 404


def test_whatsapp_leads_to_wa_me_or_says_why_not() -> None:
    scene = make_contact()
    question = question_of(scene)
    client, address = client_of(scene.guest), reverse("matchmaking:follow_up_whatsapp", args=[question.pk])
    scene.guest_business.phone = ""
    scene.guest_business.save()
    refused = client.post(address, follow=True)
    scene.guest_business.phone = "+6281234567890"
    scene.guest_business.save()

    opened = client.post(address)

    assert "Nomor WhatsApp" in text_of(refused)
    assert opened.headers["Location"].startswith("https://wa.me/6281234567890?text=")
    assert opened.headers["Referrer-Policy"] == "no-referrer"
