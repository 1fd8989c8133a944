"""Saving a form under a version: once for every page that corrects a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from products.forms.versioned import Difference, VersionedForm
from products.profiles import StaleVersion


@dataclass(frozen=True)
class Attempt:
    """How saving went; ``differences`` are there when somebody else was faster."""

    is_saved: bool
    status: int
    differences: list[Difference] | None = None


def try_to_save(form: VersionedForm, row: Any, save: Callable[[int], object]) -> Attempt:
    """Save a valid form of ``row`` by calling ``save`` with the version its editing started from.

    What went wrong goes into the form, and both texts into the attempt when somebody else was faster;
    ``row`` is then read again.
    """
    if not form.is_valid():
        return Attempt(is_saved=False, status=422 if form.is_bound else 200)
    try:
        save(form.cleaned_data["version"])
    except StaleVersion as error:
        row.refresh_from_db()
        differences = form.differences(row)
        form.add_error(None, error)
        form.take_version(row.version)
        return Attempt(is_saved=False, status=409, differences=differences)
    except ValidationError as error:
        form.add_error(None, error)
        return Attempt(is_saved=False, status=422)
    return Attempt(is_saved=True, status=200)
