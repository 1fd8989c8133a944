"""The first visit of a phone stays within the budgets, on static files as production serves them."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.actors import COMMAND
from benchmarks.first_visit import first_visit, over_budget
from benchmarks.pages import page_paths
from benchmarks.production import production_server
from matchmaking import ask_links
from tests.deals import agreed_pair, orders_with_words
from tests.factories import CommitmentFactory
from tests.holders import holder_of
from tests.scenes import make_contact


@pytest.fixture
def portal(transactional_db: None, reference_data: None) -> Iterator[str]:
    """The address of gunicorn with the demonstration behind it."""
    call_command("seed_demo", stdout=StringIO())
    with production_server(workers=1) as url:
        yield url


def test_first_visits_stay_within_the_budgets(browser: Browser, portal: str) -> None:
    visits = {page: first_visit(browser, portal + path) for page, path in page_paths().items()}

    assert all(visit["html"] and visit["css"] for visit in visits.values())
    assert {
        page: over_budget(visit, is_link_page=page == "personal link") for page, visit in visits.items()
    } == {"home": {}, "catalogue": {}, "personal link": {}}


def money_paths() -> dict[str, str]:
    """Return the pages of a pair with many commitments, as the buyer opens them by its link."""
    scene = make_contact()
    pair = agreed_pair(scene)
    asked, *_others = orders_with_words(pair, 10)
    consigned = pair.commitments.get(kind="consignment", amount_rupiah=1_000_000)
    own = CommitmentFactory(pair=pair, recorded_for=pair.business_b, via="link", amount_rupiah=7)
    _link, token = ask_links.issue(
        actor=COMMAND, commitment=asked, business=pair.business_b, now=timezone.now()
    )
    path = holder_of(scene.host_business).path
    return {
        "question": reverse("matchmaking:ask", args=[token]),
        "list": path("link_pair_money", pair.pk),
        "new": path("link_commitment_new", pair.pk),
        "consignment": path("link_consignment_new", pair.pk),
        "settle": path("link_consignment_settle", pair.pk, consigned.pk),
        "answer": path("link_commitment_answer", pair.pk, asked.pk),
        "withdraw": path("link_commitment_withdraw", pair.pk, own.pk),
    }


@pytest.mark.usefixtures("transactional_db", "reference_data")
def test_a_businesss_pages_of_money_stay_within_the_budgets(browser: Browser) -> None:
    paths = money_paths()
    assert {page: Client().get(path).status_code for page, path in paths.items()} == dict.fromkeys(paths, 200)
    with production_server(workers=1) as url:
        visits = {page: first_visit(browser, url + path) for page, path in paths.items()}

    assert all(visit["html"] and visit["css"] for visit in visits.values())
    over = {page: over_budget(visit, is_link_page=True) for page, visit in visits.items()}
    assert over == {page: {} for page in paths}
