"""Excel and curation: a list brings applicants while they are taken, and nobody around a decision."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.actors import Actor, Via
from matchmaking import admission, delegation_import
from matchmaking.curation_decision import withdraw
from matchmaking.curation_protocol import protocol_of
from matchmaking.delegations import InCuration, add_participants
from matchmaking.models import Addendum, Application, Curation, TradeContact
from matchmaking.supply import offer_supply, turn_offer_into_pair
from products import importing
from products.models import Business, ImportBatch
from tests.clients import client_of
from tests.curations import NOW, CurationScene, make_curation, nobody_told
from tests.factories import BusinessFactory, NeedFactory
from tests.holders import text_of
from tests.products.excel.sheets import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

TODAY = NOW.date()


def uploaded(scene: CurationScene, *names: str) -> ImportBatch:
    return importing.upload(
        actor=scene.actor,
        office=scene.contact.guest.office,
        file_name="daftar.xlsx",
        content=workbook([["Nama Usaha", "NIB"], *([name, ""] for name in names)]),
        today=TODAY,
    )


def run(scene: CurationScene, batch: ImportBatch) -> ImportBatch:
    return delegation_import.import_list(
        actor=scene.actor, batch=batch, delegation=scene.curation.delegation, now=NOW, today=TODAY
    )


def page(scene: CurationScene, batch: ImportBatch) -> str:
    address = reverse("matchmaking:import_preview", args=[scene.contact.trade_contact.slug, batch.pk])
    return text_of(client_of(scene.contact.guest).get(address))


def going(scene: CurationScene) -> list[str]:
    rows = scene.curation.delegation.participations.order_by("pk")
    return list(rows.values_list("business__name", flat=True))[1:]


def test_list_brings_applicants_while_they_are_taken() -> None:
    scene = make_curation(state="open", applicants=1)
    batch = uploaded(scene, "Usaha A", scene.applications[0].business.name)

    preview = page(scene, batch)
    done = run(scene, batch)

    assert "1 usaha dari daftar ini menjadi pendaftar (melalui “daftar Excel”), belum peserta." in preview
    assert list(Application.objects.order_by("pk").values_list("business__name", "source"))[1:] == [
        ("Usaha A", "import")
    ]
    assert (going(scene), done.counts["joined"], done.counts["applied"]) == ([], 0, 1)
    assert "Menjadi pendaftar kurasi" in page(scene, batch)


def test_undo_takes_the_applications_back() -> None:
    scene = make_curation(state="open", applicants=0)
    batch = run(scene, uploaded(scene, "Usaha A"))

    delegation_import.undo_import(actor=scene.actor, batch=batch, now=NOW)

    assert (Application.objects.count(), Business.objects.filter(name="Usaha A").exists()) == (0, False)


def test_applications_past_their_closing_keep_an_import() -> None:
    scene = make_curation(state="open", applicants=0)
    known = BusinessFactory(office=scene.contact.guest.office, name="Usaha A")
    batch = run(scene, uploaded(scene, "Usaha A"))
    Curation.objects.update(state="scoring")

    with pytest.raises(importing.AlreadyUsed, match="Usaha A: sudah masuk penilaian kurasi"):
        delegation_import.undo_import(actor=scene.actor, batch=batch, now=NOW)

    assert Application.objects.get().business == known


@pytest.mark.parametrize(
    ("is_decided", "sentence"),
    [(False, "sedang dinilai. 1 usaha yang belum mendaftar hanya dicatat"), (True, "dengan adendum.")],
)
def test_later_a_new_business_is_only_written_down(*, is_decided: bool, sentence: str) -> None:
    scene = make_curation(applicants=2)
    scene.score_all([5, 4])
    if is_decided:
        scene.decide("chosen", "refused")
    before, refused = going(scene), scene.applications[1].business.name
    batch = uploaded(scene, "Usaha A", refused)

    preview = page(scene, batch)
    done = run(scene, batch)

    assert sentence in preview
    assert f"belum terpilih: {refused}." in preview
    assert (going(scene), done.counts["only_written"]) == (before, 1)
    assert Business.objects.filter(name="Usaha A").exists()


# After the decision: by an addendum


def decided(quota: int = 2) -> CurationScene:
    scene = make_curation(applicants=2, quota=quota)
    scene.score_all([5, 4])
    scene.decide("chosen", "refused")
    return scene


def admit(scene: CurationScene, business: Business, reason: str = "Undangan tuan rumah.") -> Addendum:
    return admission.admit(
        actor=scene.actor,
        curation=scene.curation,
        business=business,
        reason=reason,
        now=NOW,
        tell=nobody_told,
    )


def newcomer(scene: CurationScene) -> Business:
    return BusinessFactory(office=scene.contact.guest.office, name="Usaha Baru")


def test_newcomer_goes_by_an_addendum_and_the_decision_stays() -> None:
    scene = decided()
    before = protocol_of(Curation.objects.get()) | {"addenda": []}

    addendum = admit(scene, newcomer(scene))

    assert going(scene)[-1] == "Usaha Baru"
    assert (addendum.number, addendum.changes[0]["to"]) == (1, "chosen")
    after = protocol_of(Curation.objects.get())
    assert after["addenda"][0]["changes"] == ["Usaha Baru: mendaftar → terpilih"]
    assert after | {"addenda": []} == before


def test_newcomer_can_withdraw_again() -> None:
    scene = decided()
    admit(scene, newcomer(scene))
    row = Application.objects.get(business__name="Usaha Baru")

    withdraw(actor=scene.actor, application=row, reason="Batal.", now=NOW, tell=nobody_told)

    assert "Usaha Baru" not in going(scene)
    assert protocol_of(Curation.objects.get())["withdrawn"] == []


def refusal(scene: CurationScene, business: Business, **options: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        admit(scene, business, **options)
    return " ".join(refused.value.messages)


def test_addendum_says_what_stands_in_the_way() -> None:
    scene = decided(quota=1)
    new, foreign = newcomer(scene), BusinessFactory(name="Usaha Jauh")
    chosen, applied = (row.business for row in scene.applications)

    assert [refusal(scene, business) for business in (new, foreign, chosen, applied)] == [
        "Kuota sudah penuh. Catat pengunduran diri lebih dahulu.",
        "Usaha Jauh bukan pelaku usaha daerah ini.",
        f"{chosen.name} sudah termasuk delegasi ini.",
        f"{applied.name} sudah mendaftar. Ubah hasilnya dengan adendum pada barisnya.",
    ]
    assert "Tulis alasannya" in refusal(scene, new, reason=" ")


def test_page_of_the_addendum() -> None:
    scene = decided()
    business = newcomer(scene)
    slug = scene.contact.trade_contact.slug
    address = reverse("matchmaking:applicant_admit", args=[slug, scene.curation.delegation_id])
    officer = client_of(scene.contact.guest)

    empty = officer.post(address, {})
    done = officer.post(address, {"business": business.pk, "reason": "Undangan."}, follow=True)

    assert (empty.status_code, "Pilih pelaku usaha yang ditambahkan." in text_of(empty)) == (422, True)
    assert "Perubahan dicatat sebagai adendum." in text_of(done)
    assert "Usaha Baru: mendaftar → terpilih" in text_of(done)


def test_nobody_is_put_into_a_decided_delegation_by_hand() -> None:
    scene = decided()
    business = newcomer(scene)

    with pytest.raises(InCuration, match="Masukkan lewat adendum di halaman kurasi: Usaha Baru"):
        add_participants(actor=scene.actor, delegation=scene.curation.delegation, businesses=[business])

    slug = scene.contact.trade_contact.slug
    address = reverse("matchmaking:participant_add", args=[slug, scene.curation.delegation_id])
    page = client_of(scene.contact.guest).post(address, {"businesses": [business.pk]})
    assert (page.status_code, "Masukkan lewat adendum" in text_of(page)) == (422, True)


def test_an_offer_of_a_newcomer_waits_for_the_addendum() -> None:
    """Seen failing (the newcomer goes along) with ``take_along`` asking about applicants only."""
    scene = decided()
    buyer, supplier, contact = newcomer(scene), scene.contact.host_business, scene.contact.trade_contact
    TradeContact.objects.update(starts_on=None, ends_on=None)  # a programme, which takes both along
    link, need = Actor(via=Via.LINK, business_id=supplier.pk), NeedFactory(business=buyer)

    waiting = offer_supply(actor=link, need=need, business=supplier, today=TODAY, tell=lambda _pk: None)
    turn = partial(turn_offer_into_pair, offer=waiting, trade_contact=contact, today=TODAY)
    with pytest.raises(InCuration, match="Usaha Baru belum termasuk delegasi") as told_the_host:
        turn(actor=scene.contact.host_actor)
    with pytest.raises(InCuration, match="Masukkan lewat adendum di halaman kurasi: Usaha Baru"):
        turn(actor=scene.actor)
    admit(scene, buyer)

    assert (waiting.pair, waiting.waits_because) == (None, "taken_out")
    assert "kurasi" not in str(told_the_host.value)
    assert turn(actor=scene.contact.host_actor).pair is not None
