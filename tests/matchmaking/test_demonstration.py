"""The demonstration as it stands after ``seed_demo``: alive, invented, honest about what is not known."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from matchmaking import front_page
from matchmaking.demo import letters, making, rows
from matchmaking.demo.building import rows_of_its_own
from matchmaking.demo.offices import PASSWORD, SIGN_INS
from matchmaking.demo.return_visit import day_of_return_visit
from matchmaking.demo.visits import day_of_coming_visit
from matchmaking.models import (
    Answer,
    AnswerState,
    Application,
    ConflictOfInterest,
    Inquiry,
    Interest,
    Pair,
    SupplyOffer,
    TradeContact,
)
from matchmaking.models.pairs import PairQuerySet
from products.models import Business, Certificate, Need, Product, ProductionProof, Unit
from tests.matchmaking.seeding import seed

INVENTED_PHONE = re.compile(r"\+62 ?812-?7000-?\d{4}")


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """Build the demonstration once for the whole module; return what the command printed."""
    whole_module = transaction.atomic()
    with django_db_blocker.unblock():
        whole_module.__enter__()
        call_command("load_reference_data", stdout=StringIO())
        counts = json.loads(seed())
    yield counts
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole_module.__exit__(None, None, None)


@pytest.fixture
def demonstration(built: dict[str, Any], db: None) -> dict[str, Any]:
    return built


def pairs_of_coming_visit() -> PairQuerySet:
    return Pair.objects.filter(trade_contact=TradeContact.objects.order_by("-starts_on")[0])


def test_seed_demo_prints_what_it_built(demonstration: dict[str, Any]) -> None:
    assert {name: demonstration[name] for name in ("offices", "users", "businesses", "trade_contacts")} == {
        "offices": 3,
        "users": 5,
        "businesses": 51 + 1 + 3,  # the sender of an inquiry is registered, three applied in vain
        "trade_contacts": 3,
    }
    assert demonstration["products"] == Product.objects.count() == len(rows.products())
    assert demonstration["needs"] == Need.objects.count() == len(rows.needs())
    assert demonstration["pairs"] == pairs_of_coming_visit().shown().count() >= 80
    assert demonstration["inquiries"] == len(letters.LETTERS)


def test_every_answer_state_is_there(demonstration: dict[str, Any]) -> None:
    assert sorted(demonstration["answers"]) == sorted(AnswerState)
    assert [state for state, pairs in demonstration["answers"].items() if pairs < 5] == []


def test_answers_came_through_links_and_officers_and_one_changed(demonstration: dict[str, Any]) -> None:
    vias = set(Interest.objects.values_list("via", flat=True))
    answers_of_sides = Counter(Interest.objects.values_list("pair", "business"))

    assert vias == {"link", "account", "public_form"}
    assert max(answers_of_sides.values()) == 2
    assert Interest.objects.filter(answer=Answer.NO, note="").count() == 0
    assert Interest.objects.filter(answer=Answer.OTHER_TIME, note="").count() == 0


def test_officers_locked_hid_and_added_pairs(demonstration: dict[str, Any]) -> None:
    pairs = pairs_of_coming_visit()
    hidden = pairs.exclude(hidden_at=None)

    assert pairs.exclude(locked_at=None).count() == 3
    assert [bool(pair.staff_reason) for pair in hidden] == [True]
    assert Counter(pairs.exclude(origin="proposed").values_list("origin", flat=True)) == {
        "officer": 1,
        "inquiry": 1,
    }


def test_every_business_that_takes_part_has_a_proposal(demonstration: dict[str, Any]) -> None:
    pairs = Pair.objects.shown()
    with_pairs = {*pairs.values_list("business_a", flat=True), *pairs.values_list("business_b", flat=True)}

    taking_part = Business.objects.exclude(participations=None)
    assert [business.name for business in taking_part.exclude(pk__in=with_pairs)] == []


def test_kurasi_of_the_coming_visit_is_decided(demonstration: dict[str, Any]) -> None:
    waiting = Application.objects.exclude(state="chosen").in_order().values_list("business__name", "state")

    assert dict(waiting) == {
        "Rajut Sekar Pagi": "reserve",
        "Opak Warung Ilalang": "reserve",
        "Lilin Senja Rupa": "refused",
    }
    assert ConflictOfInterest.objects.count() == 1


def test_front_page_and_catalogue_begin_with_many_sectors(demonstration: dict[str, Any]) -> None:
    on_front_page = {product.category.parent_id for product in front_page.varied_products()}
    newest = Product.objects.listed().with_cards().order_by("-created_at", "-pk")[:12]

    assert len(on_front_page) == front_page.PRODUCTS_SHOWN
    assert len({product.category.parent_id for product in newest}) >= 8


def test_inquiries_wait_became_a_pair_and_were_closed(demonstration: dict[str, Any]) -> None:
    assert Inquiry.objects.waiting().count() == 2
    assert Inquiry.objects.exclude(pair=None).count() == 1
    assert Inquiry.objects.exclude(closed_reason="").count() == 1


def test_an_answer_to_a_need_became_a_pair_and_another_waits(demonstration: dict[str, Any]) -> None:
    states = [(offer.pair is not None, offer.waits_because) for offer in SupplyOffer.objects.order_by("pk")]

    assert states == [(True, ""), (False, SupplyOffer.Wait.SAME_REGION)]
    assert demonstration["supply_offers"] == 2


def test_two_businesses_were_seen_making_their_goods_and_the_picture_says_that_it_is_none(
    demonstration: dict[str, Any],
) -> None:
    proofs = ProductionProof.objects.select_related("business", "evidence")

    assert {proof.business.name for proof in proofs} == set(making.SEEN)
    assert {proof.evidence.shown_name for proof in proofs} == {"gambar-contoh.webp"}
    assert all(proof.evidence.file.storage.exists(proof.evidence.file.name) for proof in proofs)
    assert Product.objects.listed().filter(makes_itself=True).count() == 5


def test_many_products_say_where_they_are_delivered_and_others_do_not(demonstration: dict[str, Any]) -> None:
    areas = Counter(Product.objects.listed().values_list("delivery_area", flat=True))

    assert set(areas) == {"", "everywhere", "listed"}
    assert min(areas.values()) >= 15


def test_needs_by_phone_have_consent(demonstration: dict[str, Any]) -> None:
    by_phone = Need.objects.filter(source=Need.Source.PHONE)

    assert by_phone.count() >= 5
    assert by_phone.filter(consent=None).count() == 0


def test_unknown_values_stay_unknown(demonstration: dict[str, Any]) -> None:
    assert Product.objects.filter(price_tiers=None).exists()
    assert Product.objects.filter(capacity_per_month=None).exists()
    assert Product.objects.filter(lead_time_days=None).exists()
    assert Business.objects.filter(products=None, needs=None).exists()
    assert set(Certificate.objects.values_list("state", flat=True)) == set(Certificate.State)
    assert Unit.objects.filter(pk__in=Product.objects.values("unit")).count() >= 10


def test_all_people_and_businesses_are_invented(demonstration: dict[str, Any]) -> None:
    phones = [row.phone for row in rows.businesses()] + [letter.phone for letter in letters.LETTERS]
    emails = [
        *User.objects.values_list("email", flat=True),
        *Business.objects.values_list("email", flat=True),
    ]
    owners = [row.owner for row in rows.businesses() if row.owner]

    assert [phone for phone in phones if not INVENTED_PHONE.fullmatch(phone)] == []
    assert [email for email in emails if email and not email.endswith("contoh.test")] == []
    assert [owner for owner in owners if not re.fullmatch(r"(Ibu|Bapak) [A-Z]\.", owner)] == []
    assert [row.nib for row in rows.businesses() if not re.fullmatch(r"(912000990\d{4})?", row.nib)] == []


def test_names_and_numbers_are_used_once() -> None:
    businesses = rows.businesses()

    for values in ([row.name for row in businesses], [row.phone for row in businesses]):
        assert len(values) == len(set(values)) == 51


def test_each_business_of_bandung_is_of_another_district() -> None:
    districts = [row.district for row in rows.businesses() if row.region == "32.04"]

    assert len(districts) == len(set(districts)) == 31


def test_the_coming_visit_is_a_thursday_in_about_three_weeks() -> None:
    days = [date(2028, 2, day) for day in range(10, 17)]

    visits = [day_of_coming_visit(day) for day in days]

    assert {visit.weekday() for visit in visits} == {3}
    assert all(19 <= (visit - day).days <= 25 for day, visit in zip(days, visits, strict=True))


def test_return_visit_was_a_thursday_fourteen_weeks_ago() -> None:
    days = [date(2028, 2, day) for day in range(10, 17)]

    visits = [day_of_return_visit(day) for day in days]

    assert {visit.weekday() for visit in visits} == {3}
    assert all(98 <= (day - visit).days <= 104 for day, visit in zip(days, visits, strict=True))


def test_one_visit_is_history_one_returned_it_and_one_is_coming(demonstration: dict[str, Any]) -> None:
    first, returned, coming = TradeContact.objects.order_by("starts_on")

    assert first.starts_on == date(2018, 3, 22)
    assert (returned.return_of, returned.starts_on) == (first, day_of_return_visit(timezone.localdate()))
    assert coming.starts_on == day_of_coming_visit(timezone.localdate())


def test_seed_demo_refuses_a_second_time_and_changes_nothing(demonstration: dict[str, Any]) -> None:
    before = rows_of_its_own()

    with pytest.raises(CommandError, match=r"^The demonstration stands here already; nothing was changed\.$"):
        seed()

    assert rows_of_its_own() == before


def test_show_prints_sign_ins_that_work(demonstration: dict[str, Any], client: Client) -> None:
    text = seed(show=True)

    assert [sign_in.email for sign_in in SIGN_INS if sign_in.email not in text] == []
    assert PASSWORD in text
    for sign_in in SIGN_INS:
        response = client.post(reverse("account_login"), {"login": sign_in.email, "password": PASSWORD})
        assert response.status_code == 302
        client.logout()


def test_show_prints_a_link_that_opens_with_offers(demonstration: dict[str, Any], client: Client) -> None:
    [link] = re.findall(r"http://testserver(\S+)", seed(show=True))

    response = client.get(link)

    assert response.status_code == 200
    business = Business.objects.get(region__code="32.04", name__in=[response.context["holder"].business.name])
    assert Pair.objects.waiting_for(business.pk).count() >= 2
