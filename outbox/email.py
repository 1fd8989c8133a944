"""Handing an e-mail to the mail server that the settings name."""

from email.utils import formataddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage

from outbox.models import Message, SenderAddress
from outbox.problems import NotSent

Problem = Message.Problem
PERMANENT = 500  # SMTP's codes from here on say "no", those below "not now"


def send(message: Message) -> None:
    """Hand a message over; returns when the server has accepted it. Takes up to ``EMAIL_TIMEOUT`` a step.

    Raises:
        NotSent: the server was not reached, did not answer, or refused.
    """
    headers = {**message.headers, "Message-ID": message.message_id}
    mail = EmailMessage(message.subject, message.body, _sender(message), [message.to], headers=headers)
    try:
        mail.send()
    except (OSError, SMTPException, ValueError) as error:
        raise _not_sent(error) from error


def _sender(message: Message) -> str:
    """Return the office's own address with its name, or the portal's."""
    own = SenderAddress.objects.filter(office=message.office_id).select_related("office").first()
    return formataddr((own.office.name, own.email)) if own else settings.DEFAULT_FROM_EMAIL


def _not_sent(error: Exception) -> NotSent:
    """Say what went wrong; smtplib's errors are OSErrors too, so the special ones come first."""
    match error:
        case SMTPRecipientsRefused(recipients=recipients):
            code, said = next(iter(recipients.values()))
            return NotSent(Problem.BAD_ADDRESS, _text(code, said), is_final=code >= PERMANENT)
        case SMTPResponseException(smtp_code=int(code), smtp_error=said):
            return NotSent(Problem.REFUSED, _text(code, said))
        case TimeoutError():
            return NotSent(Problem.NO_ANSWER, str(error))
        case SMTPServerDisconnected():
            timed_out = isinstance(error.__context__, TimeoutError)
            return NotSent(Problem.NO_ANSWER if timed_out else Problem.CUT_OFF, str(error))
        case ConnectionResetError() | BrokenPipeError():
            return NotSent(Problem.CUT_OFF, str(error))
        case OSError():
            return NotSent(Problem.UNREACHABLE, str(error))
    return NotSent(Problem.UNSENDABLE, str(error), is_final=True)


def _text(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {text}"
