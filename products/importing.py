"""Importing an Excel list of one office: upload, questions, preview, import, and taking it back.

The file waits in an ``ImportBatch`` until it is imported or given up, so that a preview can be left
and found again. Everything is computed anew from the file, and once more under the lock of the office.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import history
from accounts.actors import Actor
from products import import_undo, taxonomy
from products.excel.bundle import open_bundle
from products.excel.columns import Field
from products.excel.entries import ProductEntry, Reading
from products.excel.list_columns import Choice
from products.excel.photos import with_photos
from products.excel.problems import UnreadableFile
from products.excel.rows import read_list
from products.excel.template import empty_template
from products.excel.vocabulary import Scale, Vocabulary
from products.excel.workbook import open_workbook
from products.import_decisions import Decision, sensible_decision
from products.import_matching import Register, load_register
from products.import_plan import BusinessPlan, Plan, make_plan
from products.import_questions import Question, ask
from products.import_undo import Footprint, Use
from products.import_writing import imprint_of_new, write
from products.models import Business, Category, ImportBatch, ImportedRow, Product, Unit
from products.search import families_of
from regions.models import Office, Province
from regions.places import names_of_places

FILE_NAME_LENGTH = 200
DAYS_WAITING = 30  # a list holds private numbers, so its file is not kept for ever
Join = Callable[[ImportBatch, list[Business]], Iterable[Model]]
FindUses = Callable[[Footprint], Iterable[Use]]


class WrongState(ValidationError):
    """The import is already done, taken back, or given up."""


class OpenQuestions(ValidationError):
    """A column must be explained before the list can be imported."""


class AlreadyUsed(ValidationError):
    """Something else has touched rows of the import, so it stays."""


@dataclass
class Preview:
    """What a list says and what importing it would do.

    ``renamed`` are entries whose number belongs to a known business of another name, whatever was
    decided about them.
    """

    batch: ImportBatch
    reading: Reading
    plan: Plan
    renamed: list[BusinessPlan]

    @cached_property
    def decisions(self) -> dict[int, Decision]:
        """The decision about each duplicate in the list, chosen or sensible."""
        return decisions_of(self.batch, self.reading)

    @cached_property
    def questions(self) -> list[Question]:
        """What must be decided about businesses that the list, or the office, has already."""
        return ask(self.reading, self.decisions, self.renamed)

    @property
    def has_name_column(self) -> bool:
        return Field.BUSINESS_NAME in self.reading.known_columns.values()

    @property
    def is_ready(self) -> bool:
        """True when nothing is left to be asked and there is something to import."""
        return self.has_name_column and not self.reading.unknown_columns and bool(self.plan.businesses)


def check(*, content: bytes, today: date, choices: Mapping[str, str] | None = None) -> Reading:
    """Return what a list says, without keeping or writing anything. ``choices`` explain columns by title.

    Raises:
        ValidationError: keyed ``file``, with a sentence why it cannot be read.
    """
    try:
        return _reading_of(content, today, choices or {})
    except UnreadableFile as error:
        raise ValidationError({"file": error.message}) from error


@transaction.atomic
def upload(*, actor: Actor, office: Office, file_name: str, content: bytes, today: date) -> ImportBatch:
    """Keep a list for its preview and return it; the same file waiting already is returned again.

    Lists of the office that nobody came back to in ``DAYS_WAITING`` days are given up with it.

    Raises:
        PermissionDenied: the actor works for another office.
        ValidationError: keyed ``file``, with a sentence why it cannot be read.
    """
    _check_may_import(actor, office)
    check(content=content, today=today)
    Office.objects.select_for_update().get(pk=office.pk)  # two presses make one preview
    digest = hashlib.sha256(content).hexdigest()
    waiting = ImportBatch.objects.filter(office=office, state=ImportBatch.State.PREVIEW)
    forgotten = waiting.filter(created_at__date__lt=today - timedelta(days=DAYS_WAITING))
    forgotten.update(state=ImportBatch.State.GIVEN_UP, content=None)
    known = waiting.filter(sha256=digest).order_by("pk").first()
    if known is not None:
        return known
    name = file_name.replace("\\", "/").rpartition("/")[2][-FILE_NAME_LENGTH:]
    return ImportBatch.objects.create(
        office=office, file_name=name, sha256=digest, content=content, created_by_id=actor.user_id
    )


@transaction.atomic
def answer_columns(
    *, actor: Actor, batch: ImportBatch, choices: Mapping[str, str], today: date
) -> ImportBatch:
    """Keep what an officer says the asked columns hold, by their titles.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the list is no longer waiting.
        OpenQuestions: with these answers nothing is left to read; they are not kept.
    """
    locked = _lock(actor, batch)
    _check_waits(locked)
    locked.column_choices = {**locked.column_choices, **choices}
    _read(locked, today)
    locked.save(update_fields=["column_choices"])
    return locked


@transaction.atomic
def decide_duplicates(*, actor: Actor, batch: ImportBatch, choices: Mapping[int, str]) -> ImportBatch:
    """Keep what an officer decides about duplicates, by the row of the later business.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the list is no longer waiting.
    """
    locked = _lock(actor, batch)
    _check_waits(locked)
    locked.duplicate_choices = _with_decisions(locked, choices)
    locked.save(update_fields=["duplicate_choices"])
    return locked


def choose_overwriting(*, actor: Actor, batch: ImportBatch, rows: Iterable[int]) -> None:
    """Keep which rows of a waiting old file may change back what has changed in the portal since.

    Raises:
        PermissionDenied: the actor works for another office.
    """
    _check_may_import(actor, batch.office)
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.PREVIEW)
    waiting.update(overwriting=sorted(set(rows)))


def preview(*, batch: ImportBatch, today: date) -> Preview:
    """Return what a waiting list says and what importing it would do. Writes nothing.

    Reads the whole file again: about a second for a thousand rows.

    Raises:
        WrongState: the list is no longer waiting.
    """
    _check_waits(batch)
    reading = _read(batch, today)
    return _preview(batch, reading, load_register(batch.office, reading))


@transaction.atomic
def apply(
    *,
    actor: Actor,
    batch: ImportBatch,
    now: datetime,
    today: date,
    decisions: Mapping[int, str] | None = None,
    join: Join | None = None,
) -> ImportBatch:
    """Write the list's businesses, products and needs, all or nothing, and return the import with its counts.

    ``decisions`` about duplicates, by row, are kept beside the earlier ones.
    ``join`` receives the import and its businesses and returns rows it made of them, which an undo takes
    back too. Pressing again returns the import as it is. The file is let go.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the list was taken back or given up.
        OpenQuestions: a column is not explained, or none holds the names.
    """
    locked = _lock(actor, batch)
    if locked.state == ImportBatch.State.IMPORTED:
        return locked
    _check_waits(locked)
    locked.duplicate_choices = _with_decisions(locked, decisions or {})
    reading = _read(locked, today)
    shown = _preview(locked, reading, load_register(locked.office, reading, is_locking=True))
    _check_ready(shown)
    counts = {**shown.plan.counts, "problems": len(reading.problems), "left_out": shown.plan.left_out}
    businesses = write(shown.plan, batch=locked, user_id=actor.user_id)
    joined = list(join(locked, businesses)) if join else []
    ImportedRow.objects.bulk_create([imprint_of_new(locked, row) for row in joined])
    locked.state, locked.content = ImportBatch.State.IMPORTED, None
    locked.imported_at, locked.counts = now, {**counts, "joined": len(joined)}
    locked.save(update_fields=["state", "content", "imported_at", "counts", "duplicate_choices"])
    history.record(actor=actor, subject=locked, action="imported", after=locked.counts)
    return locked


def photos_of(*, batch: ImportBatch, content: bytes, today: date) -> list[tuple[Product, str, bytes]]:
    """Return each photo of an imported file with its product and its name; ``content`` as it was uploaded."""
    pictures = open_bundle(content).pictures
    if not pictures:
        return []
    reading = _reading_of(content, today, batch.column_choices, home=batch.office.region.code)
    plan = _preview(batch, reading, load_register(batch.office, reading)).plan
    found = []
    for business in plan.businesses:
        for item in business.products:
            if isinstance(item.row, Product) and business.row and isinstance(item.entry, ProductEntry):
                item.row.business = business.row
                found += [(item.row, name, pictures[name]) for name in item.entry.photos]
    return found


@transaction.atomic
def give_up(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Let a waiting list go without importing it; its file is forgotten. Pressing again changes nothing.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the list was imported.
    """
    locked = _lock(actor, batch)
    if locked.state != ImportBatch.State.GIVEN_UP:
        _check_waits(locked)
        locked.state, locked.content = ImportBatch.State.GIVEN_UP, None
        locked.save(update_fields=["state", "content"])
    return locked


