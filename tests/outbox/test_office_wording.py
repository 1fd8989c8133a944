"""An office's own wording: named placeholders and nothing else, and no colleague overwritten."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import HistoryEntry
from outbox.models import MessageTemplate
from outbox.templates import TEMPLATES
from outbox.wording import has_stray_brace, placeholders
from regions.models import OfficeMember
from tests.clients import client_of
from tests.factories import MessageTemplateFactory, OfficeMemberFactory
from tests.holders import text_of

pytestmark = pytest.mark.django_db

ARGUMENTS = ["inquiry_received", "id"]


@pytest.fixture
def officer() -> OfficeMember:
    return OfficeMemberFactory()


def save(officer: OfficeMember, **changes: Any) -> Any:
    typed = {"version": 0, "subject": "Minat {nomor}", "body": "Buka {alamat}", **changes}
    return client_of(officer).post(reverse("outbox:wording_edit", args=ARGUMENTS), typed, follow=True)


@pytest.mark.parametrize("kind", TEMPLATES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_portals_own_wording_keeps_its_rules(kind: str, language: str) -> None:
    texts = TEMPLATES[kind]
    subject, body = texts.subject[language], texts.body[language]

    assert not has_stray_brace(subject + body)
    assert set(texts.needed) <= placeholders(body)
    assert placeholders(subject) <= texts.allowed_in_subject
    assert len(kind) <= MessageTemplate._meta.get_field("kind").max_length


def test_office_keeps_its_own_wording(officer: OfficeMember) -> None:
    response = save(officer, body="Halo,\r\nbuka {alamat}")

    row = MessageTemplate.objects.get()
    assert "Kalimat disimpan. Pesan berikutnya memakainya." in text_of(response)
    assert (row.office, row.subject, row.body, row.version) == (
        officer.office,
        "Minat {nomor}",
        "Halo,\nbuka {alamat}\n",
        1,
    )
    assert HistoryEntry.objects.get().after == {"kind": "inquiry_received", "language": "id"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"subject": ""}, "Tulis judulnya."),
        ({"body": ""}, "Tulis isinya."),
        ({"body": "{alamat} {rahasia}"}, "{rahasia} tidak dikenal. Yang boleh dipakai: {alamat}, {nomor},"),
        ({"body": "{alamat} {usaha.owner_name}"}, "Kurung kurawal hanya untuk isian."),
        ({"body": "{alamat} {0}"}, "Kurung kurawal hanya untuk isian."),
        ({"body": "{alamat} {{ usaha"}, "Kurung kurawal hanya untuk isian."),
        ({"body": "Ada minat baru."}, "Isian {alamat} harus ada."),
        (
            {"subject": "Minat {nama}"},
            "{nama} tidak dikenal. Yang boleh dipakai: {nomor}, {produk},",
        ),
        ({"subject": "Buka {alamat}", "body": "Ada minat baru."}, "Isian {alamat} harus ada."),
        (
            {"subject": "Buka {alamat}"},
            "{alamat} hanya untuk isi pesan: alamat rahasia tidak",
        ),
    ],
)
def test_wrong_wording_is_refused_with_what_to_do(
    officer: OfficeMember, typed: dict[str, str], words: str
) -> None:
    response = save(officer, **typed)

    assert response.status_code == 422
    assert words in text_of(response)
    assert not MessageTemplate.objects.exists()


def test_page_says_what_the_subject_may_have(officer: OfficeMember) -> None:
    page = client_of(officer).get(reverse("outbox:wording_edit", args=ARGUMENTS))

    assert "Tanpa isian alamat: judul dapat terbaca orang lain." in text_of(page)


def test_template_code_stays_text(officer: OfficeMember) -> None:
    save(officer, body="%(alamat)s {% now 'Y' %} {alamat}")

    assert not MessageTemplate.objects.exists()  # braces that are no placeholder


def test_colleagues_newer_wording_is_shown_and_then_replaced(officer: OfficeMember) -> None:
    save(officer)

    late = save(officer, version=0, subject="Kabar {nomor}")
    again = save(officer, version=1, subject="Kabar {nomor}")

    assert late.status_code == 409
    assert "Kalimat ini baru saja diubah oleh orang lain." in text_of(late)
    assert "Minat {nomor}" in text_of(late)
    assert 'name="version" value="1"' in late.text
    assert again.status_code == 200
    assert MessageTemplate.objects.get().subject == "Kabar {nomor}"


def test_same_wording_twice_is_one_change(officer: OfficeMember) -> None:
    save(officer)
    save(officer)

    assert (MessageTemplate.objects.get().version, HistoryEntry.objects.count()) == (1, 1)


def test_portals_wording_again(officer: OfficeMember) -> None:
    MessageTemplateFactory(office=officer.office)
    other = MessageTemplateFactory()

    for _press in range(2):
        response = client_of(officer).post(reverse("outbox:wording_reset", args=ARGUMENTS), follow=True)

    assert "Kalimat bawaan portal dipakai lagi." in text_of(response)
    assert list(MessageTemplate.objects.all()) == [other]


@pytest.mark.parametrize("address", ["mimpi/id/", "inquiry_received/su/", "search_alert/id/"])
def test_kind_or_language_that_no_office_writes_is_404(officer: OfficeMember, address: str) -> None:
    assert client_of(officer).get(f"/pesan/kalimat/{address}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_many(
    officer: OfficeMember, count: int, django_assert_num_queries: Any
) -> None:
    kinds = [kind for kind, texts in TEMPLATES.items() if texts.is_of_an_office]
    for kind in kinds[:count]:
        MessageTemplateFactory(office=officer.office, kind=kind)
    client = client_of(officer)
    client.get("/pesan/kalimat/")

    with django_assert_num_queries(5):
        page = client.get("/pesan/kalimat/")

    assert page.text.count("kalimat dinas") == count
