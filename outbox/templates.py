"""What a message says: the portal's wording of its kind, or the office's own."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from outbox import texts
from outbox.models import Message, MessageTemplate
from outbox.wording import ADDRESSES, MessageTexts, fill, placeholders
from regions.models import Office


def _kinds() -> Iterator[tuple[str, MessageTexts]]:
    for module in sorted(iter_modules(texts.__path__), key=lambda module: module.name):
        yield from import_module(f"{texts.__name__}.{module.name}").TEXTS.items()


TEMPLATES: dict[str, MessageTexts] = dict(_kinds())
"""Every kind of message, from the files in ``outbox/texts``."""
LONGEST_SUBJECT = Message._meta.get_field("subject").max_length or 0


def written(*, kind: str, language: str, office: Office | None, values: Mapping[str, str]) -> tuple[str, str]:
    """Return subject and body; the subject is one line, cut where its column ends.

    An office's wording that names what this message does not have any more is left aside, and so is one
    that does not keep the rules for addresses. Costs a query when there is an office.

    Raises:
        KeyError: no such kind, or a placeholder of the portal's wording without a value.
    """
    default = TEMPLATES[kind]
    subject, body = default.subject[language], default.body[language]
    if office is not None:
        own = MessageTemplate.objects.filter(office=office, kind=kind, language=language).first()
        if own is not None and _is_usable(own, default, values):
            subject, body = own.subject, own.body
    return _one_line(fill(subject, values)), fill(body, values)


def _is_usable(own: MessageTemplate, default: MessageTexts, values: Mapping[str, str]) -> bool:
    in_subject, in_body = placeholders(own.subject), placeholders(own.body)
    named = in_subject | in_body
    return named >= set(default.needed) and not in_subject & ADDRESSES and named <= set(values)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"
