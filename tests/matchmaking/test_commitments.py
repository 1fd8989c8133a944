"""Recording a rung, confirming it by the other side, withdrawing it, and goods on consignment."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from matchmaking.commitments import CommitmentRefused, Kind, Level, withdraw
from matchmaking.models import AskLink, Commitment, Pair
from matchmaking.pairing import hide_pair
from matchmaking.timeline import of_pair
from outbox.models import Message
from tests.deals import NOW, agreed_pair, consign, link_actor, record, say, terms
from tests.factories import UnitFactory
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db


def sold(scene: ContactScene) -> Commitment:
    """Return a letter of intent that the seller's office recorded."""
    return record(agreed_pair(scene), scene.guest_actor, terms())


def test_the_sellers_office_records_for_the_seller_and_the_buyer_is_asked() -> None:
    scene = make_contact()
    scene.host_business.email = "pembeli@contoh.test"
    scene.host_business.save()

    row = sold(scene)

    assert (row.seller, row.buyer) == (scene.guest_business, scene.host_business)
    assert (row.recorded_for, row.recorded_by, row.via) == (scene.guest_business, scene.guest.user, "account")
    assert AskLink.objects.get().business == scene.host_business
    mail = Message.objects.get(kind="commitment_ask")
    assert mail.to == "pembeli@contoh.test"
    assert "/tanya/" in mail.body
    assert "Rp30.000.000" in mail.body


def test_an_office_never_gets_the_address_that_answers_for_a_business() -> None:
    scene = make_contact()

    sold(scene)

    told = Message.objects.filter(kind="commitment_ask_office")
    assert [mail.to for mail in told] == [scene.host.user.email]
    assert "/tanya/" not in told[0].body


def test_a_business_that_wants_no_messages_is_asked_by_its_office_alone() -> None:
    scene = make_contact()
    scene.host_business.email, scene.host_business.refused_messages_at = "pembeli@contoh.test", NOW
    scene.host_business.save()

    sold(scene)

    assert set(Message.objects.values_list("kind", flat=True)) == {"commitment_ask_office"}


@pytest.mark.parametrize("who", ["host_actor", "stranger_actor"])
def test_another_office_than_the_sellers_records_nothing(who: str) -> None:
    scene = make_contact()
    pair = agreed_pair(scene)

    with pytest.raises(CommitmentRefused, match=r"[Dd]inas penjual"):
        record(pair, getattr(scene, who), terms())

    assert not Commitment.objects.exists()


def test_a_business_records_for_no_pair_but_its_own() -> None:
    scene = make_contact()
    pair, other = agreed_pair(scene), agreed_pair(scene)

    with pytest.raises(CommitmentRefused, match="Komitmen dicatat oleh kedua usaha sendiri"):
        record(pair, link_actor(other.business_a), terms())


def test_before_both_said_yes_a_business_records_nothing() -> None:
    scene = make_contact()

    with pytest.raises(CommitmentRefused, match="setelah kedua usaha menjawab Mau"):
        record(scene.make_pair(), link_actor(scene.guest_business), terms())


def test_a_hidden_pair_takes_no_commitment() -> None:
    scene = make_contact()
    pair = agreed_pair(scene, hidden_at=NOW, staff_reason="Satu keluarga.")

    with pytest.raises(CommitmentRefused, match="Pasangan ini disembunyikan"):
        record(pair, scene.guest_actor, terms())


def test_a_seller_from_outside_the_pair_is_refused() -> None:
    scene = make_contact()
    pair, other = agreed_pair(scene), agreed_pair(scene)

    with pytest.raises(CommitmentRefused, match="Pilih salah satu dari kedua usaha"):
        record(pair, scene.guest_actor, terms(), seller=other.business_a)


def test_pressing_twice_records_once_and_asks_once() -> None:
    scene = make_contact()
    pair = agreed_pair(scene)

    first, second = (record(pair, scene.guest_actor, terms()) for _press in range(2))

    assert first == second
    assert (Commitment.objects.count(), AskLink.objects.count()) == (1, 1)
    assert Message.objects.count() == 1


def test_the_other_side_confirms_and_does_not_record_the_same_deal_again() -> None:
    scene = make_contact()
    pair = agreed_pair(scene)
    record(pair, scene.guest_actor, terms())

    with pytest.raises(CommitmentRefused, match=f"sudah dicatat untuk {scene.guest_business.name}"):
        record(pair, link_actor(scene.host_business), terms(goods="Sepatu"))


MISTAKES = [
    ({"agreed_on": date(2018, 4, 3)}, "agreed_on", "Tanggal ini belum tiba"),
    ({"due_on": date(2018, 3, 21)}, "due_on", "Jatuh tempo tidak boleh sebelum"),
    ({"quantity": 20}, "unit", "Isi jumlah dan satuannya bersama-sama"),
    ({"level": Level.REALISED}, "file", "Realisasi memerlukan bukti"),
]


