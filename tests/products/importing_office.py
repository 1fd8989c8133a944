"""An office that imports lists: what tests of importing do again and again."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from accounts.actors import Actor
from products import importing
from products.models import Business, Certificate, ImportBatch, Need, PriceTier, Product
from regions.models import Office
from tests.products.excel.sheets import workbook

SAMPLES = Path(__file__).parents[1] / "samples"
DELEGATION = (SAMPLES / "delegasi-kab-bandung.xlsx").read_bytes()
NEEDS = (SAMPLES / "kebutuhan-kota-surakarta.xlsx").read_bytes()
NOW, TODAY = datetime(2026, 3, 12, 3, 0, tzinfo=UTC), date(2026, 3, 12)
TITLES = ["Nama Usaha", "HP", "NIB", "Kecamatan", "Kategori", "Nama Produk", "Harga", "Satuan", "Halal"]
USAHA_A = [
    "Usaha A",
    "081270000548",
    "9120000000031",
    "Soreang",
    "Kuliner",
    "Keripik singkong",
    13_400,
    "bungkus",
    "Ada",
]


def office_of(actor: Actor) -> Office:
    return Office.objects.get(pk=actor.office_id)


def uploaded(actor: Actor, content: bytes, **choices: dict[Any, str]) -> ImportBatch:
    batch = importing.upload(
        actor=actor, office=office_of(actor), file_name="daftar.xlsx", content=content, today=TODAY
    )
    for name, values in choices.items():
        act: Callable[..., ImportBatch] = getattr(importing, name)
        batch = act(actor=actor, batch=batch, choices=values)
    return batch


def imported(actor: Actor, content: bytes, **choices: dict[Any, str]) -> ImportBatch:
    batch = uploaded(actor, content, **choices)
    return importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)


def listed(*rows: Sequence[object]) -> bytes:
    return workbook([TITLES, *rows])


def everything() -> list[list[dict[str, Any]]]:
    """Return all rows an import can write, without their ids and versions."""
    return [
        list(model.objects.order_by("pk").values(*fields))
        for model, fields in (
            (Business, ["name", "nib", "phone", "district", "founded_on", "line__code", "owner_name"]),
            (Product, ["name", "business__name", "category__code", "unit__code", "min_order", "status"]),
            (PriceTier, ["product__name", "min_quantity", "price_rupiah"]),
            (Certificate, ["business__name", "product__name", "kind", "number", "state"]),
            (Need, ["text", "business__name", "quantity", "price_ceiling_rupiah", "certificates_required"]),
        )
    ]


def undo(actor: Actor, batch: ImportBatch) -> ImportBatch:
    return importing.undo(actor=actor, batch=batch, now=NOW)
