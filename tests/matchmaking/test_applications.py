"""Applying: by the public form, with one tap, through an officer; and what nobody may learn by it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor, Via
from accounts.history import entries_of
from accounts.models import Consent, SendingCount
from accounts.sending_limits import CAUGHT, SENT
from matchmaking import applications
from matchmaking.curation import WrongState, declare_conflict
from matchmaking.curation_decision import amend, withdraw
from matchmaking.curation_pages import candidates_for
from matchmaking.forms.applications import subject_of
from matchmaking.mails import tell_applicants
from matchmaking.models import Application, Curation
from outbox.models import Message
from products.links import LinkUnusable
from products.models import Business, Product
from products.timeline import of_business
from tests.curations import NOW, CurationScene, make_curation, nobody_told
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    FamilyFactory,
    MessageFactory,
    ParticipationFactory,
    ProductFactory,
    ProductionProofFactory,
)
from tests.factories.curation import FACTS
from tests.files import keep_pdf
from tests.holders import holder_of, text_of
from tradecontact import form_tokens

pytestmark = pytest.mark.django_db


def public(scene: CurationScene) -> str:
    """Return the address of the scene's public form."""
    _, token = applications.issue_application_link(
        actor=scene.actor, curation=scene.curation, now=timezone.now()
    )
    return reverse("matchmaking:application_new", args=[token])


def filled_in(scene: CurationScene, **values: object) -> dict[str, object]:
    opened = timezone.now() - timedelta(minutes=2)
    token = form_tokens.new_token(subject_of(scene.curation), opened)
    return {
        "name": "Keripik Bu Tini",
        "owner_name": "Tini",
        "phone": "0812-3456-7890",
        "district": "Soreang",
        "product_name": "Keripik singkong",
        "category": FamilyFactory().pk,
        "price_rupiah": "12.500",
        "has_consent": "on",
        "form_token": token,
    } | values


@pytest.fixture
def scene() -> CurationScene:
    return make_curation(state="open", applicants=0)


def test_new_business_applies_from_a_phone(scene: CurationScene, client: Client) -> None:
    response = client.post(public(scene), filled_in(scene), follow=True)

    application = Application.objects.get()
    product = Product.objects.get()
    assert application.receipt_number in text_of(response)
    assert (application.source, application.business.name) == ("public", "Keripik Bu Tini")
    assert (product.status, product.price_tiers.get().price_rupiah) == ("submitted", 12_500)


def test_form_has_at_most_twelve_fields(scene: CurationScene, client: Client) -> None:
    response = client.get(public(scene))

    assert len(response.context["form"].seen_fields()) <= 12


def test_consent_is_recorded(scene: CurationScene, client: Client) -> None:
    client.post(public(scene), filled_in(scene))

    consent = Consent.objects.get()
    assert (consent.purpose, consent.wording_version, consent.via) == ("application", "ikut-1", "public_form")


def test_pressing_three_times_applies_once(scene: CurationScene, client: Client) -> None:
    address, form = public(scene), filled_in(scene)

    pages = [client.post(address, form, follow=True) for _press in range(3)]

    assert Application.objects.count() == Business.objects.filter(name="Keripik Bu Tini").count() == 1
    assert "sudah kami terima, jadi tidak dicatat dua kali" in text_of(pages[2])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": ""}, "Tulis nama usaha Anda."),
        ({"phone": ""}, "Tulis nomor HP/WA, mis. 0812-3456-7890."),
        ({"phone": "08"}, "Nomor ini tidak lengkap atau salah."),
        ({"product_name": ""}, "Tulis nama satu produk utama."),
        ({"has_consent": ""}, "Beri tanda persetujuan, supaya dinas boleh memakai data Anda."),
        ({"website": "http://iklan.test"}, "Belum terkirim. Isian Anda masih ada"),
        ({"form_token": "palsu"}, "Formulir ini sudah lama terbuka."),
        ({"price_rupiah": "1.25"}, "Tulis rupiah penuh"),
        ({"price_rupiah": "0"}, "Harga harus lebih dari Rp0."),
        ({"name": "a" * 10_000}, "Terlalu panjang: paling banyak 120 huruf"),
    ],
)
def test_mistake_is_named_and_nothing_stored(
    scene: CurationScene, client: Client, values: dict[str, object], message: str
) -> None:
    response = client.post(public(scene), filled_in(scene, **values))

    assert response.status_code == 422
    assert message in text_of(response)
    assert Application.objects.count() == 0


