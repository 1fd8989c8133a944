"""The first visit of a phone stays within the budgets, on static files as production serves them."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from benchmarks.first_visit import first_visit, over_budget
from benchmarks.pages import page_paths
from benchmarks.production import production_server


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
