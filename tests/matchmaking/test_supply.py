"""Saya bisa memasok: an answer to a need of the board becomes one pair, or waits where the offices see it."""

import threading
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.actors import Actor, Via
from matchmaking import mails
from matchmaking.delegations import InCuration, remove_participant
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Interest, Pair, SupplyOffer
from matchmaking.pairing import hide_pair
from matchmaking.supply import close_offer, contacts_of_both_offices, offer_supply, turn_offer_into_pair
from matchmaking.supply_desk import products_for
from matchmaking.timeline import of_pair
from products.models import Business, Need
from tests.factories import (
    ApplicationFactory,
    BusinessFactory,
    CurationFactory,
    DelegationFactory,
    NeedFactory,
    OfficeFactory,
    ParticipationFactory,
    ProductFactory,
    TradeContactFactory,
)
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 20)


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def need(scene: ContactScene) -> Need:
    return NeedFactory(business=scene.host_business, text="Kotak kemasan, hubungi 0812 7000 6850")


def by_link(business: Business) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def offer(need: Need, business: Business, **changes: Any) -> SupplyOffer:
    values = {"actor": by_link(business), "today": DAY, "tell": lambda _pk: None}
    return offer_supply(need=need, business=business, **values | changes)


def test_two_participants_become_a_pair_with_the_suppliers_yes(scene: ContactScene, need: Need) -> None:
    product = ProductFactory(business=scene.guest_business)

    made = offer(need, scene.guest_business, products=[product], note="Sanggup 800")

    pair = Pair.objects.get()
    assert (made.pair, made.waits_because, list(made.products.all())) == (pair, "", [product])
    assert (pair.trade_contact, pair.origin) == (scene.trade_contact, Pair.Origin.SUPPLY)
    assert (pair.answer_of(scene.guest_business.pk), pair.answer_of(scene.host_business.pk)) == ("yes", "")
    assert pair.staff_reason == "Pemasok menjawab kebutuhan di papan: Kotak kemasan, hubungi …"
    assert list(Pair.objects.shown()) == [pair]


def test_the_pairs_history_says_where_it_comes_from(scene: ContactScene, need: Need) -> None:
    made = offer(need, scene.guest_business)
    assert made.pair is not None

    lines = [(line.text, line.who) for line in of_pair(made.pair, with_notes=False)]

    name = scene.guest_business.name
    link = f"{name}, melalui tautan pribadi"
    assert lines == [
        (f"{name} menjawab: Mau.", link),
        ("Dibuat dari tawaran memasok.", link),
        (f"{name} menyatakan bisa memasok.", link),
    ]


