"""A short name for everything a list was made of: equal inputs have equal fingerprints."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from matchmaking.engine.values import Contact


def fingerprint(contact: Contact) -> str:
    """Return the SHA-256 of the contact as canonical JSON; the order of its rows does not count."""
    return hashlib.sha256(json.dumps(_canonical(contact), sort_keys=True).encode()).hexdigest()


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
