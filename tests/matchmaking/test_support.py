"""The support pages of trade contacts open for an admin, and change nothing."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from matchmaking.interest import record_answer
from matchmaking.models import Answer
from tests.factories import InquiryFactory, ProposalRunFactory, UserFactory
from tests.scenes import make_contact

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["tradecontact", "participation", "pair", "interest", "proposalrun", "inquiry"]
)
def test_lists_and_rows_can_be_looked_at_only(name: str) -> None:
    scene = make_contact()
    record_answer(
        actor=scene.guest_actor, pair=scene.make_pair(), business=scene.guest_business, answer=Answer.YES
    )
    ProposalRunFactory(trade_contact=scene.trade_contact)
    InquiryFactory(business=scene.guest_business, sender_name="Nama Rahasia", email="rahasia@contoh.test")
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    row = apps.get_model("matchmaking", name).objects.order_by("pk").last()

    listed = client.get(reverse(f"admin:matchmaking_{name}_changelist"))
    shown = client.get(reverse(f"admin:matchmaking_{name}_change", args=[row.pk]))

    assert (listed.status_code, shown.status_code) == (200, 200)
    assert client.get(reverse(f"admin:matchmaking_{name}_add")).status_code == 403
    assert client.post(reverse(f"admin:matchmaking_{name}_change", args=[row.pk]), {}).status_code == 403
    for private in ("Nama Rahasia", "rahasia@contoh.test"):
        assert private not in listed.text + shown.text
