"""What the search keeps: each product's document, the words that occur, and groups of equal words."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_WORD = 40


class DocumentField(SearchVectorField):
    """A text-search document that triggers keep; a query never carries its text out of the database.

    Saving a row sends NULL, and the trigger puts the right document in its place.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"null": True, "editable": False, **options})

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        return "NULL", []


class SearchWord(models.Model):
    """A word of a product's name, or of the name or place of its business; for finding what was mistyped.

    Triggers add words and never wait for one another, so a word may stand here twice. A word stays when
    its last product goes.
    """

    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="search_word"),
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_letters"),
        ]

    def __str__(self) -> str:
        return self.word


class SynonymQuerySet(models.QuerySet["SearchSynonym"]):
    """Groups of equal words."""

    def in_use(self) -> SynonymQuerySet:
        """Groups that nobody has removed; only these widen a search."""
        return self.filter(removed_at=None)


class SearchSynonym(models.Model):
    """Words and phrases that mean the same to a buyer: kemasan, pengemasan, packaging.

    ``code`` names a group that came with the portal and is empty for those of officers. A removed group
    stays with ``removed_at``, so that loading the reference data does not bring it back.
    """

    code = models.SlugField(_("kode"), max_length=LONGEST_WORD, blank=True, editable=False, db_index=False)
    words = ArrayField(models.CharField(max_length=LONGEST_WORD), verbose_name=_("kata yang sama artinya"))
    version = models.PositiveIntegerField(_("versi"), default=1)
    removed_at = models.DateTimeField(_("dihapus"), null=True, blank=True)

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = _("padanan kata")
        verbose_name_plural = _("padanan kata")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="search_synonym_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(words__len__gte=2),
                name="search_synonym_has_two_words",
                violation_error_message=_("Tulis paling sedikit dua kata yang sama artinya."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.words)
