"""Forms of a curation for officers: its frame, criteria, reviewers, a sheet, the decision, an addendum."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from matchmaking.curation_decision import Verdict
from matchmaking.curation_pages import RankedRow
from matchmaking.models import Application, Criterion, CurationScore, Delegation
from matchmaking.models.curation import HIGHEST_SCORE, HIGHEST_WEIGHT, LOWEST_SCORE
from products.models import Business
from products.models.businesses import BusinessQuerySet
from tradecontact.fields import DayField, PlainTextField
from tradecontact.templatetags.tradecontact_tags import desimal

MOST_CRITERIA = 8
TOO_LONG = {"max_length": _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.")}
WEIGHT_RANGE = _("Tulis bobot dengan angka bulat dari 1 sampai 100.")


class ReasonForm(forms.Form):
    """Why something is done; it is kept."""

    reason = PlainTextField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasannya."), **TOO_LONG},
    )


class ConflictForm(forms.Form):
    """Why a reviewer does not score one business."""

    reason = PlainTextField(
        label=_("Hubungan Anda dengan usaha ini"),
        max_length=200,
        help_text=_("Mis. keluarga pemilik, pernah menjadi pegawainya, atau ikut memiliki."),
        error_messages={"required": _("Tulis hubungan Anda dengan usaha ini."), **TOO_LONG},
    )


class FrameForm(forms.Form):
    """Quota and the days of applying."""

    quota = forms.IntegerField(
        label=_("Kuota"),
        min_value=1,
        max_value=999,
        help_text=_("Banyaknya usaha yang dipilih dalam kurasi ini."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Tulis kuota, mis. 30."),
            "invalid": _("Tulis kuota dengan angka, mis. 30."),
            "min_value": _("Kuota paling sedikit 1 pelaku usaha."),
            "max_value": _("Kuota paling banyak 999 pelaku usaha."),
        },
    )
    opens_on = DayField(
        label=_("Pendaftaran mulai"), error_messages={"required": _("Pilih hari pertama pendaftaran.")}
    )
    closes_on = DayField(
        label=_("Pendaftaran sampai"), error_messages={"required": _("Pilih hari terakhir pendaftaran.")}
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        opens, closes = entered.get("opens_on"), entered.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("Pendaftaran tidak dapat berakhir sebelum mulai."))
        return entered


class CriteriaForm(forms.Form):
    """Up to eight criteria with weights; an empty name is no criterion."""

    def __init__(self, data: Any = None, *, criteria: Sequence[Criterion]) -> None:
        super().__init__(data)
        present = [(row.name, row.weight) for row in criteria]
        for number in range(MOST_CRITERIA):
            name, weight = present[number] if number < len(present) else ("", None)
            self.fields[f"name_{number}"] = PlainTextField(
                label=gettext("Kriteria %(number)d") % {"number": number + 1},
                max_length=80,
                required=False,
                initial=name,
                error_messages=TOO_LONG,
            )
            self.fields[f"weight_{number}"] = forms.IntegerField(
                label=gettext("Bobot kriteria %(number)d") % {"number": number + 1},
                min_value=1,
                max_value=HIGHEST_WEIGHT,
                required=False,
                initial=weight,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], WEIGHT_RANGE),
            )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        names: set[str] = set()
        for number in range(MOST_CRITERIA):
            name, weight = entered.get(f"name_{number}"), entered.get(f"weight_{number}")
            if name and not weight and f"weight_{number}" not in self.errors:
                self.add_error(f"weight_{number}", WEIGHT_RANGE)
            if name and name.casefold() in names:
                self.add_error(f"name_{number}", gettext("Kriteria ini tertulis dua kali."))
            names.add((name or "").casefold())
        return entered

    def criteria(self) -> list[tuple[str, int]]:
        """Return the criteria written, in order."""
        entered = self.cleaned_data
        pairs = [(entered[f"name_{number}"], entered[f"weight_{number}"]) for number in range(MOST_CRITERIA)]
        return [(name, weight) for name, weight in pairs if name]

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"name_{number}"], self[f"weight_{number}"]) for number in range(MOST_CRITERIA)]


class OfficerChoice(forms.ModelMultipleChoiceField):
    """Officers by their name alone."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class ReviewersForm(forms.Form):
    """Which officers of the office score; whoever is named already can stay."""

    users = OfficerChoice(
        User.objects.none(),
        label=_("Penilai"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Paling sedikit dua. Mereka menilai sendiri-sendiri, tanpa melihat nilai yang lain."),
        error_messages={
            "required": _("Pilih paling sedikit dua penilai."),
            "invalid_choice": _("Penilai harus petugas dinas ini."),
            "invalid_pk_value": _("Penilai harus petugas dinas ini."),
        },
    )

    def __init__(self, data: Any = None, *, delegation: Delegation, named: Sequence[int]) -> None:
        super().__init__(data, initial={"users": named})
        own = User.objects.filter(office_memberships__office=delegation.office_id, is_active=True)
        officers = User.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=named))
        users = cast("forms.ModelMultipleChoiceField", self.fields["users"])
        users.queryset = officers.order_by("name", "pk")


class ApplicantsForm(forms.Form):
    """Businesses that applied on paper or by phone."""

    businesses = forms.ModelMultipleChoiceField(
        Business.objects.none(),
        error_messages={
            "required": _("Beri tanda pada paling sedikit satu usaha."),
            "invalid_choice": _("Usaha ini tidak ada dalam daftar. Muat ulang halaman."),
            "invalid_pk_value": _("Usaha ini tidak ada dalam daftar. Muat ulang halaman."),
        },
    )

    def __init__(self, data: Any = None, *, candidates: BusinessQuerySet) -> None:
        super().__init__(data)
        cast("forms.ModelMultipleChoiceField", self.fields["businesses"]).queryset = candidates


