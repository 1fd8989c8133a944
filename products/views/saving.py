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


def try_to_save(form: VersionedForm, save: Callable[[int], object], read_again: Callable[[], Any]) -> Attempt:
    """Save a valid form; put what went wrong into it, and both texts when somebody else was faster."""
    if not form.is_valid():
        return Attempt(is_saved=False, status=422 if form.is_bound else 200)
    try:
        save(form.cleaned_data["version"])
    except StaleVersion as error:
        row = read_again()
        differences = form.differences(row)
        form.add_error(None, error)
        form.take_version(row.version)
        return Attempt(is_saved=False, status=409, differences=differences)
    except ValidationError as error:
        form.add_error(None, error)
        return Attempt(is_saved=False, status=422)
    return Attempt(is_saved=True, status=200)
