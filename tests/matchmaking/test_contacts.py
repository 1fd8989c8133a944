"""Opening, showing and correcting a trade contact, by the two offices and nobody else."""

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import history
from accounts.actors import COMMAND
from accounts.history import entries_of
from matchmaking import contacts, timeline
from matchmaking.contacts import ContactFacts
from matchmaking.delegations import add_participants, remove_participant
from matchmaking.models import Delegation, TradeContact
from products.profiles import StaleVersion
from regions.models import OfficeMember
from tests.clients import admin_client, client_of, page_of
from tests.factories import (
    BusinessFactory,
    CategoryFactory,
    FamilyFactory,
    NeedFactory,
    OfficeFactory,
    OfficeMemberFactory,
    ParticipationFactory,
    RegionFactory,
    UserFactory,
    actor_of,
)
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
VISIT = date(2018, 3, 22)


def facts(**changes: object) -> ContactFacts:
    values = {
        "title": "Kontak dagang Bandung – Solo",
        "starts_on": VISIT,
        "ends_on": VISIT,
        "place": "Balai Kota Surakarta",
        "summary": "",
        "commodities": (),
        "businesses_per_delegation": 30,
        "pairs_per_business": 8,
    }
    return ContactFacts(**(values | changes))


def officer_of(name: str) -> OfficeMember:
    return OfficeMemberFactory(office=OfficeFactory(region=RegionFactory(name=name)))


# The act itself


def test_opening_makes_two_empty_delegations_with_history() -> None:
    guest, host = officer_of("Kabupaten Bandung"), OfficeFactory()
    shoes = FamilyFactory()

    contact, is_new = contacts.open_trade_contact(
        actor=actor_of(guest),
        guest_office=guest.office,
        host_office=host,
        facts=facts(commodities=(shoes,)),
    )

    assert is_new
    assert contact.slug == "bandung-solo"
    assert list(contact.commodities.all()) == [shoes]
    assert list(contact.delegations.order_by("pk").values_list("office", "role")) == [
        (host.pk, "host"),
        (guest.office.pk, "guest"),
    ]
    lines = entries_of(contact).order_by("pk")
    assert [(line.action, line.user) for line in lines] == [
        ("opened", guest.user),
        ("delegation_added", guest.user),
        ("delegation_added", guest.user),
    ]


@pytest.mark.parametrize("change", [{"title": "Lain"}, {"starts_on": date(2018, 3, 21)}, {"starts_on": None}])
def test_another_title_or_date_is_another_contact(change: dict) -> None:
    guest, host = OfficeMemberFactory(), OfficeFactory()
    offices = {"guest_office": guest.office, "host_office": host}

    contacts.open_trade_contact(actor=actor_of(guest), **offices, facts=facts())
    _contact, is_new = contacts.open_trade_contact(actor=actor_of(guest), **offices, facts=facts(**change))

    assert is_new


def test_the_same_again_from_either_office_is_the_same_contact() -> None:
    guest, host = OfficeMemberFactory(), OfficeMemberFactory()

    first, _new = contacts.open_trade_contact(
        actor=actor_of(guest), guest_office=guest.office, host_office=host.office, facts=facts()
    )
    again = contacts.open_trade_contact(
        actor=actor_of(host), guest_office=host.office, host_office=guest.office, facts=facts()
    )

    assert again == (first, False)
    assert Delegation.objects.count() == 2


def test_a_taken_or_reserved_or_unreadable_address_is_made_unique() -> None:
    titles = ["Kontak dagang Buka", "Solo", "Solo", "観光", "Kontak dagang " + "panjang " * 15]

    slugs = [
        contacts.open_trade_contact(
            actor=COMMAND, guest_office=OfficeFactory(), host_office=OfficeFactory(), facts=facts(title=title)
        )[0].slug
        for title in titles
    ]

    assert slugs == [
        "buka-2",
        "solo",
        "solo-2",
        "kontak",
        "panjang-panjang-panjang-panjang-panjang-panjang-panjang",
    ]