def test_pressing_twice_is_one_offer_one_pair_and_one_answer(scene: ContactScene, need: Need) -> None:
    first, second = offer(need, scene.guest_business), offer(need, scene.guest_business)

    assert first == second
    assert (SupplyOffer.objects.count(), Pair.objects.count(), Interest.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_make_one_pair(scene: ContactScene, need: Need) -> None:
    def press() -> None:
        offer(need, scene.guest_business)
        connection.close()

    threads = [threading.Thread(target=press) for _press in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (SupplyOffer.objects.count(), Pair.objects.count(), Interest.objects.count()) == (1, 1, 1)


def test_another_note_is_another_answer_of_the_same_pair(scene: ContactScene, need: Need) -> None:
    offer(need, scene.guest_business)

    offer(need, scene.guest_business, note="Bisa mulai April")

    assert [row.note for row in Interest.objects.order_by("pk")] == ["", "Bisa mulai April"]
    assert Pair.objects.count() == 1


def test_a_proposed_pair_stays_and_gets_the_answer(scene: ContactScene, need: Need) -> None:
    pair = scene.make_pair()

    made = offer(need, scene.guest_business)

    pair.refresh_from_db()
    assert (made.pair, pair.origin, pair.answer_a) == (pair, Pair.Origin.PROPOSED, "yes")


def test_an_officer_offers_on_behalf_and_history_says_so(scene: ContactScene, need: Need) -> None:
    made = offer(need, scene.guest_business, actor=scene.guest_actor)

    interest = Interest.objects.get()
    assert (interest.recorded_by, interest.via) == (scene.guest.user, Via.ACCOUNT)
    assert made.recorded_by == scene.guest.user


def test_an_open_programme_of_both_offices_takes_both_along(scene: ContactScene) -> None:
    programme = TradeContactFactory(starts_on=None, ends_on=None)
    for member in (scene.guest, scene.host):
        DelegationFactory(trade_contact=programme, office=member.office)
    supplier, buyer = (BusinessFactory(office=member.office) for member in (scene.guest, scene.host))

    made = offer(NeedFactory(business=buyer), supplier)

    assert made.pair is not None
    assert made.pair.trade_contact == programme
    assert supplier.participations.count() == buyer.participations.count() == 1


def test_a_visit_with_a_date_takes_nobody_along(scene: ContactScene, need: Need) -> None:
    made = offer(need, BusinessFactory(office=scene.guest.office))

    assert (made.pair, made.waits_because) == (None, SupplyOffer.Wait.NO_CONTACT)
    assert scene.guest_delegation.participations.count() == 1


def test_an_offer_without_a_contact_waits_until_an_officer_pairs_it(scene: ContactScene, need: Need) -> None:
    supplier = BusinessFactory(office=scene.guest.office)
    waiting = offer(need, supplier, note="Sanggup")

    paired = turn_offer_into_pair(
        actor=scene.host_actor, offer=waiting, trade_contact=scene.trade_contact, today=DAY
    )

    assert paired.pair is not None
    assert paired.waits_because == ""
    assert paired.pair.answer_of(supplier.pk) == "yes"
    assert Interest.objects.get().via == Via.LINK


def test_past_contacts_make_no_pair(scene: ContactScene, need: Need) -> None:
    made = offer(need, scene.guest_business, today=DAY + timedelta(days=30))

    assert made.waits_because == SupplyOffer.Wait.NO_CONTACT


def test_a_need_of_the_own_region_waits_for_the_office(scene: ContactScene, need: Need) -> None:
    neighbour = BusinessFactory(office=scene.host.office)

    made = offer(need, neighbour)

    assert made.waits_because == SupplyOffer.Wait.SAME_REGION
    with pytest.raises(ValidationError, match="berasal dari daerah yang sama"):
        turn_offer_into_pair(actor=scene.host_actor, offer=made, trade_contact=scene.trade_contact, today=DAY)


def test_a_pair_that_officers_have_hidden_stays_hidden(scene: ContactScene, need: Need) -> None:
    hide_pair(actor=scene.host_actor, pair=scene.make_pair(), reason="Pesaing")

    made = offer(need, scene.guest_business)

    assert (made.pair, made.waits_because) == (None, SupplyOffer.Wait.HIDDEN)
    assert not Interest.objects.exists()


@pytest.mark.parametrize("why", [SupplyOffer.Wait.CLOSED, SupplyOffer.Wait.LOCKED])
def test_an_offer_that_no_answer_can_go_with_waits_and_officers_read_what_to_do(
    scene: ContactScene, need: Need, why: str
) -> None:
    stop(scene, why)

    made = offer(need, scene.guest_business)

    assert (made.pair, made.waits_because) == (None, why)
    assert not Interest.objects.exists()
    with pytest.raises(ValidationError, match=r"Buka lagi dahulu|Buka kuncinya dahulu"):
        turn_offer_into_pair(actor=scene.host_actor, offer=made, trade_contact=scene.trade_contact, today=DAY)


def stop(scene: ContactScene, why: str) -> None:
    """Close the pair of the two businesses, or lock the answers of their contact."""
    if why == SupplyOffer.Wait.CLOSED:
        scene.make_pair(step="closed", closed_reason="price", step_at=timezone.now())
    else:
        type(scene.trade_contact).objects.update(answers_locked_at=timezone.now())


def test_a_business_that_was_taken_out_is_not_brought_back(scene: ContactScene) -> None:
    programme = TradeContactFactory(starts_on=None, ends_on=None)
    for member in (scene.guest, scene.host):
        DelegationFactory(trade_contact=programme, office=member.office)
    buyer = BusinessFactory(office=scene.host.office)
    joined = ParticipationFactory(
        delegation=programme.delegations.get(office=scene.host.office), business=buyer
    )
    remove_participant(actor=scene.host_actor, participation=joined, reason="Tutup")

    made = offer(NeedFactory(business=buyer), BusinessFactory(office=scene.guest.office))

    assert made.waits_because == SupplyOffer.Wait.TAKEN_OUT
    assert not buyer.participations.exists()


def test_an_applicant_who_is_not_chosen_waits_and_nobody_reads_why(scene: ContactScene) -> None:
    programme = TradeContactFactory(starts_on=None, ends_on=None)
    for member in (scene.guest, scene.host):
        DelegationFactory(trade_contact=programme, office=member.office)
    buyer, supplier = BusinessFactory(office=scene.host.office), BusinessFactory(office=scene.guest.office)
    curation = CurationFactory(delegation=programme.delegations.get(office=scene.host.office))
    ApplicationFactory(curation=curation, business=buyer)

    made = offer(NeedFactory(business=buyer), supplier)

    assert (made.pair, made.waits_because) == (None, SupplyOffer.Wait.TAKEN_OUT)
    assert made.waits_because_words == "salah satu usaha belum termasuk delegasi dinasnya"
    with pytest.raises(InCuration, match=f"{buyer.name} belum termasuk delegasi") as refused:
        turn_offer_into_pair(actor=scene.guest_actor, offer=made, trade_contact=programme, today=DAY)
    assert "kurasi" not in str(refused.value)
    with pytest.raises(InCuration, match="lewat kurasi"):
        turn_offer_into_pair(actor=scene.host_actor, offer=made, trade_contact=programme, today=DAY)


def test_a_contact_that_refuses_an_applicant_leads_on_to_the_next(scene: ContactScene) -> None:
    programmes = [TradeContactFactory(starts_on=None, ends_on=None) for _number in range(2)]
    for programme in programmes:
        for member in (scene.guest, scene.host):
            DelegationFactory(trade_contact=programme, office=member.office)
    buyer, supplier = BusinessFactory(office=scene.host.office), BusinessFactory(office=scene.guest.office)
    first = contacts_of_both_offices(buyer, supplier, DAY).filter(starts_on=None)[0]
    curation = CurationFactory(delegation=first.delegations.get(office=scene.host.office))
    ApplicationFactory(curation=curation, business=buyer)

    made = offer(NeedFactory(business=buyer), supplier)

    assert made.pair is not None
    assert {made.pair.trade_contact} == set(programmes) - {first}


def test_the_buyers_office_can_take_the_buyer_out_until_it_answered(scene: ContactScene, need: Need) -> None:
    made = offer(need, scene.guest_business)
    joined = scene.host_business.participations.get()

    remove_participant(actor=scene.host_actor, participation=joined, reason="Batal")

    assert made.pair is not None
    assert Pair.objects.get(pk=made.pair.pk).hidden_at is not None


def test_the_buyer_who_answered_stays(scene: ContactScene, need: Need) -> None:
    made = offer(need, scene.guest_business)
    assert made.pair is not None
    record_answer(
        actor=by_link(scene.host_business), pair=made.pair, business=scene.host_business, answer=Answer.YES
    )

    with pytest.raises(ValidationError, match="sudah dijawab"):
        remove_participant(
            actor=scene.host_actor, participation=scene.host_business.participations.get(), reason="Batal"
        )


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"today": date(2018, 5, 1)}, "Kebutuhan ini sudah berakhir, jadi tidak perlu dijawab lagi."),
        ({"note": "x" * 301}, "300"),
    ],
)
def test_what_cannot_be_offered_is_said(
    scene: ContactScene, need: Need, changes: dict[str, Any], text: str
) -> None:
    Need.objects.update(open_until=date(2018, 4, 1))
    need.refresh_from_db()

    with pytest.raises(ValidationError, match=text):
        offer(need, scene.guest_business, **changes)

    assert not SupplyOffer.objects.exists()