def test_a_network_applies_so_often_an_hour(scene: CurationScene, client: Client) -> None:
    """Seen failing (every one let through) with ``count_sending`` taken out of ``apply_new``."""
    address, first = public(scene), filled_in(scene)
    client.post(address, first)
    SendingCount.objects.update(count=SENT.most, starts_at=SENT.starts_at(timezone.now()))

    refused = client.post(address, filled_in(scene, name="Dodol Garut"))

    assert (refused.status_code, Application.objects.count()) == (429, 1)
    assert 1 <= int(refused["Retry-After"]) <= SENT.per.total_seconds()
    assert "Terlalu banyak kiriman dari jaringan internet Anda." in text_of(refused)
    assert 'value="Dodol Garut"' in text_of(refused)
    assert client.post(address, first).status_code == 302  # the same press is answered all the same


def test_a_refusal_is_said_in_english_too(scene: CurationScene, client: Client) -> None:
    address = public(scene)
    client.post(address, filled_in(scene))
    SendingCount.objects.update(count=SENT.most, starts_at=SENT.starts_at(timezone.now()))
    client.cookies["language"] = "en"

    refused = client.post(address, filled_in(scene, name="Dodol Garut"))

    assert "Too much was sent from your internet connection." in text_of(refused)


def test_a_caught_program_is_slowed(scene: CurationScene, client: Client) -> None:
    address = public(scene)
    trapped = filled_in(scene, website="http://iklan.test")
    answers = [client.post(address, trapped).status_code for _time in range(CAUGHT.most + 1)]
    opened = timezone.now() - timedelta(seconds=30)
    hurried = form_tokens.new_token(subject_of(scene.curation), opened)

    assert answers == [422] * CAUGHT.most + [429]
    assert client.post(address, filled_in(scene, form_token=hurried)).status_code == 429
    assert client.post(address, filled_in(scene)).status_code == 302


def test_markup_stays_text(scene: CurationScene, client: Client) -> None:
    client.post(public(scene), filled_in(scene, name="<script>alert(1)</script>"))
    client.force_login(scene.contact.guest.user)

    page = client.get(
        reverse("matchmaking:curation", args=[scene.contact.trade_contact.slug, scene.curation.delegation_id])
    )

    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_bot_within_three_seconds_is_held_back(scene: CurationScene, client: Client) -> None:
    token = form_tokens.new_token(subject_of(scene.curation), timezone.now())

    response = client.post(public(scene), filled_in(scene, form_token=token))

    assert (response.status_code, Application.objects.count()) == (422, 0)


def test_token_of_an_inquiry_opens_no_application(scene: CurationScene, client: Client) -> None:
    token = form_tokens.new_token(str(scene.curation.pk), timezone.now() - timedelta(minutes=1))

    assert client.post(public(scene), filled_in(scene, form_token=token)).status_code == 422


def test_known_number_looks_the_same_from_outside(scene: CurationScene, client: Client) -> None:
    office = scene.contact.guest.office
    known = BusinessFactory(office=office, name="Rahasia Jaya", phone="+6281234567890", nib="1234567890123")

    response = client.post(public(scene), filled_in(scene, nib="1234567890123"), follow=True)

    application = Application.objects.get()
    assert (application.known_business, application.business.name) == (known, "Keripik Bu Tini")
    assert "Rahasia Jaya" not in text_of(response)
    assert application.receipt_number in text_of(response)


def joined(scene: CurationScene, client: Client) -> Application:
    known = BusinessFactory(office=scene.contact.guest.office, phone="+6281234567890")
    client.post(public(scene), filled_in(scene))
    application = Application.objects.get(known_business=known)
    return applications.join_known(actor=scene.actor, application=application, now=timezone.now())


def test_office_joins_application_with_the_known_business(scene: CurationScene, client: Client) -> None:
    application = joined(scene, client)

    assert application.business == application.known_business
    assert list(application.business.products.values_list("name", flat=True)) == ["Keripik singkong"]
    assert not Business.objects.filter(name="Keripik Bu Tini").exists()


