"""Downloads of the lists: the rows of the page, for those who may read them, with a second factor."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import HistoryEntry
from products import importing
from products.models import Business
from tests.clients import client_of
from tests.factories import (
    BusinessFactory,
    ComplementFactory,
    InquiryFactory,
    InterestFactory,
    NeedFactory,
    OfficeMemberFactory,
    ParticipationFactory,
    ProductFactory,
    ProposalRunFactory,
    UserFactory,
)
from tests.matchmaking.test_pairs import with_contacts
from tests.products.importing_office import TODAY, uploaded
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db

OF_CONTACT = ["delegation_export", "needs_export", "interest_export", "proposals_export", "runs_export"]
PRIVATE = [
    "matchmaking:delegation_export", "matchmaking:interest_export", "matchmaking:proposals_export",
    "matchmaking:inquiries_export", "products:businesses_export", "products:queue_export",
]  # fmt: skip
OPEN = ["matchmaking:needs_export", "matchmaking:runs_export", "products:complements_export"]


def address(scene: ContactScene, name: str, query: str = "") -> str:
    is_of_contact = name.removeprefix("matchmaking:") in OF_CONTACT
    path = reverse(name, args=[scene.trade_contact.slug] if is_of_contact else [])
    return f"{path}?{query}" if query else path


def table(client: Client, path: str) -> list[dict[str, Any]]:
    """Return the first sheet of a download, a dictionary for each row."""
    response = client.post(path)
    assert response.status_code == 200, response.content.decode()[:500]
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    titles, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_businesses_are_those_of_the_filter_in_its_order_on_all_pages() -> None:
    member = OfficeMemberFactory()
    for number in range(120):
        BusinessFactory(office=member.office, name=f"Kedai {number:03d}", district="Soreang")
    BusinessFactory(office=member.office, name="Kedai lain", district="Banjaran")
    BusinessFactory(name="Kedai jauh", district="Soreang")

    rows = table(client_of(member), f"{reverse('products:businesses_export')}?q=soreang&urut=nama&page=2")

    assert [row["Nama Usaha"] for row in rows] == [f"Kedai {number:03d}" for number in range(120)]


def test_a_phone_goes_out_as_it_is_stored_and_numbers_as_numbers() -> None:
    member = OfficeMemberFactory()
    business = BusinessFactory(office=member.office, phone="+6281270000548", nib="0120000000031")
    ProductFactory(business=business, name="=1+1", min_order=40)

    row = table(client_of(member), reverse("products:businesses_export"))[0]

    assert (row["No. HP/WA"], row["NIB"], row["Nama Produk"], row["Min. Order"]) == (
        "+6281270000548", "0120000000031", "=1+1", 40
    )  # fmt: skip


@pytest.mark.parametrize("answers", [("", ""), ("yes", ""), ("", "yes"), ("no", "yes")])
def test_contacts_of_the_other_side_stay_out_until_both_said_yes(answers: tuple[str, str]) -> None:
    scene = make_contact()
    with_contacts(scene)
    scene.make_pair(answer_a=answers[0], answer_b=answers[1])

    text = str(table(client_of(scene.guest), address(scene, "matchmaking:proposals_export")))

    assert "Ibu Tamu" in text
    assert "+62812" in text
    assert [leak for leak in ("Pak Rumah", "2222222", "surat2@") if leak in text] == []


def test_contacts_of_both_sides_are_in_once_both_said_yes() -> None:
    scene = make_contact()
    with_contacts(scene)
    scene.make_pair(answer_a="yes", answer_b="yes")

    text = str(table(client_of(scene.guest), address(scene, "matchmaking:proposals_export")))

    assert [shown for shown in ("Ibu Tamu", "Pak Rumah", "2222222", "surat2@") if shown not in text] == []


def test_a_third_office_of_the_contact_reads_no_contacts() -> None:
    scene = make_contact()
    with_contacts(scene)
    scene.make_pair(answer_a="yes", answer_b="yes")
    third = OfficeMemberFactory()
    scene.trade_contact.delegations.create(office=third.office, role="guest")

    for name in OF_CONTACT:
        text = str(table(client_of(third), address(scene, f"matchmaking:{name}")))
        assert [leak for leak in ("Ibu Tamu", "Pak Rumah", "1111111", "@contoh") if leak in text] == []


def test_delegation_of_another_office_goes_out_without_private_columns() -> None:
    scene = make_contact()
    with_contacts(scene)
    office = scene.host.office_id

    own = table(client_of(scene.host), address(scene, "matchmaking:delegation_export", f"dinas={office}"))
    other = table(client_of(scene.guest), address(scene, "matchmaking:delegation_export", f"dinas={office}"))

    assert [(row["Nama Usaha"], row["Nama Pemilik"]) for row in own] == [
        (scene.host_business.name, "Pak Rumah")
    ]
    assert [row["Nama Usaha"] for row in other] == [scene.host_business.name]
    assert not {"Nama Pemilik", "No. HP/WA", "NIB", "Kode portal usaha"} & other[0].keys()


def test_notes_on_the_interest_board_are_for_offices_with_a_side() -> None:
    scene = make_contact()
    pair = scene.make_pair(answer_a="yes")
    InterestFactory(pair=pair, business=pair.business_a, answer="yes", note="=catatan rahasia")
    third = OfficeMemberFactory()
    scene.trade_contact.delegations.create(office=third.office, role="guest")

    own = str(table(client_of(scene.host), address(scene, "matchmaking:interest_export")))
    foreign = str(table(client_of(third), address(scene, "matchmaking:interest_export")))

    assert ("=catatan rahasia" in own, "catatan" in foreign) == (True, False)


def test_calls_hold_the_numbers_of_the_own_region_only() -> None:
    scene = make_contact()
    with_contacts(scene)
    scene.make_pair()

    rows = table(client_of(scene.guest), address(scene, "matchmaking:interest_export", "lihat=telepon"))

    assert [(row["Nama Usaha"], row["No. HP/WA"]) for row in rows] == [
        (scene.guest_business.name, "+628121111111"), (scene.host_business.name, None)
    ]  # fmt: skip


def test_inquiries_of_another_region_are_not_in_it() -> None:
    scene = make_contact()
    InquiryFactory(business=scene.guest_business, sender_name="Bu Pembeli")
    InquiryFactory(business=scene.host_business, sender_name="Pak Lain")

    rows = table(client_of(scene.guest), reverse("matchmaking:inquiries_export"))

    assert [row["Pengirim"] for row in rows] == ["Bu Pembeli"]


def test_needs_runs_and_complements_go_out_as_their_pages_show_them() -> None:
    scene = make_contact()
    NeedFactory(business=scene.host_business, text="Kotak", quantity=40, price_ceiling_rupiah=2500)
    ProposalRunFactory(trade_contact=scene.trade_contact, state="failed")
    ComplementFactory(need_id="kotak", weight=0.5)
    client = client_of(scene.guest)

    needs = table(client, address(scene, "matchmaking:needs_export"))
    runs = table(client, address(scene, "matchmaking:runs_export"))
    complements = table(client, reverse("products:complements_export"))

    assert [(row["Kebutuhan"], row["Jumlah Kebutuhan"], row["Harga Maks (Rp)"]) for row in needs] == [
        ("Kotak", 40, 2500)
    ]
    assert [row["Keadaan"] for row in runs] == ["terhenti"]
    assert [(row["Yang dibeli"], row["Bobot"]) for row in complements] == [("kotak", 0.5)]


# The second factor, and the line of history


@pytest.mark.parametrize("name", PRIVATE)
def test_on_a_server_private_lists_need_a_second_factor(name: str, settings: Settings) -> None:
    settings.LOCAL = False
    scene = make_contact()
    client = client_of(scene.guest)

    before = client.post(address(scene, name, "q=x"), secure=True)
    Authenticator.objects.create(user=scene.guest.user, type=Authenticator.Type.TOTP, data={})
    after = client.post(address(scene, name, "q=x"), secure=True)

    assert (before.status_code, after.status_code) == (403, 200)
    page = before.content.decode()
    assert "Daftar ini memuat data yang tidak dilihat umum." in page
    assert reverse("mfa_index") in page
    assert "?q=x" in page


@pytest.mark.parametrize("name", OPEN)
def test_lists_without_private_data_need_none(name: str, settings: Settings) -> None:
    settings.LOCAL = False
    scene = make_contact()

    assert client_of(scene.guest).post(address(scene, name), secure=True).status_code == 200


@pytest.mark.parametrize("name", [*PRIVATE, *OPEN])
def test_a_download_is_written_down_without_what_was_searched_for(name: str) -> None:
    scene = make_contact()

    client_of(scene.guest).post(address(scene, name, "q=Ibu+Rahasia"))

    entry = HistoryEntry.objects.get(action="exported")
    assert (entry.subject_kind, entry.subject_id, entry.user_id) == (
        "accounts.user", scene.guest.user_id, scene.guest.user_id
    )  # fmt: skip
    assert entry.after.keys() == {"list", "rows"}
    assert "Rahasia" not in str(entry.after)


@pytest.mark.parametrize("name", [*PRIVATE, *OPEN])
def test_opened_instead_of_posted_to_it_leads_to_the_list_and_writes_nothing(name: str) -> None:
    scene = make_contact()

    response = client_of(scene.guest).get(address(scene, name, "q=x"), follow=True)

    assert (response.status_code, HistoryEntry.objects.filter(action="exported").count()) == (200, 0)
    assert response.redirect_chain[-1][0].endswith("?q=x")


def test_file_is_named_by_list_and_day_and_is_kept_nowhere() -> None:
    response = client_of(OfficeMemberFactory()).post(reverse("products:businesses_export"))

    assert response.headers["Content-Disposition"].startswith('attachment; filename="pelaku-usaha-20')
    assert (response.headers["Cache-Control"], response.headers["X-Content-Type-Options"]) == (
        "no-store", "nosniff"
    )  # fmt: skip


@pytest.mark.parametrize("name", [*PRIVATE, *OPEN])
def test_every_list_page_offers_its_download(name: str) -> None:
    scene = make_contact()
    ProductFactory(business=scene.guest_business, status="submitted", submitted_at=datetime.now(UTC))
    NeedFactory(business=scene.guest_business)
    scene.make_pair()
    ComplementFactory()
    InquiryFactory(business=scene.guest_business)
    ProposalRunFactory(trade_contact=scene.trade_contact, state="failed")
    client = client_of(scene.guest)

    page = client.get(address(scene, name), follow=True).content.decode()

    assert f'action="{address(scene, name)}?"' in page


COSTS = {
    "matchmaking:delegation_export": 8, "matchmaking:needs_export": 10, "matchmaking:interest_export": 8,
    "matchmaking:proposals_export": 10, "matchmaking:runs_export": 7, "matchmaking:inquiries_export": 6,
    "products:businesses_export": 17, "products:complements_export": 7, "products:queue_export": 7,
}  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", COSTS)
def test_downloads_cost_the_same_queries(
    name: str, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    scene = make_contact()
    for _number in range(count):
        pair = scene.make_pair(answer_a="yes")
        InterestFactory(pair=pair, business=pair.business_a, answer="yes", recorded_by=UserFactory())
        own = ParticipationFactory(delegation=scene.guest_delegation, business__office=scene.guest.office)
        NeedFactory(business=own.business)
        ProductFactory(business=own.business, status="submitted", submitted_at=datetime.now(UTC))
        InquiryFactory(business=own.business)
        ComplementFactory()
        ProposalRunFactory(trade_contact=scene.trade_contact, state="failed", requested_by=UserFactory())
    client = client_of(scene.guest)

    with django_assert_num_queries(COSTS[name]):
        assert client.post(address(scene, name)).status_code == 200


def test_an_admin_takes_all_regions() -> None:
    BusinessFactory(name="Satu")
    BusinessFactory(name="Dua")
    admin = Client()
    admin.force_login(UserFactory(is_superuser=True))

    rows = table(admin, reverse("products:businesses_export"))

    assert [row["Nama Usaha"] for row in rows] == ["Dua", "Satu"]
    assert Business.objects.count() == 2


@pytest.mark.usefixtures("reference_data")
def test_own_delegation_is_imported_again_without_a_change() -> None:
    scene = make_contact()
    with_contacts(scene)
    own = address(scene, "matchmaking:delegation_export", f"dinas={scene.guest.office_id}")

    content = client_of(scene.guest).post(own).content
    batch = uploaded(scene.guest_actor, content)
    shown = importing.preview(batch=batch, today=TODAY)

    assert (shown.reading.unknown_columns, shown.reading.problems) == ([], ())
    assert shown.plan.counts["businesses"] == {"new": 0, "changed": 0, "unchanged": 1}
