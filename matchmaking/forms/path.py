"""Forms of a pair's path: a step, closing, a sample and what became of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matchmaking.models import Pair, Reason, Sample, Step
from matchmaking.path import Rule
from products.forms.evidence import EvidenceField
from products.forms.profiles import text_options
from products.models import Business
from tradecontact.fields import DayField, PlainTextField

PICK_STEP = _("Pilih apa yang sudah terjadi.")
PICK_REASON = _("Pilih alasannya dari daftar.")
READ_BY = _("Dibaca kedua usaha dan dinasnya.")


def _choice(label: Any, choices: Any, missing: Any, **options: Any) -> forms.ChoiceField:
    """Return a choice that says the same sentence when nothing or something unknown was chosen."""
    messages = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=choices, error_messages=messages, **options)


def _note(help_text: Any = READ_BY) -> PlainTextField:
    area = forms.Textarea(attrs={"rows": 2})
    return PlainTextField(label=_("Catatan"), help_text=help_text, widget=area, **text_options(300))


def past_day(day: date, today: date) -> date:
    """Return a day that has come.

    Raises:
        ValidationError: it lies ahead.
    """
    if day > today:
        raise forms.ValidationError(gettext("Tanggal ini belum tiba. Pilih hari ini atau sebelumnya."))
    return day


class StepForm(forms.Form):
    """What happened next; only steps that the table allows now can be chosen, or the one just taken."""

    to = _choice(_("Apa yang sudah terjadi?"), [], PICK_STEP, widget=forms.RadioSelect)
    document = PlainTextField(
        label=_("Nomor dokumen"),
        help_text=_(
            "Untuk LoI, pesanan, pengiriman dan pesanan ulang: isi nomornya, atau lampirkan fotonya."
        ),
        **text_options(80),
    )
    file = EvidenceField(
        label=_("Foto atau PDF dokumennya"),
        required=False,
        help_text=_("Dibaca kedua usaha dan dinasnya. Paling besar 8 MB."),
    )
    note = _note()

    def __init__(self, *args: Any, rules: Sequence[Rule], stands: Step, **options: Any) -> None:
        super().__init__(*args, **options)
        steps: list[Step] = [rule.to for rule in rules if rule.to != Step.CLOSED]
        self.has_steps = bool(steps)
        if self.data.get("to") == stands and stands not in steps:
            steps.append(stands)  # the button was pressed twice
        cast("forms.ChoiceField", self.fields["to"]).choices = [(step.value, step.label) for step in steps]

    def clean_to(self) -> Step:
        return Step(self.cleaned_data["to"])


class SideForm(forms.Form):
    """A form that names one of the two sides of a pair."""

    def __init__(self, *args: Any, pair: Pair, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sides = {str(side.pk): side for side in (pair.business_a, pair.business_b)}
        names = [(key, side.name) for key, side in self._sides.items()]
        cast("forms.ChoiceField", self.fields[self.side_field]).choices = names

    side_field = ""

    def side(self) -> Business | None:
        return self._sides.get(self.cleaned_data[self.side_field])


class CloseForm(SideForm):
    """Why a pair goes no further, and which side needs help when an office can help."""

    side_field = "lacking"

    reason = _choice(_("Alasan"), [("", _("Pilih alasan")), *Reason.choices], PICK_REASON)
    lacking = _choice(
        _("Usaha yang perlu dibantu"),
        [],
        _("Pilih salah satu dari kedua usaha."),
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Perlu untuk halal, izin edar, kemasan, mutu dan kapasitas: dinasnya mendapat tugas, dan pada "
            "kontak dagang berikutnya terlihat siap atau belum."
        ),
    )
    note = _note()

    def clean_reason(self) -> Reason:
        return Reason(self.cleaned_data["reason"])


class ReopenForm(forms.Form):
    """Why a closed pair goes on."""

    note = PlainTextField(
        label=_("Mengapa dibuka lagi?"),
        help_text=READ_BY,
        **text_options(300, _("Tulis mengapa pasangan ini dibuka lagi.")),
    )


class SampleForm(SideForm):
    """Which sample goes which way, and who pays."""

    side_field = "sender"

    sender = _choice(
        _("Siapa yang mengirim?"), [], _("Pilih salah satu dari kedua usaha."), widget=forms.RadioSelect
    )
    what = PlainTextField(
        label=_("Contoh apa dan berapa?"),
        help_text=_("Mis. 2 pasang sepatu kulit ukuran 40."),
        **text_options(160, _("Tulis contoh apa yang dikirim.")),
    )
    payer = _choice(
        _("Biaya contoh dan kirimnya"),
        Sample.Payer.choices,
        _("Pilih siapa yang menanggung biayanya."),
        widget=forms.RadioSelect,
    )

    def clean_payer(self) -> Sample.Payer:
        return Sample.Payer(self.cleaned_data["payer"])


class ReportForm(forms.Form):
    """On which day a sample was sent or arrived; the button says which."""

    kabar = _choice("", [("dikirim", ""), ("diterima", "")], _("Tekan Dikirim atau Diterima."))
    day = DayField(label=_("Tanggal"), error_messages={"required": _("Pilih tanggalnya.")})

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._today = today

    def clean_day(self) -> date:
        return past_day(self.cleaned_data["day"], self._today)


class JudgeForm(forms.Form):
    """What the receiver says of a sample."""

    verdict = _choice(
        _("Bagaimana contohnya?"),
        Sample.Verdict.choices,
        _("Pilih cocok, perlu perbaikan, atau tidak cocok."),
        widget=forms.RadioSelect,
    )
    lacking = _choice(
        _("Apa yang kurang?"),
        [("", _("tidak ada")), *Reason.choices],
        PICK_REASON,
        required=False,
        help_text=_("Perlu diisi, kecuali contohnya cocok."),
    )
    note = _note()
    photo = EvidenceField(
        label=_("Foto contohnya"),
        is_photo=True,
        required=False,
        help_text=_("Mis. kemasan yang penyok. Dibaca kedua usaha dan dinasnya. Paling besar 8 MB."),
    )

    def clean_verdict(self) -> Sample.Verdict:
        return Sample.Verdict(self.cleaned_data["verdict"])

    def clean_lacking(self) -> Reason | None:
        return Reason(self.cleaned_data["lacking"]) if self.cleaned_data["lacking"] else None