def public_application(scene: CurationScene, client: Client) -> Application:
    BusinessFactory(office=scene.contact.guest.office, phone="+6281234567890")
    client.post(public(scene), filled_in(scene))
    return Application.objects.get()


def test_joining_removes_a_record_that_has_certificates_with_files_and_a_proof(
    scene: CurationScene, client: Client
) -> None:
    application = public_application(scene, client)
    double = application.business
    CertificateFactory(business=double, evidence=keep_pdf(double))
    ProductionProofFactory(business=double)
    message = MessageFactory(about=f"business:{double.pk}")

    applications.join_known(actor=scene.actor, application=application, now=timezone.now())

    message.refresh_from_db()
    assert not Business.objects.filter(pk=double.pk).exists()
    assert (message.to, message.body) == ("", "")


def test_joining_is_refused_in_words_where_the_record_is_used_elsewhere(
    scene: CurationScene, client: Client
) -> None:
    application = public_application(scene, client)
    ParticipationFactory(business=application.business)

    with pytest.raises(
        ValidationError, match="belum dapat digabungkan, sebab sudah dipakai oleh: keikutsertaan"
    ):
        applications.join_known(actor=scene.actor, application=application, now=timezone.now())


def refuse(application: Application, reason: str) -> None:
    """Write the decision down as it ends up in the row."""
    decided = {"state": "refused", "decision": "refused", "reason": reason, "decided_facts": FACTS}
    Application.objects.filter(pk=application.pk).update(**decided)


def test_receipt_of_a_joined_application_tells_no_result(scene: CurationScene, client: Client) -> None:
    application = joined(scene, client)
    refuse(application, "Hanya untuk pemiliknya")

    page = client.get(reverse("matchmaking:application_receipt", args=[application.form_token]))

    assert "Hanya untuk pemiliknya" not in text_of(page)
    assert "Hasilnya dibaca pada tautan pribadi usaha." in text_of(page)


def test_receipt_tells_the_own_result_only(scene: CurationScene, client: Client) -> None:
    client.post(public(scene), filled_in(scene))
    client.post(public(scene), filled_in(scene, name="Usaha Lain", phone="0813-1111-2222"))
    mine, other = Application.objects.order_by("pk")
    for row, reason in ((mine, "Nilai 4,5"), (other, "Nilai 2,0")):
        refuse(row, reason)

    page = text_of(client.get(reverse("matchmaking:application_receipt", args=[mine.form_token])))

    assert "Nilai 4,5" in page
    assert [word for word in ("Nilai 2,0", "Usaha Lain", other.receipt_number) if word in page] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [({"state": "scoring"}, "expired"), ({"opens_on": "2090-01-01"}, "early"), ({}, "revoked")],
)
def test_closed_link_says_why(scene: CurationScene, change: dict[str, str], code: str) -> None:
    link, token = applications.issue_application_link(
        actor=scene.actor, curation=scene.curation, now=timezone.now()
    )
    if change:
        Curation.objects.update(**change)
    else:
        applications.revoke_application_link(actor=scene.actor, link=link, now=timezone.now())

    with pytest.raises(LinkUnusable) as refused:
        applications.curation_of_token(token, timezone.now())

    assert refused.value.code == code


def test_closed_page_has_no_form(scene: CurationScene, client: Client) -> None:
    address = public(scene)
    Curation.objects.update(state="scoring")

    response = client.post(address, filled_in(scene))

    assert (response.status_code, Application.objects.count()) == (410, 0)
    assert "Pendaftaran sudah ditutup." in text_of(response)


def test_link_dies_with_the_last_day(scene: CurationScene) -> None:
    link, _token = applications.issue_application_link(
        actor=scene.actor, curation=scene.curation, now=timezone.now()
    )

    assert link.expires_at == datetime(2099, 1, 1, 17, tzinfo=UTC)  # midnight in Jakarta


