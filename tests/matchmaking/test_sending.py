"""Invitations: bound to one contact, made once a press, honest about what is known, never to who refuses."""

from datetime import timedelta
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matchmaking import recipients, sending
from matchmaking.delegations import participants_in
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Invitation
from outbox.models import Message
from products.models import LinkUse, PersonalLink
from products.reachability import MessagesRefused, set_messages_refused
from tests.clients import client_of, page_of
from tests.factories import DelegationFactory, PairFactory, ParticipationFactory
from tests.holders import LinkHolder, text_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
PRESS = UUID(int=7)
Channel = Invitation.Channel


def prepared(
    scene: ContactScene, channel: Channel = Channel.WHATSAPP, form_token: UUID = PRESS
) -> sending.Prepared:
    return sending.prepare(
        actor=scene.guest_actor,
        trade_contact=scene.trade_contact,
        business=scene.guest_business,
        channel=channel,
        form_token=form_token,
        now=timezone.now(),
    )


def holder_of(invitation: sending.Prepared) -> LinkHolder:
    return LinkHolder(invitation.address.rstrip("/").rsplit("/")[-1])


def reach_of(scene: ContactScene, hours: int = 0) -> tuple[str, int]:
    """Return how far the guest's invitation is and whether it is overdue, some hours from now."""
    now = timezone.now() + timedelta(hours=hours)
    rows = recipients.with_reach(participants_in(scene.trade_contact, now), scene.trade_contact, now)
    row = rows.get(business=scene.guest_business)
    return row.reach, row.is_overdue


def reachable(scene: ContactScene) -> None:
    scene.guest_business.email, scene.guest_business.phone = "usaha@contoh.test", "+6281298765432"
    scene.guest_business.save()


def send(scene: ContactScene, act: str, *ids: object, form_token: object = PRESS) -> object:
    data = {"act": act, "usaha": [str(pk) for pk in ids], "form_token": str(form_token)}
    return client_of(scene.guest).post(page_of(scene, "invitations_send"), data)


def test_link_opens_the_pairs_of_its_own_contact_only() -> None:
    scene = make_contact(trade_contact__ends_on=None, trade_contact__starts_on=None)
    own = scene.make_pair()
    other = DelegationFactory(
        office=scene.guest.office, trade_contact__ends_on=None, trade_contact__starts_on=None
    )
    ParticipationFactory(delegation=other, business=scene.guest_business)
    foreign = PairFactory(trade_contact=other.trade_contact, business_a=scene.guest_business)
    holder = holder_of(prepared(scene))

    assert holder.get("link_pair", own.pk).status_code == 200
    assert holder.get("link_pair", foreign.pk).status_code == 404
    assert holder.post("link_answer", foreign.pk, answer="yes").status_code == 404
    page = text_of(holder.get("link_home"))
    assert scene.trade_contact.title in page
    assert other.trade_contact.title not in page


def test_same_press_makes_the_same_link_and_another_press_another() -> None:
    scene = make_contact()

    first, again, later = prepared(scene), prepared(scene), prepared(scene, form_token=uuid4())

    assert first.address == again.address
    assert first.invitation == again.invitation
    assert later.address != first.address
    assert PersonalLink.objects.count() == Invitation.objects.count() == 2
    assert first.address.rstrip("/").rsplit("/")[-1] not in str(list(PersonalLink.objects.values()))


def test_reach_says_what_is_known_and_no_more() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    seen = [reach_of(scene)]
    holder = holder_of(prepared(scene))
    holder.get("link_home")  # as the preview of a messenger does
    seen.append(reach_of(scene))
    sending.mark_sent(
        actor=scene.guest_actor,
        trade_contact=scene.trade_contact,
        businesses=[scene.guest_business],
        now=timezone.now(),
    )
    seen.append(reach_of(scene))
    holder.post("link_opened")
    seen.append(reach_of(scene))
    holder.post("link_answer", pair.pk, answer="no")
    seen.append(reach_of(scene))

    assert seen == [("none", 0), ("prepared", 0), ("sent", 0), ("opened", 0), ("answered", 0)]
    assert list(LinkUse.objects.order_by("pk").values_list("what", flat=True)) == ["opened", "answered"]


def test_after_48_hours_without_an_answer_a_business_is_to_be_called() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    prepared(scene)

    assert (reach_of(scene, 47)[1], reach_of(scene, 49)[1]) == (0, 1)
    record_answer(actor=scene.guest_actor, pair=pair, business=scene.guest_business, answer=Answer.YES)
    assert reach_of(scene, 49)[1] == 0


def test_nobody_is_called_for_a_proposal_made_a_minute_ago() -> None:
    scene = make_contact()
    prepared(scene)
    scene.make_pair(created_at=timezone.now() + timedelta(hours=48))

    assert [reach_of(scene, hours)[1] for hours in (49, 95, 97)] == [0, 0, 1]


def test_opening_twice_within_an_hour_is_one_visit() -> None:
    holder = holder_of(prepared(make_contact()))

    assert [holder.post("link_opened").status_code for _ in range(3)] == [204, 204, 204]
    assert LinkUse.objects.count() == 1


def test_email_is_queued_once_and_counts_as_sent_when_the_server_took_it() -> None:
    scene = make_contact()
    reachable(scene)

    assert send(scene, "email", scene.guest_business.pk).status_code == 302
    assert send(scene, "email", scene.guest_business.pk).status_code == 302

    message = Message.objects.get(kind="invitation")
    assert (message.to, message.about) == ("usaha@contoh.test", f"business:{scene.guest_business.pk}")
    assert Invitation.objects.get().message == message
    Message.objects.update(state="queued", sent_at=None)
    assert reach_of(scene) == ("prepared", 0)
    Message.objects.update(state="given_up")
    assert reach_of(scene) == ("failed", 0)
    Message.objects.update(state="sent", sent_at=timezone.now())
    assert reach_of(scene) == ("sent", 0)


