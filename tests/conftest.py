"""What every test may use: the database of this run, and the reference data."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from bin.messages import compile_catalogues
from tradecontact.database import require_usable_server

# The same examples on every run, and no clock: a busy machine fails no property.
hypothesis_settings.register_profile("portal", derandomize=True, deadline=None, max_examples=60)
hypothesis_settings.load_profile("portal")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the translations that have changed, since pages are read in English too."""
    compile_catalogues()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Start the private test server before the first database test, unless DATABASE_URL names another."""
    server = getattr(settings, "TEST_SERVER", None)
    if server is None:
        require_usable_server(settings.DATABASES["default"])
        yield
        return
    server.acquire()
    yield
    server.release()


@pytest.fixture(autouse=True)
def usual_language() -> Iterator[None]:
    """Forget the language that a request of the test has activated."""
    yield
    translation.deactivate()


@pytest.fixture
def reference_data(db: None) -> None:
    """Load regions, units, product families and complements, as every real database has them."""
    call_command("load_reference_data", stdout=StringIO())
