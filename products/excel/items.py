"""Products and needs of one business, and the certificates claimed for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from products.excel import cells, identifiers
from products.excel.blocks import Block, Row
from products.excel.columns import CERTIFICATE_FIELDS, TIER_FIELDS, Field
from products.excel.entries import NeedEntry, ProductEntry
from products.excel.identifiers import Claim
from products.excel.notes import Notes
from products.excel.problems import CellProblem, Kind
from products.excel.vocabulary import Vocabulary
from products.excel.workbook import as_text
from products.taxonomy import fold

PRODUCT_SIGNS = {Field.PRODUCT_NAME, Field.PRICE, Field.MIN_ORDER, Field.CAPACITY}
NEED_SIGNS = {Field.NEED_TEXT, Field.NEED_QUANTITY, Field.PRICE_CEILING}


@dataclass(frozen=True)
class _Shape:
    """The fields of one kind of item: a product or a need."""

    name: Field
    category: Field
    unit: Field
    code: Field
    variant: str
    limit: int


PRODUCT = _Shape(
    Field.PRODUCT_NAME, Field.PRODUCT_CATEGORY, Field.PRODUCT_UNIT, Field.PRODUCT_CODE, "product", 120
)
NEED = _Shape(Field.NEED_TEXT, Field.NEED_CATEGORY, Field.NEED_UNIT, Field.NEED_CODE, "need", 300)
BETWEEN_PHOTOS = re.compile(r"\s*[;|]\s*|\s*,\s+|(?<=\.jpg),|(?<=\.png),|(?<=\.jpeg),|(?<=\.webp),", re.I)
MOST_PHOTOS = 8


def versions_of(row: Row) -> tuple[int, int]:
    """Return the versions of the business and of the item that an exported row was made from, 0 for none."""
    match = re.fullmatch(r"(\d{1,9})/(\d{1,9})", row.text(Field.VERSION), re.ASCII)
    return (int(match[1]), int(match[2])) if match else (0, 0)


class ItemReader:
    """Reads the items of each block with the same notes and vocabulary."""

    def __init__(self, notes: Notes, vocabulary: Vocabulary) -> None:
        self.notes = notes
        self.vocabulary = vocabulary

    def products(self, block: Block) -> tuple[ProductEntry, ...]:
        rows = self._rows_of_items(block, PRODUCT, PRODUCT_SIGNS)
        return tuple(self._product(row, name) for row, name in rows)

    def needs(self, block: Block) -> tuple[NeedEntry, ...]:
        rows = self._rows_of_items(block, NEED, NEED_SIGNS)
        return tuple(self._need(row, name) for row, name in rows)

    def certificates_without_product(self, block: Block) -> tuple[Claim, ...]:
        """Return claims in rows that name no product: they hold for the business."""
        rows = [row for row in block.rows if Field.PRODUCT_NAME not in row.values]
        return _first_of_each_kind(claim for row in rows for claim in self._claims(row))

    def _rows_of_items(self, block: Block, shape: _Shape, signs: set[Field]) -> list[tuple[Row, str]]:
        """Return rows with an item and its name; nameless and repeated items are noted and left out."""
        found: dict[str, tuple[Row, str]] = {}
        for row in block.rows:
            if not signs & row.values.keys():
                continue
            if shape.name not in row.values:
                if self.notes.has_column(shape.name):
                    self.notes.add(row, shape.name, Kind.MISSING_NAME, shape.variant)
                continue
            name = self.notes.text(row, shape.name, shape.limit)
            key = row.text(shape.code) or fold(name)
            if key in found:
                self.notes.add(row, shape.name, Kind.REPEATED_ITEM, value=cells.shortened(name))
            else:
                found[key] = row, name
        return list(found.values())

    def _product(self, row: Row, name: str) -> ProductEntry:
        price = self.notes.read(row, Field.PRICE, cells.read_price)
        has_price = any(field in row.values for field in (Field.PRICE, *(f for _, f in TIER_FIELDS)))
        if not has_price and self.notes.has_column(Field.PRICE):
            self.notes.add(row, Field.PRICE, Kind.MISSING_PRICE, product=cells.shortened(name))
        unit = self._unit(row, PRODUCT.unit)
        if unit is None and price is not None and price.unit:
            unit = self.unit_named(row, Field.PRICE, price.unit)
        quantities = _Quantities(self, row, unit)
        capacity = quantities.read(Field.CAPACITY)
        min_order = quantities.read(Field.MIN_ORDER)
        tiers = self._tiers(row, quantities)
        category, is_named = self._category(row, PRODUCT, name)
        return ProductEntry(
            row=row.number,
            name=name,
            category=category,
            description=self.notes.text(row, Field.PRODUCT_DESCRIPTION, 2000),
            price=price.rupiah if price else None,
            unit=quantities.unit,
            min_order=min_order,
            capacity=capacity,
            lead_time=self.notes.read(row, Field.LEAD_TIME, cells.read_days),
            consignment=self.notes.read(row, Field.CONSIGNMENT, cells.read_answer),
            certificates=_first_of_each_kind(self._claims(row)),
            code=row.text(Field.PRODUCT_CODE),
            version=versions_of(row)[1],
            is_category_named=is_named,
            tiers=tiers,
            photos=_photo_names(row.text(Field.PHOTOS)),
        )

    def _tiers(self, row: Row, quantities: _Quantities) -> tuple[tuple[int, int], ...]:
        """Return the prices from a higher quantity on; half of one, or a second one, is noted."""
        tiers: dict[int, int] = {}
        for start, amount in TIER_FIELDS:
            given = [field for field in (start, amount) if field in row.values]
            quantity = quantities.read(start)
            price = self.notes.read(row, amount, cells.read_price)
            if len(given) == 1:
                self.notes.add(row, given[0], Kind.INCOMPLETE_TIER)
            elif quantity is not None and price is not None:
                if quantity in tiers or (quantity == 1 and Field.PRICE in row.values):
                    self.notes.add(row, start, Kind.REPEATED_TIER, value=str(quantity))
                else:
                    tiers[quantity] = price.rupiah
        return tuple(sorted(tiers.items()))

    def _need(self, row: Row, text: str) -> NeedEntry:
        ceiling = self.notes.read(row, Field.PRICE_CEILING, cells.read_price)
        quantities = _Quantities(self, row, self._unit(row, NEED.unit))
        quantity = quantities.read(Field.NEED_QUANTITY)
        certificates = self.notes.read(row, Field.NEED_CERTIFICATES, identifiers.read_certificate_names)
        category, is_named = self._category(row, NEED, text)
        start, end = self._days(row)
        return NeedEntry(
            row=row.number,
            text=text,
            category=category,
            quantity=quantity,
            unit=quantities.unit,
            price_ceiling=ceiling.rupiah if ceiling else None,
            certificates=certificates or (),
            code=row.text(Field.NEED_CODE),
            version=versions_of(row)[1],
            is_category_named=is_named,
            frequency=self.notes.read(row, Field.NEED_FREQUENCY, cells.read_frequency) or "",
            area=self._area(row),
            wanted_from=start,
            open_until=end,
        )

    def _days(self, row: Row) -> tuple[date | None, date | None]:
        """Return from when until when something is wanted; an end before the start is noted and left out."""
        start = self.notes.read(row, Field.NEED_FROM, cells.read_day)
        end = self.notes.read(row, Field.NEED_UNTIL, cells.read_day)
        if start and end and end < start:
            typed = cells.shortened(row.values[Field.NEED_UNTIL])
            self.notes.add(row, Field.NEED_UNTIL, Kind.INVALID_DATE, "order", value=typed)
            return start, None
        return start, end

    def _area(self, row: Row) -> str:
        typed = row.text(Field.NEED_AREA)
        code = self.vocabulary.area(typed) if typed else ""
        if code is None:
            self.notes.add(row, Field.NEED_AREA, Kind.UNKNOWN_AREA, value=cells.shortened(typed))
        return code or ""

    def _category(self, row: Row, shape: _Shape, name: str) -> tuple[str | None, bool]:
        """Return the family that the list names, and True; else what its words mean, and False."""
        named = self.vocabulary.family_named(row.text(shape.category))
        return (named, True) if named else (self._meant_category(row, shape, name), False)

    def _meant_category(self, row: Row, shape: _Shape, name: str) -> str | None:
        """Return the family that sector and name mean together, else the sector, else the name alone."""
        typed = row.text(shape.category)
        words = self.vocabulary
        sector = words.sector(typed) if typed else None
        if sector is not None:
            return words.family(name, sector) or words.family(typed, sector) or sector
        family = words.family(name, None)
        place = shape.category if self.notes.has_column(shape.category) else shape.name
        params = {"product": cells.shortened(name), "known": words.sector_names}
        if typed:
            variant = "guessed" if family else ""
            self.notes.add(row, place, Kind.UNKNOWN_CATEGORY, variant, value=cells.shortened(typed), **params)
        elif family is None:
            self.notes.add(row, place, Kind.UNKNOWN_CATEGORY, "empty", **params)
        return family

    def _unit(self, row: Row, name: Field) -> str | None:
        return self.unit_named(row, name, row.text(name)) if name in row.values else None

    def unit_named(self, row: Row, name: Field, text: str) -> str | None:
        """Return the unit a text names; an unknown one is noted at the cell it stands in."""
        unit = self.vocabulary.unit(text)
        if unit is None:
            self.notes.add(row, name, Kind.UNKNOWN_UNIT, value=cells.shortened(text))
        return unit

    def _claims(self, row: Row) -> list[Claim]:
        """Return every claim in the certificate columns of a row; odd numbers are noted, and kept."""
        claims = []
        for name, kind in CERTIFICATE_FIELDS.items():
            if name in row.values and (claim := identifiers.read_certificate(row.values[name], kind)):
                if doubt := identifiers.doubt_about(claim):
                    self.notes.note(row, name, doubt)
                claims.append(claim)
        names = self.notes.read(row, Field.PRODUCT_CERTIFICATES, identifiers.read_certificate_names)
        return claims + [Claim(kind) for kind in names or ()]


class _Quantities:
    """The quantities of one row, counted in the row's unit; the first that names a unit may give it."""

    def __init__(self, reader: ItemReader, row: Row, unit: str | None) -> None:
        self.reader = reader
        self.row = row
        self.unit = unit

    def read(self, name: Field) -> int | None:
        """Return a whole amount in the row's unit, or ``None`` with the reason noted."""
        notes = self.reader.notes
        quantity = notes.read(self.row, name, cells.read_quantity)
        if quantity is None:
            return None
        try:
            amount = self._in_unit(quantity, name)
            return None if amount is None else cells.whole(amount, as_text(self.row.values[name]))
        except CellProblem as problem:
            notes.note(self.row, name, problem)
            return None

    def _in_unit(self, quantity: cells.Quantity, name: Field) -> Decimal | None:
        if not quantity.unit:
            return quantity.amount
        unit = self.reader.unit_named(self.row, name, quantity.unit)
        if unit is None:
            return None
        self.unit = self.unit or unit
        amount = self.reader.vocabulary.converted(quantity.amount, unit=unit, to=self.unit)
        if amount is None:
            typed = cells.shortened(self.row.values[name])
            raise CellProblem(Kind.UNIT_MISMATCH, value=typed, unit=self.unit)
        return amount


def _first_of_each_kind(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    kinds: dict[str, Claim] = {}
    for claim in claims:
        kinds.setdefault(claim.kind, claim)
    return tuple(kinds.values())


def _photo_names(text: str) -> tuple[str, ...]:
    """Return the names of files in a cell: ``depan.jpg; samping.jpg``."""
    return tuple(name for name in BETWEEN_PHOTOS.split(text) if name)[:MOST_PHOTOS]
