"""A short name for everything a list was made of: equal inputs have equal fingerprints."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from matchmaking.engine.values import Contact


def fingerprint(contact: Contact) -> str:
    """Return the SHA-256 of the contact as canonical JSON; the order of its rows does not count."""
    parts = {field.name: _text(getattr(contact, field.name)) for field in fields(contact)}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _text(value: Any) -> str:
    """Return a value as JSON: rows one by one, since most of them are the same as the last time."""
    if isinstance(value, tuple):
        return "\n".join(sorted(_row_text(row) for row in value))
    return json.dumps(_canonical(value), sort_keys=True)


@lru_cache(maxsize=2**16)
def _row_text(row: Any) -> str:
    return json.dumps(_canonical(row), sort_keys=True)


def _canonical(value: Any) -> Any:
    """Return plain JSON: values as lists of fields, sets and rows sorted, the rest as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _canonical(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return _sorted([_canonical(key), _canonical(inner)] for key, inner in value.items())
    if isinstance(value, tuple | frozenset):
        return _sorted(_canonical(inner) for inner in value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _sorted(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
