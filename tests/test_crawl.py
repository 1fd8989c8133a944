"""Every page that a link leads to, read as every role: nothing breaks, and reading writes nothing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking import pairing
from matchmaking.models import Inquiry
from products.links import issue_link
from tests.factories import (
    ApplicationFactory,
    CertificateFactory,
    ComplementFactory,
    CurationFactory,
    FollowUpFactory,
    InquiryFactory,
    MessageFactory,
    NeedFactory,
    OfficeMemberFactory,
    PairStepFactory,
    PriceTierFactory,
    ProductFactory,
    QuoteFactory,
    ReviewerFactory,
    SampleFactory,
    SupplyOfferFactory,
    TaskFactory,
    UserFactory,
)
from tests.files import keep_pdf
from tests.pictures import store_photo
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db

WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|TRUNCATE|CREATE|ALTER|DROP)\b", re.IGNORECASE)
# Signing in, its limits, and allauth's own list of a user's addresses: not the portal's rows.
MAY_BE_WRITTEN = ("django_session", "tradecontact_cache", "account_emailaddress")
LINK = re.compile(r"""\s(?:href|src|hx-get)=["'](/[^"'#]*)""")
NOT_A_PAGE = ("/static/", "/admin/")
MOST_PAGES = 400


@pytest.fixture
def scene() -> ContactScene:
    """A contact with something on every page: offers, needs, a pair, an inquiry."""
    scene = make_contact()
    for business in (scene.guest_business, scene.host_business):
        product = ProductFactory(business=business)
        PriceTierFactory(product=product)
        store_photo(product)
        NeedFactory(business=business)
    pair = scene.make_pair(step="order", step_at=datetime.now(UTC), answer_a="yes", answer_b="yes")
    PairStepFactory(pair=pair, to_step="order", evidence=keep_pdf(scene.guest_business, purpose="deal"))
    SampleFactory(pair=pair)
    QuoteFactory(request__trade_contact=scene.trade_contact, request__buyer=scene.host_business, pair=pair)
    TaskFactory(pair=pair)
    FollowUpFactory(pair=pair, due_on=timezone.localdate())
    pairing.propose_now(actor=scene.guest_actor, trade_contact=scene.trade_contact, now=datetime.now(UTC))
    ComplementFactory()
    InquiryFactory(business=scene.guest_business)
    MessageFactory(office=scene.guest.office, state="given_up")
    SupplyOfferFactory(need=scene.host_business.needs.get(), business=scene.guest_business)
    CertificateFactory(business=scene.guest_business, evidence=keep_pdf(scene.guest_business))
    curation = CurationFactory(delegation=scene.guest_delegation, state="scoring")
    ApplicationFactory(curation=curation, business=scene.guest_business)
    ReviewerFactory(curation=curation, user=scene.guest.user, finished_at=datetime.now(UTC))
    return scene


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
    if WRITE.match(sql) and not any(table in sql for table in MAY_BE_WRITTEN):
        raise AssertionError(f"a page that was only read wrote: {sql[:200]}")
    return execute(sql, params, many, context)


def crawl(client: Client, start: list[str]) -> dict[str, int]:
    """Follow every link from ``start`` and return each page's status."""
    waiting, seen = list(start), {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen or path.startswith(NOT_A_PAGE):
            continue
        with connection.execute_wrapper(refuse_writes):
            response = client.get(path)
        seen[path] = response.status_code
        if response.headers.get("Content-Type", "").startswith("text/html"):
            waiting += [found.replace("&amp;", "&") for found in LINK.findall(response.content.decode())]
        elif response.status_code in {301, 302}:
            waiting.append(response.headers["Location"])
    return seen


def assert_all_well(pages: dict[str, int], at_least: int) -> None:
    assert {path: status for path, status in pages.items() if status >= 400} == {}
    assert len(pages) >= at_least


@pytest.mark.parametrize("language", ["id", "en"])
def test_stranger(client: Client, scene: ContactScene, language: str) -> None:
    client.cookies["language"] = language

    assert_all_well(crawl(client, ["/"]), at_least=8)


@pytest.mark.parametrize("language", ["id", "en"])
def test_officer(client: Client, scene: ContactScene, language: str) -> None:
    client.cookies["language"] = language
    client.force_login(scene.guest.user)

    assert_all_well(crawl(client, ["/", reverse("matchmaking:desk")]), at_least=25)


def test_officer_of_an_office_with_nothing(client: Client) -> None:
    client.force_login(OfficeMemberFactory().user)

    assert_all_well(crawl(client, ["/", reverse("matchmaking:desk")]), at_least=8)


def test_user_without_office(client: Client) -> None:
    client.force_login(UserFactory())

    pages = crawl(client, ["/"])

    assert {path: status for path, status in pages.items() if status >= 500} == {}


def test_platform_admin(client: Client, scene: ContactScene) -> None:
    client.force_login(UserFactory(is_superuser=True, is_staff=True))

    pages = crawl(client, ["/", reverse("matchmaking:desk")])

    assert {path: status for path, status in pages.items() if status >= 500} == {}


@pytest.mark.parametrize("language", ["id", "en"])
def test_holder_of_a_link(client: Client, scene: ContactScene, language: str) -> None:
    client.cookies["language"] = language
    _, token = issue_link(actor=COMMAND, business=scene.guest_business, now=datetime.now(UTC))

    pages = crawl(client, [reverse("matchmaking:link_home", args=[token])])

    assert_all_well(pages, at_least=6)
    assert Inquiry.objects.count() == 1