def test_offices_must_differ_and_include_the_own_one() -> None:
    member = OfficeMemberFactory()

    with pytest.raises(ValidationError) as refusal:
        contacts.open_trade_contact(
            actor=actor_of(member), guest_office=member.office, host_office=member.office, facts=facts()
        )
    assert refusal.value.message_dict == {"other_office": ["Pilih dinas dari daerah lain."]}
    with pytest.raises(PermissionDenied, match="Dinas Anda harus menjadi tamu atau tuan rumah"):
        contacts.open_trade_contact(
            actor=actor_of(member), guest_office=OfficeFactory(), host_office=OfficeFactory(), facts=facts()
        )


def test_dates_the_wrong_way_round_are_refused_by_the_domain_too() -> None:
    with pytest.raises(ValidationError, match="Tanggal selesai tidak boleh sebelum tanggal mulai"):
        contacts.open_trade_contact(
            actor=COMMAND,
            guest_office=OfficeFactory(),
            host_office=OfficeFactory(),
            facts=facts(ends_on=date(2018, 3, 1)),
        )


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_open_one_contact() -> None:
    guest, host = OfficeMemberFactory(), OfficeMemberFactory()

    def press(member: OfficeMember) -> None:
        try:
            contacts.open_trade_contact(
                actor=actor_of(member), guest_office=guest.office, host_office=host.office, facts=facts()
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[member]) for member in [guest, host] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (TradeContact.objects.count(), Delegation.objects.count()) == (1, 2)


def test_correcting_counts_the_version_and_keeps_what_was() -> None:
    scene = make_contact()
    before = contacts.facts_of(scene.trade_contact)
    shoes = FamilyFactory(code="sepatu")

    changed = contacts.update_trade_contact(
        actor=scene.host_actor,
        trade_contact=scene.trade_contact,
        version=1,
        facts=replace(before, place="Pendapi Gede", commodities=(shoes,)),
    )

    assert (changed.version, changed.place, list(changed.commodities.all())) == (2, "Pendapi Gede", [shoes])
    line = entries_of(changed).get()
    assert (line.before["place"], line.after["place"], line.after["commodities"]) == (
        "Balai Kota Surakarta",
        "Pendapi Gede",
        ["sepatu"],
    )


def test_saving_the_same_facts_changes_nothing_even_when_stale() -> None:
    scene = make_contact()

    same = contacts.update_trade_contact(
        actor=scene.host_actor,
        trade_contact=scene.trade_contact,
        version=99,
        facts=contacts.facts_of(scene.trade_contact),
    )

    assert same.version == 1
    assert not entries_of(same).exists()


def test_stale_save_is_refused() -> None:
    scene = make_contact()

    with pytest.raises(StaleVersion):
        contacts.update_trade_contact(
            actor=scene.host_actor, trade_contact=scene.trade_contact, version=7, facts=facts()
        )


def test_one_more_guest_gets_a_delegation_once() -> None:
    scene = make_contact()
    third = OfficeFactory(name="Dinas Sleman")

    delegation = contacts.add_guest(actor=scene.host_actor, trade_contact=scene.trade_contact, office=third)

    assert (delegation.office, delegation.role) == (third, "guest")
    with pytest.raises(ValidationError) as refusal:
        contacts.add_guest(actor=scene.host_actor, trade_contact=scene.trade_contact, office=third)
    assert refusal.value.message_dict == {"office": ["Dinas Sleman sudah ikut dalam kontak dagang ini."]}


def test_suggested_title_names_both_regions_and_the_month_in_indonesian() -> None:
    guest, host = officer_of("Kabupaten Bandung").office, officer_of("Kota Surakarta").office

    assert contacts.suggested_title(guest, host, VISIT) == (
        "Kontak dagang Kabupaten Bandung – Kota Surakarta, Maret 2018"
    )
    assert contacts.suggested_title(guest, host, None) == "Kontak dagang Kabupaten Bandung – Kota Surakarta"


# Its pages


def entered(other: OfficeMember, **changes: object) -> dict[str, object]:
    return {
        "role": "guest",
        "other_office": other.office.pk,
        "title": "",
        "starts_on": "2018-03-22",
        "ends_on": "",
        "place": "Balai Kota",
        "summary": "",
        "businesses_per_delegation": "30",
        "pairs_per_business": "8",
    } | changes


