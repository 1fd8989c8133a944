"""Personal links: who issues and revokes them, and which of them open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django import Settings

from accounts.actors import ANONYMOUS, COMMAND, Actor, Via
from accounts.history import entries_of
from products import links
from products.models import PersonalLink
from tests.factories import BusinessFactory, OfficeMemberFactory, PersonalLinkFactory, actor_of

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)


def test_officer_issues_a_link_for_a_business_of_the_own_region() -> None:
    member = OfficeMemberFactory()
    business = BusinessFactory(office=member.office)

    link, token = links.issue_link(actor=actor_of(member), business=business, now=NOW)

    assert (link.business, link.created_by, link.created_at) == (business, member.user, NOW)
    assert link.expires_at == NOW + timedelta(days=60)
    assert links.link_of_token(token, NOW).business == business
    line = entries_of(business).get()
    assert (line.action, line.user, line.after) == (
        "link_issued",
        member.user,
        {"link": link.pk, "expires_at": "2018-04-30T09:00:00+00:00"},
    )


def test_token_has_192_bits_and_is_not_stored() -> None:
    business = BusinessFactory()

    tokens = [links.issue_link(actor=COMMAND, business=business, now=NOW)[1] for _ in range(3)]

    assert [len(token) for token in tokens] == [32, 32, 32]
    assert len(set(tokens)) == 3
    stored = [str(row) for row in PersonalLink.objects.values()]
    assert [token for token in tokens for row in stored if token in row] == []


def test_days_of_a_link_are_a_setting(settings: Settings) -> None:
    settings.PERSONAL_LINK_DAYS = 7

    link, _ = links.issue_link(actor=COMMAND, business=BusinessFactory(), now=NOW)

    assert link.expires_at == NOW + timedelta(days=7)


def test_nobody_else_issues_a_link() -> None:
    business = BusinessFactory()
    holder = Actor(via=Via.LINK, business_id=business.pk)

    for actor in [actor_of(OfficeMemberFactory()), holder, ANONYMOUS]:
        with pytest.raises(PermissionDenied, match="Hanya dinas wilayah pelaku usaha ini"):
            links.issue_link(actor=actor, business=business, now=NOW)

    assert list(PersonalLink.objects.all()) == []


def test_unknown_token_does_not_open() -> None:
    PersonalLinkFactory()

    with pytest.raises(links.LinkUnusable, match="Tautan ini tidak dikenal") as refusal:
        links.link_of_token("bukan-token", NOW)

    assert (refusal.value.code, refusal.value.office) == ("unknown", None)


def test_expired_link_does_not_open_and_names_the_office() -> None:
    business = BusinessFactory()
    link, token = links.issue_link(actor=COMMAND, business=business, now=NOW)

    with pytest.raises(links.LinkUnusable, match="Masa berlaku tautan ini sudah lewat") as refusal:
        links.link_of_token(token, link.expires_at)

    assert (refusal.value.code, refusal.value.office) == ("expired", business.office)
    assert links.link_of_token(token, link.expires_at - timedelta(seconds=1)) == link


def test_revoked_link_does_not_open() -> None:
    member = OfficeMemberFactory()
    business = BusinessFactory(office=member.office)
    link, token = links.issue_link(actor=COMMAND, business=business, now=NOW)
    links.revoke_link(actor=actor_of(member), link=link, now=NOW)

    with pytest.raises(links.LinkUnusable, match="sudah dicabut oleh dinas") as refusal:
        links.link_of_token(token, NOW)

    assert (refusal.value.code, refusal.value.office) == ("revoked", business.office)


def test_revoking_twice_keeps_the_first_time_and_one_line() -> None:
    business = BusinessFactory()
    link, _ = links.issue_link(actor=COMMAND, business=business, now=NOW)
    links.revoke_link(actor=COMMAND, link=link, now=NOW)

    again = links.revoke_link(actor=COMMAND, link=link, now=NOW + timedelta(days=1))

    assert again.revoked_at == NOW
    lines = [(line.action, line.after["link"]) for line in entries_of(business)]
    assert lines == [("link_revoked", link.pk), ("link_issued", link.pk)]


def test_officer_of_another_region_does_not_revoke() -> None:
    link, token = links.issue_link(actor=COMMAND, business=BusinessFactory(), now=NOW)

    with pytest.raises(PermissionDenied, match="Hanya dinas wilayah"):
        links.revoke_link(actor=actor_of(OfficeMemberFactory()), link=link, now=NOW)

    assert links.link_of_token(token, NOW).business == link.business


def test_address_stands_on_the_public_url(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://kontak.contoh.test/"

    path = reverse("matchmaking:link_home", args=["abc"])
    assert links.url_of("abc") == f"https://kontak.contoh.test{path}"