def test_known_business_applies_with_one_tap(scene: CurationScene) -> None:
    holder = holder_of(BusinessFactory(office=scene.contact.guest.office))

    for _tap in range(2):
        holder.post("link_apply", scene.curation.pk)

    page = text_of(holder.get("link_applications"))
    assert Application.objects.get().source == "link"
    assert Application.objects.get().receipt_number in page


def test_business_of_another_region_cannot_tap(scene: CurationScene) -> None:
    holder = holder_of(scene.contact.host_business)

    response = holder.post("link_apply", scene.curation.pk)

    assert (response.status_code, Application.objects.count()) == (404, 0)


def test_tap_after_the_last_day_is_refused(scene: CurationScene) -> None:
    business = BusinessFactory(office=scene.contact.guest.office)
    Curation.objects.update(opens_on="2018-01-01", closes_on="2018-01-02")

    with pytest.raises(WrongState, match="Pendaftaran sudah ditutup"):
        applications.apply_known(
            actor=Actor(via=Via.LINK, business_id=business.pk),
            curation=scene.curation,
            business=business,
            now=timezone.now(),
        )


def test_link_shows_own_result_and_nothing_of_others() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    scene.decide("chosen", "chosen", "reserve")
    holder = holder_of(scene.applications[2].business)

    page = text_of(holder.get("link_applications"))

    assert f"Alasan {scene.applications[2].business.name}" in page
    assert [row.business.name for row in scene.applications[:2] if row.business.name in page] == []
    assert "cadangan 1" in page


def test_business_withdraws_by_its_link() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    scene.decide("chosen", "chosen", "reserve")
    holder = holder_of(scene.applications[0].business)

    holder.post("link_withdraw", scene.applications[0].pk, reason="Sakit")

    assert scene.states() == ["withdrawn", "chosen", "chosen"]


def test_business_cannot_withdraw_another() -> None:
    scene = make_curation()
    holder = holder_of(scene.applications[0].business)

    assert holder.post("link_withdraw", scene.applications[1].pk, reason="Iseng").status_code == 404


def test_mail_carries_no_result(scene: CurationScene) -> None:
    business = BusinessFactory(office=scene.contact.guest.office, email="tini@contoh.test")
    ProductFactory(business=business)
    rows = applications.add_applicants(
        actor=scene.actor, curation=scene.curation, businesses=[business], now=timezone.now()
    )

    assert tell_applicants([row.pk for row in rows], now=NOW) == 1
    message = Message.objects.get()
    assert message.subject == f"[Tradecontact] Kabar pendaftaran {rows[0].receipt_number}"
    assert message.body.endswith("\n\nBuka tautan pribadi usaha Anda, bagian Pendaftaran.\n")


def withdrawn(scene: CurationScene, business: Business) -> Application:
    """Return an application of ``business`` that an officer took back."""
    (row,) = applications.add_applicants(
        actor=scene.actor, curation=scene.curation, businesses=[business], now=NOW
    )
    withdraw(actor=scene.actor, application=row, reason="Ragu", now=NOW, tell=nobody_told)
    return row


def actions_of(application: Application) -> list[str]:
    return list(entries_of(application).order_by("pk").values_list("action", flat=True))


def test_withdrawn_business_applies_again_by_its_link(scene: CurationScene) -> None:
    business = BusinessFactory(office=scene.contact.guest.office)
    row = withdrawn(scene, business)
    holder = holder_of(business)

    offered = text_of(holder.get("link_applications"))
    holder.post("link_apply", scene.curation.pk)

    again = Application.objects.get()
    assert "Saya setuju dan ikut mendaftar" in offered
    assert (again.pk, again.state, again.consent is not None) == (row.pk, "applied", True)
    assert actions_of(row) == ["applied", "withdrawn", "applied_again"]
    assert "Terima kasih. Pendaftaran Anda tercatat." in text_of(holder.get("link_applications"))


def test_tapping_again_is_not_thanked_twice(scene: CurationScene) -> None:
    holder = holder_of(BusinessFactory(office=scene.contact.guest.office))
    holder.post("link_apply", scene.curation.pk)
    holder.get("link_applications")

    holder.post("link_apply", scene.curation.pk)

    page = text_of(holder.get("link_applications"))
    assert ("Terima kasih" in page, "sudah kami terima, jadi tidak dicatat dua kali" in page) == (False, True)


