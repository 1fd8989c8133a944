"""Saving a search, confirming it by the link in an e-mail, and unsubscribing, which erases the address."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import history
from accounts.actors import Actor
from accounts.models import Consent, User
from accounts.sending_limits import SENT, count_sending
from outbox.erasure import erase_messages
from products.models import SavedSearch, Subscriber

CONSENT_VERSION = "kabar-1"  # of the sentence below; a new sentence gets a new version
CONSENT_SENTENCE = gettext_lazy(
    "Saya setuju alamat ini disimpan dan hanya dipakai untuk mengirim kabar tentang pencarian ini, "
    "paling banyak satu e-mail sehari, sampai saya berhenti berlangganan."
)
MOST_SEARCHES = 20
MOST_UNCONFIRMED = 3  # of one address, so that nobody floods a stranger's mailbox
CONFIRM_WITHIN = timedelta(days=7)
ASK_AGAIN_AFTER = timedelta(hours=1)
CONFIRM_SALT, SUBSCRIBER_SALT = "saved-search", "subscriber"


@transaction.atomic
def save_search(
    *,
    actor: Actor,
    kind: SavedSearch.Kind,
    query: str,
    email: str,
    language: str,
    form_token: uuid.UUID,
    network: str,
    now: datetime,
    ask: Callable[[int], object],
) -> SavedSearch | None:
    """Keep a search for an address and return it; None when the address has too many unconfirmed ones.

    The address must confirm it: ``ask`` is called with the id of a new search, and each call counts for the
    ``network`` it came from. Only an officer's own account address is as good as confirmed. The same question
    of the same address, or the same ``form_token`` with it, is the same search. The agreement to
    ``CONSENT_SENTENCE`` goes with it.

    Raises:
        TooManySendings: the network has sent as much as it may.
        ValidationError: the address has ``MOST_SEARCHES`` searches.
    """
    subscriber = _subscriber(email, language)
    searches = subscriber.searches.order_by("pk")
    known = searches.filter(kind=kind, query=query).first() or searches.filter(form_token=form_token).first()
    if known is not None and _is_own_address(actor, subscriber.email):
        return confirm_search(actor=actor, search=known, now=now)
    if known is not None:
        return _ask_again(actor, known, network, now, ask)
    if searches.count() >= MOST_SEARCHES:
        raise ValidationError({"email": _("Alamat ini sudah menyimpan 20 pencarian. Hapus satu dahulu.")})
    confirmed_at = now if _is_own_address(actor, subscriber.email) else None
    if confirmed_at is None and searches.filter(confirmed_at=None).count() >= MOST_UNCONFIRMED:
        return None
    search = SavedSearch.objects.create(
        subscriber=subscriber,
        kind=kind,
        query=query,
        form_token=form_token,
        business_id=actor.business_id,
        user_id=actor.user_id if actor.is_staff else None,
        consent=_noted_consent(actor),
        created_at=now,
        confirmed_at=confirmed_at,
        seen_until=confirmed_at,
    )
    history.record(actor=actor, subject=search, action="saved", after={"kind": kind})
    if confirmed_at is None:
        count_sending(network=network, limit=SENT, now=now)
        ask(search.pk)
    return search


@transaction.atomic
def confirm_search(*, actor: Actor, search: SavedSearch, now: datetime) -> SavedSearch:
    """Start telling about a search, from now on; a search that is confirmed already stays as it is."""
    locked = (
        SavedSearch.objects.select_for_update(of=("self",)).select_related("subscriber").get(pk=search.pk)
    )
    if locked.confirmed_at is None:
        locked.confirmed_at = locked.seen_until = now
        locked.save(update_fields=["confirmed_at", "seen_until"])
        history.record(actor=actor, subject=locked, action="confirmed")
    return locked


@transaction.atomic
def unsubscribe(*, actor: Actor, subscriber: Subscriber, now: datetime) -> Subscriber:
    """Erase an address with its searches for good; the row without it stays to be counted."""
    locked = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if locked.ended_at is None:
        _end(locked, now)
        history.record(actor=actor, subject=locked, action="unsubscribed")
    return locked


@transaction.atomic
def drop_search(*, actor: Actor, subscriber: Subscriber, search_id: int, now: datetime) -> Subscriber:
    """Forget one search of an address; with its last one goes the address itself."""
    locked = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    locked.searches.filter(pk=search_id).delete()
    if locked.ended_at is None and not locked.searches.exists():
        return unsubscribe(actor=actor, subscriber=locked, now=now)
    return locked


@transaction.atomic
def forget_unconfirmed(now: datetime) -> int:
    """Delete searches that nobody confirmed in a week, and addresses left without any; return how many."""
    old = SavedSearch.objects.unconfirmed_since(now - CONFIRM_WITHIN)
    subscribers = Subscriber.objects.filter(searches__in=old).select_for_update(of=("self",)).order_by("pk")
    touched = list(subscribers)
    forgotten = old.count()
    old.delete()
    for subscriber in touched:
        if subscriber.ended_at is None and not subscriber.searches.exists():
            _end(subscriber, now)
    return forgotten


def confirmation_token(search: SavedSearch) -> str:
    """Return the part of an address that confirms a search; it goes to the search's own mailbox only."""
    return signing.Signer(salt=CONFIRM_SALT).sign(str(search.pk))


