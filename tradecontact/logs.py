"""Keeps secrets out of the logs: an address that is itself a key is written without it."""

import logging
import re
from typing import Any

SECRET_PART = re.compile(
    r"(/(?:tautan|minat|langganan|simpan-pencarian/konfirmasi|akun/password/reset/key)/)[^/?\s]+"
)


class HideSecretAddresses(logging.Filter):
    """Writes ``/tautan/***/produk/`` for the address of a personal link, and likewise of a receipt.

    Stands on the loggers that write addresses, so that no handler gets to see the token.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(value) for value in record.args)
        return True


def _hidden(value: Any) -> Any:
    return SECRET_PART.sub(r"\1***", value) if isinstance(value, str) else value