def test_officer_opens_a_contact_and_lands_on_its_overview() -> None:
    member, other = officer_of("Kabupaten Bandung"), officer_of("Kota Surakarta")
    craft = CategoryFactory()

    response = client_of(member).post(
        reverse("matchmaking:contact_new"), entered(other, commodities=[craft.pk]), follow=True
    )

    contact = TradeContact.objects.get()
    assert response.redirect_chain[-1][0] == reverse("matchmaking:contact_overview", args=[contact.slug])
    assert contact.title == "Kontak dagang Kabupaten Bandung – Kota Surakarta, Maret 2018"
    assert (contact.starts_on, contact.ends_on) == (VISIT, VISIT)
    assert list(contact.commodities.all()) == [craft]
    assert contact.delegations.get(role="guest").office == member.office
    assert "Kontak dagang dibuka. Kedua dinas sekarang melihatnya." in response.text


def test_opening_twice_says_so() -> None:
    member, other = OfficeMemberFactory(), OfficeMemberFactory()
    client = client_of(member)
    client.post(reverse("matchmaking:contact_new"), entered(other, role="host"))

    response = client.post(reverse("matchmaking:contact_new"), entered(other, role="host"), follow=True)

    assert "Kontak dagang ini sudah ada, jadi tidak dibuka dua kali." in response.text
    assert TradeContact.objects.get().delegations.get(role="host").office == member.office


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"role": ""}, "Pilih tamu atau tuan rumah."),
        ({"role": "raja"}, "Pilih tamu atau tuan rumah."),
        ({"other_office": ""}, "Pilih dinas dari daftar."),
        ({"other_office": "0"}, "Dinas ini tidak ada dalam daftar. Pilih dinas lain."),
        ({"starts_on": "32-13-2018"}, "Pilih tanggal yang ada di kalender, mis. 22-03-2018."),
        ({"starts_on": "", "ends_on": "2018-03-22"}, "Isi tanggal mulai juga."),
        ({"ends_on": "2018-03-21"}, "Tanggal selesai tidak boleh sebelum tanggal mulai."),
        ({"place": "x" * 161}, "Nama tempat terlalu panjang. Tulis paling banyak 160 huruf."),
        ({"title": "x" * 141}, "Judul terlalu panjang. Tulis paling banyak 140 huruf."),
        ({"summary": "x" * 1001}, "Keterangan terlalu panjang. Tulis paling banyak 1.000 huruf."),
        ({"commodities": ["0"]}, "Komoditas ini tidak ada dalam daftar. Pilih yang lain."),
        ({"commodities": ["x"]}, "Komoditas ini tidak ada dalam daftar. Pilih yang lain."),
        ({"businesses_per_delegation": ""}, "Tulis kuota, mis. 30."),
        ({"businesses_per_delegation": "banyak"}, "Tulis kuota dengan angka, mis. 30."),
        ({"businesses_per_delegation": "0"}, "Kuota paling sedikit 1 pelaku usaha."),
        ({"businesses_per_delegation": "1000"}, "Kuota paling banyak 999 pelaku usaha."),
        ({"pairs_per_business": ""}, "Tulis jumlah usulan, mis. 8."),
        ({"pairs_per_business": "x"}, "Tulis jumlah usulan dengan angka, mis. 8."),
        ({"pairs_per_business": "0"}, "Usulan per pelaku usaha paling sedikit 1."),
        ({"pairs_per_business": "51"}, "Usulan per pelaku usaha paling banyak 50."),
        ({"least_pairs_per_business": "tiga"}, "Tulis jumlah usulan dengan angka, mis. 3."),
        ({"least_pairs_per_business": "-1"}, "Usulan paling sedikit tidak boleh kurang dari 0."),
        (
            {"least_pairs_per_business": "9"},
            "Paling banyak sama dengan “Usulan paling banyak per pelaku usaha”, yaitu 8.",
        ),
    ],
)
def test_mistakes_are_told_twice_and_what_was_typed_stays(change: dict, text: str) -> None:
    member, other = OfficeMemberFactory(), OfficeMemberFactory()
    typed = entered(other, title="Kunjungan balasan") | change

    response = client_of(member).post(reverse("matchmaking:contact_new"), typed)

    assert response.status_code == 422
    assert response.text.count(text) == 2
    assert 'value="Kunjungan balasan"' in response.text or "title" in change
    assert not TradeContact.objects.exists()