def test_nobody_supplies_itself_or_with_foreign_products(scene: ContactScene, need: Need) -> None:
    with pytest.raises(ValidationError, match="Ini kebutuhan usaha itu sendiri"):
        offer(need, scene.host_business)
    with pytest.raises(ValidationError, match="Pilih produk usaha itu sendiri"):
        offer(need, scene.guest_business, products=[ProductFactory()])


def test_only_the_business_or_its_office_offers(scene: ContactScene, need: Need) -> None:
    for actor in (by_link(scene.host_business), scene.host_actor, scene.stranger_actor):
        with pytest.raises(PermissionDenied, match="Tawaran disampaikan oleh usahanya sendiri"):
            offer(need, scene.guest_business, actor=actor)


def test_closing_needs_a_reason_and_keeps_the_offer_closed(scene: ContactScene, need: Need) -> None:
    waiting = offer(need, BusinessFactory(office=scene.guest.office))

    with pytest.raises(ValidationError, match="Tulis alasannya, mis"):
        close_offer(actor=scene.host_actor, offer=waiting, reason=" ")
    closed = close_offer(actor=scene.host_actor, offer=waiting, reason="Sudah dihubungkan")

    assert closed.closed_reason == "Sudah dihubungkan"
    with pytest.raises(ValidationError, match="Tawaran ini sudah ditutup"):
        turn_offer_into_pair(
            actor=scene.host_actor, offer=closed, trade_contact=scene.trade_contact, today=DAY
        )


