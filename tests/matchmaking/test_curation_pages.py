"""The officers' pages of a curation: what they show, and what they keep to themselves."""

from typing import Any

import pytest
from django import forms
from django.urls import reverse

from matchmaking.curation import declare_conflict
from matchmaking.equity import equity_of
from matchmaking.forms.curation import ConflictForm, CriteriaForm, DecisionForm, ReasonForm
from matchmaking.models import CurationScore
from products.models import Business
from tests.clients import client_of
from tests.curations import CurationScene, make_curation
from tests.factories import OfficeMemberFactory, ParticipationFactory
from tests.holders import text_of

pytestmark = pytest.mark.django_db


def path(scene: CurationScene, name: str, *more: object) -> str:
    contact = scene.contact.trade_contact
    return reverse(f"matchmaking:{name}", args=[contact.slug, scene.curation.delegation_id, *more])


def get(scene: CurationScene, name: str, *more: object, member: int = 0) -> Any:
    return client_of(scene.reviewers[member]).get(path(scene, name, *more))


def post(scene: CurationScene, name: str, *more: object, member: int = 0, **data: Any) -> Any:
    return client_of(scene.reviewers[member]).post(path(scene, name, *more), data, follow=True)


def test_setting_up_from_nothing_to_scoring() -> None:
    scene = make_curation(state="open", applicants=1)

    post(scene, "curation_criteria", name_0="Mutu", weight_0="60", name_1="Harga", weight_1="40")
    page = post(scene, "scoring_start")

    assert "Penilaian dimulai." in text_of(page)
    assert list(scene.curation.criteria.order_by("position").values_list("name", "weight")) == [
        ("Mutu", 60),
        ("Harga", 40),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"name_0": "Mutu", "weight_0": ""}, "Tulis bobot dengan angka bulat dari 1 sampai 100."),
        ({"name_0": "Mutu", "weight_0": "101"}, "Tulis bobot dengan angka bulat dari 1 sampai 100."),
        (
            {"name_0": "Mutu", "weight_0": "1", "name_1": "mutu", "weight_1": "1"},
            "Kriteria ini tertulis dua kali.",
        ),
        ({}, "Tulis paling sedikit satu kriteria."),
    ],
)
def test_wrong_criteria_are_named(data: dict[str, str], message: str) -> None:
    scene = make_curation(state="open")

    page = post(scene, "curation_criteria", **data)

    assert (page.status_code, message in text_of(page)) == (422, True)


def test_sheet_is_saved_and_leads_to_the_next() -> None:
    scene = make_curation()
    first, second = scene.criteria
    data = {f"score_{first.pk}": "4", f"score_{second.pk}": "2", f"note_{first.pk}": "Rapi"}

    page = post(scene, "score_sheet", scene.applications[0].pk, **data)

    rows = CurationScore.objects.order_by("criterion__position").values_list("score", "note")
    assert list(rows) == [(4, "Rapi"), (2, "")]
    assert page.redirect_chain[-1][0] == path(scene, "score_sheet", scene.applications[1].pk)


def test_choice_is_saved_at_once_where_scripts_run() -> None:
    scene = make_curation()
    client = client_of(scene.reviewers[0])

    answer = client.post(
        path(scene, "score_sheet", scene.applications[0].pk),
        {f"score_{scene.criteria[0].pk}": "5"},
        headers={"HX-Request": "true"},
    )

    assert (answer.status_code, "Tersimpan." in text_of(answer)) == (200, True)
    assert CurationScore.objects.get().score == 5


def test_score_beyond_five_is_named() -> None:
    scene = make_curation()

    page = post(scene, "score_sheet", scene.applications[0].pk, **{f"score_{scene.criteria[0].pk}": "6"})

    assert (page.status_code, "Nilai adalah angka bulat dari 1 sampai 5." in text_of(page)) == (422, True)


def test_no_page_shows_another_reviewers_scores_before_all_have_finished() -> None:
    scene = make_curation(applicants=1)
    scene.score(0, 0, 5, 1)
    application = scene.applications[0].pk

    pages = [get(scene, name, member=1) for name in ("curation", "score_sheets")]
    sheet = get(scene, "score_sheet", application, member=1)
    ranking = get(scene, "curation_ranking", member=1)

    assert " checked" not in sheet.content.decode()
    assert ranking.headers["Location"] == path(scene, "curation")
    assert [page for page in pages if "4,00" in text_of(page)] == []
    assert "belum dinilai" in text_of(pages[1])


def test_ranking_shows_ties_sheets_and_who_went_before() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 4])
    earlier = ParticipationFactory(business=scene.applications[1].business)

    page = text_of(get(scene, "curation_ranking"))

    assert "2 usaha bernilai sama di garis kuota." in page
    assert earlier.delegation.trade_contact.title in page
    assert "2 dari 3 pendaftar belum pernah ikut delegasi." in page


def test_equity_counts_other_contacts_only() -> None:
    scene = make_curation(applicants=1)
    business = scene.applications[0].business
    ParticipationFactory(delegation=scene.contact.guest_delegation, business=business)
    before = ParticipationFactory(business=business).delegation.trade_contact.title

    assert equity_of(scene.curation)[business.pk].titles == (before,)


