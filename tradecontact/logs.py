"""Keeps secrets out of what is kept: an address that is itself a key is written without it."""

import logging
import re
from typing import Any

SECRET_PLACES = [
    "tautan",
    "tanya",
    "minat",
    "pendaftaran",
    "langganan",
    "ringkasan",
    "simpan-pencarian/konfirmasi",
    "akun/password/reset/key",
]
"""Where the next part of an address is a key. The README names them for the proxy's log."""
SECRET_PART = re.compile(rf"(/(?:{'|'.join(SECRET_PLACES)})/)[^/?\s]+")


class HideSecretAddresses(logging.Filter):
    """Writes ``/tautan/***/produk/`` for the address of a personal link, and likewise of a receipt.

    Stands on the loggers that write addresses, so that no handler gets to see the token.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(value) for value in record.args)
        return True


def hide_secrets(text: str) -> str:
    """Return a text with ``***`` where an address in it has its key.

    >>> hide_secrets("Buka http://contoh.test/tautan/abc/produk/")
    'Buka http://contoh.test/tautan/***/produk/'
    """
    return SECRET_PART.sub(r"\1***", text)


def _hidden(value: Any) -> Any:
    return hide_secrets(value) if isinstance(value, str) else value