class AdmissionForm(ReasonForm):
    """A business that comes by an addendum, and why."""

    business = forms.ModelChoiceField(
        Business.objects.none(),
        label=_("Pelaku usaha"),
        empty_label=_("Pilih"),
        error_messages={
            "required": _("Pilih pelaku usaha yang ditambahkan."),
            "invalid_choice": _("Usaha ini tidak ada dalam daftar. Muat ulang halaman."),
        },
    )
    field_order = ["business", "reason"]

    def __init__(self, data: Any = None, *, candidates: BusinessQuerySet) -> None:
        super().__init__(data)
        cast("forms.ModelChoiceField", self.fields["business"]).queryset = candidates


class SheetForm(forms.Form):
    """One reviewer's scores of one application; what is left open stays open."""

    def __init__(
        self, data: Any = None, *, criteria: Sequence[Criterion], scores: Sequence[CurationScore]
    ) -> None:
        super().__init__(data)
        given = {row.criterion_id: row for row in scores}
        choices = [(number, str(number)) for number in range(LOWEST_SCORE, HIGHEST_SCORE + 1)]
        self.criteria = list(criteria)
        for criterion in self.criteria:
            row = given.get(criterion.pk)
            self.fields[f"score_{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.name,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=row and row.score,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Nilai adalah angka bulat dari 1 sampai 5.")},
            )
            self.fields[f"note_{criterion.pk}"] = PlainTextField(
                label=gettext("Catatan: %(criterion)s") % {"criterion": criterion.name},
                max_length=200,
                required=False,
                initial=row.note if row else "",
                error_messages=TOO_LONG,
            )

    def clean(self) -> dict[str, Any]:
        """Keep no note without its score: a note belongs to a score."""
        entered = super().clean() or self.cleaned_data
        for row in self.criteria:
            score = f"score_{row.pk}"
            if entered.get(f"note_{row.pk}") and entered.get(score) is None and score not in self.errors:
                self.add_error(score, gettext("Pilih nilainya juga, supaya catatan ini tersimpan."))
        return entered

    def lines(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        return [(row, self[f"score_{row.pk}"], self[f"note_{row.pk}"]) for row in self.criteria]

    def sheet(self) -> dict[int, tuple[int, str]]:
        """Return the scores given, by criterion."""
        entered = self.cleaned_data
        return {
            row.pk: (entered[f"score_{row.pk}"], entered[f"note_{row.pk}"])
            for row in self.criteria
            if entered[f"score_{row.pk}"] is not None
        }


class DecisionForm(forms.Form):
    """A decision and a reason for everybody; where equals stand on the line nothing is suggested."""

    line_reason = PlainTextField(
        label=_("Alasan urutan di garis kuota"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Wajib bila nilai sama terbagi oleh garis kuota, atau bila yang lebih rendah didahulukan."
        ),
        error_messages=TOO_LONG,
    )

    def __init__(self, data: Any = None, *, rows: Sequence[RankedRow], reserves: int) -> None:
        super().__init__(data)
        self.rows = list(rows)
        left = reserves
        for row in self.rows:
            suggestion = {"inside": "chosen", "tied": ""}.get(row.side)
            if suggestion is None:
                suggestion = "reserve" if left > 0 else "refused"
                left -= 1
            key = row.application.pk
            self.fields[f"decision_{key}"] = forms.ChoiceField(
                label=gettext("Keputusan untuk %(name)s") % {"name": row.application.business.name},
                choices=[("", _("Pilih")), *Application.Decision.choices],
                initial=suggestion,
                error_messages={
                    "required": _("Pilih keputusannya."),
                    "invalid_choice": _("Pilih keputusannya."),
                },
            )
            self.fields[f"reason_{key}"] = PlainTextField(
                label=gettext("Alasan untuk %(name)s") % {"name": row.application.business.name},
                max_length=500,
                initial=_reason_for(row),
                error_messages={"required": _("Tulis alasannya."), **TOO_LONG},
            )

    def lines(self) -> list[tuple[RankedRow, forms.BoundField, forms.BoundField]]:
        return [
            (row, self[f"decision_{row.application.pk}"], self[f"reason_{row.application.pk}"])
            for row in self.rows
        ]

    def verdicts(self) -> dict[int, Verdict]:
        entered = self.cleaned_data
        keys = [row.application.pk for row in self.rows]
        return {key: Verdict(entered[f"decision_{key}"], entered[f"reason_{key}"]) for key in keys}


class AmendForm(ReasonForm):
    """How an application stands from now on, and why."""

    state = forms.ChoiceField(
        label=_("Keadaan baru"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih keadaan baru dari daftar."),
            "invalid_choice": _("Pilih keadaan baru dari daftar."),
        },
    )
    field_order = ["state", "reason"]

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data)
        possible = {Application.State.CHOSEN, Application.State.REFUSED}
        if application.reserve_number is not None:
            possible.add(Application.State.RESERVE)
        choices = [(state.value, state.label) for state in Application.State if state in possible]
        cast("forms.ChoiceField", self.fields["state"]).choices = [
            choice for choice in choices if choice[0] != application.state
        ]


def _reason_for(row: RankedRow) -> str:
    """Suggest a reason that the business itself may read: its own place and value only."""
    if row.place.place is None:
        return ""
    with override("id"):  # it is stored, and the business reads Indonesian
        values = {"place": row.place.place, "value": desimal(row.mean, 2)}
        return gettext("Peringkat %(place)s, nilai %(value)s dari 5.") % values
