"""The zip archive of an .xlsx file, checked before anything decodes it.

``checked_copy`` unpacks only the parts that hold text and layout, in small steps and with a budget,
parses each once with expat to count rows, columns and letters, and packs them again. The decoder
then sees an archive that we wrote: no size in a header, no doubled name and no entity can lead it
to read or allocate more than was counted here.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from products.excel.partcheck import Budget, PartCheck
from products.excel.problems import UnreadableFile
from products.excel.sniffing import ZIP, refusal_of

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_PARTS = 1000
MAX_UNPACKED = 40 * MEGABYTE
RATIO_MATTERS_FROM = 8 * MEGABYTE
MAX_RATIO = 150
LONGEST_MIMETYPE = 200
STEP = 64 * 1024

CONTENT_TYPES = "[content_types].xml"
WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedstrings.xml"
NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/styles\.xml|xl/sharedstrings\.xml|xl/worksheets/[^/]+\.xml"
)
NESTED = re.compile(r"\.(zip|xlsx|xlsm|xlsb|docx|pptx|ods|odt|rar|7z|gz|jar)$")
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, OSError)


def checked_copy(content: bytes) -> bytes:
    """Return a fresh archive with the checked parts of an .xlsx file.

    Unpacks at most ``MAX_UNPACKED`` bytes, whatever the archive claims.

    Raises:
        UnreadableFile: not an .xlsx file, damaged, or larger inside than a list can be.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile("too_large")
    if not content.startswith(ZIP):
        raise UnreadableFile(refusal_of(content))
    if content.count(b"PK\x01\x02") > MAX_PARTS:
        raise UnreadableFile("bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _pack(_checked_parts(archive, len(content)))
    except UnreadableFile:
        raise
    except DAMAGE as error:
        raise UnreadableFile("damaged") from error


def _checked_parts(archive: zipfile.ZipFile, packed_bytes: int) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each needed part, shared strings before the sheets that quote them."""
    parts = _parts_by_name(archive)
    _check_kind(archive, parts)
    _check_contents_table(archive, parts, packed_bytes)
    budget = Budget(unpacked_bytes=MAX_UNPACKED)
    needed = [name for name in parts if NEEDED.fullmatch(name.lower())]
    for name in sorted(needed, key=lambda name: (name.lower() != STRINGS, name)):
        yield name, _checked_part(archive, parts[name], budget, name.lower())


def _parts_by_name(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    parts: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for info in archive.infolist():
        name = info.filename.replace("\\", "/")
        if name.lower() in folded:
            raise UnreadableFile("damaged")
        folded.add(name.lower())
        parts[name] = info
    return parts


def _check_kind(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
    """Refuse other formats that are zip archives too, each with its own hint."""
    folded = {name.lower() for name in parts}
    if "xl/workbook.bin" in folded:
        raise UnreadableFile("binary_excel")
    if "xl/vbaproject.bin" in folded:
        raise UnreadableFile("macros")
    if WORKBOOK in folded and CONTENT_TYPES in folded:
        return
    mimetype = parts.get("mimetype")
    is_short = mimetype is not None and mimetype.file_size < LONGEST_MIMETYPE
    is_ods = is_short and b"opendocument.spreadsheet" in archive.read("mimetype")
    raise UnreadableFile("opendocument" if is_ods else "other")


def _check_contents_table(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], packed_bytes: int
) -> None:
    """Refuse by the archive's own table of contents, before a byte is unpacked."""
    unpacked = sum(info.file_size for info in parts.values())
    if unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed_bytes:
        raise UnreadableFile("bomb")
    for name, info in parts.items():
        if info.flag_bits & 0x1:
            raise UnreadableFile("password")
        if NESTED.search(name.lower()):
            raise UnreadableFile("nested")
        if NEEDED.fullmatch(name.lower()) and info.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            raise UnreadableFile("damaged")


def _checked_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, name: str) -> bytes:
    """Unpack one part step by step; counting happens while it comes out."""
    check = PartCheck(budget, is_strings=name == STRINGS)
    out = bytearray()
    with archive.open(info) as part:
        while step := part.read(STEP):
            budget.take_bytes(len(step))
            if not out and step.startswith(ZIP):
                raise UnreadableFile("nested")
            out += step
            check.feed(step)
    check.finish()
    return bytes(out)


def _pack(parts: Iterator[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()