@transaction.atomic
def undo(
    *, actor: Actor, batch: ImportBatch, now: datetime, find_more: FindUses | None = None
) -> ImportBatch:
    """Take an import back: what it made goes, what it changed becomes what it was. All of it or nothing.

    ``find_more`` tells of uses that only the caller knows, and locks what it needs first. Pressing again
    changes nothing.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the list was never imported.
        AlreadyUsed: something else has touched its rows; names what.
    """
    locked = _lock(actor, batch)
    if locked.state == ImportBatch.State.UNDONE:
        return locked
    if locked.state != ImportBatch.State.IMPORTED:
        raise WrongState(_("Daftar ini belum diimpor, jadi tidak ada yang ditarik kembali."))
    footprint = Footprint(locked)
    uses = [*(find_more(footprint) if find_more else ()), *import_undo.find_uses(footprint)]
    if uses:
        raise AlreadyUsed(import_undo.sentence(uses))
    import_undo.take_back(footprint, now)
    locked.state, locked.undone_at = ImportBatch.State.UNDONE, now
    locked.save(update_fields=["state", "undone_at"])
    history.record(actor=actor, subject=locked, action="undone")
    return locked


def template() -> bytes:
    """Return the empty list for offices, with the portal's own words to choose from. Costs four queries."""
    goods = Category.objects.exclude(code=taxonomy.LINES_OF_BUSINESS).exclude(
        parent__code=taxonomy.LINES_OF_BUSINESS
    )
    lines = Category.objects.filter(parent__code=taxonomy.LINES_OF_BUSINESS)
    return empty_template(
        {
            Choice.CATEGORY: [
                *goods.sectors().order_by("position", "pk").values_list("name_id", flat=True),
                *goods.families().order_by("name_id", "pk").values_list("name_id", flat=True),
            ],
            Choice.LINE: list(lines.order_by("name_id", "pk").values_list("name_id", flat=True)),
            Choice.UNIT: list(Unit.objects.order_by("dimension", "pk").values_list("label_id", flat=True)),
            Choice.AREA: list(Province.objects.order_by("name", "pk").values_list("name", flat=True)),
        }
    )


