"""Follow-up: asking both sides of a pair how it goes on, once each time, and taking their answers."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import history
from accounts.actors import COMMAND, Actor
from matchmaking import ask_links
from matchmaking.access import can_answer_for
from matchmaking.models import FollowUp, Pair, Reason, Step
from matchmaking.models.followups import FollowUpQuerySet
from matchmaking.models.steps import ACTIONABLE
from matchmaking.office_tasks import close_pair
from outbox.models import Message
from outbox.queueing import queue_email
from outbox.templates import written
from products.models import Business
from products.reachability import check_may_be_written_to
from tradecontact.templatetags.tradecontact_tags import tanggal

Answer = FollowUp.Answer
KIND = "follow_up"


class SideMissing(ValidationError):
    """The reason becomes a task of an office, and nobody has said which side it is about."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a side answers. A stop has its reason; ``lacking`` is the side that the reason is about."""

    answer: FollowUp.Answer
    reason: Reason | None = None
    note: str = ""
    lacking: Business | None = None


def sweep(*, now: datetime, most: int = 500) -> dict[str, int]:
    """Put up to ``most`` questions that are due into the outbox, and return what was done.

    ``asked`` were put there, ``left`` wait on the offices' lists, since their business has no e-mail
    address or wants no messages. Any number of sweeps may run, at once too: each question is locked,
    looked at again and written in a transaction of its own, together with its message.
    """
    due = FollowUp.objects.due_on(timezone.localdate(now))
    by_email = _reachable(due)
    chosen = list(by_email.order_by("due_on", "pk").values_list("pk", flat=True)[:most])
    asked = sum(_ask(pk, now) for pk in chosen)
    return {"asked": asked, "left": due.count() - by_email.filter(sent_at=None).count()}


@transaction.atomic
def _ask(follow_up_id: int, now: datetime) -> bool:
    """Queue one question, unless another sweep holds or has asked it; say whether this one did."""
    due = _reachable(FollowUp.objects.due_on(timezone.localdate(now))).filter(pk=follow_up_id)
    follow_up = due.select_for_update(of=("self",), skip_locked=True).first()
    if follow_up is None:
        return False
    business = follow_up.asked
    follow_up.message = queue_email(
        kind=KIND,
        to=business.email,
        values=_values(COMMAND, follow_up, now),
        language=business.language,
        office=business.office,
        now=now,
        about=f"business:{business.pk}",
        key=f"followup:{follow_up.pk}",
    )
    _note_asked(COMMAND, follow_up, "email", now)
    return True


@transaction.atomic
def open_whatsapp(*, actor: Actor, follow_up: FollowUp, now: datetime) -> str:
    """Return the ``wa.me`` address that asks one question, and note that an officer has opened it.

    Opening it again gives the same link. What becomes of it in WhatsApp nobody tells the portal.

    Raises:
        MessagesRefused: the business wants no messages.
        PermissionDenied: the actor works for the office of another region.
        ValidationError: the business has no number, or the question needs no answer any more.
    """
    locked = _locked(follow_up)
    _check_may_answer(actor, locked)
    if not FollowUp.objects.open().filter(pk=locked.pk).exists():
        raise ValidationError(_("Pertanyaan ini tidak perlu dijawab lagi."))
    business = locked.asked
    check_may_be_written_to(business)
    if not business.phone:
        raise ValidationError(_("Nomor WhatsApp %(name)s belum ada.") % {"name": business.name})
    values = _values(actor, locked, now)
    _subject, text = written(kind=KIND, language=business.language, office=business.office, values=values)
    if locked.sent_at is None or (locked.message and locked.message.state == Message.State.GIVEN_UP):
        locked.message = None
        _note_asked(actor, locked, "whatsapp", now)
    return f"https://wa.me/{str(business.phone).lstrip('+')}?text={quote(text.strip())}"