def test_one_foreign_business_among_the_chosen_changes_nothing() -> None:
    scene = make_contact()
    reachable(scene)

    response = send(scene, "email", scene.guest_business.pk, scene.host_business.pk)

    assert response.status_code == 403
    assert "Hanya dinas wilayah pelaku usaha itu yang mengundangnya." in text_of(response)
    assert (Message.objects.count(), Invitation.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("act", "ids", "token", "text"),
    [
        ("email", [], PRESS, "Pilih dahulu siapa yang diundang."),
        ("email", ["banyak"], PRESS, "Pilih dahulu siapa yang diundang."),
        ("merpati", [1], PRESS, "Pilih yang akan dilakukan."),
        ("email", [1], "bukan", "Muat ulang halaman ini, lalu coba lagi."),
    ],
)
def test_mistakes_of_the_desk_are_named(act: str, ids: list, token: object, text: str) -> None:
    response = send(make_contact(), act, *ids, form_token=token)

    assert response.status_code == 422
    assert text in text_of(response)


def test_huge_id_is_a_foreign_business() -> None:
    assert send(make_contact(), "sent", 10**30).status_code == 403


def test_whatsapp_goes_through_the_portal_which_keeps_it() -> None:
    scene = make_contact()
    reachable(scene)
    path = page_of(scene, "invitation_whatsapp", scene.guest_business.pk)

    response = client_of(scene.guest).post(path, {"form_token": str(PRESS)})

    assert response.status_code == 302
    assert response.headers["Location"].startswith("https://wa.me/6281298765432?text=")
    invitation = Invitation.objects.get()
    assert (invitation.channel, invitation.sent_at, invitation.prepared_by) == (
        "whatsapp",
        None,
        scene.guest.user,
    )
    [token] = unquote(response.headers["Location"]).split("/tautan/")[1:]
    assert LinkHolder(token.split("/")[0]).get("link_home").status_code == 200


def test_desk_lets_its_form_be_answered_by_whatsapp_only() -> None:
    policy = client_of((scene := make_contact()).guest).get(page_of(scene, "invitation_desk"))

    assert (
        "form-action 'self' https://wa.me https://api.whatsapp.com"
        in policy.headers["Content-Security-Policy"]
    )


def test_who_wants_no_messages_gets_paper_only() -> None:
    scene = make_contact()
    reachable(scene)
    holder = holder_of(prepared(scene))
    assert holder.post("link_messages", tolak="ya").status_code == 302
    scene.guest_business.refresh_from_db()

    with pytest.raises(MessagesRefused, match=r"tidak mau dikirimi pesan\. Telepon, atau berikan lembar QR."):
        prepared(scene, form_token=uuid4())
    send(scene, "email", scene.guest_business.pk)
    assert Message.objects.count() == 0
    assert prepared(scene, Channel.PAPER).invitation.channel == "paper"
    assert "Kirimi saya undangan lagi" in text_of(holder.get("link_home"))


def test_another_region_neither_refuses_messages_nor_prepares() -> None:
    scene = make_contact()

    with pytest.raises(PermissionDenied, match="Hanya pelaku usaha itu sendiri atau dinas wilayahnya"):
        set_messages_refused(
            actor=scene.host_actor, business=scene.guest_business, refuses=True, now=timezone.now()
        )
    with pytest.raises(PermissionDenied, match="Hanya dinas wilayah pelaku usaha ini"):
        sending.prepare(
            actor=scene.host_actor,
            trade_contact=scene.trade_contact,
            business=scene.guest_business,
            channel=Channel.PAPER,
            form_token=PRESS,
            now=timezone.now(),
        )


def test_qr_sheet_is_a_pdf_and_pressing_twice_prints_the_same_links() -> None:
    scene = make_contact()

    first, again = (send(scene, "paper", scene.guest_business.pk) for _ in range(2))

    assert [first.status_code, again.status_code] == [200, 200]
    assert first.content.startswith(b"%PDF-")
    assert "undangan-" in first.headers["Content-Disposition"]
    assert Invitation.objects.get().channel == "paper"


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_the_same_for_one_and_for_many(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = make_contact()
    prepared(scene)
    for _number in range(count - 1):
        scene.make_pair()
        scene.make_pair()
    client, page = client_of(scene.guest), page_of(scene, "invitation_desk")

    with django_assert_num_queries(7):
        response = client.get(page)

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_call_sheet_costs_the_same_for_one_and_for_many(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = make_contact()
    for _number in range(count):
        PairFactory(trade_contact=scene.trade_contact, business_a=scene.guest_business)
    client, page = client_of(scene.guest), page_of(scene, "call_sheet", scene.guest_business.pk)

    with django_assert_num_queries(6):
        response = client.get(page)

    assert text_of(response).count("diisi oleh petugas") == count


def test_officer_answers_on_the_telephone_and_stays_on_the_sheet() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    path = page_of(scene, "pair_answer", pair.pk, scene.guest_business.pk)

    response = client_of(scene.guest).post(path, {"answer": "no", "reason": "halal", "dari": "telepon"})

    assert response.headers["Location"] == page_of(scene, "call_sheet", scene.guest_business.pk)
    interest = pair.interests.get()
    assert (interest.reason, interest.via, interest.recorded_by) == ("halal", "account", scene.guest.user)


def test_desk_of_an_empty_delegation_leads_to_it() -> None:
    scene = make_contact()
    scene.guest_delegation.participations.all().delete()

    page = text_of(client_of(scene.guest).get(page_of(scene, "invitation_desk")))

    assert "Belum ada yang dapat diundang" in page