def vocabulary(home: str = "") -> Vocabulary:
    """Return the words of the reference rows, for an office of the region ``home``. Costs four queries."""
    units = list(Unit.objects.select_related("base").order_by("code"))
    return Vocabulary(
        families=families_of(list(Category.objects.order_by("position", "pk"))),
        units=[
            taxonomy.Unit(unit.code, unit.label_id, unit.label_en, tuple(unit.synonyms)) for unit in units
        ],
        scales={unit.code: Scale(unit.base.code if unit.base else unit.code, unit.factor) for unit in units},
        areas={taxonomy.fold(name): code for name, code in names_of_places().items()},
        home=home,
    )


def decisions_of(batch: ImportBatch, reading: Reading) -> dict[int, Decision]:
    """Return the decisions by row: the chosen ones, and the sensible one for each other duplicate."""
    entries = {entry.row: entry for entry in reading.businesses}
    sensible = {found.row: sensible_decision(found, entries) for found in reading.duplicates}
    chosen = {int(row): Decision(text) for row, text in batch.duplicate_choices.items()}
    return sensible | chosen


def _with_decisions(batch: ImportBatch, choices: Mapping[int, str]) -> dict[str, str]:
    """Return the decisions as the batch keeps them, the new ones over the old."""
    return {**batch.duplicate_choices, **{str(row): str(Decision(text)) for row, text in choices.items()}}


def _read(batch: ImportBatch, today: date) -> Reading:
    """Read the waiting file again, with the answers given so far."""
    try:
        return _reading_of(
            bytes(batch.content or b""), today, batch.column_choices, home=batch.office.region.code
        )
    except UnreadableFile as error:
        raise OpenQuestions(error.message) from error


def _reading_of(content: bytes, today: date, choices: Mapping[str, str], home: str = "") -> Reading:
    """Return what a workbook, alone or in a ZIP with photos, says."""
    bundle = open_bundle(content)
    sheets = open_workbook(bundle.workbook)
    reading = read_list(sheets, vocabulary=vocabulary(home), latest=today, choices=choices)
    return with_photos(reading, bundle)


def _preview(batch: ImportBatch, reading: Reading, register: Register) -> Preview:
    decisions = decisions_of(batch, reading)
    in_list = {found.row: decisions[found.row] for found in reading.duplicates}
    undecided = make_plan(reading, in_list, register, batch.overwriting)
    renamed = [plan for plan in undecided.businesses if plan.is_under_another_name]
    return Preview(batch, reading, make_plan(reading, decisions, register, batch.overwriting), renamed)


def _lock(actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Return the import as it stands once the office's list is locked: one writer per office at a time."""
    _check_may_import(actor, batch.office)
    Office.objects.select_for_update().get(pk=batch.office_id)
    return ImportBatch.objects.select_related("office__region").get(pk=batch.pk)


def _check_may_import(actor: Actor, office: Office) -> None:
    if not (actor.is_admin or actor.office_id == office.pk):
        raise PermissionDenied(_("Daftar diimpor oleh dinas yang mencatat pelaku usahanya."))


def _check_waits(batch: ImportBatch) -> None:
    if batch.state == ImportBatch.State.PREVIEW:
        return
    words = {
        ImportBatch.State.IMPORTED: _("Daftar ini sudah diimpor."),
        ImportBatch.State.UNDONE: _(
            "Impor ini sudah ditarik kembali. Unggah berkasnya lagi untuk mengulang."
        ),
        ImportBatch.State.GIVEN_UP: _("Daftar ini sudah dibatalkan. Unggah berkasnya lagi untuk mengulang."),
    }
    raise WrongState(words[ImportBatch.State(batch.state)])


def _check_ready(shown: Preview) -> None:
    if not shown.has_name_column:
        raise OpenQuestions(_("Pilih dahulu kolom yang memuat nama usaha."))
    unknown = shown.reading.unknown_columns
    if unknown:
        text = ngettext(
            "Jelaskan dahulu kolom %(titles)s, atau pilih abaikan.",
            "Jelaskan dahulu kolom %(titles)s, atau pilih abaikan.",
            len(unknown),
        )
        raise OpenQuestions(text % {"titles": ", ".join(f"“{title}”" for title in unknown)})
    if not shown.plan.businesses:
        raise OpenQuestions(
            _("Tidak ada usaha yang diimpor. Isi nama usahanya, atau ubah keputusan “lewati”.")
        )