@pytest.mark.parametrize(("values", "field", "text"), MISTAKES)
def test_what_does_not_fit_is_said_beside_its_field(values: dict, field: str, text: str) -> None:
    scene = make_contact()

    with pytest.raises(ValidationError) as refused:
        record(agreed_pair(scene), scene.guest_actor, terms(**values))

    assert text in refused.value.message_dict[field][0]


def test_a_unit_without_a_quantity_is_said_beside_the_quantity() -> None:
    scene = make_contact()

    with pytest.raises(ValidationError) as refused:
        record(agreed_pair(scene), scene.guest_actor, terms(unit=UnitFactory()))

    assert list(refused.value.message_dict) == ["quantity"]


def test_a_proof_takes_the_step_and_a_further_order_is_a_repeat() -> None:
    scene = make_contact()
    pair, actor = agreed_pair(scene), scene.guest_actor

    loi = record(pair, actor, terms(document="LOI-1"))
    order = record(pair, actor, terms(Level.ORDER, 12_000_000, document="PO-1", grew_from=loi))
    record(pair, actor, terms(Level.REALISED, 11_400_000, grew_from=order), has_file=True)
    record(pair, actor, terms(Level.ORDER, 8_000_000, document="PO-2", grew_from=loi))

    assert pair.step == "repeat"
    assert list(pair.steps.order_by("pk").values_list("to_step", flat=True)) == [
        "loi", "order", "delivered", "repeat",
    ]  # fmt: skip


def test_without_a_proof_the_pair_stays_where_it_stands() -> None:
    scene = make_contact()
    pair = agreed_pair(scene)

    record(pair, scene.guest_actor, terms())

    assert (pair.step, pair.steps.count()) == ("agreed", 0)


def grow(pair: Pair, below: Commitment, **values: object) -> None:
    record(pair, link_actor(pair.business_a), terms(Level.LOI, 1, grew_from=below), **values)


def test_a_rung_grows_from_a_lower_live_one_of_the_same_seller() -> None:
    scene = make_contact()
    pair, actor = agreed_pair(scene), scene.guest_actor
    potential, order = record(pair, actor, terms(Level.POTENTIAL)), record(pair, actor, terms(Level.ORDER))

    with pytest.raises(ValidationError, match="tingkat yang lebih rendah"):
        grow(pair, order)
    with pytest.raises(ValidationError, match="penjual yang sama"):
        grow(pair, potential, seller=pair.business_b)
    withdraw(actor=actor, commitment=potential, reason="Salah ketik.", now=NOW)
    with pytest.raises(ValidationError, match="penjual yang sama"):
        grow(pair, potential)


def test_what_was_sold_of_a_consignment_counts_and_what_is_left_does_not() -> None:
    scene = make_contact()
    pair = agreed_pair(scene)
    given = consign(pair, scene.guest_actor)
    sold_part = terms(
        Level.REALISED, 4_100_000, kind=Kind.CONSIGNMENT, unsold_rupiah=900_000, grew_from=given
    )

    first, again = (record(pair, scene.guest_actor, sold_part, has_file=True) for _press in range(2))

    assert given.due_on == date(2018, 4, 21)
    assert (first, first.amount_rupiah, first.unsold_rupiah) == (again, 4_100_000, 900_000)


def test_no_more_is_settled_than_was_handed_over() -> None:
    scene = make_contact()
    pair = agreed_pair(scene)
    given = consign(pair, scene.guest_actor)
    too_much = terms(Level.REALISED, 4_200_000, kind=Kind.CONSIGNMENT, unsold_rupiah=900_000, grew_from=given)

    with pytest.raises(ValidationError, match="melebihi nilai titipan"):
        record(pair, scene.guest_actor, too_much, has_file=True)


def test_each_word_stays_and_the_last_one_counts() -> None:
    scene = make_contact()
    row = sold(scene)

    say(row, scene.host_business, "agree", without_office="some")
    say(row, scene.host_business, "agree", without_office="some")
    say(row, scene.host_business, "other_amount", amount_rupiah=11_000_000)

    words = row.confirmations.order_by("pk").values_list("answer", "amount_rupiah", "without_office", "via")
    assert list(words) == [("agree", None, "some", "link"), ("other_amount", 11_000_000, "", "link")]


def test_another_amount_that_is_the_same_one_is_agreement() -> None:
    scene = make_contact()
    row = sold(scene)

    said = say(row, scene.host_business, "other_amount", amount_rupiah=30_000_000)

    assert (said.answer, said.amount_rupiah) == ("agree", None)


WORDS = [
    ({"answer": "other_amount"}, "amount_rupiah", "Isi nilai yang benar"),
    ({"answer": "agree", "amount_rupiah": 7}, "answer", "Anda menulis nilai lain"),
    ({"answer": "dispute"}, "note", "Tulis apa yang tidak benar"),
]


@pytest.mark.parametrize(("word", "field", "text"), WORDS)
def test_an_answer_that_lacks_something_says_what(word: dict, field: str, text: str) -> None:
    scene = make_contact()

    with pytest.raises(ValidationError) as refused:
        say(sold(scene), scene.host_business, **word)

    assert text in refused.value.message_dict[field][0]


