"""Withdrawing an inquiry: who sent it disappears, that it was sent is still counted."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import history
from accounts.actors import Actor, Via
from matchmaking.digests import KINDS
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Commitment, Confirmation, Inquiry, Pair
from outbox.erasure import erase_messages, erase_messages_of_kinds, erase_messages_of_many
from products.models import Business
from regions.models import Office

TYPED = ["sender_name", "company", "phone", "email", "message", "closed_reason"]
STORED_WORDS = ["score_parts", "trades", "reasons", "unmet"]


@transaction.atomic
def withdraw_inquiry(
    *, actor: Actor, inquiry: Inquiry, now: datetime, tell: Callable[[int], object]
) -> Inquiry:
    """Erase who sent an inquiry and what was written in it, and return it; twice is once.

    Its messages in the outbox lose recipient and text. A business that was registered from it answers
    *Tidak* and keeps neither the sender's name, number nor address. Region, subject, quantity, consents
    and dates stay. ``tell`` is called with the id of the inquiry in the same transaction.
    """
    locked = Inquiry.objects.select_for_update(of=("self",)).select_related("registered", "pair")
    found = locked.get(pk=inquiry.pk)
    if found.withdrawn_at is not None:
        return found
    erase_messages(about=f"inquiry:{found.pk}", now=now)
    if found.registered is not None:
        _say_no(found, found.registered, now)
        _forget_sender(actor, found, found.registered, now)
    for name in TYPED:
        setattr(found, name, "")
    found.withdrawn_at = now
    found.save(update_fields=[*TYPED, "withdrawn_at"])
    history.record(actor=actor, subject=found, action="withdrawn")
    tell(found.pk)
    return found


def _say_no(inquiry: Inquiry, business: Business, now: datetime) -> None:
    """Close the contact that both sides may have opened; an answer that is not taken any more stays."""
    if inquiry.pair is None:
        return
    sender = Actor(via=Via.PUBLIC_FORM, business_id=business.pk)
    with suppress(ValidationError):
        record_answer(actor=sender, pair=inquiry.pair, business=business, answer=Answer.NO, now=now)


def _forget_sender(actor: Actor, inquiry: Inquiry, business: Business, now: datetime) -> None:
    """Take out of the registered business what the sender typed; what others added since then stays."""
    erase_messages(about=f"business:{business.pk}", now=now)
    told = [f"business:{inquiry.business_id}", *_pairs_of(business), *_deals_of(business)]
    offices = _offices_that_know(inquiry, business)
    for name in {business.name, inquiry.company or inquiry.sender_name}:
        erase_messages_of_many(abouts=told, now=now, naming=name)
        erase_messages_of_kinds(kinds=KINDS, offices=offices, now=now, naming=name)
    business.ask_links.live(now).update(revoked_at=now)
    with override("id"):
        nobody = _("Calon mitra %(receipt)s") % {"receipt": inquiry.receipt_number}
    if business.name == (inquiry.company or inquiry.sender_name):
        _rename_in_pairs(business, nobody)
        business.name = nobody
    for name, typed in [
        ("owner_name", inquiry.sender_name),
        ("phone", inquiry.phone),
        ("email", inquiry.email),
    ]:
        if getattr(business, name) == typed:
            setattr(business, name, "")
    business.version += 1
    business.save(update_fields=["name", "owner_name", "phone", "email", "version"])
    history.record(actor=actor, subject=business, action="sender_withdrew", business_id=business.pk)


def _pairs_of(business: Business) -> list[str]:
    """Return what messages about the pairs of a business, and to its partners, were queued with."""
    pairs = Pair.objects.of_business(business.pk).order_by("pk")
    told = []
    for pk, one, other in pairs.values_list("pk", "business_a", "business_b"):
        told += [f"pair:{pk}", f"business:{other if one == business.pk else one}"]
    return told


def _offices_that_know(inquiry: Inquiry, business: Business) -> QuerySet[Office]:
    """Return the offices whose digests may tell of a business: its own, the seller's, its contacts'."""
    contacts = Pair.objects.of_business(business.pk).values("trade_contact")
    own = Q(pk__in=[business.office_id, inquiry.business.office_id])
    return Office.objects.filter(own | Q(delegations__trade_contact__in=contacts)).order_by()


def _deals_of(business: Business) -> list[str]:
    """Return what messages about the commitments of a business were queued with."""
    rows = Commitment.objects.filter(Q(seller=business) | Q(buyer=business))
    told = [f"commitment:{pk}" for pk in rows.values_list("pk", flat=True)]
    said = Confirmation.objects.filter(commitment__in=rows).values_list("pk", flat=True)
    return told + [f"confirmation:{pk}" for pk in said]


def _rename_in_pairs(business: Business, name: str) -> None:
    """Write another name into what was stored about the pairs of a business when they were proposed."""
    old, new = (json.dumps(words)[1:-1] for words in (business.name, name))
    for pair in Pair.objects.of_business(business.pk).select_for_update():
        for field in STORED_WORDS:
            stored = json.dumps(getattr(pair, field))
            setattr(pair, field, json.loads(stored.replace(old, new)))
        pair.save(update_fields=STORED_WORDS)
