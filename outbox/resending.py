"""What officers do with messages: send them once more, put one aside, tick off what went by WhatsApp."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import history
from accounts.actors import Actor
from outbox import tasks, whatsapp
from outbox.explaining import why_not_again, why_not_settled
from outbox.models import Message
from tradecontact.logs import hide_secrets

State = Message.State
MOST_AT_ONCE = 500


class NotAgain(ValidationError):
    """The message cannot be sent once more; the text says why."""


@transaction.atomic
def resend(*, actor: Actor, message: Message, now: datetime) -> Message:
    """Send a message once more, as the same message, with a new day of attempts.

    One that waits or is being sent stays as it is, so pressing twice sends once.

    Raises:
        Message.DoesNotExist: the actor may not see it.
        NotAgain: it was erased, or the personal link in it is not kept.
    """
    locked = _locked(actor, message)
    if locked.state in {State.QUEUED, State.SENDING}:
        return locked
    if why_not := why_not_again(locked):
        raise NotAgain(why_not)
    _queue_again(actor, locked, now)
    return locked


@transaction.atomic
def resend_given_up(*, actor: Actor, now: datetime) -> int:
    """Send up to ``MOST_AT_ONCE`` messages that were given up once more, and return how many.

    Those whose address was refused stay: trying again is of no use to them. So do those put aside.
    """
    rows = Message.objects.visible_to(actor).worth_another_try()
    chosen = list(rows.select_for_update(skip_locked=True).order_by("pk")[:MOST_AT_ONCE])
    for message in chosen:
        _queue_again(actor, message, now)
    return len(chosen)


@transaction.atomic
def settle(*, actor: Actor, message: Message, now: datetime) -> Message:
    """Put a message that was given up aside: it asks for nothing any more, and pressing twice does it once.

    Raises:
        Message.DoesNotExist: the actor may not see it.
        ValidationError: it was not given up, or what it said was erased.
    """
    locked = _locked(actor, message)
    if locked.settled_at is not None:
        return locked
    if why_not := why_not_settled(locked):
        raise ValidationError(why_not)
    locked.settled_at = now
    locked.save(update_fields=["settled_at"])
    history.record(actor=actor, subject=locked, action="settled")
    return locked


@transaction.atomic
def note_sent_by_hand(*, actor: Actor, message: Message, now: datetime) -> Message:
    """Write down that a person has sent a WhatsApp message; one that went already stays as it is.

    Raises:
        Message.DoesNotExist: the actor may not see it.
        ValidationError: it is no WhatsApp message that waits for a person.
    """
    locked = _locked(actor, message)
    if locked.state == State.SENT:
        return locked
    if why_not := whatsapp.why_not_by_hand(locked):
        raise ValidationError(why_not)
    locked.state, locked.sent_at = State.SENT, now
    locked.body = hide_secrets(locked.body)
    locked.save(update_fields=["state", "sent_at", "body"])
    history.record(actor=actor, subject=locked, action="sent_by_hand")
    return locked


def _locked(actor: Actor, message: Message) -> Message:
    return Message.objects.visible_to(actor).select_for_update().get(pk=message.pk)


def _queue_again(actor: Actor, message: Message, now: datetime) -> None:
    before, message.state = message.state, State.QUEUED
    message.sent_at = message.trying_since = message.settled_at = None
    message.attempts, message.problem, message.last_error = 0, "", ""
    is_automatic = message.channel == Message.Channel.EMAIL or whatsapp.is_sent_by_itself()
    message.next_attempt_at = now if is_automatic else None
    message.save()
    history.record(actor=actor, subject=message, action="resent", before={"state": before})
    transaction.on_commit(tasks.send_waiting.enqueue, robust=True)
