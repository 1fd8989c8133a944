"""How far a trade contact is, and the one thing its office should do next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from matchmaking.models import AnswerState, Pair, Participation, TradeContact
from matchmaking.models.pairs import ANSWER_STATE
from products.models import Need


@dataclass(frozen=True)
class Step:
    """A step with the page it is done on (a URL name and perhaps a query), its button and its reason."""

    page: str
    label: str | Promise
    reason: str | Promise
    query: str = ""


FILL_DELEGATION = Step(
    "delegation_import", _("Impor daftar delegasi"), _("Delegasi Anda masih kosong. Mulai dari daftar Excel.")
)
RECORD_NEEDS = Step(
    "need_by_phone",
    _("Catat kebutuhan"),
    _("Belum ada kebutuhan yang dicatat. Telepon pembeli, catat sambil berbicara."),
)
AWAIT_PARTNER = Step(
    "delegations",
    _("Lihat delegasi"),
    _("Delegasi daerah mitra masih kosong. Usulan menunggu daftar mereka."),
)
PROPOSE = Step(
    "proposals", _("Usulkan pasangan"), _("Kedua delegasi sudah terisi. Portal dapat mengusulkan pasangan.")
)
CALL = Step(
    "interest_board",
    _("Hubungi yang belum menjawab"),
    _("Ada pelaku usaha Anda yang belum menjawab. Kirim tautannya, atau telepon."),
    query="?lihat=telepon",
)
AWAIT_ANSWERS = Step(
    "interest_board", _("Lihat papan minat"), _("Pelaku usaha Anda sudah menjawab. Menunggu jawaban mitra.")
)
MEET = Step(
    "interest_board",
    _("Lihat yang sama-sama mau"),
    _("Semua pasangan sudah dijawab. Hubungkan yang sama-sama mau."),
    query=f"?jawaban={AnswerState.BOTH_YES}",
)


STATE_KINDS = {
    AnswerState.BOTH_YES: ("yes", _("Kedua usaha mau, jadi kontaknya sudah terbuka bagi keduanya.")),
    AnswerState.ONE_YES: ("wait", _("Satu usaha mau, usaha lainnya belum menjawab.")),
    AnswerState.OTHER_TIME: ("soga", _("Ada yang berminat, tetapi minta jam lain.")),
    AnswerState.UNANSWERED: ("", _("Kedua usaha belum menjawab.")),
    AnswerState.DECLINED: ("no", _("Paling sedikit satu usaha menolak.")),
}


@dataclass(frozen=True)
class Segment:
    """One answer state with its count, and its place in a bar that is 1000 units wide."""

    state: AnswerState
    count: int
    x: int
    width: int

    @property
    def kind(self) -> str:
        """The colour of its tag: yes, wait, no, soga, or "" for a plain one."""
        return STATE_KINDS[self.state][0]

    @property
    def meaning(self) -> str | Promise:
        return STATE_KINDS[self.state][1]


def segments_of(states: Mapping[Any, int]) -> list[Segment]:
    """Return every answer state in the order from agreed to declined; widths add up to 1000."""
    total, so_far, segments = sum(states.values()) or 1, 0, []
    for state in STATE_KINDS:
        x, so_far = round(1000 * so_far / total), so_far + states.get(state, 0)
        segments.append(Segment(state, states.get(state, 0), x, round(1000 * so_far / total) - x))
    return segments


@dataclass(frozen=True)
class Progress:
    """Counts of one contact, seen from one office.

    ``waiting`` counts pairs that wait for an answer, ``waiting_for_us`` those that wait for one of ours.
    """

    own_businesses: int = 0
    partner_businesses: int = 0
    needs: int = 0
    waiting: int = 0
    waiting_for_us: int = 0
    states: dict[str, int] = field(default_factory=dict)

    @property
    def pairs(self) -> int:
        return sum(self.states.values())

    @property
    def answered(self) -> int:
        """Pairs to which at least one side has given an answer."""
        return self.pairs - self.states.get(AnswerState.UNANSWERED, 0)

    @property
    def both_yes(self) -> int:
        return self.states.get(AnswerState.BOTH_YES, 0)

    @property
    def segments(self) -> list[Segment]:
        return segments_of(self.states)

    @property
    def next_step(self) -> Step:
        """The first thing that is still missing, in the order in which an office works."""
        missing = (
            (not self.own_businesses, FILL_DELEGATION),
            (not self.needs, RECORD_NEEDS),
            (not self.partner_businesses, AWAIT_PARTNER),
            (not self.pairs, PROPOSE),
            (self.waiting_for_us, CALL),
            (self.waiting, AWAIT_ANSWERS),
        )
        return next((step for is_missing, step in missing if is_missing), MEET)


def progress_of(contacts: Sequence[TradeContact], actor: Actor, today: date) -> dict[int, Progress]:
    """Return the progress of each contact by its id. Costs four queries, however many contacts.

    For an admin, who belongs to no office, every business counts on both sides.
    """
    own, all_businesses = _businesses(contacts, actor)
    needs = _needs(contacts, today)
    pairs = Pair.objects.shown().filter(trade_contact__in=contacts)
    states = pairs.annotate(state=ANSWER_STATE).order_by().values_list("trade_contact_id", "state")
    by_contact: dict[int, dict[str, int]] = {contact.pk: {} for contact in contacts}
    for contact_id, state, number in states.annotate(Count("pk")):
        by_contact[contact_id][state] = number
    waiting = _waiting(contacts, actor)
    return {
        contact.pk: Progress(
            own_businesses=own[contact.pk],
            partner_businesses=all_businesses[contact.pk] - (own[contact.pk] if actor.is_officer else 0),
            needs=needs[contact.pk],
            waiting=waiting.get(contact.pk, (0, 0))[0],
            waiting_for_us=waiting.get(contact.pk, (0, 0))[1],
            states=by_contact[contact.pk],
        )
        for contact in contacts
    }


def _businesses(contacts: Sequence[TradeContact], actor: Actor) -> tuple[Counter[int], Counter[int]]:
    """Return the numbers of own businesses and of all businesses, by contact."""
    rows = Participation.objects.filter(delegation__trade_contact__in=contacts).order_by()
    counted = rows.values_list("delegation__trade_contact", "delegation__office").annotate(Count("pk"))
    own: Counter[int] = Counter()
    everyone: Counter[int] = Counter()
    for contact_id, office_id, number in counted:
        everyone[contact_id] += number
        if office_id == actor.office_id or not actor.is_officer:
            own[contact_id] += number
    return own, everyone


def _needs(contacts: Sequence[TradeContact], today: date) -> Counter[int]:
    key = "business__participations__delegation__trade_contact"
    rows = Need.objects.open_on(today).filter(**{f"{key}__in": contacts}).order_by()
    return Counter(dict(rows.values_list(key).annotate(Count("pk", distinct=True))))


def _waiting(contacts: Sequence[TradeContact], actor: Actor) -> dict[int, tuple[int, int]]:
    """Return how many pairs wait for an answer, and for one of the actor's region, by contact."""
    pairs = Pair.objects.waiting().filter(trade_contact__in=contacts).order_by()
    rows = pairs.values_list("trade_contact_id").annotate(
        Count("pk"), ours=Count("pk", filter=_unanswered_by(actor))
    )
    return {contact_id: (number, ours) for contact_id, number, ours in rows}


def _unanswered_by(actor: Actor) -> Q:
    """Return the condition "a business of the actor's region has not answered yet"."""
    if not actor.is_officer:
        return Q(answer_a="") | Q(answer_b="")
    return Q(answer_a="", business_a__region=actor.region_id) | Q(
        answer_b="", business_b__region=actor.region_id
    )
