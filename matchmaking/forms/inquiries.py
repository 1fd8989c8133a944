"""The form by which a stranger expresses interest, and the form by which an officer makes a pair of it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.buyers import Choice
from matchmaking.inquiries import CONSENT_SENTENCE, LISTING_SENTENCE, Sender
from matchmaking.inquiry_subjects import Subject
from products.forms.fields import PhoneField
from products.models import Business
from regions.forms import RegionField
from tradecontact.fields import PlainTextField, QuantityField
from tradecontact.form_tokens import YOUNGEST
from tradecontact.public_forms import PublicForm
from tradecontact.templatetags.tradecontact_tags import angka

TOO_LONG = {"max_length": _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.")}


class InquiryForm(PublicForm):
    """Who is interested, from where, how to answer, and what is wanted."""

    sender_name = PlainTextField(
        label=_("Nama Anda"),
        max_length=80,
        error_messages={"required": _("Tulis nama Anda."), **TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    company = PlainTextField(
        label=_("Nama usaha atau lembaga"),
        max_length=120,
        required=False,
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    region = RegionField(
        label=_("Kabupaten atau kota Anda"),
        help_text=_("Mis. Kota Surakarta atau Kab. Bandung."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "list": "daftar-wilayah"}),
    )
    phone = PhoneField(
        label=_("Nomor HP/WA"),
        required=False,
        help_text=_("Isi nomor HP/WA atau alamat e-mail, salah satu cukup."),
    )
    email = forms.EmailField(
        label=_("Alamat e-mail"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Tulis alamat e-mail lengkap, mis. nama@contoh.id."), **TOO_LONG},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    quantity = QuantityField(label=_("Jumlah yang diminati"), required=False)
    message = PlainTextField(
        label=_("Pesan"),
        max_length=1000,
        required=False,
        help_text=_("Mis. dipakai untuk apa, dibutuhkan kapan, ukuran atau warna."),
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    has_consent = forms.BooleanField(
        label=CONSENT_SENTENCE,
        error_messages={"required": _("Beri tanda persetujuan, supaya kami boleh meneruskan data Anda.")},
    )
    may_be_listed = forms.BooleanField(label=LISTING_SENTENCE, required=False)

    seen_names: ClassVar[tuple[str, ...]] = (
        "sender_name", "company", "region", "phone", "email", "quantity", "message", "has_consent",
        "may_be_listed",
    )  # fmt: skip
    default_error_messages: ClassVar[dict[str, Any]] = PublicForm.default_error_messages | {
        "no_contact": _("Isi nomor HP/WA atau alamat e-mail, supaya Anda dapat dihubungi."),
    }

    def __init__(
        self, data: Any = None, *, subject: Subject, now: datetime, youngest: timedelta = YOUNGEST
    ) -> None:
        super().__init__(data, subject=subject.key, now=now, youngest=youngest)
        quantity = self.fields["quantity"]
        words = _("Jumlah yang bisa dipasok") if subject.need else _("Jumlah yang diminati")
        quantity.label = f"{words} ({subject.unit})" if subject.unit else words
        if subject.need:
            self.fields["message"].help_text = _("Mis. produk Anda, harga, dan kapan dapat dikirim.")
        if subject.product and subject.product.min_order:
            quantity.help_text = _("Pesanan minimum %(quantity)s.") % {
                "quantity": f"{angka(subject.product.min_order)} {subject.unit or ''}".strip()
            }

    def clean(self) -> dict[str, Any]:
        """Ask for a way to answer."""
        entered = super().clean() or {}
        unusable = {"phone", "email"} & self.errors.keys()
        if not (entered.get("phone") or entered.get("email") or unusable):
            self.add_error("phone", self.default_error_messages["no_contact"])
        return entered

    def sender(self) -> Sender:
        """Return what ``send_inquiry`` needs of a valid form."""
        names = [name for name in self.seen_names if name != "has_consent"]
        return cast("Sender", {name: self.cleaned_data[name] for name in names})


class BuyerForm(forms.Form):
    """Who the sender is: a business the portal suggests, another one of the contact, or a new one."""

    NEW, OTHER = "new", "other"

    buyer = forms.ChoiceField(
        label=_("Siapa pembelinya?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih pembelinya: usaha yang sudah ada, atau usaha baru."),
            "invalid_choice": _("Pilih pembelinya dari daftar."),
        },
    )
    other = forms.ModelChoiceField(
        Business.objects.none(),
        label=_("Usaha lain dalam kontak dagang ini"),
        required=False,
        empty_label=_("Pilih usaha"),
        error_messages={"invalid_choice": _("Pilih usaha dari daftar.")},
    )

    def __init__(self, data: Any = None, *, choice: Choice) -> None:
        super().__init__(data)
        self.suggested = {
            str(suggestion.business.pk): suggestion.business for suggestion in choice.suggestions
        }
        options: list[tuple[str, Any]] = [
            (str(suggestion.business.pk), f"{suggestion.business.name} ({suggestion.why})")
            for suggestion in choice.suggestions
        ]
        if not choice.why_not_new:
            new = _("Usaha baru: %(name)s, %(region)s") % {
                "name": choice.new_name,
                "region": choice.new_region,
            }
            options.append((self.NEW, new))
        options.append((self.OTHER, _("Usaha lain dalam kontak dagang ini")))
        buyer = cast("forms.ChoiceField", self.fields["buyer"])
        buyer.choices, buyer.initial = options, options[0][0]
        cast("forms.ModelChoiceField", self.fields["other"]).queryset = choice.possible

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("buyer") == self.OTHER and "other" not in self.errors and not entered.get("other"):
            self.add_error("other", _("Pilih usahanya dari daftar ini."))
        return entered

    def business(self) -> Business | None:
        """Return the business chosen, or None for a new one."""
        choice = self.cleaned_data["buyer"]
        return self.cleaned_data["other"] if choice == self.OTHER else self.suggested.get(choice)


class CloseForm(forms.Form):
    """Why an inquiry leaves the waiting list without a pair."""

    reason = PlainTextField(
        label=_("Alasan"),
        max_length=200,
        help_text=_(
            "Mis. sudah dihubungi langsung, pengirim satu daerah dengan penjual, atau kiriman iseng."
        ),
        error_messages={"required": _("Tulis alasannya, mis. sudah dihubungi langsung."), **TOO_LONG},
    )
