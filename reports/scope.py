"""What a report is about: a contact, a direction, an office, a commodity, a district, a year, or all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property

UNKNOWN = "-"
"""The key of what has no office, commodity, district or direction that is known."""


class Dimension(StrEnum):
    """What numbers can be told apart by; the names of the fields of ``Scope``."""

    CONTACT = "contact"
    DIRECTION = "direction"
    OFFICE = "office"
    COMMODITY = "commodity"
    DISTRICT = "district"


@dataclass(frozen=True)
class Scope:
    """Which rows are asked for, by their keys; an empty text asks for all.

    ``contact`` is its slug, ``direction`` ``seller_buyer`` by region codes, ``office`` its id, ``commodity``
    a category's code, ``district`` ``region:name``, ``year`` that of the contact's first day.
    """

    contact: str = ""
    direction: str = ""
    office: str = ""
    commodity: str = ""
    district: str = ""
    year: str = ""

    @cached_property
    def asked(self) -> Mapping[str, str]:
        """What is asked for, by name; ``type(self)(**asked)`` makes the same question again."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


def direction_of(seller_region: str, buyer_region: str) -> str:
    """Return the key of who sells to whom, ``32.04_33.72``, from two region codes."""
    return f"{seller_region}_{buyer_region}"


def district_of(region: str, name: str) -> str:
    """Return the key of a district, ``32.04:Majalaya``; of its region alone when the name is not known."""
    return f"{region}:{name}"
