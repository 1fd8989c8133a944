"""Reminders of certificates that run out: once for each date and horizon, whatever happens meanwhile."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from outbox.models import Message
from outbox.sending import send_due
from products.models import Certificate, PersonalLink
from products.reminders import horizon_of, remind
from tests.factories import BusinessFactory, CertificateFactory, MessageTemplateFactory
from tests.files import NOW
from tests.holders import holder_of

pytestmark = pytest.mark.django_db

LAST_DAY = date(2018, 5, 21)


def days_before(days: int) -> datetime:
    """Return noon in Jakarta, so many days before the last day."""
    return datetime(2018, 5, 21, 5, tzinfo=UTC) - timedelta(days=days)


def sweep(days: int) -> dict[str, int]:
    """Remind so many days before the last day, and send what waits."""
    counts = remind(days_before(days))
    send_due(now=days_before(days))
    return counts


def make_certificate(**values: object) -> Certificate:
    business = BusinessFactory(name="Dapur Contoh", email="dapur@contoh.test")
    return CertificateFactory(
        **{"business": business, "kind": "halal", "number": "ID1", "valid_until": LAST_DAY} | values
    )


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]


def keys() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("key", flat=True))


@pytest.mark.parametrize(
    ("days", "horizon"),
    [(61, None), (60, 60), (15, 60), (14, 14), (1, 14), (0, 0), (-14, 0), (-15, None)],
)
def test_horizon(days: int, horizon: int | None) -> None:
    assert horizon_of(days) == horizon


def test_one_mail_for_each_horizon_however_often_it_runs() -> None:
    make_certificate()

    for days in (61, 60, 60, 30, 14, 14, 1, 0, 0, -1):
        sweep(days)

    assert subjects() == ["[Tradecontact] Sertifikat Halal berlaku sampai 21 Mei 2018"] * 3
    assert [key.rsplit(":")[-1] for key in keys()] == ["60", "14", "0"]


def test_mail_says_what_runs_out_and_what_to_do() -> None:
    certificate = make_certificate()

    sweep(14)

    (message,) = mail.outbox
    assert message.to == ["dapur@contoh.test"]
    assert message.body == (
        "Sertifikat Halal ID1 untuk Dapur Contoh berlaku sampai 21 Mei 2018.\n"
        "Segera kedaluwarsa: 14 hari lagi.\n\n"
        "Sesudah tanggal itu sertifikat ini tampil sebagai kedaluwarsa, dan tidak dihitung lagi ketika mitra "
        "dicarikan. Sesudah diperpanjang, tulis nomor dan tanggal yang baru lewat tautan pribadi Anda. "
        f"Tautannya tidak ada lagi? Mintalah yang baru kepada {certificate.business.office.name}.\n"
    )


def test_mail_is_in_the_language_of_the_business() -> None:
    make_certificate(business=BusinessFactory(email="a@contoh.test", language="en"))

    sweep(60)

    assert subjects() == ["[Tradecontact] The Halal certificate is valid until 21 May 2018"]


def test_language_chosen_by_link_is_that_of_the_mails() -> None:
    business, other = BusinessFactory(), BusinessFactory()

    holder_of(business).post("link_language", language="en", next="/")

    business.refresh_from_db()
    other.refresh_from_db()
    assert (business.language, other.language) == ("en", "id")


@pytest.mark.parametrize("language", ["su", ""])
def test_language_nobody_knows_is_not_remembered(language: str) -> None:
    business = BusinessFactory()

    holder_of(business).post("link_language", language=language, next="/")

    business.refresh_from_db()
    assert business.language == "id"


def test_closed_link_remembers_no_language() -> None:
    business = BusinessFactory()
    holder = holder_of(business)
    PersonalLink.objects.update(revoked_at=NOW)

    holder.post("link_language", language="en", next="/")

    business.refresh_from_db()
    assert business.language == "id"


def test_late_first_sweep_sends_only_the_nearest_reminder() -> None:
    make_certificate()

    sweep(3)

    assert [key.rsplit(":")[-1] for key in keys()] == ["14"]


@pytest.mark.parametrize("values", [{"state": "in_process"}, {"valid_until": None}])
def test_certificate_that_cannot_run_out_is_left_alone(values: dict[str, object]) -> None:
    make_certificate(**values)

    sweep(14)

    assert mail.outbox == []


def test_renewed_certificate_is_reminded_of_anew() -> None:
    certificate = make_certificate()
    sweep(14)

    Certificate.objects.filter(pk=certificate.pk).update(valid_until=LAST_DAY + timedelta(days=365))
    sweep(14 - 365)

    assert len(mail.outbox) == 2


def test_business_without_address_is_reminded_once_it_has_one() -> None:
    certificate = make_certificate(business=BusinessFactory(email=""))
    first = sweep(60)

    certificate.business.email = "dapur@contoh.test"
    certificate.business.save()

    assert (first, sweep(30)) == ({"queued": 0, "no_address": 1}, {"queued": 1, "no_address": 0})


def test_office_whose_wording_and_name_stand_in_the_mail() -> None:
    business = BusinessFactory(email="dapur@contoh.test")
    MessageTemplateFactory(
        office=business.office, kind="certificate_ends", subject="{jenis}: {hari}", body="{dinas}"
    )
    make_certificate(business=business)

    sweep(60)

    assert subjects() == ["Halal: 21 Mei 2018"]


def test_command_prints_what_it_did() -> None:
    out = StringIO()

    call_command("remind_certificates", stdout=out)

    assert out.getvalue() == '{"queued": 0, "no_address": 0}\n'
