"""The needs of both delegations of a trade contact, and how many pairs answer each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Func, JSONField

from matchmaking.models import Pair, TradeContact
from products.models import Certificate, Need
from products.models.catalogue import NeedQuerySet
from products.need_expiry import can_be_prolonged


def needs_of(trade_contact: TradeContact) -> NeedQuerySet:
    """Return every need of the businesses that take part, with what a list shows."""
    participants = trade_contact.delegations.values("participations__business")
    needs = Need.objects.filter(business__in=participants)
    return needs.with_facts().select_related("business__region")


@dataclass(frozen=True)
class NeedRow:
    """A need in the list: in how many pairs it is traded, whether it still looks, and ends soon."""

    need: Need
    pairs: int
    is_open: bool
    can_be_prolonged: bool

    @property
    def certificates(self) -> list[str]:
        """The names of the certificates it requires."""
        return [str(Certificate.Kind(kind).label) for kind in self.need.certificates_required]


def rows_of(needs: Iterable[Need], trade_contact: TradeContact, today: date) -> list[NeedRow]:
    """Return the needs as rows of the list. Costs one query."""
    pairs = pairs_by_need(trade_contact)
    return [
        NeedRow(need, pairs[need.pk], need.is_open_on(today), can_be_prolonged(need, today)) for need in needs
    ]


def pairs_by_need(trade_contact: TradeContact) -> Counter[int]:
    """Return in how many pairs on the list each need is traded, by its id. Costs one query."""
    ids = Func(
        F("trades"),
        template="jsonb_path_query_array(%(expressions)s, '$[*].need_id')",
        output_field=JSONField(),
    )
    pairs = Pair.objects.shown().filter(trade_contact=trade_contact).values_list(ids, flat=True)
    return Counter(need_id for needs in pairs for need_id in set(needs) if need_id is not None)
