"""Fixtures of the catalogue's tests."""

import pytest

from accounts.actors import Actor
from tests.factories import OfficeMemberFactory, actor_of


@pytest.fixture
def actor() -> Actor:
    return actor_of(OfficeMemberFactory())
