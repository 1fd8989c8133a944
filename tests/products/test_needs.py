"""Writing down a need: once, with consent when heard by phone, and only for one's own region."""

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.actors import Actor, Via
from accounts.history import entries_of
from products.models import Business, Need
from products.needs import NeedFacts, record_need, register_business
from tests.factories import (
    BusinessFactory,
    FamilyFactory,
    OfficeFactory,
    OfficeMemberFactory,
    RegionFactory,
    UnitFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
PHONE = "+628120000001"


def facts(**changes: object) -> NeedFacts:
    values = {"category": FamilyFactory(), "text": "Kotak kemasan food-grade"} | changes
    return NeedFacts(**values)


def test_need_by_phone_keeps_every_fact_the_consent_and_who_noted_it() -> None:
    officer = OfficeMemberFactory()
    business = BusinessFactory(office=officer.office)
    heard = facts(
        quantity=1000,
        unit=UnitFactory(),
        price_ceiling_rupiah=2500,
        certificates_required=("pirt", "halal"),
        area_region=RegionFactory(),
        wanted_from=date(2018, 4, 1),
        open_until=date(2018, 12, 31),
    )

    need, is_new = record_need(
        actor=actor_of(officer), business=business, source=Need.Source.PHONE, facts=heard, has_consent=True
    )

    stored = Need.objects.select_related("consent").get()
    assert is_new
    assert stored == need
    assert {name: getattr(stored, name) for name in heard.columns()} == heard.columns()
    assert stored.certificates_required == ["halal", "pirt"]
    assert (stored.recorded_by, stored.consent.recorded_by) == (officer.user, officer.user)
    assert (stored.consent.purpose, stored.consent.wording_version, stored.consent.via) == (
        "contact",
        "telepon-1",
        "account",
    )
    line = entries_of(need).get()
    assert (line.action, line.after, line.business_id) == ("recorded", {"text": need.text}, business.pk)


def test_the_same_need_sent_twice_is_one_need_with_one_consent() -> None:
    officer = OfficeMemberFactory()
    business, heard = BusinessFactory(office=officer.office), facts()
    press = {"business": business, "source": Need.Source.PHONE, "facts": heard, "has_consent": True}

    first = record_need(actor=actor_of(officer), **press)
    second = record_need(actor=actor_of(officer), **press)

    assert (first[1], second) == (True, (first[0], False))
    assert Need.objects.count() == 1


def test_another_quantity_is_another_need() -> None:
    officer = OfficeMemberFactory()
    business, heard = BusinessFactory(office=officer.office), facts()

    for quantity in (None, 500, 1000):
        record_need(
            actor=actor_of(officer),
            business=business,
            source=Need.Source.FORM,
            facts=NeedFacts(**{**heard.columns(), "quantity": quantity}),
        )

    assert list(Need.objects.order_by("pk").values_list("quantity", "consent")) == [
        (None, None),
        (500, None),
        (1000, None),
    ]


def test_need_by_phone_without_consent_is_refused() -> None:
    officer = OfficeMemberFactory()

    with pytest.raises(ValidationError) as refusal:
        record_need(
            actor=actor_of(officer),
            business=BusinessFactory(office=officer.office),
            source=Need.Source.PHONE,
            facts=facts(),
        )

    assert refusal.value.message_dict == {
        "has_consent": ["Tanyakan persetujuannya lebih dahulu, lalu beri tanda."]
    }
    assert Need.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"quantity": 0}, "Jumlah harus lebih dari 0."),
        ({"price_ceiling_rupiah": 0}, "Harga tertinggi harus lebih dari Rp0."),
        (
            {"wanted_from": date(2018, 4, 2), "open_until": date(2018, 4, 1)},
            "Tanggal berlaku harus sesudah tanggal mulai dibutuhkan.",
        ),
    ],
)
def test_broken_rules_are_told_in_words(changes: dict, text: str) -> None:
    officer = OfficeMemberFactory()

    with pytest.raises(ValidationError) as refusal:
        record_need(
            actor=actor_of(officer),
            business=BusinessFactory(office=officer.office),
            source=Need.Source.FORM,
            facts=facts(**changes),
        )

    assert text in refusal.value.messages


