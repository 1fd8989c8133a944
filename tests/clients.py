"""Browsers without a screen, signed in as somebody."""

from django.test import Client
from django.urls import reverse

from regions.models import OfficeMember
from tests.factories import UserFactory
from tests.scenes import ContactScene


def client_of(member: OfficeMember) -> Client:
    """Return a client that is signed in as an officer."""
    client = Client()
    client.force_login(member.user)
    return client


def admin_client() -> Client:
    """Return a client that is signed in as a platform admin of no office."""
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


def page_of(scene: ContactScene, name: str, *args: object) -> str:
    """Return the address of a page inside the scene's trade contact."""
    return reverse(f"matchmaking:{name}", args=[scene.trade_contact.slug, *args])
