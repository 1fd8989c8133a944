"""An office's own wording of its messages: with the named placeholders of the kind, and nothing else."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from outbox.models import MessageTemplate
from outbox.templates import TEMPLATES
from outbox.wording import has_stray_brace, placeholders
from regions.models import Office

LANGUAGES = ("id", "en")


class StaleWording(ValidationError):
    """A colleague has saved since the editing began."""

    def __init__(self) -> None:
        super().__init__(_("Kalimat ini baru saja diubah oleh orang lain. Isian Anda belum disimpan."))


@dataclass(frozen=True)
class Wording:
    """What an office's messages of one kind say in one language; ``version`` 0 is the portal's own."""

    kind: str
    language: str
    title: str | Promise
    subject: str
    body: str
    version: int
    allowed: list[str]
    allowed_in_subject: list[str]
    needed: list[str]


def wordings(office: Office) -> list[Wording]:
    """Return every kind that offices send, in both languages, as the office words it."""
    own = {(row.kind, row.language): row for row in MessageTemplate.objects.filter(office=office)}
    return [
        _wording(kind, language, own.get((kind, language)))
        for kind, texts in TEMPLATES.items()
        if texts.is_of_an_office
        for language in LANGUAGES
    ]


def get_wording(office: Office, kind: str, language: str) -> Wording | None:
    """Return one wording, None when offices send no such kind or there is no such language."""
    if kind not in TEMPLATES or not TEMPLATES[kind].is_of_an_office or language not in LANGUAGES:
        return None
    own = MessageTemplate.objects.filter(office=office, kind=kind, language=language).first()
    return _wording(kind, language, own)


@transaction.atomic
def change_wording(
    *, actor: Actor, office: Office, kind: str, language: str, subject: str, body: str, version: int
) -> None:
    """Keep an office's own wording; one that says the same changes nothing.

    Raises:
        StaleWording: somebody else has changed it since ``version``.
        ValidationError: a placeholder is unknown or missing, an address stands in the subject, or a brace
            stands alone.
    """
    Office.objects.select_for_update().get(pk=office.pk)  # one writer per office
    present = get_wording(office, kind, language)
    if present is None:
        raise ValidationError(_("Jenis pesan ini tidak dikenal."))
    if (present.subject, present.body) == (subject, body):
        return
    if present.version != version:
        raise StaleWording
    _check(present, subject, body)
    row, _is_new = MessageTemplate.objects.update_or_create(
        office=office,
        kind=kind,
        language=language,
        defaults={"subject": subject, "body": body, "version": version + 1},
    )
    history.record(actor=actor, subject=row, action="reworded", after={"kind": kind, "language": language})


@transaction.atomic
def reset_wording(*, actor: Actor, office: Office, kind: str, language: str) -> None:
    """Take the portal's wording again; where it is used already nothing changes."""
    rows = MessageTemplate.objects.select_for_update()
    row = rows.filter(office=office, kind=kind, language=language).first()
    if row is not None:
        history.record(actor=actor, subject=row, action="reset", before={"kind": kind, "language": language})
        row.delete()


def _wording(kind: str, language: str, own: MessageTemplate | None) -> Wording:
    default = TEMPLATES[kind]
    return Wording(
        kind=kind,
        language=language,
        title=default.title,
        subject=own.subject if own else default.subject[language],
        body=own.body if own else default.body[language],
        version=own.version if own else 0,
        allowed=sorted(default.allowed),
        allowed_in_subject=sorted(default.allowed_in_subject),
        needed=sorted(default.needed),
    )


def _check(wording: Wording, subject: str, body: str) -> None:
    fields = [("subject", subject, wording.allowed_in_subject), ("body", body, wording.allowed)]
    errors = {name: wrong for name, text, allowed in fields if (wrong := _wrong(text, allowed))}
    named = placeholders(body) | placeholders(subject) & set(wording.allowed_in_subject)
    missing = [name for name in wording.needed if name not in named]
    if missing and "body" not in errors:
        errors["body"] = _("Isian %(names)s harus ada.") % {"names": _in_braces(missing)}
    in_subject = sorted(placeholders(subject) & set(wording.allowed) - set(wording.allowed_in_subject))
    if in_subject:
        errors["subject"] = _("%(names)s hanya untuk isi pesan: alamat rahasia tidak ditulis di judul.") % {
            "names": _in_braces(in_subject)
        }
    if errors:
        raise ValidationError(errors)


def _wrong(text: str, allowed: list[str]) -> str:
    unknown = sorted(placeholders(text) - set(allowed))
    if unknown:
        return _("%(unknown)s tidak dikenal. Yang boleh dipakai: %(names)s.") % {
            "unknown": _in_braces(unknown),
            "names": _in_braces(allowed),
        }
    if has_stray_brace(text):
        return _("Kurung kurawal hanya untuk isian. Yang boleh dipakai: %(names)s.") % {
            "names": _in_braces(allowed)
        }
    return ""


def _in_braces(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