def test_a_pair_is_not_closed_as_an_offer(scene: ContactScene, need: Need) -> None:
    made = offer(need, scene.guest_business)

    with pytest.raises(ValidationError, match="Tawaran ini sudah menjadi pasangan usaha"):
        close_offer(actor=scene.host_actor, offer=made, reason="x")


def test_a_third_office_settles_nothing(scene: ContactScene, need: Need) -> None:
    waiting = offer(need, BusinessFactory(office=scene.guest.office))

    with pytest.raises(PermissionDenied, match="Tawaran ditangani oleh dinas pembeli"):
        close_offer(actor=scene.stranger_actor, offer=waiting, reason="x")
    other = TradeContactFactory()
    with pytest.raises(PermissionDenied, match="Dinas Anda tidak ikut"):
        turn_offer_into_pair(actor=scene.host_actor, offer=waiting, trade_contact=other, today=DAY)


def test_an_office_that_takes_no_part_is_named(scene: ContactScene, need: Need) -> None:
    waiting = offer(need, BusinessFactory(office=OfficeFactory()))

    with pytest.raises(ValidationError, match="tidak ikut dalam kontak dagang ini"):
        turn_offer_into_pair(
            actor=scene.host_actor, offer=waiting, trade_contact=scene.trade_contact, today=DAY
        )


@pytest.mark.django_db(transaction=True)
def test_the_buyers_office_is_told_once(scene: ContactScene, need: Need) -> None:
    for _press in range(2):
        offer(need, scene.guest_business, tell=partial(mails.tell_about_supply, now=timezone.now()))

    assert [message.to for message in mail.outbox] == [[scene.host.user.email]]
    assert scene.guest_business.name in mail.outbox[0].subject + mail.outbox[0].body
    assert "/tawaran-memasok/" in mail.outbox[0].body


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_only_listed_products_are_offered_and_none_is_fine(
    scene: ContactScene, need: Need, status: str
) -> None:
    product = ProductFactory(business=scene.guest_business, status=status, submitted_at=timezone.now())

    with pytest.raises(ValidationError, match="Pilih produk yang tampil di katalog, atau kosongkan"):
        offer(need, scene.guest_business, products=[product])

    assert list(products_for(scene.guest_business, need)) == []
    assert offer(need, scene.guest_business).products.count() == 0