@pytest.mark.parametrize(
    ("change", "least"),
    [({}, 3), ({"pairs_per_business": "2"}, 2), ({"least_pairs_per_business": "5"}, 5)],
)
def test_fewest_pairs_are_three_as_far_as_the_quota_allows(change: dict, least: int) -> None:
    member, other = OfficeMemberFactory(), OfficeMemberFactory()

    client_of(member).post(reverse("matchmaking:contact_new"), entered(other) | change)

    assert TradeContact.objects.get().least_pairs_per_business == least


def test_own_office_and_unknown_offices_are_not_offered() -> None:
    member = OfficeMemberFactory()

    response = client_of(member).post(
        reverse("matchmaking:contact_new"), entered(member, other_office=member.office.pk)
    )

    assert "Dinas ini tidak ada dalam daftar. Pilih dinas lain." in response.text or (
        "Belum ada dinas dari daerah lain" in response.text
    )
    assert not TradeContact.objects.exists()


def test_alone_on_the_portal_one_is_told_whom_to_ask() -> None:
    response = client_of(OfficeMemberFactory()).get(reverse("matchmaking:contact_new"))

    assert "Belum ada dinas dari daerah lain" in response.text
    assert "Minta admin portal mendaftarkan dinas daerah mitra" in response.text


def test_admin_without_office_names_both_offices() -> None:
    guest, host = OfficeMemberFactory(), OfficeMemberFactory()
    client = admin_client()
    page = reverse("matchmaking:contact_new")

    same = client.post(page, entered(guest, own_office=guest.office.pk))
    client.post(page, entered(host, own_office=guest.office.pk))

    assert "Pilih dinas dari daerah lain." in same.text
    assert TradeContact.objects.get().delegations.get(role="host").office == host.office


def test_user_without_office_opens_nothing() -> None:
    client = Client()
    client.force_login(UserFactory())

    assert client.get(reverse("matchmaking:contact_new")).status_code == 404


def test_correcting_shows_both_texts_when_somebody_was_faster() -> None:
    scene = make_contact(trade_contact__title="Kontak dagang Bandung – Solo")
    client, page = client_of(scene.guest), page_of(scene, "contact_edit")
    typed = {
        "version": "1",
        "title": "Kontak dagang Bandung – Solo",
        "starts_on": "2018-03-22",
        "ends_on": "2018-03-22",
        "place": "Pendapi Gede",
        "businesses_per_delegation": "30",
        "pairs_per_business": "8",
    }
    client_of(scene.host).post(page, typed | {"place": "Benteng Vastenburg"})

    stale = client.post(page, typed)
    again = client.post(page, typed | {"version": "2"}, follow=True)

    assert stale.status_code == 409
    assert "Data ini baru saja diubah oleh orang lain. Isian Anda belum disimpan." in stale.text
    assert "<td>Benteng Vastenburg</td>" in stale.text
    assert "<td>Pendapi Gede</td>" in stale.text
    assert 'name="version" value="2"' in stale.text
    assert "Kontak dagang diperbarui." in again.text
    assert TradeContact.objects.get().place == "Pendapi Gede"


def test_correcting_needs_a_title() -> None:
    scene = make_contact()

    response = client_of(scene.guest).post(page_of(scene, "contact_edit"), {"version": "1", "title": " "})

    assert response.status_code == 422
    assert "Tulis judul yang dikenali kedua dinas." in response.text


def test_one_more_guest_is_invited_on_its_page() -> None:
    scene = make_contact()
    third = OfficeFactory()
    client, page = client_of(scene.host), page_of(scene, "guest_new")

    first = client.post(page, {"office": third.pk}, follow=True)
    second = client.post(page, {"office": third.pk})
    nobody = client.post(page, {"office": ""})

    assert "Dinas tamu ditambahkan, dengan delegasi yang masih kosong." in first.text
    assert f"{third.name} sudah ikut dalam kontak dagang ini." in second.text
    assert "Pilih dinas dari daftar." in nobody.text
    assert scene.trade_contact.delegations.filter(role="guest").count() == 2