def test_officer_adds_a_withdrawn_business_again(scene: CurationScene) -> None:
    business = BusinessFactory(office=scene.contact.guest.office)
    row = withdrawn(scene, business)

    candidates = list(candidates_for(scene.curation))
    rows = applications.add_applicants(
        actor=scene.actor, curation=scene.curation, businesses=candidates, now=timezone.now()
    )

    assert (candidates, rows) == ([business], [row])
    assert scene.states() == ["applied"]


def test_withdrawn_application_rests_once_scoring_has_begun(scene: CurationScene) -> None:
    business = BusinessFactory(office=scene.contact.guest.office)
    withdrawn(scene, business)
    Curation.objects.update(state="scoring")

    with pytest.raises(WrongState, match="Pendaftaran sudah ditutup"):
        applications.apply_known(
            actor=Actor(via=Via.LINK, business_id=business.pk),
            curation=scene.curation,
            business=business,
            now=timezone.now(),
        )


def test_participant_needs_no_application(scene: CurationScene) -> None:
    business = scene.contact.guest_business
    text = f"Sudah termasuk delegasi ini, jadi tidak perlu mendaftar: {business.name}."

    with pytest.raises(ValidationError, match=text):
        applications.add_applicants(
            actor=scene.actor, curation=scene.curation, businesses=[business], now=timezone.now()
        )
    with pytest.raises(ValidationError, match=text):
        applications.apply_known(
            actor=Actor(via=Via.LINK, business_id=business.pk),
            curation=scene.curation,
            business=business,
            now=timezone.now(),
        )


def twice(scene: CurationScene, client: Client) -> tuple[Application, Application]:
    """Return the public application and the own one of a known business."""
    known = BusinessFactory(office=scene.contact.guest.office, phone="+6281234567890")
    client.post(public(scene), filled_in(scene))
    public_one = Application.objects.get(known_business=known)
    (own,) = applications.add_applicants(
        actor=scene.actor, curation=scene.curation, businesses=[known], now=timezone.now()
    )
    return public_one, own


def test_joining_lets_a_standing_application_of_the_known_business_count(
    scene: CurationScene, client: Client
) -> None:
    public_one, own = twice(scene, client)

    applications.join_known(actor=scene.actor, application=public_one, now=timezone.now())

    assert dict(Application.objects.values_list("pk", "state")) == {
        public_one.pk: "withdrawn",
        own.pk: "applied",
    }
    assert list(candidates_for(scene.curation)) == []


def test_joining_revives_a_withdrawn_application_with_scores_and_conflicts(
    scene: CurationScene, client: Client
) -> None:
    public_one, own = twice(scene, client)
    withdraw(actor=scene.actor, application=own, reason="Ragu", now=NOW, tell=nobody_told)
    Curation.objects.update(state="scoring")
    scene.applications = [public_one]
    scene.score(0, 0, 4)
    declare_conflict(actor=scene.actors()[1], application=public_one, reason="Kakak pemiliknya")

    applications.join_known(actor=scene.actor, application=public_one, now=timezone.now())

    assert dict(Application.objects.values_list("pk", "state")) == {
        public_one.pk: "withdrawn",
        own.pk: "applied",
    }
    assert (own.scores.count(), own.conflicts.count()) == (2, 1)
    assert actions_of(own)[-1] == "applied_again"


