"""Typed readers for environment variables that fail with the name and the allowed values."""

import os

from django.core.exceptions import ImproperlyConfigured


def read_text(name: str, default: str | None = None) -> str:
    """Return the variable's text; without a default an empty or missing value is an error.

    Raises:
        ImproperlyConfigured: the variable is missing and has no default.
    """
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set {name} in the environment; it has no default on a server.")
    return default


def read_bool(name: str, *, default: bool) -> bool:
    """Return True or False for ``1``/``true``/``yes`` and ``0``/``false``/``no``, in any case.

    Raises:
        ImproperlyConfigured: the value is none of these.
    """
    value = os.environ.get(name, "").strip().casefold()
    if not value:
        return default
    if value in {"1", "true", "yes"}:
        return True
    if value in {"0", "false", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; use 1 or 0.")


def read_int(name: str, default: int) -> int:
    """Return a whole number.

    Raises:
        ImproperlyConfigured: the value is not a whole number.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; use a whole number.") from None


def read_list(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated parts of the variable, blanks removed."""
    value = os.environ.get(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or default


def read_choice(name: str, allowed: list[str]) -> str:
    """Return one of ``allowed``; the first is the default.

    Raises:
        ImproperlyConfigured: the value is none of these.
    """
    value = os.environ.get(name, "").strip() or allowed[0]
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; use {' or '.join(allowed)}.")
    return value


def read_https(name: str) -> str:
    """Return an address that begins with ``https://``.

    Raises:
        ImproperlyConfigured: the variable is missing or begins otherwise.
    """
    value = read_text(name)
    if not value.startswith("https://"):
        raise ImproperlyConfigured(f"{name} must begin with https://.")
    return value
