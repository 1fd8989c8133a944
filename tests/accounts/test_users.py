"""Accounts are made by e-mail address, and nobody signs up."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import OfficeMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_address_is_kept_in_small_letters() -> None:
    user = User.objects.create_user("Petugas@Contoh.Test", "kata sandi panjang", name="Petugas")

    assert (user.email, user.check_password("kata sandi panjang")) == ("petugas@contoh.test", True)


def test_superuser_may_enter_the_support_pages() -> None:
    user = User.objects.create_superuser("admin@contoh.test", "kata sandi panjang", name="Admin")

    assert (user.is_staff, user.is_superuser, str(user)) == (True, True, "Admin <admin@contoh.test>")


def test_second_account_with_the_same_address_is_told() -> None:
    UserFactory(email="sama@contoh.test")

    with pytest.raises(ValidationError, match=r"Alamat e-mail ini sudah dipakai pengguna lain\."):
        User(email="sama@contoh.test", name="Lain", password="x").full_clean()


def test_officer_signs_in_with_address_and_password(client: Client) -> None:
    member = OfficeMemberFactory(user__email="petugas@contoh.test")
    member.user.set_password("kata sandi panjang")
    member.user.save()

    response = client.post(
        reverse("account_login"), {"login": "PETUGAS@contoh.test", "password": "kata sandi panjang"}
    )

    assert (response.status_code, response.headers["Location"]) == (302, reverse("matchmaking:desk"))


def test_wrong_password_and_unknown_account_get_the_same_sentence(client: Client) -> None:
    member = OfficeMemberFactory(user__email="petugas@contoh.test")
    member.user.set_password("kata sandi panjang")
    member.user.save()

    answers = [
        client.post(reverse("account_login"), {"login": login, "password": "salah salah salah"})
        .context["form"]
        .non_field_errors()
        for login in ("petugas@contoh.test", "siapa@contoh.test")
    ]

    assert answers[0] == answers[1]
    assert "alamat e-mail" in str(answers[0]).lower()


def test_disabled_account_cannot_sign_in(client: Client) -> None:
    member = OfficeMemberFactory(user__email="petugas@contoh.test", user__is_active=False)
    member.user.set_password("kata sandi panjang")
    member.user.save()

    client.post(reverse("account_login"), {"login": "petugas@contoh.test", "password": "kata sandi panjang"})

    assert "_auth_user_id" not in client.session


def test_sign_in_is_slowed_after_five_wrong_passwords(client: Client) -> None:
    OfficeMemberFactory(user__email="petugas@contoh.test")

    for _ in range(6):
        response = client.post(
            reverse("account_login"), {"login": "petugas@contoh.test", "password": "salah salah salah"}
        )

    assert "Terlalu banyak" in response.content.decode()


def test_nobody_signs_up(client: Client) -> None:
    response = client.post(
        reverse("account_signup"), {"email": "baru@contoh.test", "password1": "kata sandi panjang"}
    )

    assert (response.status_code, User.objects.count()) == (200, 0)
