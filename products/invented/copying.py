"""Rows into a table by COPY: ten times as fast as inserts, with the model's defaults for what is not said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from django.db import connection, models

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows, each a value by column, all with the same columns and an id. Triggers run as ever."""
    buffer = StringIO()
    columns: list[str] = []
    defaults: list[str] = []
    for row in rows:
        if not columns:
            rest = _defaults(model, without=row)
            columns, defaults = [*row, *rest], [_text(value) for value in rest.values()]
        buffer.write("\t".join([*map(_text, row.values()), *defaults]) + "\n")
    if not columns:
        return
    buffer.seek(0)
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(column) for column in columns)
        cursor.copy_expert(
            f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN", buffer
        )


def next_id(model: type[models.Model]) -> int:
    """Return the first id that is free after all others."""
    rows: models.QuerySet[Any] = models.QuerySet(model)
    return (rows.aggregate(most=models.Max("pk"))["most"] or 0) + 1


def move_sequences(*changed: type[models.Model]) -> None:
    """Let the next insert go on after the ids that were given."""
    with connection.cursor() as cursor:
        for model in changed:
            table = model._meta.db_table
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, next_id(model)]
            )


def _defaults(model: type[models.Model], *, without: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a new row has in every other column that the database does not make itself."""
    return {
        str(field.column): field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.column not in without and not field.generated and not field.has_db_default()
    }


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    return "{}" if value == [] else str(value)
