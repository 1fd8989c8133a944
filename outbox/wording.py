"""Texts with named placeholders: how one is written, checked and filled. No template code anywhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
BRACED = re.compile(r"[{}]")
ADDRESSES = frozenset({"alamat", "berhenti", "daftar", "tempat"})
"""Placeholders whose value is an address or has some, which may be keys: a subject never has one of them."""


@dataclass(frozen=True, kw_only=True)
class MessageTexts:
    """One kind of message: its name on the staff pages, and its wording by language (``id``, ``en``).

    ``needed`` are the placeholders that an office's own wording may not leave out, such as the address to
    open. The others allowed are those that the portal's own wording uses. What
    no office sends, no office rewords: ``is_of_an_office`` is then False.
    """

    title: Promise
    subject: Mapping[str, str]
    body: Mapping[str, str]
    needed: tuple[str, ...] = ()
    is_of_an_office: bool = True

    @property
    def allowed(self) -> set[str]:
        """Return the names of all placeholders that a wording of this kind may use."""
        texts = [*self.subject.values(), *self.body.values()]
        return {name for text in texts for name in placeholders(text)}

    @property
    def allowed_in_subject(self) -> set[str]:
        """Return the names of the placeholders that a subject of this kind may use: all but addresses."""
        return self.allowed - ADDRESSES


def placeholders(text: str) -> set[str]:
    """Return the names that stand in braces.

    >>> sorted(placeholders("Kepada {usaha}: {alamat}"))
    ['alamat', 'usaha']
    """
    return set(PLACEHOLDER.findall(text))


def has_stray_brace(text: str) -> bool:
    """Say whether a brace stands there that begins or ends no placeholder.

    >>> has_stray_brace("{usaha} {0} {a.b}"), has_stray_brace("{usaha}")
    (True, False)
    """
    return BRACED.search(PLACEHOLDER.sub("", text)) is not None


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with each placeholder replaced once; braces inside a value stay what they are.

    >>> fill("Kepada {usaha}", {"usaha": "Toko {alamat}"})
    'Kepada Toko {alamat}'

    Raises:
        KeyError: a placeholder has no value.
    """
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)
