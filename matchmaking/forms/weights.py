"""The weights of a trade contact as a form: one number for each thing that counts."""

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.values import Weights
from matchmaking.models import TradeContact
from matchmaking.pairing_inputs import weights_of
from matchmaking.weights import (
    LEAST_PAIRS,
    LEAST_PAIRS_LABEL,
    NAMES,
    WHAT_COUNTS,
    checked_weights,
    too_many_wished,
)
from products.forms.versioned import VersionedForm
from tradecontact.fields import ShareField

GROUPS = (
    (
        _("Untuk pembeli"),
        _("Dibandingkan satu sama lain: dua kali lebih besar berarti dua kali lebih penting."),
        "buyer_",
    ),
    (_("Untuk penjual"), _("Juga dibandingkan satu sama lain, terpisah dari pembeli."), "seller_"),
)


@dataclass(frozen=True)
class Group:
    """The weights that are compared with each other."""

    title: Any
    hint: Any
    fields: list[forms.BoundField]


class WeightsForm(VersionedForm):
    """Every weight of the engine, and the number of pairs wished for everybody."""

    least_pairs = forms.IntegerField(
        label=LEAST_PAIRS_LABEL,
        help_text=_("Bila cukup yang cocok, setiap pelaku usaha mendapat sekurang-kurangnya sebanyak ini."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Tulis jumlah usulan dengan angka, mis. 3."),
            "invalid": _("Tulis jumlah usulan dengan angka, mis. 3."),
        },
    )

    def __init__(self, data: Any = None, *, row: TradeContact, **options: Any) -> None:
        super().__init__(data, row=row, **options)
        self._contact = row
        for name, (label, hint) in WHAT_COUNTS.items():
            self.fields[name] = ShareField(label=label, help_text=hint)
        self.order_fields([*NAMES, LEAST_PAIRS])

    def values_of(self, row: TradeContact) -> dict[str, Any]:
        return {**asdict(weights_of(row)), LEAST_PAIRS: row.least_pairs_per_business, "version": row.version}

    def stored(self, row: TradeContact, name: str) -> Any:
        return self.values_of(row)[name]

    def text_of(self, name: str, value: Any) -> str:
        return str(self.fields[name].prepare_value(value))

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        least = entered.get(LEAST_PAIRS)
        if least is not None and not 0 <= least <= self._contact.pairs_per_business:
            self.add_error(LEAST_PAIRS, too_many_wished(self._contact))
        if all(name in entered for name in NAMES):
            self._clean_sides(entered)
        return entered

    def _clean_sides(self, entered: dict[str, Any]) -> None:
        try:
            checked_weights({name: entered[name] for name in NAMES})
        except ValidationError as error:
            self.add_error(None, error)

    def shown(self, values: dict[str, Any]) -> dict[str, str]:
        """Return values as the fields show them."""
        return {name: self.text_of(name, value) for name, value in values.items()}

    def has_all_values(self) -> bool:
        """Return whether every field holds a usable value, whatever else was wrong."""
        return not set(self.errors) - {NON_FIELD_ERRORS}

    def weights(self) -> Weights:
        """Return what was entered."""
        return Weights(**{name: self.cleaned_data[name] for name in NAMES})

    def groups(self) -> list[Group]:
        """Return the fields by the side they speak for; the rest speaks for the pair."""
        sides = [
            Group(title, hint, [self[name] for name in NAMES if name.startswith(side)])
            for title, hint, side in GROUPS
        ]
        rest = [self[name] for name in NAMES if not name.startswith(("buyer_", "seller_"))]
        return [*sides, Group(_("Untuk pasangan"), "", [*rest, self[LEAST_PAIRS]])]


def usual_values(trade_contact: TradeContact) -> dict[str, Any]:
    """Return what the fields show for the usual weights."""
    return asdict(Weights()) | {LEAST_PAIRS: min(3, trade_contact.pairs_per_business)}
