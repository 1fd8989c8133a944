"""Applying for a delegation: by the public link, by the personal link with one tap, or through an officer.

A public application always stands on a business record of its own. When its number or NIB belongs to a
business the office knows, only the office learns that, and may join the two.
"""

import re
import secrets
import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import history
from accounts.actors import Actor
from accounts.models import Consent
from accounts.sending_limits import SENT, count_sending
from matchmaking.curation import OPEN, SCORING, WrongState, lock
from matchmaking.inquiries import receipt_number
from matchmaking.models import Application, ApplicationLink, Curation
from outbox.erasure import erase_messages
from products.links import TOKEN_BYTES, LinkUnusable, hash_of
from products.models import Business, Category, PriceTier, Product, Unit

CONSENT_VERSION = "ikut-1"  # of the sentence below; a new sentence gets a new version
CONSENT_SENTENCE = gettext_lazy(
    "Saya setuju data ini disimpan dan dipakai dinas untuk memilih peserta delegasi ini, "
    "menghubungi saya, dan mengusulkan mitra bila saya terpilih."
)


class Applicant(TypedDict):
    """What a new business writes down: itself and one product."""

    name: str
    owner_name: str
    phone: str
    district: str
    nib: str
    product_name: str
    category: Category
    description: str
    price_rupiah: int | None
    unit: Unit | None
    capacity_per_month: int | None


def is_open_on(curation: Curation, day: date) -> bool:
    """Return whether businesses may apply by themselves on ``day``."""
    return curation.state == OPEN and curation.opens_on <= day <= curation.closes_on


