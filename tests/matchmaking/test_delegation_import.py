"""A list becomes a delegation: who comes along, who stays out, and what keeps an import from being undone."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND
from accounts.history import entries_of
from matchmaking import delegation_import, delegations
from matchmaking.models import Participation
from products import importing
from products.models import Business, ImportBatch, Need, Product
from regions.models import Region
from tests.factories import ApplicationFactory, BusinessFactory, ImportBatchFactory, PairFactory
from tests.holders import text_of
from tests.products.excel.sheets import workbook
from tests.products.importing_office import DELEGATION, NEEDS
from tests.scenes import ContactScene, make_contact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

NOW, TODAY = datetime(2026, 3, 12, 3, 0, tzinfo=UTC), date(2026, 3, 12)
TITLES = ["Nama Usaha", "NIB", "Kategori", "Nama Produk", "Kebutuhan"]
USAHA_A = ["Usaha A", "9120000000031", "Kuliner", "Keripik", ""]


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


def uploaded(scene: ContactScene, *rows: list[str]) -> ImportBatch:
    content = workbook([TITLES, *rows])
    return importing.upload(
        actor=scene.guest_actor,
        office=scene.guest.office,
        file_name="daftar.xlsx",
        content=content,
        today=TODAY,
    )


def run(scene: ContactScene, batch: ImportBatch, **options: Any) -> ImportBatch:
    return delegation_import.import_list(
        actor=scene.guest_actor,
        batch=batch,
        delegation=scene.guest_delegation,
        now=NOW,
        today=TODAY,
        **options,
    )


def undo(scene: ContactScene, batch: ImportBatch) -> ImportBatch:
    return delegation_import.undo_import(actor=scene.guest_actor, batch=batch, now=NOW)


def participants(scene: ContactScene) -> list[str]:
    rows = scene.guest_delegation.participations.order_by("pk").select_related("business")
    return [row.business.name for row in rows]


def test_imported_businesses_come_along_and_leave_with_the_undo(scene: ContactScene) -> None:
    before = participants(scene)
    batch = run(scene, uploaded(scene, USAHA_A, ["Usaha B", "", "", "", ""]))
    assert participants(scene) == [*before, "Usaha A", "Usaha B"]

    undo(scene, batch)

    assert participants(scene) == before
    assert Business.objects.filter(name__startswith="Usaha A").exists() is False


def test_coming_and_leaving_stand_in_history(scene: ContactScene) -> None:
    undo(scene, run(scene, uploaded(scene, USAHA_A)))

    entries = entries_of(scene.guest_delegation).order_by("pk")

    assert [(entry.action, entry.before) for entry in entries] == [
        ("participant_added", None), ("participant_import_undone", {"business": "Usaha A"})
    ]  # fmt: skip


def test_importing_again_adds_nobody_twice(scene: ContactScene) -> None:
    run(scene, uploaded(scene, USAHA_A))
    once = participants(scene)

    again = run(scene, uploaded(scene, USAHA_A))

    assert (participants(scene), again.counts["joined"]) == (once, 0)


def test_known_business_joins_and_stays_known_after_the_undo(scene: ContactScene) -> None:
    known = BusinessFactory(office=scene.guest.office, name="Usaha A", nib="9120000000031")
    batch = run(scene, uploaded(scene, USAHA_A))
    assert "Usaha A" in participants(scene)

    undo(scene, batch)

    assert "Usaha A" not in participants(scene)
    assert Business.objects.filter(pk=known.pk).exists()


def test_business_taken_out_by_officers_stays_out(scene: ContactScene) -> None:
    run(scene, uploaded(scene, USAHA_A))
    participation = scene.guest_delegation.participations.get(business__name="Usaha A")
    delegations.remove_participant(actor=scene.guest_actor, participation=participation, reason="Sakit.")
    batch = uploaded(scene, USAHA_A, ["Usaha B", "", "", "", ""])

    shown = delegation_import.preview_list(batch=batch, delegation=scene.guest_delegation, today=TODAY)
    run(scene, batch)

    assert (shown.joining, shown.staying_out) == (1, ["Usaha A"])
    assert "Usaha A" not in participants(scene)


def test_preview_counts_who_would_join(scene: ContactScene) -> None:
    run(scene, uploaded(scene, USAHA_A))

    batch = uploaded(scene, USAHA_A, ["Usaha B", "", "", "", ""])
    shown = delegation_import.preview_list(batch=batch, delegation=scene.guest_delegation, today=TODAY)

    assert (shown.joining, len(shown.preview.plan.businesses)) == (1, 2)


def test_list_of_another_office_is_refused(scene: ContactScene) -> None:
    batch = ImportBatchFactory(office=scene.host.office)

    with pytest.raises(PermissionDenied, match="milik dinas lain"):
        run(scene, batch)


def test_decisions_travel_with_the_import(scene: ContactScene) -> None:
    twin = ["Usaha A cabang", "9120000000031", "Kuliner", "Kopi", ""]

    batch = run(scene, uploaded(scene, USAHA_A, twin), decisions={3: "skip"})

    assert (batch.duplicate_choices, list(Product.objects.values_list("name", flat=True))) == (
        {"3": "skip"},
        ["Keripik"],
    )


def test_pair_keeps_an_import(scene: ContactScene) -> None:
    batch = run(scene, uploaded(scene, USAHA_A))
    PairFactory(
        trade_contact=scene.trade_contact,
        business_a=scene.host_business,
        business_b=Business.objects.get(name="Usaha A"),
    )

    with pytest.raises(importing.AlreadyUsed, match="Usaha A: dipakai oleh 1 pasangan usaha"):
        undo(scene, batch)

    assert "Usaha A" in participants(scene)
    assert entries_of(scene.guest_delegation).count() == 1


@pytest.mark.parametrize(("kind", "name"), [("product_id", "Keripik"), ("need_id", "Kopi bubuk")])
def test_item_traded_in_a_pair_keeps_an_import(scene: ContactScene, kind: str, name: str) -> None:
    known = BusinessFactory(office=scene.guest.office, name="Usaha A", nib="9120000000031")
    pair = PairFactory(trade_contact=scene.trade_contact, business_a=scene.host_business, business_b=known)
    batch = run(scene, uploaded(scene, [*USAHA_A[:4], "Kopi bubuk"]))
    item = Product.objects.get() if kind == "product_id" else Need.objects.get()
    pair.trades = [{"product_id": None, "need_id": None, kind: item.pk}]
    pair.save()

    with pytest.raises(importing.AlreadyUsed, match=f"{name}: dipakai dalam pasangan usaha"):
        undo(scene, batch)

    pair.trades = []
    pair.save()
    assert undo(scene, batch).state == ImportBatch.State.UNDONE


def test_participation_removed_by_hand_keeps_an_import(scene: ContactScene) -> None:
    batch = run(scene, uploaded(scene, USAHA_A))
    participation = scene.guest_delegation.participations.get(business__name="Usaha A")
    delegations.remove_participant(actor=scene.guest_actor, participation=participation, reason="Sakit.")

    with pytest.raises(importing.AlreadyUsed, match="keikutsertaan: sudah dihapus"):
        undo(scene, batch)


def test_both_sample_lists_make_the_founding_case(scene: ContactScene) -> None:
    for delegation, content in ((scene.guest_delegation, DELEGATION), (scene.host_delegation, NEEDS)):
        delegation_import.import_file(
            actor=COMMAND, office=delegation.office, delegation=delegation, file_name="daftar.xlsx",
            content=content,
            now=NOW, today=TODAY, duplicates="merge", columns={},
        )  # fmt: skip

    assert (scene.guest_delegation.participations.count(), scene.host_delegation.participations.count()) == (
        32,
        21,
    )


def test_file_without_delegation_is_only_written_down(scene: ContactScene) -> None:
    batch = delegation_import.import_file(
        actor=scene.guest_actor, office=scene.guest.office, delegation=None, file_name="daftar.xlsx",
        content=workbook([["Nama Usaha", "NIB", "Julukan"], ["Usaha A", "", "Ibu A."]]), now=NOW, today=TODAY,
        duplicates="skip", columns={"Julukan": "business.owner_name"},
    )  # fmt: skip

    assert (batch.counts["joined"], Business.objects.get(name="Usaha A").owner_name) == (0, "Ibu A.")


def test_refused_file_leaves_nothing_behind(scene: ContactScene) -> None:
    with pytest.raises(ValidationError, match="Jelaskan dahulu kolom “Julukan”"):
        delegation_import.import_file(
            actor=scene.guest_actor, office=scene.guest.office, delegation=scene.guest_delegation,
            file_name="a.xlsx",
            content=workbook([["Nama Usaha", "NIB", "Julukan"], ["Usaha A", "", "x"]]), now=NOW, today=TODAY,
            duplicates="skip", columns={},
        )  # fmt: skip

    assert ImportBatch.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_batch", [True, False])
def test_many_presses_at_once_import_once(scene: ContactScene, *, same_batch: bool) -> None:
    content = [USAHA_A, ["Usaha B", "9120000000032", "Kuliner", "Kopi", ""]]
    batches = [uploaded(scene, *content)]
    if not same_batch:  # another file with the same businesses
        batches += [uploaded(scene, *content, [f"Usaha {number}", "", "", "", ""]) for number in range(5)]
    failures: list[BaseException] = []

    def press(batch: ImportBatch) -> None:
        try:
            run(scene, batch)
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=press, args=(batches[number % len(batches)],)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Business.objects.filter(nib="9120000000031").count() == 1
    assert Participation.objects.filter(business__nib="9120000000031").count() == 1
    assert Product.objects.filter(name="Keripik").count() == 1


def test_applicant_who_is_not_chosen_stays_out_and_the_others_apply(
    scene: ContactScene, client: Client
) -> None:
    known = BusinessFactory(office=scene.guest.office, name="Usaha A", nib="9120000000031")
    ApplicationFactory(curation__delegation=scene.guest_delegation, business=known)
    batch = uploaded(scene, USAHA_A, ["Usaha B", "", "", "", ""])
    address = reverse("matchmaking:import_preview", args=[scene.trade_contact.slug, batch.pk])
    sentence = "Tetap di luar delegasi, sebab mendaftar lewat kurasi dan belum terpilih: Usaha A."
    client.force_login(scene.guest.user)

    shown = delegation_import.preview_list(batch=batch, delegation=scene.guest_delegation, today=TODAY)
    preview = text_of(client.get(address))
    done = run(scene, batch)

    assert (shown.joining, shown.applying, shown.not_chosen) == (0, 1, ["Usaha A"])
    assert (participants(scene)[1:], done.counts["applied"]) == ([], 1)
    assert (sentence in preview, sentence in text_of(client.get(address))) == (True, True)


# Long lists


def test_long_list_is_imported_in_the_background(
    scene: ContactScene,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(delegation_import, "MOST_AT_ONCE", 1)
    batch = uploaded(scene, USAHA_A)
    slug = scene.trade_contact.slug
    client.force_login(scene.guest.user)
    apply = reverse("matchmaking:import_apply", args=[slug, batch.pk])

    with django_capture_on_commit_callbacks() as queued:
        waiting = [text_of(client.post(apply, follow=True)) for _twice in "12"]
    assert ["Daftar sedang diimpor" in page for page in waiting] == [True, True]
    assert len(queued) == 1

    queued[0]()
    page = text_of(client.get(reverse("matchmaking:import_preview", args=[slug, batch.pk])))
    assert ("Daftar sudah diimpor" in page, participants(scene)[1:]) == (True, ["Usaha A"])


def test_what_refuses_a_queued_list_is_told_on_its_page(scene: ContactScene, client: Client) -> None:
    batch = uploaded(scene, ["", "9120000000031", "Kuliner", "Keripik", ""])
    refused = delegation_import.import_queued(
        actor=scene.guest_actor, batch=batch, delegation=scene.guest_delegation, now=NOW
    )
    client.force_login(scene.guest.user)
    address = reverse("matchmaking:import_preview", args=[scene.trade_contact.slug, batch.pk])

    assert (refused.state, refused.queued_at) == ("preview", None)
    assert "Belum diimpor: Tidak ada usaha yang diimpor." in text_of(client.get(address))


@pytest.mark.parametrize(("minutes", "heading"), [(14, "Daftar sedang diimpor"), (15, "Periksa daftar")])
def test_list_whose_work_died_is_shown_again(
    scene: ContactScene, client: Client, minutes: int, heading: str
) -> None:
    """Seen failing (the waiting page for ever) with the page looking only whether it is queued."""
    batch = uploaded(scene, USAHA_A)
    ImportBatch.objects.update(queued_at=timezone.now() - timedelta(minutes=minutes))
    client.force_login(scene.guest.user)

    page = client.get(reverse("matchmaking:import_preview", args=[scene.trade_contact.slug, batch.pk]))

    told = "terhenti, dan tidak ada yang masuk. Periksa daftar ini, lalu impor lagi atau batalkan."
    assert heading in text_of(page)
    assert (told in text_of(page)) == (minutes == 15)


def test_list_whose_work_died_is_queued_anew(
    scene: ContactScene,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(delegation_import, "MOST_AT_ONCE", 1)
    batch = uploaded(scene, USAHA_A)
    ImportBatch.objects.update(queued_at=timezone.now() - delegation_import.STUCK_AFTER)
    client.force_login(scene.guest.user)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("matchmaking:import_apply", args=[scene.trade_contact.slug, batch.pk]))

    assert (ImportBatch.objects.get().state, participants(scene)[1:]) == ("imported", ["Usaha A"])


# A list that names other regions


def test_rows_of_another_region_are_refused_by_cell(scene: ContactScene, client: Client) -> None:
    scene.guest.office.region = Region.objects.get(code="32.04")
    scene.guest.office.save()
    titles = ["Nama Usaha", "Daerah", "Kebutuhan", "Kategori Kebutuhan"]
    rows = [
        ["Usaha A", "Jawa Barat", "Kotak", "Kemasan"],
        ["Toko Solo", "Kota Surakarta", "Kain", "Fesyen"],
        ["Usaha B", "", "Kotak", "Kemasan"],
    ]
    batch = importing.upload(
        actor=scene.guest_actor,
        office=scene.guest.office,
        file_name="kebutuhan.xlsx",
        content=workbook([titles, *rows]),
        today=TODAY,
    )
    client.force_login(scene.guest.user)

    page = text_of(
        client.get(reverse("matchmaking:import_preview", args=[scene.trade_contact.slug, batch.pk]))
    )
    run(scene, batch)

    sentence = "“Toko Solo” dari Kota Surakarta, bukan daerah dinas ini, jadi tidak diimpor."
    assert ("B3" in page, sentence in page) == (True, True)
    assert participants(scene)[1:] == ["Usaha A", "Usaha B"]
