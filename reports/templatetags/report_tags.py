"""Tags of the report pages: addresses that open rows, and names of keys."""

from collections.abc import Mapping
from dataclasses import fields

from django import template
from django.utils.text import capfirst

from reports import words
from reports.forms import query_of
from reports.names import Names
from reports.scope import Dimension, Scope

register = template.Library()


@register.filter
def opens(scope: Scope) -> str:
    """Return the query that asks a question again."""
    return query_of(scope)


@register.simple_tag
def key_name(names: Names, by: Dimension, key: str) -> str:
    """Return what the reader calls a key of a dimension."""
    return names.of(by, key)


@register.filter
def rung_name(rung: str) -> str:
    return str(words.RUNGS[rung])


@register.filter
def rung_meaning(rung: str) -> str:
    return str(words.RUNG_MEANINGS[rung])


@register.filter
def standing_name(standing: str) -> str:
    return str(words.STANDINGS[standing])


@register.filter
def stage_name(stage: str) -> str:
    return str(words.STAGES[stage])


@register.filter
def scope_only(scope: Scope | str) -> str:
    """Return the query of the contact, year and keys of a question, for a report of another kind."""
    if not isinstance(scope, Scope):
        return ""
    return query_of(Scope(**{field.name: getattr(scope, field.name) for field in fields(Scope)}))


@register.filter
def mark_name(mark: str) -> str:
    return capfirst(str(words.MARKS[mark]))


@register.filter
def fate_name(fate: str) -> str:
    return capfirst(str(words.FATES[fate]))


@register.filter
def value_of(values: Mapping[str, str], key: str) -> str:
    """Return what a mapping holds for a key, else the key."""
    return values.get(key, key)
