"""The history of a curation on the overview of its trade contact: its own office reads it, nobody else."""

from datetime import date

import pytest

from accounts.actors import Actor
from accounts.models import HistoryEntry
from matchmaking import curation as domain
from matchmaking import timeline
from matchmaking.applications import issue_application_link
from matchmaking.curation_decision import withdraw
from products.timeline import Line
from tests.curations import NOW, CurationScene, make_curation, nobody_told

pytestmark = pytest.mark.django_db

DAYS = {"opens_on": date(2018, 2, 1), "closes_on": date(2018, 3, 5)}


def lines_of(scene: CurationScene, actor: Actor) -> list[Line]:
    contact = scene.contact.trade_contact
    return timeline.of_contact(contact, contact.delegations.order_by("pk"), actor)


def texts(scene: CurationScene, actor: Actor) -> list[str]:
    return [line.text for line in lines_of(scene, actor)]


def names_of(scene: CurationScene) -> list[str]:
    return [row.business.name for row in scene.applications]


def test_setting_up_is_told_from_what_to_what() -> None:
    scene = make_curation(state="open")
    curation, actor = scene.curation, scene.actor
    domain.change_curation(actor=actor, curation=curation, quota=2, **DAYS)
    domain.change_curation(actor=actor, curation=curation, quota=3, **DAYS)
    domain.set_criteria(actor=actor, curation=curation, criteria=[("Mutu", 3), ("Harga", 1)])
    issue_application_link(actor=actor, curation=curation, now=NOW)
    domain.start_scoring(actor=actor, curation=curation)
    domain.reopen_applications(actor=actor, curation=curation)

    assert texts(scene, actor)[:5] == [
        "Pendaftaran dibuka lagi.",
        "Pendaftaran ditutup dan penilaian dimulai.",
        "Tautan pendaftaran dibuat.",
        "Kriteria kurasi dan bobotnya ditetapkan: Mutu (3), Harga (1).",
        "Kurasi diubah: kuota 2 → 3.",
    ]


def test_decision_and_addendum_are_told_to_their_own_office() -> None:
    scene = make_curation()
    ayu, budi, citra = names_of(scene)
    scene.score_all([5, 4, 3])
    scene.decide("chosen", "chosen", "reserve")
    withdraw(actor=scene.actor, application=scene.applications[0], reason="Sakit.", now=NOW, tell=nobody_told)

    assert texts(scene, scene.actor)[:10] == [
        f"{citra} terpilih.",
        f"{ayu} mengundurkan diri dari kurasi.",
        f"Adendum 1: {ayu}: terpilih → mengundurkan diri; {citra}: cadangan → terpilih.",
        f"{citra} masuk delegasi.",
        f"{ayu} dikeluarkan dari delegasi.",
        f"{budi} masuk delegasi. Begitu juga 1 usaha lain.",
        "Kurasi diputuskan: 2 terpilih dari 3 pendaftar.",
        f"{citra} masuk cadangan.",
        f"{budi} terpilih. Begitu juga 1 usaha lain.",
        "Satu penilai menyatakan selesai menilai.",
    ]


def test_no_score_and_no_reason_of_an_applicant_is_in_it() -> None:
    scene = make_curation()
    domain.declare_conflict(actor=scene.actor, application=scene.applications[0], reason="Sepupu saya.")
    scene.score(1, 0, 5)
    for number in (1, 2):
        scene.score(0, number, 4)
        scene.score(1, number, 4)
    scene.finish()
    scene.decide("chosen", "chosen", "refused", line_reason="Undian.")

    assert HistoryEntry.objects.filter(note__startswith="Alasan ").count() == 3
    notes = [line.note for line in lines_of(scene, scene.actor) if line.note]
    assert notes == ["Undian."]


def test_another_office_reads_nothing_of_it() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    scene.decide("chosen", "reserve", "refused")

    assert texts(scene, scene.contact.host_actor) == [f"{names_of(scene)[0]} masuk delegasi."]
