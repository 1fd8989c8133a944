"""A workbook with its photos in one ZIP, checked before anything of it is unpacked.

Every size that the archive claims is checked again while it is read: no bomb, no name that leads out of the
archive, no archive inside it. Pure: bytes in, bytes out.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from products.excel.archive import CONTENT_TYPES, DAMAGE, MEGABYTE, NESTED
from products.excel.problems import UnreadableFile
from products.excel.sniffing import ZIP
from products.taxonomy import fold

MAX_ZIP_BYTES = 40 * MEGABYTE
MAX_WORKBOOK_BYTES = 10 * MEGABYTE
MAX_PICTURES = 40  # each takes up to a second to be read and written anew, while an officer waits
MAX_PICTURE_BYTES = 8 * MEGABYTE
MAX_ENTRIES = 300
MAX_RATIO = 100  # no photo shrinks like that
RATIO_MATTERS_FROM = MEGABYTE
PICTURE = re.compile(r"\.(jpe?g|png|webp|heic|heif|avif|gif|svg)$", re.I)
LEFT_BY_SYSTEMS = re.compile(r"(^|/)(__MACOSX(/|$)|\.[^/]+$|Thumbs\.db$|desktop\.ini$)", re.I)
LEADS_OUT = re.compile(r"^/|^[a-z]:|\\|\0|(^|/)\.\.(/|$)", re.I)
LAST_NUMBER = re.compile(r" \d{1,2}$")


@dataclass(frozen=True)
class Bundle:
    """A workbook and the photos beside it, by the names of their files."""

    workbook: bytes
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    is_zip: bool = False

    def find(self, name: str) -> str | None:
        """Return the file that a cell names; folders, case and the ending may be left out."""
        wanted = PurePosixPath(name.replace("\\", "/")).name.casefold()
        for known in self.pictures:
            if wanted in (known.casefold(), PurePosixPath(known).stem.casefold()):
                return known
        return None

    def named_like(self, product: str) -> tuple[str, ...]:
        """Return the files called like a product, in order: ``Keripik.jpg``, ``keripik 2.jpg``."""
        wanted = fold(product)
        stems = ((fold(PurePosixPath(name).stem), name) for name in self.pictures)
        return tuple(
            name for stem, name in sorted(stems) if wanted and wanted in (stem, LAST_NUMBER.sub("", stem))
        )


def open_bundle(content: bytes) -> Bundle:
    """Return the workbook and photos of an upload; anything but such a ZIP is taken for the workbook.

    Raises:
        UnreadableFile: the ZIP is refused, with a sentence why.
    """
    if not content.startswith(ZIP):
        return Bundle(content)
    if content.count(b"PK\x01\x02") > MAX_ENTRIES:
        return _too_many_entries(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {info.filename.casefold() for info in archive.infolist()}
            if CONTENT_TYPES in names or "mimetype" in names:
                return Bundle(content)
            if len(content) > MAX_ZIP_BYTES:
                raise UnreadableFile("zip_too_large")
            return _unpacked(archive)
    except DAMAGE as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile("damaged") from error


def _too_many_entries(content: bytes) -> Bundle:
    """Refuse a ZIP of too many files; a workbook of as many parts is for the archive check to judge."""
    if CONTENT_TYPES in content[-MEGABYTE:].lower().decode("latin-1"):
        return Bundle(content)
    raise UnreadableFile("zip_too_many", limit=str(MAX_PICTURES))


def _unpacked(archive: zipfile.ZipFile) -> Bundle:
    """Read one workbook and its photos, each with its own limit."""
    entries = [info for info in archive.infolist() if _is_of_interest(info)]
    workbooks = [info for info in entries if info.filename.lower().endswith(".xlsx")]
    pictures = [info for info in entries if PICTURE.search(info.filename)]
    _refuse_others([info for info in entries if info not in workbooks and info not in pictures])
    if len(workbooks) != 1:
        raise UnreadableFile("zip_workbooks" if workbooks else "zip_no_workbook")
    if len(pictures) > MAX_PICTURES:
        raise UnreadableFile("zip_too_many", limit=str(MAX_PICTURES))
    read: dict[str, bytes] = {}
    for info in pictures:
        name = PurePosixPath(info.filename).name
        if name.casefold() in {known.casefold() for known in read}:
            raise UnreadableFile("zip_twice", name=name)
        read[name] = _content(archive, info, MAX_PICTURE_BYTES)
    return Bundle(_content(archive, workbooks[0], MAX_WORKBOOK_BYTES), read, is_zip=True)


def _is_of_interest(info: zipfile.ZipInfo) -> bool:
    """Refuse names and kinds that no archive of photos has; leave folders and systems' own files out."""
    if LEADS_OUT.search(info.orig_filename) or stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableFile("zip_names")
    if info.flag_bits & 0x1:
        raise UnreadableFile("zip_password")
    if info.file_size > RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise UnreadableFile("zip_bomb")
    return not (info.is_dir() or LEFT_BY_SYSTEMS.search(info.filename))


def _refuse_others(others: list[zipfile.ZipInfo]) -> None:
    for info in others:
        if NESTED.search(info.filename.lower()):
            raise UnreadableFile("zip_nested", name=PurePosixPath(info.filename).name)
        raise UnreadableFile("zip_other", name=PurePosixPath(info.filename).name)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """Return a file, and one byte more than the limit when it is larger: whoever reads it refuses it then."""
    with archive.open(info) as part:
        return part.read(limit + 1)
