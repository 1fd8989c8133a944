"""Reminders of certificates that run out: once for each date and horizon, whatever happens meanwhile."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from products.models import Certificate, CertificateReminder, PersonalLink
from products.reminders import Outcome, horizon_of, remind
from tests.factories import BusinessFactory, CertificateFactory
from tests.files import NOW
from tests.holders import holder_of

pytestmark = pytest.mark.django_db

LAST_DAY = date(2018, 5, 21)


class DeadServer(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages: object) -> int:
        raise SMTPServerDisconnected("gone")


def days_before(days: int) -> datetime:
    """Return noon in Jakarta, so many days before the last day."""
    return datetime(2018, 5, 21, 5, tzinfo=UTC) - timedelta(days=days)


def make_certificate(**values: object) -> Certificate:
    business = BusinessFactory(name="Dapur Contoh", email="dapur@contoh.test")
    return CertificateFactory(
        **{"business": business, "kind": "halal", "number": "ID1", "valid_until": LAST_DAY} | values
    )


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]


@pytest.mark.parametrize(
    ("days", "horizon"),
    [(61, None), (60, 60), (15, 60), (14, 14), (1, 14), (0, 0), (-14, 0), (-15, None)],
)
def test_horizon(days: int, horizon: int | None) -> None:
    assert horizon_of(days) == horizon


def test_one_mail_for_each_horizon_however_often_it_runs() -> None:
    make_certificate()

    for days in (61, 60, 60, 30, 14, 14, 1, 0, 0, -1):
        remind(days_before(days))

    assert subjects() == ["[Tradecontact] Sertifikat Halal berlaku sampai 21 Mei 2018"] * 3
    assert [row.days_before for row in CertificateReminder.objects.order_by("pk")] == [60, 14, 0]


def test_mail_says_what_runs_out_and_what_to_do() -> None:
    certificate = make_certificate()

    remind(days_before(14))

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

    remind(days_before(60))

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

    remind(days_before(3))

    assert [row.days_before for row in CertificateReminder.objects.all()] == [14]


@pytest.mark.parametrize("values", [{"state": "in_process"}, {"valid_until": None}])
def test_certificate_that_cannot_run_out_is_left_alone(values: dict[str, object]) -> None:
    make_certificate(**values)

    remind(days_before(14))

    assert mail.outbox == []


def test_renewed_certificate_is_reminded_of_anew() -> None:
    certificate = make_certificate()
    remind(days_before(14))

    Certificate.objects.filter(pk=certificate.pk).update(valid_until=LAST_DAY + timedelta(days=365))
    remind(days_before(14 - 365))

    assert len(mail.outbox) == 2


def test_mail_that_failed_goes_out_with_the_next_sweep(settings: Settings) -> None:
    make_certificate()
    settings.EMAIL_BACKEND = "tests.products.test_reminders.DeadServer"
    assert remind(days_before(14))[Outcome.FAILED] == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    remind(days_before(13))

    assert len(mail.outbox) == 1


def test_mail_of_an_interrupted_sweep_is_the_same_message() -> None:
    make_certificate()
    remind(days_before(14))

    CertificateReminder.objects.update(sent_at=None)  # killed after handing it over, before remembering it
    remind(days_before(14))

    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_reminder_that_waited_too_long_is_dropped_for_the_next() -> None:
    certificate = make_certificate(business=BusinessFactory(email=""))
    assert remind(days_before(60))[Outcome.NO_ADDRESS] == 1

    certificate.business.email = "dapur@contoh.test"
    certificate.business.save()
    counts = remind(days_before(14))

    assert (counts[Outcome.OVERTAKEN], counts[Outcome.SENT]) == (1, 1)


def test_command_prints_what_it_did() -> None:
    out = StringIO()

    call_command("remind_certificates", stdout=out)

    assert out.getvalue() == '{"sent": 0, "overtaken": 0, "no_address": 0, "failed": 0, "busy": 0}\n'


def test_command_fails_when_a_mail_failed(settings: Settings) -> None:
    make_certificate(valid_until=datetime.now(UTC).date() + timedelta(days=30))
    settings.EMAIL_BACKEND = "tests.products.test_reminders.DeadServer"

    with pytest.raises(CommandError, match="1 reminders could not be sent"):
        call_command("remind_certificates", stdout=StringIO())
