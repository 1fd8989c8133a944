"""The history of pairs and trade contacts as sentences, in the reader's language."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.actors import Actor
from accounts.models import HistoryEntry
from matchmaking.curation_words import OF_A_CURATION, OF_AN_OFFER
from matchmaking.models import Application, Curation, Delegation, Interest, Pair, SupplyOffer, TradeContact
from matchmaking.money_words import NOTES_OF_SIDES, OF_MONEY
from matchmaking.path_words import OF_A_PATH, ONLY_SIDES_READ
from matchmaking.weights import in_words
from products.timeline import Line, Words, tell

TOLD_OTHERWISE = {"answered", "turned_into_pair"}  # by the answer itself; by ``pair.added``
MOST_LINES = 400  # of a trade contact; older ones stay in the database


def _guest_or_host(entry: HistoryEntry) -> str:
    words = {"guest": _("%(office)s ikut sebagai tamu."), "host": _("%(office)s menjadi tuan rumah.")}
    after = entry.after or {}
    return words[after["role"]] % {"office": after["office"]}


def _proposed_counts(entry: HistoryEntry) -> str:
    return _("Usulan dihitung: %(pairs)s pasangan, %(came)s baru, %(went)s keluar.") % entry.after


def _weights_changed(entry: HistoryEntry) -> str:
    before, after = in_words(entry.before or {}), in_words(entry.after or {})
    changes = [f"{label} {before.get(label, '?')} → {value}" for label, value in after.items()]
    return _("Bobot diubah: %(changes)s.") % {"changes": "; ".join(changes)}


def _opened_as_return(entry: HistoryEntry) -> str:
    return _("Dibuka sebagai kunjungan balasan dari %(first)s.") % entry.after


def _import_undone(entry: HistoryEntry) -> str:
    return _("%(business)s keluar dari delegasi karena impornya ditarik kembali.") % entry.before


def _pair_added(entry: HistoryEntry) -> str:
    if (entry.after or {}).get("origin") == Pair.Origin.SUPPLY:
        return _("Dibuat dari tawaran memasok.")
    return _("Ditambahkan ke daftar oleh petugas.")


OF_A_CONTACT: Words = {
    "tradecontact.opened": gettext_lazy("Kontak dagang dibuka."),
    "tradecontact.changed": gettext_lazy("Data kontak dagang diperbaiki."),
    "tradecontact.delegation_added": _guest_or_host,
    "tradecontact.pairs_proposed": _proposed_counts,
    "tradecontact.answers_locked": gettext_lazy("Jawaban dikunci untuk jadwal."),
    "tradecontact.answers_unlocked": gettext_lazy("Kunci jawaban dibuka."),
    "tradecontact.run_cancelled": gettext_lazy("Perhitungan usulan dibatalkan; daftar sebelumnya berlaku."),
    "tradecontact.weights_changed": _weights_changed,
    "tradecontact.opened_as_return": _opened_as_return,
    "tradecontact.returned": gettext_lazy("Kunjungan balasan dibuka; pasangan yang masih jalan ikut dibawa."),
    "delegation.participant_added": gettext_lazy("%(business)s masuk delegasi."),
    "delegation.participant_removed": gettext_lazy("%(business)s dikeluarkan dari delegasi."),
    "delegation.participant_import_undone": _import_undone,
    **OF_A_CURATION,
}
OF_A_PAIR: Words = {
    "pair.proposed": gettext_lazy("Diusulkan oleh portal."),
    "pair.left_list": gettext_lazy("Keluar dari daftar usulan."),
    "pair.added": _pair_added,
    "pair.locked": gettext_lazy("Dikunci: tetap dalam daftar."),
    "pair.unlocked": gettext_lazy("Kunci dibuka."),
    "pair.hidden": gettext_lazy("Disembunyikan dari daftar."),
    "pair.unhidden": gettext_lazy("Tidak lagi disembunyikan."),
    "interest.yes": gettext_lazy("%(business)s menjawab: Mau."),
    "interest.no": gettext_lazy("%(business)s menjawab: Tidak."),
    "interest.other_time": gettext_lazy("%(business)s menjawab: Jam lain."),
    "interest.yes_reported": gettext_lazy("%(business)s menjawab: Mau (diisi oleh petugas)."),
    "interest.no_reported": gettext_lazy("%(business)s menjawab: Tidak (diisi oleh petugas)."),
    "interest.other_time_reported": gettext_lazy("%(business)s menjawab: Jam lain (diisi oleh petugas)."),
    **OF_AN_OFFER,
    **OF_A_PATH,
    **OF_MONEY,
}


def of_contact(trade_contact: TradeContact, delegations: Iterable[Delegation], actor: Actor) -> list[Line]:
    """Return what happened to a contact and its delegations, newest first.

    Why an office took a business out is read by that office alone, and so is its curation, without what
    anybody wrote about an applicant. Costs as many queries as ``tell`` and one.

    Businesses that one officer put in or took out on the same day, one after another, are one line.
    """
    rows = list(delegations)
    own = {row.pk for row in rows if actor.is_admin or row.office_id == actor.office_id}
    told = _about(trade_contact, {row.pk for row in rows}, own)
    entries = list(told.select_related("user").order_by("-at", "-pk")[:MOST_LINES])
    for entry in entries:
        is_own = entry.subject_kind != Delegation._meta.label_lower or entry.subject_id in own
        if not is_own or entry.subject_kind == Application._meta.label_lower:
            entry.note = ""
    lines = zip(entries, tell(entries, OF_A_CONTACT), strict=True)
    return [_together([line for _entry, line in group]) for _key, group in groupby(lines, key=_occasion)]


def _about(trade_contact: TradeContact, delegations: set[int], own: set[int]) -> QuerySet[HistoryEntry]:
    """Return history of a contact and its delegations, and of the curations of those in ``own``."""
    curations = Curation.objects.filter(delegation__in=own).values("pk")
    applications = Application.objects.filter(curation__delegation__in=own).values("pk")
    return HistoryEntry.objects.filter(
        Q(subject_kind=TradeContact._meta.label_lower, subject_id=trade_contact.pk)
        | Q(subject_kind=Delegation._meta.label_lower, subject_id__in=delegations)
        | Q(subject_kind=Curation._meta.label_lower, subject_id__in=curations)
        | Q(subject_kind=Application._meta.label_lower, subject_id__in=applications)
    )


def _occasion(told: tuple[HistoryEntry, Line]) -> tuple[object, ...]:
    """Return what lines of one occasion have in common; other lines stand alone.

    What businesses do by their own links stands alone too, since each line names one of them.
    """
    entry, line = told
    day = timezone.localdate(entry.at)
    if entry.subject_kind == Application._meta.label_lower:
        return (entry.subject_kind, entry.action, line.who, day)
    if entry.action.startswith("participant_"):
        return (entry.subject_id, entry.action, entry.user_id, entry.note, day)
    return (entry.pk,)


def _together(lines: list[Line]) -> Line:
    """Return the first line, counting the others of its occasion."""
    if len(lines) == 1:
        return lines[0]
    others = ngettext(
        "Begitu juga %(number)d usaha lain.", "Begitu juga %(number)d usaha lain.", len(lines) - 1
    )
    return replace(lines[0], text=f"{lines[0].text} {others % {'number': len(lines) - 1}}")


def of_pair(pair: Pair, *, with_notes: bool) -> list[Line]:
    """Return everything that happened to a pair, newest first: decisions, proposals, offers, answers.

    ``with_notes=False`` leaves out what the sides wrote beside their answers and steps.

    An answer is told by its ``Interest``, which also holds the note; the line of history that the
    same act has written is left out.
    """
    entries = [entry for entry in _about_pair(pair) if entry.action not in TOLD_OTHERWISE]
    for entry in entries:
        if not with_notes and entry.action in ONLY_SIDES_READ | NOTES_OF_SIDES:
            entry.note = ""
    answers = pair.interests.select_related("recorded_by", "business").order_by("-pk")
    entries += [_as_entry(interest, note=interest.note if with_notes else "") for interest in answers]
    return tell(sorted(entries, key=lambda entry: entry.at, reverse=True), OF_A_PAIR)


def _about_pair(pair: Pair) -> QuerySet[HistoryEntry]:
    """Return the history of a pair and of the offers to supply that became it, newest first."""
    offers = SupplyOffer.objects.filter(pair=pair).values("pk")
    rows = HistoryEntry.objects.filter(
        Q(subject_kind=Pair._meta.label_lower, subject_id=pair.pk)
        | Q(subject_kind=SupplyOffer._meta.label_lower, subject_id__in=offers)
    )
    return rows.select_related("user").order_by("-at", "-pk")


def _as_entry(interest: Interest, *, note: str) -> HistoryEntry:
    """Return an unsaved line of history that says the same as an answer."""
    is_reported = interest.recorded_by is not None
    return HistoryEntry(
        subject_kind=interest._meta.label_lower,
        action=f"{interest.answer}_reported" if is_reported else interest.answer,
        note=note,
        via=interest.via,
        user=interest.recorded_by,
        office_id=interest.business.office_id if is_reported else None,
        business_id=interest.business_id,
        at=interest.at,
    )
