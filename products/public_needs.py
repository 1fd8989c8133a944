"""What everybody may read about open needs: the board, one need, and the words of a search in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact
from django.db.models import CharField, F, Func, Q, Value
from django.utils.translation import gettext as _

from products.models import Category, Certificate, Need
from products.models.catalogue import NeedQuerySet
from products.need_expiry import ENDING_DAYS
from products.search import families_of
from products.search_words import lexicon_of, meaning_of, query_words
from tradecontact.contact_details import CONTACT, hide_contacts
from tradecontact.templatetags.tradecontact_tags import berakhir

# A text as the public reads it: nobody finds a need by the number or address written into it.
PUBLIC_TEXT = Func(
    F("text"),
    Value(CONTACT.pattern),
    Value(" "),
    Value("g"),
    function="regexp_replace",
    output_field=CharField(),
)


@dataclass(frozen=True)
class ShownNeed:
    """A need as the public reads it on ``today``."""

    need: Need
    today: date

    @property
    def text(self) -> str:
        """The need in its own words, without phone numbers and addresses."""
        return hide_contacts(self.need.text, _("(kontak lewat portal)"))

    @property
    def certificates(self) -> list[str]:
        """The names of the certificates it requires."""
        return [str(Certificate.Kind(kind).label) for kind in self.need.certificates_required]

    @property
    def is_ending_soon(self) -> bool:
        until = self.need.open_until
        return until is not None and until <= self.today + timedelta(days=ENDING_DAYS)

    @property
    def ends(self) -> str:
        """Say when it ends: ``berakhir 3 hari lagi``, or the day when that is far; "" without an end."""
        return berakhir(self.need.open_until, self.today)


def open_needs(today: date) -> NeedQuerySet:
    """Return the needs that everybody may read, with what their cards show."""
    return Need.objects.open_on(today).with_facts().select_related("business__region__province")


def with_words(needs: NeedQuerySet, text: str, categories: Sequence[Category]) -> NeedQuerySet:
    """Return the needs that hold every word of ``text``: in their words, their category, or the buyer's name.

    A text without any word filters nothing. Costs no query of its own.
    """
    words = query_words(text)
    if not words:
        return needs
    lexicon = lexicon_of(tuple(families_of(categories)))
    meant = [meaning_of(word, words, lexicon) for word in words]
    conditions = [
        _in_text(meaning.word)
        | Q(category__code__in=meaning.families)
        | Q(category__code__in=meaning.sectors)
        | Q(category__parent__code__in=meaning.sectors)
        for meaning in meant
    ]
    return needs.alias(public_text=PUBLIC_TEXT).filter(reduce(and_, conditions))


def _in_text(word: str) -> Q:
    stem = SearchVectorExact(
        SearchVector("public_text", config="indonesian"), SearchQuery(word, config="indonesian")
    )
    return reduce(or_, [Q(public_text__icontains=word), Q(stem), Q(business__name__icontains=word)])
