"""Commitments as sentences of the history of their pair."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import HistoryEntry
from matchmaking.models import Commitment, Confirmation
from products.timeline import Words
from tradecontact.templatetags.tradecontact_tags import rupiah


def _deal(entry: HistoryEntry) -> dict[str, object]:
    after = entry.after or {}
    return {
        "level": Commitment.Level(after["level"]).label,
        "rupiah": rupiah(after["rupiah"]),
        "goods": after["goods"],
    }


def _recorded(entry: HistoryEntry) -> str:
    if (entry.after or {})["kind"] == Commitment.Kind.CONSIGNMENT:
        return _("Dicatat, titip jual: %(level)s %(rupiah)s, %(goods)s.") % _deal(entry)
    return _("Dicatat: %(level)s %(rupiah)s, %(goods)s.") % _deal(entry)


def _withdrawn(entry: HistoryEntry) -> str:
    return _("Catatan ditarik: %(level)s %(rupiah)s, %(goods)s.") % _deal(entry)


def _answered(entry: HistoryEntry) -> str:
    after = entry.after or {}
    values = _deal(entry) | {"answer": Confirmation.Answer(after["answer"]).label}
    if after["says"] is not None:
        values["says"] = rupiah(after["says"])
        return _("%(level)s %(rupiah)s dijawab: %(answer)s (%(says)s).") % values
    return _("%(level)s %(rupiah)s dijawab: %(answer)s.") % values


OF_MONEY: Words = {
    "pair.commitment_recorded": _recorded,
    "pair.commitment_withdrawn": _withdrawn,
    "pair.commitment_answered": _answered,
    "pair.ask_link_handed_out": gettext_lazy("Tautan konfirmasi diambil petugas untuk dikirim."),
    "pair.ask_link_revoked": gettext_lazy("Tautan konfirmasi dicabut petugas."),
}
NOTES_OF_SIDES = {"commitment_withdrawn"}
"""Actions whose notes are read by the two sides and their offices alone."""
