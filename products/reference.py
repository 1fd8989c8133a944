"""Units, taxonomy, complements and equal words that come with the portal (see ``data/README.md``)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from products.models import Category, CategoryComplement, SearchSynonym, Unit
from products.taxonomy import Family
from regions.reference import Loaded

DATA = Path(__file__).parent / "data"
ANY_BUYER = "*"
UNIT_FIELDS = ("label_id", "label_en", "base_id", "factor", "dimension", "synonyms", "note")
CATEGORY_FIELDS = (
    "parent_id", "name_id", "name_en", "synonyms_id", "synonyms_en", "kbli2025", "picture", "position",
    "certificates_usual",
)  # fmt: skip

Row = dict[str, str]
Coded = TypeVar("Coded", Unit, Category)


@transaction.atomic
def load_products() -> dict[str, Loaded]:
    """Bring units and categories up to their files, and add the complements that are missing.

    The files are the home of units and categories, so a row that differs is corrected. A complement belongs
    to the officers once it is there: its weight and words are never touched, and a removed one stays so; just
    so a group of equal words. A second run changes nothing and costs nine queries.
    """
    return {
        "units": _load_units(),
        **_load_categories(),
        "complements": _load_complements(),
        "synonyms": _load_synonyms(),
    }


def families_in_file() -> list[Family]:
    """Return the sectors and families of ``categories.csv`` as the values that the taxonomy works on."""
    return [
        Family(
            code=row["code"],
            parent=row["parent_code"] or None,
            name_id=row["name_id"],
            name_en=row["name_en"],
            synonyms_id=tuple(_parts(row["synonyms_id"])),
            synonyms_en=tuple(_parts(row["synonyms_en"])),
        )
        for row in _rows("categories.csv")
    ]


def _rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _load_units() -> Loaded:
    rows = _rows("units.csv")
    simple = _upsert(Unit, [_unit(row, None) for row in rows if not row["base_unit"]], UNIT_FIELDS)
    ids = dict(Unit.objects.values_list("code", "pk"))
    derived = [_unit(row, ids[row["base_unit"]]) for row in rows if row["base_unit"]]
    rest = _upsert(Unit, derived, UNIT_FIELDS)
    return Loaded(len(rows), simple.added + rest.added, simple.changed + rest.changed)


def _unit(row: Row, base_id: int | None) -> Unit:
    return Unit(
        code=row["code"],
        label_id=row["label_id"],
        label_en=row["label_en"],
        base_id=base_id,
        factor=Decimal(row["factor"]),
        dimension=row["dimension"],
        synonyms=_parts(row["synonyms"]),
        note=row["note"],
    )


def _load_categories() -> dict[str, Loaded]:
    rows = list(enumerate(_rows("categories.csv"), start=1))
    usual = _certificates_usual()
    sectors = [_category(row, None, position, usual) for position, row in rows if not row["parent_code"]]
    loaded = _upsert(Category, sectors, CATEGORY_FIELDS)
    ids = dict(Category.objects.values_list("code", "pk"))
    families = [
        _category(row, ids[row["parent_code"]], position, usual)
        for position, row in rows
        if row["parent_code"]
    ]
    return {"sectors": loaded, "families": _upsert(Category, families, CATEGORY_FIELDS)}


def _certificates_usual() -> dict[str, list[str]]:
    """Return the kinds of certificates by the code of a sector or a family."""
    return {row["category_code"]: _parts(row["certificates"]) for row in _rows("category_certificates.csv")}


def _category(row: Row, parent_id: int | None, position: int, usual: dict[str, list[str]]) -> Category:
    return Category(
        parent_id=parent_id,
        code=row["code"],
        name_id=row["name_id"],
        name_en=row["name_en"],
        synonyms_id=_parts(row["synonyms_id"]),
        synonyms_en=_parts(row["synonyms_en"]),
        kbli2025=_parts(row["kbli2025"]),
        picture=row["picture"],
        position=position,
        certificates_usual=usual.get(row["code"], usual.get(row["parent_code"], [])),
    )


def _upsert(model: type[Coded], wanted: Sequence[Coded], fields: Sequence[str]) -> Loaded:
    """Add the rows whose code is missing and correct those that differ in ``fields``."""
    present = model.objects.in_bulk([row.code for row in wanted], field_name="code")
    missing = [row for row in wanted if row.code not in present]
    model.objects.bulk_create(missing, ignore_conflicts=True)
    differing = []
    for row in wanted:
        stored = present.get(row.code)
        if stored and any(getattr(stored, field) != getattr(row, field) for field in fields):
            row.pk = stored.pk
            differing.append(row)
    model.objects.bulk_update(differing, fields)
    return Loaded(len(wanted), len(missing), len(differing))


def _load_complements() -> Loaded:
    ids = dict(Category.objects.values_list("code", "pk"))
    known = set(CategoryComplement.objects.values_list("buyer_id", "supplier_id"))
    complements = [_complement(row, ids) for row in _rows("complements.csv")]
    missing = [row for row in complements if (row.buyer_id, row.supplier_id) not in known]
    CategoryComplement.objects.bulk_create(missing, ignore_conflicts=True)
    return Loaded(len(complements), len(missing), 0)


def _complement(row: Row, ids: dict[str, int]) -> CategoryComplement:
    return CategoryComplement(
        buyer_id=None if row["buyer_code"] == ANY_BUYER else ids[row["buyer_code"]],
        supplier_id=ids[row["supplier_code"]],
        need_id=row["need_id"],
        need_en=row["need_en"],
        role=row["role"],
        weight=float(row["weight"]),
    )


def _load_synonyms() -> Loaded:
    known = set(SearchSynonym.objects.exclude(code="").values_list("code", flat=True))
    rows = _rows("synonyms.csv")
    missing = [
        SearchSynonym(code=row["code"], words=_parts(row["words"]))
        for row in rows
        if row["code"] not in known
    ]
    SearchSynonym.objects.bulk_create(missing, ignore_conflicts=True)
    return Loaded(len(rows), len(missing), 0)
