"""The path of a pair as sentences of its history."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import HistoryEntry
from matchmaking.models import FollowUp, Reason, Sample, Step
from products.timeline import Words
from tradecontact.templatetags.tradecontact_tags import tanggal


def _stepped(entry: HistoryEntry) -> str:
    before, after = (entry.before or {})["step"], entry.after or {}
    values = {"before": Step(before).label, "to": Step(after["step"]).label}
    if after["step"] == Step.CLOSED:
        return _("Ditutup: %(reason)s.") % {"reason": Reason(after["reason"]).label}
    if before == Step.CLOSED:
        return _("Dibuka lagi, kembali ke “%(to)s”.") % values
    if after["step"] == Step.PROPOSED:
        return _("Salah satu pihak menarik jawabannya; kembali ke “%(to)s”.") % values
    if list(Step).index(Step(after["step"])) < list(Step).index(Step(before)):
        return _("Bukti “%(before)s” ditarik; kembali ke “%(to)s”.") % values
    return _("Langkah: %(before)s → %(to)s.") % values


def _day(entry: HistoryEntry) -> dict[str, object]:
    after = entry.after or {}
    return {"number": after["number"], "day": tanggal(date.fromisoformat(after["day"]))}


def _sample_sent(entry: HistoryEntry) -> str:
    return _("Contoh ke-%(number)s dikirim %(day)s.") % _day(entry)


def _sample_received(entry: HistoryEntry) -> str:
    return _("Contoh ke-%(number)s diterima %(day)s.") % _day(entry)


def _sample_agreed(entry: HistoryEntry) -> str:
    return _("Contoh ke-%(number)s disepakati: %(what)s.") % entry.after


def _sample_judged(entry: HistoryEntry) -> str:
    after = entry.after or {}
    values = {"number": after["number"], "verdict": Sample.Verdict(after["verdict"]).label}
    if after["lacking"]:
        values["lacking"] = Reason(after["lacking"]).label
        return _("Contoh ke-%(number)s dinilai: %(verdict)s, %(lacking)s.") % values
    return _("Contoh ke-%(number)s dinilai: %(verdict)s.") % values


def _quote_asked(entry: HistoryEntry) -> str:
    return _("Penawaran diminta: %(what)s.") % entry.after


def _quote_given(entry: HistoryEntry) -> str:
    return _("Penawaran diberikan: %(what)s.") % entry.after


def _quote_changed(entry: HistoryEntry) -> str:
    return _("Penawaran diubah: %(what)s.") % entry.after


def _quotes_closed(entry: HistoryEntry) -> str:
    return _("Permintaan penawaran ditutup: %(what)s.") % entry.after


def _task_opened(entry: HistoryEntry) -> str:
    after = entry.after or {}
    return _("Menjadi tugas dinas: %(reason)s, tenggat %(day)s.") % {
        "reason": Reason(after["reason"]).label,
        "day": tanggal(date.fromisoformat(after["due_on"])),
    }


def _follow_up_answered(entry: HistoryEntry) -> str:
    after = entry.after or {}
    values = {"days": after["days"], "answer": FollowUp.Answer(after["answer"]).label}
    if after["reason"]:
        values["answer"] = f"{values['answer']}, {Reason(after['reason']).label}"
    if entry.user_id:
        return _("Tindak lanjut hari ke-%(days)s: %(answer)s (diisi oleh petugas).") % values
    return _("Tindak lanjut hari ke-%(days)s: %(answer)s.") % values


def _follow_up_asked(entry: HistoryEntry) -> str:
    after = entry.after or {}
    if after["channel"] == "whatsapp":
        return _("Pertanyaan hari ke-%(days)s dibuka petugas di WhatsApp.") % after
    return _("Pertanyaan hari ke-%(days)s disiapkan untuk e-mail.") % after


def _continues(entry: HistoryEntry) -> str:
    step = Step((entry.after or {})["step"]).label
    return _("Melanjutkan pasangan dari kontak dagang sebelumnya, yang sudah sampai “%(step)s”.") % {
        "step": step
    }


def _continued(entry: HistoryEntry) -> str:
    return _("Dilanjutkan dalam %(contact)s.") % entry.after


OF_A_PATH: Words = {
    "pair.stepped": _stepped,
    "pair.sample_agreed": _sample_agreed,
    "pair.sample_sent": _sample_sent,
    "pair.sample_received": _sample_received,
    "pair.sample_judged": _sample_judged,
    "pair.quote_asked": _quote_asked,
    "pair.quote_given": _quote_given,
    "pair.quote_changed": _quote_changed,
    "pair.quote_request_closed": _quotes_closed,
    "pair.task_opened": _task_opened,
    "pair.task_changed": gettext_lazy("Tugas dinas diubah."),
    "pair.task_done": gettext_lazy("Tugas dinas selesai."),
    "pair.continues": _continues,
    "pair.continued": _continued,
    "pair.follow_up_asked": _follow_up_asked,
    "pair.follow_up_answered": _follow_up_answered,
}
ONLY_SIDES_READ = {name.removeprefix("pair.") for name in OF_A_PATH}
"""Actions whose notes are read by the two sides and their offices alone."""
