"""Invented businesses, products, prices and certificates as values. No query here; same seed, same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from products.invented.words import FIRST, OTHER, PROVINCE_WEIGHTS, SECOND, SERIES, STORIES, TRADES, Trade

PRODUCTS_PER_BUSINESS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30)
MOST_NAMES = 12
SHARE_MAKING_ITSELF = 5
"""One business in so many was seen making its goods."""
THREE_YEARS = 3 * 365 * 24 * 60
Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A kabupaten or kota with its office; ``province`` is the Kemendagri code."""

    region_id: int
    office_id: int
    province: str


@dataclass(frozen=True)
class Shelf:
    """A family with the words for its goods, and how its sector trades."""

    category_id: int
    sector: str
    names: tuple[str, ...]

    @property
    def trade(self) -> Trade:
        return TRADES.get(self.sector, OTHER)


@dataclass
class Numbers:
    """The next free ids."""

    business: int
    product: int
    tier: int
    certificate: int


@dataclass
class Batch:
    """Rows of each table, in the order in which they can be written."""

    businesses: list[Row]
    certificates: list[Row]
    tiers: list[Row]
    products: list[Row]


class Inventor:
    """Makes batches of rows; ``until`` is the moment of the newest product."""

    def __init__(
        self, *, seed: int, until: datetime, places: Sequence[Place], shelves: Sequence[Shelf],
        units: dict[str, int], numbers: Numbers,
    ) -> None:  # fmt: skip
        self._random = Random(seed)  # noqa: S311 - no secret
        self._until = until
        self._places = places
        self._shares = list(accumulate(_weights(places)))
        self._sectors = _by_sector(shelves)
        self._units = units
        self._numbers = numbers

    def batch(self, products: int) -> Batch:
        """Return exactly ``products`` products with their businesses, prices and certificates."""
        batch = Batch([], [], [], [])
        while len(batch.products) < products:
            shelves = self._random.choice(self._sectors)
            business = self._business(shelves[0].trade)
            batch.businesses.append(business)
            batch.certificates += self._certificates(business["id"], shelves[0].trade)
            count = min(self._random.choice(PRODUCTS_PER_BUSINESS), products - len(batch.products))
            for _number in range(count):
                product = self._product(business["id"], self._random.choice(shelves))
                batch.products.append(product)
                batch.tiers += self._tiers(product, shelves[0].trade)
        return batch

    def _business(self, trade: Trade) -> Row:
        random = self._random
        place = random.choices(self._places, cum_weights=self._shares)[0]
        name = f"{random.choice(trade.firms)} {random.choice(FIRST)} {random.choice(SECOND)}"
        self._numbers.business += 1
        return {
            "id": self._numbers.business - 1,
            "region_id": place.region_id,
            "office_id": place.office_id,
            "name": name,
            "size_band": random.choice(["micro", "micro", "small", "medium", ""]),
            "story": f"{name}. {random.choice(STORIES)}",
            "makes_itself": self._numbers.business % SHARE_MAKING_ITSELF == 0,
        }

    def _product(self, business_id: int, shelf: Shelf) -> Row:
        random, trade = self._random, shelf.trade
        noun = random.choice(shelf.names)
        words = [noun, random.choice(trade.qualities), random.choice(trade.sizes), random.choice(SERIES)]
        orders = random.choice(trade.orders)
        self._numbers.product += 1
        return {
            "id": self._numbers.product - 1,
            "business_id": business_id,
            "category_id": shelf.category_id,
            "name": " ".join(word for word in words if word)[:120],
            "description": " ".join(random.sample(STORIES, 2)) if random.random() < 0.7 else "",
            "unit_id": self._units.get(random.choice(trade.units)),
            "min_order": orders if random.random() < 0.93 else None,
            "capacity_per_month": orders * random.randint(5, 60) if random.random() < 0.7 else None,
            "lead_time_days": random.choice((1, 2, 3, 5, 7, 10, 14, 21, 30, 45))
            if random.random() < 0.8
            else None,
            "accepts_consignment": random.choice((True, False, None, None)),
            "status": "listed" if random.random() < 0.97 else "draft",
            "created_at": self._until - timedelta(minutes=random.random() * THREE_YEARS),
        }

    def _tiers(self, product: Row, trade: Trade) -> Iterator[Row]:
        """Yield one to three prices, the more the cheaper; one product in twelve has none."""
        random = self._random
        price = trade.price * random.lognormvariate(0, 0.6)
        for step in range(random.choice((0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3))):
            self._numbers.tier += 1
            yield {
                "id": self._numbers.tier - 1,
                "product_id": product["id"],
                "min_quantity": (product["min_order"] or 1) * 5**step,
                "price_rupiah": max(100, round(price * 0.94**step / 100) * 100),
            }

    def _certificates(self, business_id: int, trade: Trade) -> Iterator[Row]:
        random = self._random
        for kind, share in trade.certificates:
            if random.random() >= share:
                continue
            self._numbers.certificate += 1
            ends = self._until.date() + timedelta(days=random.randint(-90, 1500))
            state = random.choices(("unchecked", "checked", "in_process"), (6, 3, 1))[0]
            yield {
                "id": self._numbers.certificate - 1,
                "business_id": business_id,
                "kind": kind,
                "state": state,
                "checked_at": self._until if state == "checked" else None,
                "check_note": "Data buatan." if state == "checked" else "",
                "valid_until": ends if random.random() < 0.7 else None,
            }


def _weights(places: Sequence[Place]) -> Iterator[float]:
    """Yield how many businesses a place gets: its province's share, most in the first places of each."""
    seen: dict[str, int] = {}
    for place in places:
        seen[place.province] = seen.get(place.province, 0) + 1
        yield PROVINCE_WEIGHTS.get(place.province, 1) / seen[place.province] ** 0.7


def _by_sector(shelves: Sequence[Shelf]) -> list[list[Shelf]]:
    """Return the shelves of each sector; food and clothing stand several times, being the most common."""
    sectors: dict[str, list[Shelf]] = {}
    for shelf in shelves:
        sectors.setdefault(shelf.sector, []).append(shelf)
    often = {"kuliner": 5, "tekstil-dan-busana": 3, "kriya": 2, "bahan-pangan": 2}
    return [members for sector, members in sectors.items() for _time in range(often.get(sector, 1))]