def test_another_database_error_is_no_second_press(
    scene: CurationScene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(public(scene), filled_in(scene))
    taken = Application.objects.get().receipt_number
    monkeypatch.setattr(applications, "receipt_number", lambda _kind: taken)

    with pytest.raises(IntegrityError, match="application_receipt_unique"):
        client.post(public(scene), filled_in(scene, phone="0813-1111-2222"))


def test_what_nobody_sees_is_not_stored(scene: CurationScene, client: Client) -> None:
    texts = {
        "name": "Keripik\u200b Bu\u202e Tini",
        "owner_name": "Ti\u200bni",
        "district": "Sore\u200bang",
        "nib": "91200\u200b00000031",
        "product_name": "Keripik\u200b singkong",
        "description": "Re\u200bnyah",
    }

    client.post(public(scene), filled_in(scene, **texts))

    product = Product.objects.select_related("business").get()
    own = product.business
    assert [own.name, own.owner_name, own.district, own.nib, product.name, product.description] == [
        "Keripik Bu Tini", "Tini", "Soreang", "9120000000031", "Keripik singkong", "Renyah",
    ]  # fmt: skip


def test_history_of_an_applicant_says_how_it_came(scene: CurationScene, client: Client) -> None:
    client.post(public(scene), filled_in(scene))

    lines = [line.text for line in of_business(Business.objects.get(name="Keripik Bu Tini"))]

    assert "Usaha mendaftar lewat tautan pendaftaran delegasi." in lines


def decided() -> CurationScene:
    """One goes, one is in reserve, one is refused."""
    scene = make_curation()
    scene.score_all([5, 4, 3])
    scene.decide("chosen", "reserve", "refused")
    return scene


def own_page(scene: CurationScene, number: int) -> str:
    return text_of(holder_of(scene.applications[number].business).get("link_applications"))


def receipt(scene: CurationScene, number: int, client: Client) -> str:
    token = uuid.uuid4()
    Application.objects.filter(pk=scene.applications[number].pk).update(form_token=token)
    return text_of(client.get(reverse("matchmaking:application_receipt", args=[token])))


def test_heir_reads_that_it_moved_up_and_not_why_the_other_left(client: Client) -> None:
    scene = decided()
    withdraw(
        actor=scene.actor, application=scene.applications[0], reason="Cuci darah", now=NOW, tell=nobody_told
    )

    for page in (own_page(scene, 1), receipt(scene, 1, client)):
        assert "Anda naik dari cadangan." in page
        assert f"Alasan semula: Alasan {scene.applications[1].business.name}" in page
        assert "Cuci darah" not in page


def test_business_reads_the_reason_of_its_own_addendum(client: Client) -> None:
    scene = decided()
    amend(
        actor=scene.actor,
        application=scene.applications[2],
        state="chosen",
        reason="Kursi tambahan",
        now=NOW,
        tell=nobody_told,
    )

    for page in (own_page(scene, 2), receipt(scene, 2, client)):
        assert "Dinas mengubah hasil ini dengan adendum. Alasan: Kursi tambahan" in page
        assert f"Alasan semula: Alasan {scene.applications[2].business.name}" in page


def test_business_that_withdrew_reads_so(client: Client) -> None:
    scene = decided()
    withdraw(actor=scene.actor, application=scene.applications[0], reason="Sakit", now=NOW, tell=nobody_told)

    for page in (own_page(scene, 0), receipt(scene, 0, client)):
        assert "Anda mengundurkan diri. Alasan: Sakit" in page


def test_decision_that_stands_is_told_as_it_is(client: Client) -> None:
    scene = decided()

    for page in (own_page(scene, 0), receipt(scene, 0, client)):
        assert f"Alasan {scene.applications[0].business.name}" in page
        assert "semula" not in page


# The notice on the home of a personal link


def notices_on_home(business: Business) -> int:
    return text_of(holder_of(business).get("link_home")).count("Ikut mendaftar.")


def test_home_of_the_link_tells_of_open_applications_until_it_has_applied(scene: CurationScene) -> None:
    business = BusinessFactory(office=scene.contact.guest.office)
    holder = holder_of(business)
    before = text_of(holder.get("link_home"))
    holder.post("link_apply", scene.curation.pk)

    assert "dibuka sampai 1 Januari 2099. Ikut mendaftar." in before
    assert f'href="{holder.path("link_applications")}"' in before
    assert notices_on_home(business) == 0


def test_home_tells_nothing_of_what_the_business_cannot_apply_to(scene: CurationScene) -> None:
    elsewhere = BusinessFactory(office=scene.contact.host.office)
    other_open = BusinessFactory(office=scene.contact.guest.office)

    assert [notices_on_home(row) for row in (elsewhere, scene.contact.guest_business, other_open)] == [
        0,
        0,
        1,
    ]


def test_home_tells_nothing_once_scoring_has_begun() -> None:
    scoring = make_curation()

    assert notices_on_home(BusinessFactory(office=scoring.contact.guest.office)) == 0
