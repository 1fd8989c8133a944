"""An empty database for one measurement, on the server the portal would use, dropped afterwards."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

import django

LOCAL_SECRET = "only-for-measuring-only-for-measuring-only-for-measuring"  # noqa: S105 - no server uses it


@contextmanager
def scratch_database() -> Iterator[None]:
    """Set Django up with a database of its own that holds the reference data only.

    Uses the server of ``DATABASE_URL``, else the clone's private PostgreSQL.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecontact.settings")
    if "SECRET_KEY" not in os.environ:
        os.environ.update({"LOCAL": "1", "SECRET_KEY": LOCAL_SECRET})
    from tradecontact.local import private_postgres

    with private_postgres():
        django.setup()
        yield from _filled()


def _filled() -> Iterator[None]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_databases, teardown_databases

    settings.DATABASES["default"]["TEST"]["NAME"] = f"bench_tradecontact_{os.getpid()}"
    with redirect_stdout(sys.stderr):  # what Django says on the way is no measurement
        databases = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("load_reference_data", stdout=io.StringIO())
        yield
    finally:
        teardown_databases(databases, verbosity=0)
