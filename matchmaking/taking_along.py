"""Putting businesses into their offices' delegations, so that they can be a pair of a trade contact."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.delegations import ADDED, InCuration, check_curation, removed_from
from matchmaking.models import Delegation, Participation, TradeContact
from products.models import Business


class OfficeIsAbsent(ValidationError):
    """The office of a business takes no part in the contact."""


class TakenOut(ValidationError):
    """Another office has taken the business out of its delegation."""


def take_along(actor: Actor, trade_contact: TradeContact, businesses: Iterable[Business]) -> None:
    """Put businesses into their offices' delegations; each office sees in its history who did it.

    One that another office has taken out stays out; the actor's own office may change its mind. Locks
    the contact; call it inside a transaction.

    Raises:
        OfficeIsAbsent: an office does not take part in the contact.
        TakenOut: a business was taken out by another office.
        InCuration: a business has applied to its office's curation and is not chosen, or that curation is
            decided without it; only that office reads so.
    """
    contact = TradeContact.objects.select_for_update().get(pk=trade_contact.pk)
    delegations = {
        delegation.office_id: delegation for delegation in contact.delegations.select_related("office")
    }
    wanted = list(businesses)
    present = Participation.objects.filter(delegation__trade_contact=contact, business__in=wanted)
    present_ids = set(present.values_list("business_id", flat=True))
    for business in wanted:
        if business.office_id not in delegations:
            raise OfficeIsAbsent(
                _("%(office)s tidak ikut dalam kontak dagang ini. Pilih kontak dagang lain.")
                % {"office": business.office.name}
            )
        if business.pk not in present_ids:
            delegation = delegations[business.office_id]
            is_own = business.office_id == actor.office_id
            if not is_own and business.pk in {gone.pk for gone, _line in removed_from(delegation)}:
                raise TakenOut(
                    _("%(office)s mengeluarkan %(name)s dari delegasinya. Hubungi dinas itu dahulu.")
                    % {"office": delegation.office.name, "name": business.name}
                )
            _check_curation(delegation, business, is_own=is_own)
            Participation.objects.create(delegation=delegation, business=business)
            history.record(actor=actor, subject=delegation, action=ADDED, business_id=business.pk)


def _check_curation(delegation: Delegation, business: Business, *, is_own: bool) -> None:
    """Raise ``InCuration``; how a curation stands or ended is for the office that holds it."""
    try:
        check_curation(delegation, [business])
    except InCuration:
        if is_own:
            raise
        raise InCuration(
            _("%(name)s belum termasuk delegasi %(office)s. Hubungi dinas itu dahulu.")
            % {"office": delegation.office.name, "name": business.name}
        ) from None
