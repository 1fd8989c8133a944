"""From a query string to rows and the question asked of them, with names for every choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.forms import BoundField

from accounts.actors import Actor
from reports.access import contacts_of
from reports.forms import PARAMETERS, Choices, QuestionForm
from reports.names import Names, names_of
from reports.scope import UNKNOWN, Dimension, Scope
from reports.words import DIMENSIONS, says

AnyRow = TypeVar("AnyRow")
AnyScope = TypeVar("AnyScope", bound=Scope)


@dataclass(frozen=True)
class Asked(Generic[AnyScope, AnyRow]):
    """A question, the rows of its contact and year, their names, and the form to ask otherwise."""

    question: AnyScope
    rows: Sequence[AnyRow]
    names: Names
    form: QuestionForm
    told_apart: Sequence[Dimension]

    @property
    def filters(self) -> list[BoundField]:
        """The inputs that choose something: contact, year, and what the rows can be told apart by."""
        names = ["contact", "year", *(by for by in self.told_apart if by is not Dimension.CONTACT)]
        return [self.form[PARAMETERS[name]] for name in names]

    @property
    def words(self) -> list[tuple[str, str]]:
        """What is asked for, as pairs of what it is called and its value."""
        said = []
        for name, value in self.question.asked.items():
            label = str(self.form.fields[PARAMETERS[name]].label)
            said.append((label, self.names.of(name, value) if name in list(Dimension) else says(name, value)))
        return said

    @property
    def dimensions(self) -> list[tuple[str, str]]:
        return [(str(by), str(DIMENSIONS[by])) for by in self.told_apart]

    @property
    def by_name(self) -> str:
        return str(DIMENSIONS[self.form.by])


def ask(
    actor: Actor,
    data: Mapping[str, Any],
    kind: type[AnyScope],
    load: Callable[[Actor, AnyScope], Sequence[AnyRow]],
    beside: Callable[[Actor, AnyScope], Sequence[Any]] | None = None,
) -> Asked[AnyScope, AnyRow]:
    """Read a question of ``kind`` and the rows that ``load`` finds for it. Costs six queries.

    ``beside`` finds rows of another kind, whose keys can be asked for, too.
    """
    contacts = contacts_of(actor)
    known: dict[str, Choices] = {
        "contact": [(one.slug, one.title) for one in contacts],
        "year": [(year, year) for year in sorted({one.year for one in contacts}, reverse=True)],
    }
    about = QuestionForm(data, known).question(kind)
    rows = load(actor, about)
    keys = keys_of([*rows, *(beside(actor, about) if beside else [])])
    names = names_of(keys)
    for by in Dimension:
        if by is not Dimension.CONTACT:
            labels = [(key, names.of(by, key)) for key in keys[by]]
            known[by] = sorted(labels, key=lambda choice: choice[1])
    form = QuestionForm(data, known)
    told_apart = [by for by in Dimension if by is Dimension.CONTACT or keys[by] - {UNKNOWN}]
    return Asked(form.question(kind), rows, names, form, told_apart)


def keys_of(rows: Iterable[Any]) -> dict[Dimension, set[str]]:
    """Return every key that rows have, by dimension; a row's value is a key or a tuple of keys."""
    keys: dict[Dimension, set[str]] = {by: set() for by in Dimension}
    for row in rows:
        for by in Dimension:
            value = getattr(row, by)
            keys[by].update((value,) if isinstance(value, str) else value)
    return keys
