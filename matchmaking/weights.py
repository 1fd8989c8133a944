"""The weights of a trade contact: what its offices count how much, and how many pairs they wish for."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import history
from accounts.actors import Actor
from matchmaking.engine.values import Weights
from matchmaking.models import ProposalRun, TradeContact
from matchmaking.pairing import request_proposals
from matchmaking.pairing_inputs import weights_of
from products.profiles import StaleVersion
from tradecontact.templatetags.tradecontact_tags import desimal

NAMES = tuple(field.name for field in fields(Weights))
SIDES = ("buyer_", "seller_")
LEAST_PAIRS = "least_pairs"
LEAST_PAIRS_LABEL = gettext_lazy("Usulan paling sedikit yang diinginkan")
WHAT_COUNTS = {
    "buyer_category": (
        gettext_lazy("Jenis barangnya tepat"),
        gettext_lazy("Satu jenis dengan yang dicari, atau serumpun."),
    ),
    "buyer_text": (
        gettext_lazy("Kata-katanya mirip"),
        gettext_lazy("Nama dan keterangan produk menyebut yang dicari."),
    ),
    "buyer_price": (gettext_lazy("Harganya murah"), gettext_lazy("Jauh di bawah batas harga pembeli.")),
    "buyer_certificate": (
        gettext_lazy("Sertifikatnya diperiksa"),
        gettext_lazy("Sudah diperiksa petugas, bukan hanya disebut."),
    ),
    "buyer_lead_time": (gettext_lazy("Selesai tepat waktu"), gettext_lazy("Sebelum tanggal dibutuhkan.")),
    "seller_volume": (
        gettext_lazy("Jumlahnya pas"),
        gettext_lazy("Pesanan mengisi kapasitas tanpa melebihinya."),
    ),
    "seller_price": (
        gettext_lazy("Harganya aman"),
        gettext_lazy("Batas harga pembeli di atas harga penjual."),
    ),
    "seller_distance": (
        gettext_lazy("Jaraknya dekat"),
        gettext_lazy("Makin dekat kedua daerah, makin murah mengirim."),
    ),
    "seller_terms": (gettext_lazy("Syaratnya cocok"), gettext_lazy("Pesanan minimum dan titip jual.")),
    "implied": (
        gettext_lazy("Nilai kebutuhan tersirat"),
        gettext_lazy("Kebutuhan yang disimpulkan dari jenis usaha, dibandingkan dengan yang disebut (1)."),
    ),
    "more_trades": (
        gettext_lazy("Tambahan bila banyak kebutuhan terjawab"),
        gettext_lazy("Nilai lebih untuk satu pertemuan yang menjawab beberapa kebutuhan."),
    ),
}


class UnknownWeight(ValidationError):
    """A weight is named that the engine does not have."""


def checked_weights(values: Mapping[str, Any]) -> Weights:
    """Return weights that the engine can work with; those that are not named are the usual ones.

    Raises:
        UnknownWeight: a name is none of ``Weights``.
        ValidationError: a value is no number from 0 to 1, or all parts of one side are 0.
    """
    unknown = sorted(set(values) - set(NAMES))
    if unknown:
        raise UnknownWeight(_("Bobot ini tidak dikenal: %(names)s.") % {"names": ", ".join(unknown)})
    wrong = [name for name, value in values.items() if not _is_share(value)]
    if wrong:
        raise ValidationError({name: _("Tulis angka dari 0 sampai 1, mis. 0,25.") for name in wrong})
    weights = Weights(**values)
    for side in SIDES:
        parts = [name for name in NAMES if name.startswith(side)]
        if not any(getattr(weights, name) for name in parts):
            raise ValidationError({parts[0]: _("Paling sedikit satu bobot pihak ini harus lebih dari 0.")})
    return weights


def changes_from_usual(weights: Weights) -> dict[str, float]:
    """Return the weights that differ from the usual ones, as a contact stores them."""
    usual = asdict(Weights())
    return {name: value for name, value in asdict(weights).items() if value != usual[name]}


@transaction.atomic
def set_weights(
    *, actor: Actor, trade_contact: TradeContact, version: int, weights: Weights, least_pairs: int
) -> TradeContact:
    """Save what a contact counts how much, and return it; the next run uses it.

    ``least_pairs`` is how many pairs are wished for every business, 0 up to the quota. ``version`` is
    the one the editing started from. Weights as they were change nothing.

    Raises:
        StaleVersion: somebody else has changed the contact since then.
        ValidationError: a weight or ``least_pairs`` is out of range.
    """
    contact = TradeContact.objects.select_for_update().get(pk=trade_contact.pk)
    before = _values_of(contact)
    after = asdict(checked_weights(asdict(weights))) | {LEAST_PAIRS: least_pairs}
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return contact
    if contact.version != version:
        raise StaleVersion
    if not 0 <= least_pairs <= contact.pairs_per_business:
        raise ValidationError({LEAST_PAIRS: too_many_wished(contact)})
    contact.weights = changes_from_usual(weights)
    contact.least_pairs_per_business = least_pairs
    contact.version += 1
    contact.save(update_fields=["weights", "least_pairs_per_business", "version"])
    told = [{name: values[name] for name in changed} for values in (before, after)]
    history.record(actor=actor, subject=contact, action="weights_changed", before=told[0], after=told[1])
    return contact


def _values_of(contact: TradeContact) -> dict[str, Any]:
    return asdict(weights_of(contact)) | {LEAST_PAIRS: contact.least_pairs_per_business}


def apply_weights(
    *,
    actor: Actor,
    trade_contact: TradeContact,
    version: int,
    weights: Weights,
    least_pairs: int,
    now: datetime,
    start: Callable[[int], object],
) -> ProposalRun:
    """Save weights as ``set_weights`` does, ask for the list to be made anew, and return that run.

    A run that waits or is at work is joined. One that waits reads the contact when it starts, so it uses
    what is saved here; one that is at work keeps to what it has read.
    """
    with transaction.atomic():
        contact = set_weights(
            actor=actor,
            trade_contact=trade_contact,
            version=version,
            weights=weights,
            least_pairs=least_pairs,
        )
        return request_proposals(actor=actor, trade_contact=contact, now=now, start=start)


def in_words(values: Mapping[str, float]) -> dict[str, str]:
    """Return weights by their labels, with the reader's comma."""
    return {_label(name): desimal(value, None) for name, value in values.items()}


def _label(name: str) -> str:
    return str(WHAT_COUNTS[name][0] if name in WHAT_COUNTS else LEAST_PAIRS_LABEL)


def too_many_wished(contact: TradeContact) -> str:
    """Return what to enter when more pairs are wished for than the quota allows."""
    text = _("Tulis angka dari 0 sampai %(most)s, yaitu usulan paling banyak per pelaku usaha.")
    return text % {"most": contact.pairs_per_business}


def _is_share(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value <= 1
