"""The command that builds the demonstration: whole or not at all, and only in a database of its own."""

from typing import Any

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from matchmaking.demo import letters
from matchmaking.demo.building import rows_of_its_own
from products.models import Product
from regions.models import Office
from tests.factories import BusinessFactory, OfficeFactory, UserFactory
from tests.matchmaking.seeding import seed


@pytest.mark.parametrize(
    ("make", "named"),
    [(UserFactory, "1 × User"), (OfficeFactory, "1 × Office"), (BusinessFactory, "1 × Business")],
)
def test_seed_demo_refuses_rows_of_others(reference_data: None, make: Any, named: str) -> None:
    make()
    before = rows_of_its_own()

    with pytest.raises(
        CommandError, match=rf"holds rows of its own \(.*{named}.*\); .* an empty one only\.$"
    ):
        seed()

    assert rows_of_its_own() == before


def test_seed_demo_refuses_on_a_public_portal(reference_data: None, settings: Settings) -> None:
    settings.IS_HTTPS = True

    with pytest.raises(CommandError, match="its passwords are known to everybody"):
        seed()

    assert rows_of_its_own() == {}


def test_seed_demo_asks_for_reference_data(db: None) -> None:
    with pytest.raises(CommandError, match=r"run manage\.py load_reference_data first\.$"):
        seed()


def test_a_failure_leaves_nothing_behind(reference_data: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        letters, "LETTERS", [letters.Letter(**{**vars(letters.LETTERS[0]), "product": "Tidak ada"})]
    )

    with pytest.raises(Product.DoesNotExist):
        seed()

    assert rows_of_its_own() == {}


def test_show_builds_nothing(reference_data: None) -> None:
    assert seed(show=True) == "This database holds no demonstration.\n"
    assert not Office.objects.exists()