def test_a_dispute_reaches_the_officers_of_both_sides() -> None:
    scene = make_contact()

    say(sold(scene), scene.host_business, "dispute", note="Tidak pernah kami pesan.")

    told = Message.objects.filter(kind="commitment_answered_office").values_list("to", flat=True)
    assert set(told) == {scene.guest.user.email, scene.host.user.email}


def test_no_office_confirms_and_nobody_confirms_the_own_record() -> None:
    scene = make_contact()
    pair = agreed_pair(scene)
    row = record(pair, link_actor(scene.guest_business), terms())

    with pytest.raises(CommitmentRefused, match="Anda sendiri yang mencatat ini"):
        say(row, scene.guest_business, "agree")
    with pytest.raises(CommitmentRefused, match="Hanya kedua usaha sendiri"):
        say(row, agreed_pair(scene).business_a, "agree")


def test_a_withdrawn_row_stays_readable_and_is_not_answered() -> None:
    scene = make_contact()
    row = sold(scene)

    first, again = (
        withdraw(actor=scene.guest_actor, commitment=row, reason="Salah nilai.", now=NOW) for _press in "ab"
    )

    assert (first.withdrawn_at, first.withdrawn_reason) == (NOW, "Salah nilai.")
    assert again.withdrawn_at == NOW
    with pytest.raises(CommitmentRefused, match="sudah ditarik, jadi tidak perlu dijawab"):
        say(row, scene.host_business, "agree")
    assert record(row.pair, scene.guest_actor, terms()).pk != row.pk


def test_withdrawing_needs_a_reason_a_right_and_nothing_grown_from_it() -> None:
    scene = make_contact()
    row = sold(scene)

    with pytest.raises(ValidationError, match="Tulis mengapa catatan ini ditarik"):
        withdraw(actor=scene.guest_actor, commitment=row, reason=" ", now=NOW)
    for actor in (scene.host_actor, link_actor(scene.guest_business), link_actor(scene.host_business)):
        with pytest.raises(CommitmentRefused, match="ditarik oleh yang mencatatnya"):
            withdraw(actor=actor, commitment=row, reason="Iseng.", now=NOW)
    record(row.pair, scene.guest_actor, terms(Level.ORDER, grew_from=row))
    with pytest.raises(CommitmentRefused, match="“Pesanan \\(PO\\)” tumbuh dari catatan ini"):
        withdraw(actor=scene.guest_actor, commitment=row, reason="Salah.", now=NOW)


def test_the_history_of_the_pair_tells_it_and_keeps_reasons_between_the_sides() -> None:
    scene = make_contact()
    row = sold(scene)
    say(row, scene.host_business, "other_amount", amount_rupiah=12_000_000)
    withdraw(actor=scene.guest_actor, commitment=row, reason="Salah nilai.", now=NOW)

    lines = of_pair(row.pair, with_notes=False)

    assert [line.text for line in lines] == [
        "Catatan ditarik: LoI Rp30.000.000, Sepatu kulit.",
        "LoI Rp30.000.000 dijawab: Setuju, nilainya lain (Rp12.000.000).",
        "Dicatat: LoI Rp30.000.000, Sepatu kulit.",
    ]
    assert [line.note for line in lines] == ["", "", ""]
    assert of_pair(row.pair, with_notes=True)[0].note == "Salah nilai."


def test_two_orders_that_differ_by_their_document_are_two() -> None:
    scene = make_contact()
    pair = agreed_pair(scene)

    for number in ("PO-1", "PO-2", "PO-2"):
        record(pair, scene.guest_actor, terms(Level.ORDER, 5_000_000, document=number))

    assert sorted(Commitment.objects.values_list("document", flat=True)) == ["PO-1", "PO-2"]


def test_a_record_without_proof_is_not_taken_for_the_same_with_one() -> None:
    scene = make_contact()
    pair = agreed_pair(scene)
    record(pair, scene.guest_actor, terms(Level.ORDER, 5_000_000))

    with pytest.raises(CommitmentRefused, match="Tarik catatan itu dahulu, lalu catat lagi"):
        record(pair, scene.guest_actor, terms(Level.ORDER, 5_000_000, document="PO-1"))


def test_goods_that_were_paid_without_an_order_are_delivered() -> None:
    scene = make_contact()
    pair = agreed_pair(scene, step="met")

    record(pair, scene.guest_actor, terms(Level.REALISED, 5_000_000), has_file=True)

    assert Pair.objects.get().step == "delivered"


def test_a_pair_with_commitments_is_closed_and_not_hidden() -> None:
    scene = make_contact()
    commitment = sold(scene)

    with pytest.raises(ValidationError, match="sudah punya komitmen, jadi tidak disembunyikan"):
        hide_pair(actor=scene.guest_actor, pair=commitment.pair, reason="salah")
