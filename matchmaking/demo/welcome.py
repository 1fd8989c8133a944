"""What a person needs to look around in the demonstration: sign-ins, and one personal link."""

from collections import Counter
from datetime import datetime

from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking.demo.building import stands_here
from matchmaking.demo.offices import BANDUNG, PASSWORD, SIGN_INS
from matchmaking.models import Pair
from products.links import issue_link, url_of
from products.models import Business

NOT_HERE = "This database holds no demonstration."


def welcome(now: datetime) -> str:
    """Return the sign-ins by role and a fresh personal link, as text for a terminal."""
    if not stands_here():
        return NOT_HERE
    width = max(len(sign_in.email) for sign_in in SIGN_INS)
    lines = [f"Demonstration sign-ins, all with the password {PASSWORD}:"]
    lines += [f"  {sign_in.email:<{width}}  {sign_in.role}" for sign_in in SIGN_INS]
    business = _business_with_good_offers(now)
    if business is not None:
        _link, token = issue_link(actor=COMMAND, business=business, now=now)
        lines += [f"Personal link of {business.name}, no sign-in needed:", f"  {url_of(token)}"]
    return "\n".join(lines)


def _business_with_good_offers(now: datetime) -> Business | None:
    """Return the business of Bandung with most offers to answer, first among those that agreed once."""
    waiting: Counter[int] = Counter()
    agreed: set[int] = set()
    pairs = Pair.objects.shown().current_or_agreed_on(timezone.localdate(now)).with_businesses()
    for pair in pairs.order_by("pk"):
        for own in (pair.business_a, pair.business_b):
            if own.region.code == BANDUNG:
                waiting[own.pk] += not pair.answer_of(own.pk)
                agreed |= {own.pk} if pair.is_mutual else set()
    if not waiting:
        return None
    return Business.objects.get(pk=max(waiting, key=lambda pk: (pk in agreed, waiting[pk], -pk)))