@pytest.mark.parametrize("name", ["contact_overview", "contact_edit", "guest_new"])
def test_an_office_outside_sees_nothing(name: str) -> None:
    scene = make_contact()
    stranger = client_of(scene.stranger)

    assert stranger.get(page_of(scene, name)).status_code == 404
    if name != "contact_overview":
        assert stranger.post(page_of(scene, name), {"office": scene.stranger.office.pk}).status_code == 404
    assert client_of(scene.guest).get(page_of(scene, name)).status_code == 200
    assert client_of(scene.host).get(page_of(scene, name)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_overview_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    scene = make_contact()
    for _number in range(count):
        pair = scene.make_pair(answer_a="yes")
        NeedFactory(business=pair.business_b)
        ParticipationFactory(delegation=scene.guest_delegation)
        contacts.add_guest(actor=scene.host_actor, trade_contact=scene.trade_contact, office=OfficeFactory())
    client = client_of(scene.guest)
    client.get(page_of(scene, "contact_overview"))

    with django_assert_num_queries(13):
        client.get(page_of(scene, "contact_overview"))


def test_overview_tells_where_the_contact_stands() -> None:
    scene = make_contact(trade_contact__businesses_per_delegation=1)
    ParticipationFactory(delegation=scene.guest_delegation)
    NeedFactory(business=scene.host_business)
    scene.make_pair(answer_a="yes", answer_b="yes")
    scene.make_pair()

    response = client_of(scene.guest).get(page_of(scene, "contact_overview"))

    assert "3 dari 1 usaha" in response.text
    assert "melebihi kuota" in response.text
    assert (
        "<title>keduanya mau: 1, menunggu satu pihak: 0, minta jam lain: 0, belum dijawab: 1" in response.text
    )
    assert "Hubungi yang belum menjawab" in response.text


# Its history


def texts_of(scene: ContactScene) -> list[tuple[str, str]]:
    contact = scene.trade_contact
    lines = timeline.of_contact(contact, contact.delegations.order_by("pk"), COMMAND)
    return [(line.text, line.note) for line in lines]


def test_history_tells_joint_arrivals_in_one_line() -> None:
    scene = make_contact()
    names = ["Abon", "Kaos", "Tas"]
    new = [BusinessFactory(office=scene.guest.office, name=name) for name in names]
    add_participants(actor=scene.guest_actor, delegation=scene.guest_delegation, businesses=new)
    for participation in scene.guest_delegation.participations.filter(business__in=new[:2]).order_by("pk"):
        remove_participant(
            actor=scene.guest_actor, participation=participation, reason=f"Alasan {participation.pk}."
        )

    assert [text for text, _note in texts_of(scene)] == [
        "Kaos dikeluarkan dari delegasi.",
        "Abon dikeluarkan dari delegasi.",
        "Tas masuk delegasi. Begitu juga 2 usaha lain.",
    ]


def test_history_tells_of_offices_proposals_and_withdrawn_imports() -> None:
    scene = make_contact()
    contact, actor = scene.trade_contact, scene.guest_actor
    contacts.add_guest(actor=actor, trade_contact=contact, office=OfficeFactory(name="Dinas Sleman"))
    after = {"office": scene.host.office.name, "role": "host"}
    history.record(actor=actor, subject=contact, action="delegation_added", after=after)
    history.record(
        actor=actor, subject=contact, action="pairs_proposed", after={"pairs": 9, "came": 2, "went": 1}
    )
    history.record(
        actor=actor,
        subject=scene.guest_delegation,
        action="participant_import_undone",
        before={"business": "Kaos"},
    )

    assert [text for text, _note in texts_of(scene)] == [
        "Kaos keluar dari delegasi karena impornya ditarik kembali.",
        "Usulan dihitung: 9 pasangan, 2 baru, 1 keluar.",
        f"{scene.host.office.name} menjadi tuan rumah.",
        "Dinas Sleman ikut sebagai tamu.",
    ]


def test_typed_title_is_kept() -> None:
    member, other = OfficeMemberFactory(), OfficeMemberFactory()

    client_of(member).post(reverse("matchmaking:contact_new"), entered(other, title="Kunjungan balasan"))

    assert TradeContact.objects.get().title == "Kunjungan balasan"