def test_another_office_may_not_record_needs_for_a_business() -> None:
    with pytest.raises(PermissionDenied, match="dicatat oleh usahanya sendiri atau dinas wilayahnya"):
        record_need(
            actor=actor_of(OfficeMemberFactory()),
            business=BusinessFactory(),
            source=Need.Source.FORM,
            facts=facts(),
        )


def test_holder_of_a_link_records_own_needs_only() -> None:
    business = BusinessFactory()
    holder = Actor(via=Via.LINK, business_id=business.pk)

    need, _is_new = record_need(actor=holder, business=business, source=Need.Source.LINK, facts=facts())

    assert (need.source, need.recorded_by) == ("link", None)
    with pytest.raises(PermissionDenied):
        record_need(
            actor=holder, business=BusinessFactory(office=business.office), source="link", facts=facts()
        )


def test_new_business_is_registered_once() -> None:
    officer = OfficeMemberFactory()
    heard = {"office": officer.office, "name": "Hotel Manahan", "phone": PHONE, "district": "Banjarsari"}

    business, is_new = register_business(actor=actor_of(officer), **heard)
    again = register_business(actor=actor_of(officer), **{**heard, "name": "HOTEL MANAHAN"})

    assert (is_new, again) == (True, (business, False))
    stored = Business.objects.get()
    assert (stored.name, stored.phone, stored.district, stored.region, stored.office) == (
        "Hotel Manahan",
        PHONE,
        "Banjarsari",
        officer.office.region,
        officer.office,
    )
    assert entries_of(business).get().action == "registered"


def test_number_of_another_business_is_named() -> None:
    officer = OfficeMemberFactory()
    BusinessFactory(office=officer.office, name="Hotel Manahan", phone=PHONE)

    with pytest.raises(ValidationError) as refusal:
        register_business(
            actor=actor_of(officer), office=officer.office, name="Toko Baru", phone=PHONE, district=""
        )

    assert refusal.value.message_dict == {
        "phone": ["Nomor ini sudah tercatat untuk Hotel Manahan. Pilih usaha itu, atau periksa nomornya."]
    }


def test_name_with_another_number_asks_for_a_difference() -> None:
    officer = OfficeMemberFactory()
    BusinessFactory(office=officer.office, name="Hotel Manahan", phone="+628120000002")

    with pytest.raises(ValidationError) as refusal:
        register_business(
            actor=actor_of(officer), office=officer.office, name="hotel manahan", phone=PHONE, district=""
        )

    assert refusal.value.message_dict == {
        "name": ["Nama ini sudah tercatat. Pilih usaha itu, atau tulis nama yang membedakannya."]
    }


def test_businesses_of_another_office_do_not_meet() -> None:
    officer = OfficeMemberFactory()
    BusinessFactory(name="Hotel Manahan", phone=PHONE)

    _business, is_new = register_business(
        actor=actor_of(officer), office=officer.office, name="Hotel Manahan", phone=PHONE, district=""
    )

    assert is_new
    with pytest.raises(PermissionDenied, match="dicatat oleh dinas wilayahnya"):
        register_business(
            actor=actor_of(officer), office=OfficeFactory(), name="Lain", phone=PHONE, district=""
        )


@pytest.mark.django_db(transaction=True)
def test_pressing_eight_times_at_once_makes_one_business_and_one_need() -> None:
    officer = OfficeMemberFactory()
    actor, heard = actor_of(officer), facts()

    def press() -> None:
        try:
            business, _new = register_business(
                actor=actor, office=officer.office, name="Hotel Manahan", phone=PHONE, district=""
            )
            record_need(actor=actor, business=business, source=Need.Source.FORM, facts=heard)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Business.objects.count(), Need.objects.count()) == (1, 1)
