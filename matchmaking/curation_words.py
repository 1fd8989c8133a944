"""What history says of a curation, its applications and offers to supply: a sentence for every action.

No sentence holds a score, and an applicant's reason stands on the page of the curation alone.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import HistoryEntry
from matchmaking.models import Application
from products.timeline import Words
from tradecontact.templatetags.tradecontact_tags import tanggal


def change_in_words(change: dict[str, Any]) -> str:
    """Return one line of an addendum, such as ``Batik Ayu: cadangan → terpilih``."""
    before, after = Application.State(change["from"]).label, Application.State(change["to"]).label
    return f"{change['business']}: {before} → {after}"


def _day(text: str) -> str:
    return tanggal(date.fromisoformat(text))


def _opened(entry: HistoryEntry) -> str:
    after = entry.after or {}
    return _("Kurasi dibuka: kuota %(quota)d, pendaftaran %(opens)s – %(closes)s.") % {
        "quota": after["quota"],
        "opens": _day(after["opens_on"]),
        "closes": _day(after["closes_on"]),
    }


def _changed(entry: HistoryEntry) -> str:
    """Name what changed of the quota and the days of applying, from what to what."""
    before, after = entry.before or {}, entry.after or {}
    labels = {
        "quota": _("kuota"),
        "opens_on": _("pendaftaran mulai"),
        "closes_on": _("pendaftaran sampai"),
    }
    changes = [
        f"{label} {_shown(before[name])} → {_shown(after[name])}"
        for name, label in labels.items()
        if before[name] != after[name]
    ]
    return _("Kurasi diubah: %(changes)s.") % {"changes": "; ".join(changes)}


def _shown(value: Any) -> str:
    return _day(value) if isinstance(value, str) else str(value)


def _criteria_set(entry: HistoryEntry) -> str:
    criteria = ", ".join(f"{name} ({weight})" for name, weight in entry.after or [])
    return _("Kriteria kurasi dan bobotnya ditetapkan: %(criteria)s.") % {"criteria": criteria}


def _reviewers_named(entry: HistoryEntry) -> str:
    number = len(entry.after or [])
    text = ngettext("Penilai kurasi ditunjuk: %(number)d.", "Penilai kurasi ditunjuk: %(number)d.", number)
    return text % {"number": number}


def _decided(entry: HistoryEntry) -> str:
    return _("Kurasi diputuskan: %(chosen)d terpilih dari %(applications)d pendaftar.") % entry.after


def _amended(entry: HistoryEntry) -> str:
    after = entry.after or {}
    changes = "; ".join(change_in_words(change) for change in after["changes"])
    return _("Adendum %(number)d: %(changes)s.") % {"number": after["number"], "changes": changes}


def _import_undone(entry: HistoryEntry) -> str:
    return _("Pendaftaran %(business)s hilang karena impornya ditarik kembali.") % entry.before


OF_A_CURATION: Words = {
    "curation.opened": _opened,
    "curation.changed": _changed,
    "curation.criteria_set": _criteria_set,
    "curation.reviewers_named": _reviewers_named,
    "curation.scoring_started": gettext_lazy("Pendaftaran ditutup dan penilaian dimulai."),
    "curation.reopened": gettext_lazy("Pendaftaran dibuka lagi."),
    "curation.reviewer_finished": gettext_lazy("Satu penilai menyatakan selesai menilai."),
    "curation.decided": _decided,
    "curation.amended": _amended,
    "curation.application_import_undone": _import_undone,
    "curation.link_issued": gettext_lazy("Tautan pendaftaran dibuat."),
    "curation.link_revoked": gettext_lazy("Tautan pendaftaran dicabut."),
    "application.applied": gettext_lazy("%(business)s mendaftar."),
    "application.applied_again": gettext_lazy("%(business)s mendaftar lagi."),
    "application.joined": gettext_lazy("Pendaftaran %(business)s digabungkan dengan usaha yang dikenal."),
    "application.conflict_declared": gettext_lazy("Benturan kepentingan dinyatakan untuk %(business)s."),
    "application.scored": gettext_lazy("Lembar penilaian %(business)s diisi."),
    "application.chosen": gettext_lazy("%(business)s terpilih."),
    "application.reserve": gettext_lazy("%(business)s masuk cadangan."),
    "application.refused": gettext_lazy("%(business)s belum terpilih."),
    "application.withdrawn": gettext_lazy("%(business)s mengundurkan diri dari kurasi."),
}
OF_AN_OFFER: Words = {
    "supplyoffer.offered": gettext_lazy("%(business)s menyatakan bisa memasok."),
    "supplyoffer.turned_into_pair": gettext_lazy("Tawaran memasok menjadi pasangan usaha ini."),
    "supplyoffer.closed": gettext_lazy("Tawaran memasok ditutup."),
}
