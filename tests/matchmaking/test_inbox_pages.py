"""The two pages of the inbox: what can be done right in the list, with and without htmx, and mistakes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matchmaking.models import DigestSetting, Task
from tests.clients import client_of
from tests.factories import (
    InquiryFactory,
    NeedFactory,
    OfficeMemberFactory,
    ProductFactory,
    TaskFactory,
)
from tests.holders import holder_of, text_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
INBOX = "/meja-kerja/kotak-masuk/"
HTMX = {"HX-Request": "true"}


def a_late_task(scene: ContactScene) -> Task:
    pair = scene.make_pair(rank=1, answer_a="no", created_at=timezone.now())
    yesterday = timezone.localdate() - timedelta(days=1)
    task = TaskFactory(pair=pair, business=pair.business_a, due_on=yesterday, owner=scene.guest.user)
    assert isinstance(task, Task)
    return task


def done(client: Client, task: Task, note: str, **headers: Any) -> Any:
    return client.post(f"{INBOX}tugas/{task.pk}/?jenis=task", {"done_note": note}, **headers)


def test_the_list_leads_to_each_act_and_marks_what_is_late() -> None:
    scene = make_contact()
    task, inquiry = a_late_task(scene), InquiryFactory(business=scene.guest_business)

    text = text_of(client_of(scene.guest).get(INBOX))

    assert f'href="{reverse("matchmaking:office_task", args=[task.pk])}"' in text
    assert f'href="{reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number])}"' in text
    assert "lewat tenggat" in text


def test_empty_inbox_says_what_comes_there() -> None:
    text = text_of(client_of(OfficeMemberFactory()).get(INBOX))

    assert "Tidak ada yang menunggu" in text
    assert "usaha yang perlu ditelepon muncul di sini." in text


def test_unknown_kind_and_page_show_everything() -> None:
    scene = make_contact()
    a_late_task(scene)

    assert "Urus sertifikat halal" in text_of(
        client_of(scene.guest).get(INBOX, {"jenis": "zzz", "page": "99"})
    )


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_task_is_done_in_the_list_and_leaves_it(headers: dict[str, str]) -> None:
    scene = make_contact()
    task, client = a_late_task(scene), client_of(scene.guest)

    response = done(client, task, "Terbit, ID321.", headers=headers)

    if not headers:
        assert response.url == f"{INBOX}?jenis=task"
        response = client.get(response.url)
    task.refresh_from_db()
    assert (task.done_note, "Tugas selesai." in response.text) == ("Terbit, ID321.", True)
    assert ("<html" in response.text, "Urus sertifikat halal" in response.text) == (not headers, False)


def test_a_task_is_done_once_even_when_sent_twice() -> None:
    scene = make_contact()
    task, client = a_late_task(scene), client_of(scene.guest)
    done(client, task, "Terbit.")
    task.refresh_from_db()
    first = task.done_at

    done(client, task, "Terbit.")

    task.refresh_from_db()
    assert task.done_at == first


def test_a_task_without_a_result_says_what_to_write() -> None:
    scene = make_contact()
    task = a_late_task(scene)

    response = done(client_of(scene.guest), task, " ")

    assert response.status_code == 422
    assert "Tulis apa yang sudah dikerjakan, mis. nomor sertifikat halal." in text_of(response)


def test_a_task_without_owner_becomes_whose_it_was_done_by() -> None:
    scene = make_contact()
    task = a_late_task(scene)
    Task.objects.update(owner=None)

    done(client_of(scene.guest), task, "Terbit.")

    assert Task.objects.get().owner == scene.guest.user


def test_another_office_cannot_finish_the_task() -> None:
    scene = make_contact()
    task = a_late_task(scene)

    assert done(client_of(scene.host), task, "Terbit.").status_code == 404
    assert Task.objects.get().done_at is None


@pytest.mark.parametrize(("answer", "label"), [("yes", "Mau"), ("no", "Tidak"), ("other_time", "Jam lain")])
def test_a_pair_is_answered_in_the_list_without_javascript(answer: str, label: str) -> None:
    scene = make_contact(trade_contact__starts_on=None, trade_contact__ends_on=None)
    pair, holder = scene.make_pair(rank=1), holder_of(scene.guest_business)

    response = holder.post("link_inbox_answer", pair.pk, answer=answer)

    pair.refresh_from_db()
    text = text_of(holder.client.get(response.url))
    assert (pair.answer_a, response.url) == (answer, holder.path("link_inbox") + "?")
    assert f"Jawaban Anda untuk {pair.business_b.name} tercatat: {label}." in text
    assert "Tidak ada yang menunggu Anda" in text


def test_a_pair_is_answered_in_the_list_with_htmx() -> None:
    scene = make_contact(trade_contact__starts_on=None, trade_contact__ends_on=None)
    first, second = scene.make_pair(rank=1), scene.make_pair(rank=2)
    holder = holder_of(scene.guest_business)

    response = holder.client.post(
        holder.path("link_inbox_answer", first.pk), {"answer": "yes"}, headers=HTMX | {"origin": "null"}
    )

    assert ("<html" in response.text, "tercatat: Mau." in response.text) == (False, True)
    assert (f"/{first.pk}/jawab/" in response.text, second.trade_contact_id) == (
        False,
        first.trade_contact_id,
    )


def test_a_wrong_answer_and_a_locked_one_say_why() -> None:
    scene = make_contact(trade_contact__starts_on=None, trade_contact__ends_on=None)
    pair, holder = scene.make_pair(rank=1), holder_of(scene.guest_business)

    wrong = holder.post("link_inbox_answer", pair.pk, answer="mungkin")
    scene.trade_contact.answers_locked_at = timezone.now()
    scene.trade_contact.save()
    locked = holder.client.get(holder.post("link_inbox_answer", pair.pk, answer="yes").url)

    assert (wrong.status_code, "Pilih Mau, Jam lain, atau Tidak." in text_of(wrong)) == (422, True)
    assert "Jawaban sudah dikunci" in text_of(locked)


def test_a_pair_of_others_cannot_be_answered_from_the_list() -> None:
    pair = make_contact().make_pair(rank=1)

    response = holder_of(make_contact().guest_business).post("link_inbox_answer", pair.pk, answer="yes")

    pair.refresh_from_db()
    assert (response.status_code, pair.answer_a) == (404, "")


def test_an_ending_need_is_prolonged_from_the_list() -> None:
    business = ProductFactory().business
    need = NeedFactory(business=business, open_until=timezone.localdate())
    holder = holder_of(business)

    assert holder.path("link_need_prolong", need.pk) in text_of(holder.get("link_inbox"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = make_contact(trade_contact__starts_on=None, trade_contact__ends_on=None)
    for number in range(count):
        InquiryFactory(business=scene.guest_business)
        scene.make_pair(rank=number + 1)
        a_late_task(scene)
    holder, client = holder_of(scene.guest_business), client_of(scene.guest)

    with django_assert_num_queries(7):
        holder.get("link_inbox")
    with django_assert_num_queries(8):
        client.get(INBOX)


def test_an_officer_chooses_the_language_of_the_digest_or_none() -> None:
    member = OfficeMemberFactory()
    client = client_of(member)

    client.post(f"{INBOX}ringkasan/", {"kirim": "en"})
    english = DigestSetting.objects.get(user=member.user)
    response = client.post(f"{INBOX}ringkasan/", {"kirim": "tidak"}, follow=True)
    off = DigestSetting.objects.get(user=member.user)

    assert (english.language, english.off_at, off.language) == ("en", None, "en")
    assert (off.off_at is None, "Ringkasan dimatikan." in text_of(response)) == (False, True)


def test_a_business_turns_the_digest_off_and_on() -> None:
    business = ProductFactory(business__email="toko@contoh.test").business
    holder = holder_of(business)

    holder.post("link_digest", kirim="tidak")
    was_off = DigestSetting.objects.get(business=business).off_at is not None
    text = text_of(holder.get("link_inbox"))
    holder.post("link_digest", kirim="ya")

    assert (was_off, "Kirimi saya ringkasan lewat e-mail" in text) == (True, True)
    assert DigestSetting.objects.get(business=business).off_at is None