@transaction.atomic
def record_reply(*, actor: Actor, follow_up: FollowUp, reply: Reply, now: datetime, today: date) -> FollowUp:
    """Write the answer of one side down and return the question; a stop closes the pair with its reason.

    The first answer counts: a second one, the same or another, changes nothing. An officer answers on
    behalf of a business of the own region, and is recorded as such.

    Raises:
        PermissionDenied: the actor is neither the business nor of its region's office.
        SideMissing: the reason becomes a task, and the side that it is about is not known.
        StepNotAllowed: the pair is hidden, or the table does not let it be closed.
        ValidationError: the reason or the note is missing.
    """
    # The pair first, as everywhere.
    pair = Pair.objects.select_for_update(of=("self",)).with_businesses().get(pk=follow_up.pair_id)
    locked = _locked(follow_up)
    locked.pair = pair
    _check_may_answer(actor, locked)
    if locked.answered_at is not None:
        return locked
    if reply.answer == Answer.STOPPED:
        _stop(actor, pair, reply, now, today)
    locked.answer, locked.reason = reply.answer, reply.reason or ""
    locked.note, locked.via = reply.note.strip(), actor.via
    locked.answered_at, locked.recorded_by_id = now, actor.user_id
    locked.full_clean(exclude=["pair", "asked", "message", "recorded_by"])
    locked.save()
    _tell(actor, locked, "follow_up_answered", {"answer": locked.answer, "reason": locked.reason}, reply.note)
    return locked


def side_meant(pair: Pair, reason: Reason) -> Business | None:
    """Return the side that a reason is about where the pair's trades tell it: their only seller."""
    sellers = {trade["seller_id"] for trade in pair.trades}
    if reason not in ACTIONABLE or len(sellers) != 1:
        return None
    return next((side for side in (pair.business_a, pair.business_b) if side.pk in sellers), None)


def _stop(actor: Actor, pair: Pair, reply: Reply, now: datetime, today: date) -> None:
    """Close the pair with the reason; one that is closed already stays as it is."""
    if reply.reason is None:
        raise ValidationError({"reason": _("Pilih mengapa pasangan ini berhenti.")})
    if pair.step == Step.CLOSED:
        return
    lacking = reply.lacking or side_meant(pair, reply.reason)
    if reply.reason in ACTIONABLE and lacking is None:
        raise SideMissing({"lacking": _("Pilih usaha yang perlu dibantu.")})
    close_pair(
        actor=actor, pair=pair, reason=reply.reason, lacking=lacking, note=reply.note, now=now, today=today
    )


def _reachable(rows: FollowUpQuerySet) -> FollowUpQuerySet:
    """Questions that the portal can send by itself, with what their message names."""
    rows = rows.exclude(asked__email="").filter(asked__refused_messages_at=None)
    return rows.select_related("asked__office", "pair__trade_contact", "pair__business_a", "pair__business_b")


def _locked(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related(
        "asked__office", "pair__trade_contact", "pair__business_a__region", "pair__business_b__region"
    )
    return rows.get(pk=follow_up.pk)


def _check_may_answer(actor: Actor, follow_up: FollowUp) -> None:
    if not (actor.is_admin or can_answer_for(actor, follow_up.pair, follow_up.asked_id)):
        raise PermissionDenied(_("Hanya pelaku usaha itu sendiri atau dinas wilayahnya yang dapat menjawab."))


def _values(actor: Actor, follow_up: FollowUp, now: datetime) -> dict[str, str]:
    """Return what fills the message, in the language of the business; makes the link where there is none."""
    business = follow_up.asked
    link, token = ask_links.issue_follow_up(actor=actor, follow_up=follow_up, now=now)
    with override(business.language):
        return {
            "usaha": business.name,
            "mitra": follow_up.partner.name,
            "kontak": follow_up.pair.trade_contact.title,
            "dinas": business.office.name,
            "sampai": tanggal(link.expires_at),
            "alamat": ask_links.url_of(token),
        }


def _note_asked(actor: Actor, follow_up: FollowUp, channel: str, now: datetime) -> None:
    follow_up.sent_at = now
    follow_up.save(update_fields=["message", "sent_at"])
    _tell(actor, follow_up, "follow_up_asked", {"channel": channel})


def _tell(actor: Actor, follow_up: FollowUp, action: str, facts: dict[str, str], note: str = "") -> None:
    history.record(
        actor=actor,
        subject=follow_up.pair,
        action=action,
        after={"days": follow_up.days, **facts},
        note=note.strip(),
        business_id=follow_up.asked_id,
    )
