"""Sending what is due: one message is taken at a time, and any number of senders may work at once.

A message is taken in one short transaction and marked ``sending``; the server is spoken to outside of any.
A worker that is killed in between leaves it marked; after ``MOST_SENDING_TIME`` another takes it and sends
the same message again, with the same Message-ID.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from outbox import email, whatsapp
from outbox.models import Message
from outbox.problems import NotSent
from tradecontact.logs import hide_secrets

State = Message.State
MOST_SENDING_TIME = timedelta(minutes=5)
"""A message that is in ``sending`` for longer belongs to a worker that was killed."""
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240)]
"""How long to wait after the first failure, the second, and so on; the last pause repeats."""
TRY_FOR = timedelta(hours=24)  # from the first attempt on
MOST_ROUND_TIME = timedelta(minutes=10)
ENOUGH_FAILURES = 3  # to reach the server, in a row: the rest waits for the next round
AWAY = {Message.Problem.UNREACHABLE, Message.Problem.NO_ANSWER, Message.Problem.CUT_OFF}
WAYS: dict[str, Callable[[Message], None]] = {
    Message.Channel.EMAIL: email.send,
    Message.Channel.WHATSAPP: whatsapp.send,
}


def send_due(*, now: datetime, most: int = 100) -> dict[str, int]:
    """Send up to ``most`` messages that are due and return how many ended in which state.

    ``now`` is the time at which the round begins. Costs five queries a message besides the server's
    time; a server that cannot be reached three times in a row ends the round.
    """
    began = monotonic()
    counts = dict.fromkeys((State.SENT.value, State.FAILED.value, State.GIVEN_UP.value), 0)
    failures = 0
    for _turn in range(most):
        at = now + timedelta(seconds=monotonic() - began)
        message = _take(at) if at - now < MOST_ROUND_TIME and failures < ENOUGH_FAILURES else None
        if message is None:
            break
        problem = _send(message, at)
        failures = failures + 1 if problem and problem.problem in AWAY else 0
        counts[message.state] += 1
    return counts


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts, from a minute to four hours.

    >>> [pause_after(attempts) // timedelta(minutes=1) for attempts in (1, 2, 7, 50)]
    [1, 5, 240, 240]
    """
    return PAUSES[min(attempts, len(PAUSES)) - 1]


@transaction.atomic
def _take(at: datetime) -> Message | None:
    """Mark the message that waits longest as being sent; one that another sender holds is left to it."""
    due = Message.objects.due(at).select_for_update(skip_locked=True)
    message = due.order_by("next_attempt_at", "pk").first()
    if message is None:
        return None
    message.state, message.claimed_at = State.SENDING, at
    message.next_attempt_at = at + MOST_SENDING_TIME
    message.trying_since = message.trying_since or at
    message.attempts += 1
    message.save(update_fields=["state", "claimed_at", "next_attempt_at", "trying_since", "attempts"])
    return message


def _send(message: Message, at: datetime) -> NotSent | None:
    """Send a message that was taken, write down what came of it, and return the problem if there was one."""
    try:
        WAYS[message.channel](message)
    except NotSent as problem:
        _note_failure(message, problem, at)
        return problem
    _note_success(message, at)
    return None


def _note_success(message: Message, at: datetime) -> None:
    """Write down that a message went, and keep no key of a personal link in it."""
    message.state = State.SENT
    went = {
        "state": State.SENT,
        "sent_at": at,
        "next_attempt_at": None,
        "problem": "",
        "last_error": "",
        "settled_at": None,  # an officer may have put it aside while a slow server took it
    }
    row = Message.objects.filter(pk=message.pk).exclude(state=State.SENT)
    said = {
        "subject": hide_secrets(message.subject),
        "body": hide_secrets(message.body),
        "headers": {name: hide_secrets(text) for name, text in message.headers.items()},
    }
    if not row.filter(erased_at=None).update(**went, **said):
        row.update(**went)  # it was erased while the server was spoken to


def _note_failure(message: Message, problem: NotSent, at: datetime) -> None:
    """Plan the next attempt, or give up; what another sender has done with it meanwhile stays."""
    following = at + pause_after(message.attempts)
    is_over = problem.is_final or following > (message.trying_since or at) + TRY_FOR
    message.state = State.GIVEN_UP if is_over else State.FAILED
    Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts).update(
        state=message.state,
        next_attempt_at=None if is_over else following,
        problem=problem.problem,
        last_error=problem.said[:300],
    )
