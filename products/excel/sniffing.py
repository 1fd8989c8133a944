"""What a file really is, judged by its content: the name's ending says nothing."""

from __future__ import annotations

import re

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|meta|table|style)\b", re.I | re.S
)
SPREADSHEET_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
HEAD_BYTES = 64 * 1024


def refusal_of(content: bytes) -> str:
    """Return the reason (a key of ``REFUSALS``) why content that is no zip archive cannot be read."""
    head = content[:HEAD_BYTES]
    if not head.strip(b"\0\t\r\n "):
        return "empty"
    if head.startswith(OLE):
        return _kind_of_ole(content)
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if HTML.match(plain) or plain.lstrip().startswith(b"MIME-Version"):
        return "html"
    if SPREADSHEET_2003 in head:
        return "old_excel"
    return "csv" if _looks_like_csv(head) else "other"


def _kind_of_ole(content: bytes) -> str:
    """Tell a password-protected .xlsx and an .xls apart from other old Office files."""
    if _utf16("EncryptedPackage") in content:
        return "password"
    is_excel = _utf16("Workbook") in content or _utf16("Book") in content
    return "old_excel" if is_excel else "other"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _looks_like_csv(head: bytes) -> bool:
    """True for text whose first line holds separators."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", errors="replace")
    elif b"\0" in head:
        return False
    else:
        text = head.decode("latin-1")
    if text.startswith(("%PDF", "{\\rtf")):
        return False
    lines = text.strip().splitlines()[:5]
    return any(separator in line for line in lines for separator in ",;\t")
