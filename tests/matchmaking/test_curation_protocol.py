"""The Berita Acara: its words on paper, and text from the outside that must stay text."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from matchmaking.curation import declare_conflict
from matchmaking.curation_decision import withdraw
from matchmaking.curation_protocol import TEMPLATE, protocol_of
from matchmaking.models import Application, Curation
from products.models import Business
from tests.curations import NOW, CurationScene, make_curation, nobody_told
from tests.factories import ParticipationFactory
from tradecontact.pdf import compile_pdf

pytestmark = pytest.mark.django_db


def decided() -> CurationScene:
    scene = scored()
    scene.decide("chosen", "chosen", "reserve", "refused")
    return scene


def scored() -> CurationScene:
    scene = make_curation(applicants=4)
    declare_conflict(actor=scene.actors()[0], application=scene.applications[1], reason="Kakak pemiliknya")
    for number, score in enumerate([5, 4, 3, 2]):
        for member in (0, 1):
            if (member, number) != (0, 1):
                scene.score(member, number, score)
    scene.finish()
    return scene


def words_of(scene: CurationScene) -> str:
    curation = Curation.objects.select_related(
        "delegation__office", "delegation__trade_contact", "decided_by"
    )
    pages = compile_pdf(TEMPLATE, protocol_of(curation.get(pk=scene.curation.pk)), NOW)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pages)).pages).split())


def test_paper_tells_scores_conflicts_decisions_and_reasons() -> None:
    scene = decided()

    words = words_of(scene)

    expected = [
        scene.contact.guest.office.name,
        "Mutu produk",
        "Kakak pemiliknya",
        *(f"Alasan {row.business.name}" for row in scene.applications),
        *(member.user.name for member in scene.reviewers),
        "halaman 1 / ",
        "Mengetahui, kepala dinas",
    ]
    assert [part for part in expected if part not in words] == []


def test_paper_tells_addenda_below_the_decision() -> None:
    scene = decided()
    withdraw(actor=scene.actor, application=scene.applications[0], reason="Sakit", now=NOW, tell=nobody_told)

    words = words_of(scene)

    assert "Adendum 1" in words
    assert f"{scene.applications[2].business.name}: cadangan → terpilih" in words


@pytest.mark.parametrize(
    "text", ['#import "/etc/passwd"', "*tebal* _miring_", "$x^2$ = @satu <dua>", "#panic()"]
)
def test_hostile_text_stays_text(text: str) -> None:
    scene = scored()
    business = scene.applications[0].business
    business.name = text
    business.save()
    scene.decide("chosen", "chosen", "reserve", "refused")

    assert text in words_of(scene)


def test_paper_never_changes_after_the_decision() -> None:
    scene = decided()
    before = protocol_of(Curation.objects.get())
    business = scene.applications[1].business
    ParticipationFactory(business=business)
    Business.objects.filter(pk=business.pk).update(name="Nama baru", district="Ciwidey")

    assert protocol_of(Curation.objects.get()) == before


def test_same_values_give_the_same_bytes() -> None:
    scene = decided()
    scene.curation.refresh_from_db()
    values = protocol_of(scene.curation)

    assert compile_pdf(TEMPLATE, values, NOW) == compile_pdf(TEMPLATE, values, NOW)


def test_joined_duplicates_have_not_withdrawn() -> None:
    scene = make_curation(applicants=4)
    double, gone = scene.applications[2:]
    known = scene.applications[0].business
    Application.objects.filter(pk=double.pk).update(state="withdrawn", known_business=known, joined_at=NOW)
    withdraw(actor=scene.actor, application=gone, reason="Sakit", now=NOW, tell=nobody_told)
    scene.applications = scene.applications[:2]
    scene.score_all([5, 4])
    scene.decide("chosen", "chosen")
    scene.curation.refresh_from_db()

    assert protocol_of(scene.curation)["withdrawn"] == [gone.business.name]