def test_ranking_and_record_stay_as_they_were_decided() -> None:
    scene = make_curation(applicants=2)
    scene.score_all([5, 4])
    before = ParticipationFactory(business=scene.applications[0].business).delegation.trade_contact
    scene.decide("chosen", "chosen")
    second = scene.applications[1].business
    name = second.name
    ParticipationFactory(business=second)
    Business.objects.filter(pk=second.pk).update(name="Nama baru", district="Ciwidey")

    page = text_of(get(scene, "curation_ranking"))

    kept = [name, before.title, "1 dari 2 pendaftar belum pernah ikut delegasi."]
    assert [part for part in kept if part not in page] == []
    assert "Tercatat per 1 Maret 2018, tanggal keputusan, dan tidak berubah lagi." in page
    assert [part for part in ("Nama baru", "Ciwidey") if part in page] == []


def test_decision_page_suggests_and_stores() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    form = get(scene, "curation_decide").context["form"]
    data = {name: form[name].value() or "" for name in form.fields}

    page = post(scene, "curation_decide", **data)

    assert "Kurasi diputuskan." in text_of(page)
    assert scene.states() == ["chosen", "chosen", "reserve"]


def test_tie_on_the_line_is_suggested_to_nobody() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 4])
    form = get(scene, "curation_decide").context["form"]
    data = {name: form[name].value() or "" for name in form.fields}

    page = post(scene, "curation_decide", **data)

    assert (page.status_code, "Pilih keputusannya." in text_of(page)) == (422, True)


def test_withdrawal_names_who_moves_up() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    scene.decide("chosen", "chosen", "reserve")

    page = post(scene, "application_withdraw", scene.applications[0].pk, reason="Sakit")

    assert f"{scene.applications[2].business.name} naik dari daftar cadangan." in text_of(page)


def test_amendment_is_listed_with_its_number() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    scene.decide("chosen", "chosen", "refused")

    page = post(scene, "application_amend", scene.applications[0].pk, state="refused", reason="Izin dicabut")

    assert "Perubahan dicatat sebagai adendum." in text_of(page)
    assert "Izin dicabut" in text_of(page)


def test_conflict_is_declared_once_and_shuts_the_sheet() -> None:
    scene = make_curation()

    post(scene, "conflict_declare", scene.applications[0].pk, reason="Kakak pemiliknya")

    page = text_of(get(scene, "score_sheet", scene.applications[0].pk))
    assert "Anda menyatakan benturan kepentingan (Kakak pemiliknya)" in page
    assert "Simpan dan lanjut" not in page


def test_colleague_who_was_not_named_cannot_score() -> None:
    scene = make_curation()
    colleague = OfficeMemberFactory(office=scene.contact.guest.office)

    page = client_of(colleague).get(path(scene, "score_sheets"))

    assert (page.status_code, "Hanya penilai yang ditunjuk" in text_of(page)) == (403, True)


def test_page_warns_when_nobody_is_left_to_score() -> None:
    scene = make_curation()
    for actor in scene.actors():
        declare_conflict(actor=actor, application=scene.applications[0], reason="Keluarga")

    assert "Tunjuk penilai lain; keputusan menunggu." in text_of(get(scene, "curation"))


def test_paper_is_a_pdf_once_decided() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    scene.decide("chosen", "chosen", "reserve")

    response = get(scene, "curation_protocol")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("curation", 18), ("score_sheets", 11), ("curation_ranking", 22), ("curation_decide", 20)],
)
def test_queries_do_not_grow(count: int, name: str, queries: int, django_assert_num_queries: Any) -> None:
    scene = make_curation(applicants=count)
    if name not in {"curation", "score_sheets"}:
        scene.score_all([3] * count)
    client = client_of(scene.reviewers[0])

    with django_assert_num_queries(queries):
        assert client.get(path(scene, name)).status_code == 200


def test_note_without_a_score_is_named() -> None:
    scene = make_curation()
    first, second = scene.criteria
    data = {f"score_{first.pk}": "4", f"note_{second.pk}": "Kemasan bagus"}

    page = post(scene, "score_sheet", scene.applications[0].pk, **data)

    assert page.status_code == 422
    assert page.context["form"].errors == {
        f"score_{second.pk}": ["Pilih nilainya juga, supaya catatan ini tersimpan."]
    }
    assert "Kemasan bagus" in text_of(page)


@pytest.mark.parametrize(
    "form",
    [
        ReasonForm({"reason": "Sa\u200bkit"}),
        ConflictForm({"reason": "Sa\u200bkit"}),
        CriteriaForm({"name_0": "Sa\u200bkit", "weight_0": "1"}, criteria=[]),
        DecisionForm({"line_reason": "Sa\u200bkit"}, rows=[], reserves=0),
    ],
)
def test_what_nobody_sees_is_taken_out_of_texts(form: forms.Form) -> None:
    assert form.is_valid()

    assert "Sakit" in form.cleaned_data.values()
