"""A sample from agreeing on it to its verdict, the next one, and the task that a lack becomes."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.actors import Actor, Via
from matchmaking import samples
from matchmaking.models import Pair, Reason, Sample, Task
from matchmaking.path import StepNotAllowed
from matchmaking.samples import Judgement, SampleRefused
from matchmaking.timeline import of_pair
from tests.files import document, photo
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 26, 5, tzinfo=UTC)
DAY, NEXT_DAY = date(2018, 3, 24), date(2018, 3, 26)
SMALL_BOX = Judgement(Sample.Verdict.CHANGE, Reason.PACKAGING, "Kotaknya penyok.")


def holder_of(business: object) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def met_pair(scene: ContactScene) -> Pair:
    return scene.make_pair(step="met", step_at=NOW, answer_a="yes", answer_b="yes")


def agree(scene: ContactScene, pair: Pair, what: str = "2 pasang sepatu") -> Sample:
    return samples.agree_sample(
        actor=holder_of(scene.guest_business),
        pair=pair,
        sender=scene.guest_business,
        what=what,
        payer=Sample.Payer.SHARED,
        now=NOW,
    )


def judge(scene: ContactScene, sample: Sample, judgement: Judgement, **values: object) -> Sample:
    actor = values.pop("actor", holder_of(scene.host_business))
    values = {"photo": None, "today": NEXT_DAY, "now": NOW, **values}
    return samples.judge_sample(actor=actor, sample=sample, judgement=judgement, **values)


def test_agreeing_takes_the_step_and_is_one_sample_however_often_it_is_pressed() -> None:
    scene = make_contact()
    pair = met_pair(scene)

    first, second = agree(scene, pair), agree(scene, pair)

    assert (first, first.number, pair.step) == (second, 1, "sample")
    assert list(pair.samples.all()) == [first]
    assert pair.steps.count() == 1


def test_a_second_sample_waits_for_the_verdict_on_the_first() -> None:
    scene = make_contact()
    pair = met_pair(scene)
    agree(scene, pair)

    with pytest.raises(SampleRefused, match="Contoh “2 pasang sepatu” belum dinilai"):
        agree(scene, pair, "3 pasang sandal")


def test_each_side_reports_its_part() -> None:
    scene = make_contact()
    sample = agree(scene, met_pair(scene))
    guest, host = holder_of(scene.guest_business), holder_of(scene.host_business)
    with pytest.raises(SampleRefused, match="Pengiriman contoh dicatat oleh pengirimnya"):
        samples.report_sent(actor=host, sample=sample, day=DAY)
    with pytest.raises(SampleRefused, match="Penerimaan contoh dicatat oleh penerimanya"):
        samples.report_received(actor=guest, sample=sample, day=DAY)
    with pytest.raises(SampleRefused, match="Contoh dinilai oleh penerimanya"):
        judge(scene, sample, SMALL_BOX, actor=guest)

    samples.report_sent(actor=guest, sample=sample, day=DAY)
    samples.report_received(actor=host, sample=sample, day=NEXT_DAY)
    samples.report_received(actor=host, sample=sample, day=DAY)

    stored = Sample.objects.get(pk=sample.pk)
    assert (stored.sent_on, stored.received_on) == (DAY, NEXT_DAY)


def test_it_does_not_arrive_before_it_was_sent() -> None:
    scene = make_contact()
    sample = agree(scene, met_pair(scene))
    samples.report_sent(actor=scene.guest_actor, sample=sample, day=NEXT_DAY)

    with pytest.raises(ValidationError, match="tidak boleh sebelum tanggal dikirim"):
        samples.report_received(actor=scene.host_actor, sample=sample, day=DAY)


def test_a_lack_becomes_a_task_of_the_senders_office_and_a_photo_is_kept() -> None:
    scene = make_contact()
    pair = met_pair(scene)
    sample = agree(scene, pair)

    judged = judge(scene, sample, SMALL_BOX, photo=document(photo(), "penyok.jpg"))

    task = Task.objects.get()
    assert (judged.verdict, judged.lacking, judged.received_on) == ("change", "packaging", NEXT_DAY)
    assert (judged.photo.business, judged.photo.purpose) == (scene.host_business, "sample")
    assert (task.office, task.business, task.title, task.due_on) == (
        scene.guest.office,
        scene.guest_business,
        "Perbaiki kemasan",
        date(2018, 4, 25),
    )
    assert task.owner == scene.guest.user


def test_the_first_verdict_counts_and_then_comes_the_next_sample() -> None:
    scene = make_contact()
    pair = met_pair(scene)
    first = agree(scene, pair)
    judge(scene, first, SMALL_BOX)
    judge(scene, first, Judgement(Sample.Verdict.GOOD, None, ""))

    second = agree(scene, pair, "2 pasang, kotak baru")

    assert (second.number, Sample.objects.get(pk=first.pk).verdict) == (2, "change")
    assert [line.text for line in of_pair(pair, with_notes=True)] == [
        "Contoh ke-2 disepakati: 2 pasang, kotak baru.",
        "Menjadi tugas dinas: kemasan kurang, tenggat 25 April 2018.",
        "Contoh ke-1 dinilai: perlu perbaikan, kemasan kurang.",
        "Langkah: sudah bertemu → contoh.",
        "Contoh ke-1 disepakati: 2 pasang sepatu.",
    ]


def test_a_lack_must_be_named() -> None:
    scene = make_contact()
    sample = agree(scene, met_pair(scene))

    with pytest.raises(ValidationError, match="Pilih apa yang kurang dari contoh ini"):
        judge(scene, sample, Judgement(Sample.Verdict.REFUSED, None, ""))


def test_a_pair_that_has_not_agreed_sends_no_sample() -> None:
    scene = make_contact()

    with pytest.raises(StepNotAllowed, match="baru sampai “diusulkan”"):
        agree(scene, scene.make_pair())


def test_what_was_written_beside_a_verdict_is_read_by_the_sides_alone() -> None:
    scene = make_contact()
    pair = met_pair(scene)
    judge(scene, agree(scene, pair), SMALL_BOX)

    notes = [{line.note for line in of_pair(pair, with_notes=own)} for own in (True, False)]

    assert notes == [{"", "Kotaknya penyok."}, {""}]