@transaction.atomic
def issue_application_link(*, actor: Actor, curation: Curation, now: datetime) -> tuple[ApplicationLink, str]:
    """Return a new public link and its token, shown once. It closes with the last day of applying.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: applications are closed.
        ValidationError: the last day has passed.
    """
    locked = lock(actor, curation, OPEN)
    midnight = datetime.combine(locked.closes_on + timedelta(days=1), time.min)
    expires_at = timezone.make_aware(midnight)
    if expires_at <= now:
        raise ValidationError(_("Hari terakhir pendaftaran sudah lewat. Ubah tanggalnya lebih dahulu."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ApplicationLink.objects.create(
        curation=locked,
        token_hash=hash_of(token),
        created_at=now,
        created_by_id=actor.user_id,
        expires_at=expires_at,
    )
    history.record(actor=actor, subject=locked, action="link_issued", after={"link": link.pk})
    return link, token


@transaction.atomic
def revoke_application_link(*, actor: Actor, link: ApplicationLink, now: datetime) -> None:
    """Close a public link for good. One that is closed stays as it is.

    Raises:
        PermissionDenied: the actor works for another office.
    """
    locked = lock(actor, link.curation, *Curation.State.values)
    if ApplicationLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        history.record(actor=actor, subject=locked, action="link_revoked", after={"link": link.pk})


def curation_of_token(token: str, now: datetime) -> Curation:
    """Return the curation that a public link leads to, with its delegation, office and trade contact.

    Raises:
        LinkUnusable: the token is ``unknown``, its link ``expired`` or ``revoked``, or applying ``closed``.
    """
    links = ApplicationLink.objects.select_related(
        "curation__delegation__office__region", "curation__delegation__trade_contact"
    )
    try:
        link = links.get(token_hash=hash_of(token))
    except ApplicationLink.DoesNotExist:
        raise LinkUnusable(
            _("Tautan ini tidak dikenal. Mungkin alamatnya terpotong ketika disalin."), code="unknown"
        ) from None
    curation, office = link.curation, link.curation.delegation.office
    if link.revoked_at is not None:
        raise LinkUnusable(_("Tautan ini sudah dicabut oleh dinas."), code="revoked", office=office)
    if link.expires_at <= now or curation.state != OPEN:
        raise LinkUnusable(_("Pendaftaran sudah ditutup."), code="expired", office=office)
    if not is_open_on(curation, timezone.localdate(now)):
        raise LinkUnusable(_("Pendaftaran belum dibuka."), code="early", office=office)
    return curation


@transaction.atomic
def apply_new(
    *,
    actor: Actor,
    curation: Curation,
    form_token: uuid.UUID,
    applicant: Applicant,
    network: str,
    now: datetime,
) -> tuple[Application, bool]:
    """Write down a new business with one product and its application; return it, and whether it is new.

    The same ``form_token`` is the same press of the button, and none but the first counts for the
    ``network`` it came from. The product waits for the office's curation.

    Raises:
        TooManySendings: the network has sent as much as it may.
        WrongState: applying has been closed meanwhile.
        ValidationError: a value breaks a rule of the models.
    """
    rows = Curation.objects.select_for_update(of=("self",)).select_related("delegation__office")
    locked = rows.get(pk=curation.pk)
    existing = locked.applications.filter(form_token=form_token).first()
    if existing is not None:
        return existing, False
    _require_open(locked, now)
    count_sending(network=network, limit=SENT, now=now)
    return _store_new(actor, locked, form_token, applicant, now), True


@transaction.atomic
def apply_known(
    *, actor: Actor, curation: Curation, business: Business, now: datetime
) -> tuple[Application, bool]:
    """Let a business apply through its personal link; return the application, and whether that changed it.

    One that was withdrawn stands again.

    Raises:
        PermissionDenied: the actor does not hold the business's link, or its office is another one.
        WrongState: applying is closed.
        ValidationError: the business is in the delegation already.
    """
    locked = Curation.objects.select_for_update(of=("self",)).select_related("delegation").get(pk=curation.pk)
    if actor.business_id != business.pk or business.office_id != locked.delegation.office_id:
        raise PermissionDenied(_("Kurasi ini untuk usaha dari daerah lain."))
    existing = locked.applications.filter(business=business).first()
    if existing is not None and (existing.is_duplicate or existing.state != Application.State.WITHDRAWN):
        return existing, False
    _require_open(locked, now)
    _require_absent(locked, [business])
    consent = _consent(actor)
    if existing is not None:
        return _revive(actor, existing, now, consent=consent), True
    return _add(actor, locked, business, Application.Source.LINK, now, consent=consent), True


@transaction.atomic
def add_applicants(
    *, actor: Actor, curation: Curation, businesses: Iterable[Business], now: datetime
) -> list[Application]:
    """Let an officer add businesses that applied on paper or by phone; return the new applications.

    One that has applied already is left as it is; one that was withdrawn stands again.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: scoring has begun.
        ValidationError: a business belongs to another region, or is in the delegation already.
    """
    locked = lock(actor, curation, OPEN)
    present = set(locked.applications.in_the_way().values_list("business_id", flat=True))
    wanted = {business.pk: business for business in businesses if business.pk not in present}
    foreign = [row.name for row in wanted.values() if row.region_id != locked.delegation.office.region_id]
    if foreign:
        raise ValidationError(
            _("Hanya untuk pelaku usaha daerah ini. Keluarkan dahulu: %(names)s.")
            % {"names": ", ".join(foreign)}
        )
    _require_absent(locked, wanted.values())
    source = Application.Source.OFFICER
    withdrawn = {row.business_id: row for row in locked.applications.filter(business__in=list(wanted))}
    return [
        _revive(actor, withdrawn[key], now)
        if key in withdrawn
        else _add(actor, locked, business, source, now)
        for key, business in wanted.items()
    ]


@transaction.atomic
def add_imported(
    *, actor: Actor, curation: Curation, businesses: Iterable[Business], now: datetime
) -> list[Application]:
    """Let the businesses of an imported list apply, and return the new applications.

    The caller has left out who has applied before and who goes already.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: scoring has begun.
    """
    locked = lock(actor, curation, OPEN)
    source = Application.Source.IMPORT
    return [_add(actor, locked, business, source, now) for business in businesses]


@transaction.atomic
def join_known(*, actor: Actor, application: Application, now: datetime) -> Application:
    """Say that a public application comes from the business the office knows, and join the two.

    Its product moves to the known business and the second record goes. When the known business has
    applied too, that application counts (again, if it was withdrawn) and this one is taken back. The
    receipt page then says no result any more: whoever typed somebody's number must not read that
    business's result.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the curation is decided.
        ValidationError: there is no known business, or the second record is used elsewhere by now.
    """
    locked = lock(actor, application.curation, OPEN, SCORING)
    row = (
        locked.applications.select_for_update(of=("self",)).select_related("business").get(pk=application.pk)
    )
    known, double = row.known_business, row.business
    if row.joined_at is not None:
        return row
    if known is None:
        raise ValidationError(_("Tidak ada usaha yang dikenal untuk pendaftaran ini."))
    Product.objects.filter(business=double).update(business=known)
    row.joined_at = now
    own = locked.applications.filter(business=known).first()
    if own is not None:
        row.state = Application.State.WITHDRAWN
        row.save(update_fields=["joined_at", "state"])
        if own.state == Application.State.WITHDRAWN:
            _revive(actor, own, row.applied_at)
            _move_scores(row, own)
    else:
        row.business = known
        row.save(update_fields=["joined_at", "business"])
        _delete_double(double, now)
    history.record(actor=actor, subject=row, action="joined", business_id=known.pk)
    return row


def _delete_double(double: Business, now: datetime) -> None:
    """Delete the second record of a business with its certificates, their files, proofs and messages."""
    erase_messages(about=f"business:{double.pk}", now=now)
    try:
        double.delete()
    except ProtectedError as error:
        kinds = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
        raise ValidationError(
            _("“%(name)s” belum dapat digabungkan, sebab sudah dipakai oleh: %(kinds)s.")
            % {"name": double.name, "kinds": ", ".join(kinds)}
        ) from None


def _store_new(
    actor: Actor, curation: Curation, form_token: uuid.UUID, applicant: Applicant, now: datetime
) -> Application:
    """Write a new business with its product and its application to a locked curation."""
    office = curation.delegation.office
    known = _known(office.pk, applicant)
    facts = {name: applicant[name] for name in ("name", "owner_name", "phone", "district", "nib")}
    business = Business(office=office, region_id=office.region_id, **facts)
    business.full_clean(exclude=["office", "region", "line"])
    business.save()
    history.record(actor=actor, subject=business, action="applied", business_id=business.pk)
    _store_product(actor, business, applicant, now)
    return _add(
        actor,
        curation,
        business,
        Application.Source.PUBLIC,
        now,
        form_token=form_token,
        consent=_consent(actor),
        known=known,
    )


def _store_product(actor: Actor, business: Business, applicant: Applicant, now: datetime) -> None:
    product = Product(
        business=business,
        category=applicant["category"],
        name=applicant["product_name"],
        description=applicant["description"],
        unit=applicant["unit"],
        capacity_per_month=applicant["capacity_per_month"],
        status=Product.Status.SUBMITTED,
        submitted_at=now,
    )
    product.full_clean(exclude=["business", "category", "unit"])
    product.save()
    if applicant["price_rupiah"]:
        PriceTier.objects.create(product=product, price_rupiah=applicant["price_rupiah"])
    history.record(actor=actor, subject=product, action="submitted", business_id=business.pk)


def _add(
    actor: Actor,
    curation: Curation,
    business: Business,
    source: str,
    now: datetime,
    *,
    form_token: uuid.UUID | None = None,
    consent: Consent | None = None,
    known: Business | None = None,
) -> Application:
    """Write an application to a locked curation."""
    application = Application.objects.create(
        curation=curation,
        business=business,
        source=source,
        applied_at=now,
        receipt_number=receipt_number("K"),
        form_token=form_token,
        consent=consent,
        known_business=known,
    )
    history.record(actor=actor, subject=application, action="applied", business_id=business.pk)
    return application


def _revive(
    actor: Actor, application: Application, now: datetime, *, consent: Consent | None = None
) -> Application:
    """Let a withdrawn application stand again, as of now."""
    application.state, application.applied_at = Application.State.APPLIED, now
    application.consent = consent or application.consent
    application.save(update_fields=["state", "applied_at", "consent"])
    history.record(
        actor=actor, subject=application, action="applied_again", business_id=application.business_id
    )
    return application


def _move_scores(source: Application, target: Application) -> None:
    """Let the sheets and conflicts of one application be those of another; what they replace goes."""
    target.scores.filter(reviewer__in=source.scores.values("reviewer")).delete()
    source.scores.update(application=target)
    source.conflicts.exclude(reviewer__in=target.conflicts.values("reviewer")).update(application=target)


def _require_absent(curation: Curation, businesses: Iterable[Business]) -> None:
    present = curation.delegation.participations.filter(business__in=list(businesses))
    names = list(present.order_by("pk").values_list("business__name", flat=True))
    if names:
        text = _("Sudah termasuk delegasi ini, jadi tidak perlu mendaftar: %(names)s.")
        raise ValidationError(text % {"names": ", ".join(names)})


def _known(office_id: int, applicant: Applicant) -> Business | None:
    """Return the office's business of the same number or NIB, the oldest first."""
    same = Q(phone=applicant["phone"]) if applicant["phone"] else Q()
    nib = re.sub(r"\D", "", applicant["nib"])
    if nib:
        same |= Q(nib=nib) | Q(nib=applicant["nib"])
    return Business.objects.filter(same, office=office_id).order_by("pk").first() if same else None


def _consent(actor: Actor) -> Consent:
    return Consent.objects.create(
        purpose=Consent.Purpose.APPLICATION, wording_version=CONSENT_VERSION, via=actor.via
    )


def _require_open(curation: Curation, now: datetime) -> None:
    if not is_open_on(curation, timezone.localdate(now)):
        raise WrongState(_("Pendaftaran sudah ditutup."))
