"""The support pages ask for the portal's own sign-in and, on a server, for a second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.factories import OfficeMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
SUPPORT = "/admin/"


def test_a_password_alone_does_not_open_the_support_pages(client: Client) -> None:
    admin = UserFactory(is_superuser=True, is_staff=True)
    admin.set_password("kata sandi panjang")
    admin.save()

    response = client.post(
        reverse("admin:login"), {"username": admin.email, "password": "kata sandi panjang"}
    )

    assert response.headers["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_on_a_server_an_admin_needs_a_second_factor(client: Client, settings: Settings) -> None:
    settings.LOCAL = False
    admin = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(admin)

    before = client.get(SUPPORT, follow=True)
    Authenticator.objects.create(user=admin, type=Authenticator.Type.TOTP, data={})
    after = client.get(SUPPORT)

    assert before.redirect_chain[-1][0] == reverse("mfa_index")
    assert "Pasang faktor kedua dahulu, lalu buka halaman dukungan lagi." in before.content.decode()
    assert after.status_code == 200


def test_an_officer_does_not_get_in(client: Client) -> None:
    client.force_login(OfficeMemberFactory(user__is_staff=True).user)

    assert client.get(SUPPORT, follow=True).status_code == 403