def subscriber_token(subscriber: Subscriber) -> str:
    """Return the part of an address that shows an address's searches and ends them."""
    return signing.Signer(salt=SUBSCRIBER_SALT).sign(str(subscriber.pk))


def get_search_to_confirm(token: str) -> SavedSearch:
    """Return the search that a confirmation link names, 404 when it is forged or long forgotten."""
    searches = SavedSearch.objects.select_related("subscriber")
    return get_object_or_404(searches, pk=_signed_id(token, CONFIRM_SALT))


def get_subscriber(token: str) -> Subscriber:
    """Return whom the link in every alert names, also after unsubscribing; 404 when it is forged."""
    return get_object_or_404(Subscriber, pk=_signed_id(token, SUBSCRIBER_SALT))


def about_subscriber(subscriber_id: int) -> str:
    """Return whose data the messages to an address carry; unsubscribing erases it there too."""
    return f"subscriber:{subscriber_id}"


def subscriber_of(email: str) -> Subscriber | None:
    """Return the subscription of an address, if it has one."""
    return Subscriber.objects.live().filter(email=email).first()


def _ask_again(
    actor: Actor, search: SavedSearch, network: str, now: datetime, ask: Callable[[int], object]
) -> SavedSearch:
    """Ask once more to confirm a search whose mail may be lost: once, ``ASK_AGAIN_AFTER`` the first mail.

    Whoever types a stranger's address can therefore cause two mails a search, and the week after which
    it is forgotten goes on running.
    """
    is_due = search.confirmed_at is None and search.created_at <= now - ASK_AGAIN_AFTER
    if is_due and not history.entries_of(search).filter(action="asked_again").exists():
        count_sending(network=network, limit=SENT, now=now)
        history.record(actor=actor, subject=search, action="asked_again")
        ask(search.pk)
    return search


def _is_own_address(actor: Actor, email: str) -> bool:
    """True for the address an officer signs in with, which an admin has set."""
    return actor.is_staff and User.objects.filter(pk=actor.user_id or 0, email=email).exists()


def _signed_id(token: str, salt: str) -> int:
    try:
        return int(signing.Signer(salt=salt).unsign(token))
    except signing.BadSignature as forged:
        raise Http404 from forged


def _subscriber(email: str, language: str) -> Subscriber:
    """Return the row of an address, locked, so that one address is counted by one request at a time."""
    address = User.objects.normalize_email(email)
    while True:
        Subscriber.objects.get_or_create(email=address, defaults={"language": language})
        subscriber = Subscriber.objects.select_for_update().filter(email=address).first()
        if subscriber is not None:  # else it was unsubscribed at this very moment: begin anew
            return subscriber


def _noted_consent(actor: Actor) -> Consent:
    return Consent.objects.create(
        purpose=Consent.Purpose.ALERTS,
        wording_version=CONSENT_VERSION,
        via=actor.via,
        recorded_by_id=actor.user_id,
    )


def _end(subscriber: Subscriber, now: datetime) -> None:
    subscriber.searches.all().delete()
    subscriber.email, subscriber.ended_at = "", now
    subscriber.save(update_fields=["email", "ended_at"])
    erase_messages(about=about_subscriber(subscriber.pk), now=now)
