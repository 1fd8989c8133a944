"""What a message says: the portal's wording of its kind, or the office's own."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from outbox import texts
from outbox.models import MessageTemplate
from outbox.wording import MessageTexts, fill, placeholders
from regions.models import Office


def _kinds() -> Iterator[tuple[str, MessageTexts]]:
    for module in sorted(iter_modules(texts.__path__), key=lambda module: module.name):
        yield from import_module(f"{texts.__name__}.{module.name}").TEXTS.items()


TEMPLATES: dict[str, MessageTexts] = dict(_kinds())
"""Every kind of message, from the files in ``outbox/texts``."""


def written(*, kind: str, language: str, office: Office | None, values: Mapping[str, str]) -> tuple[str, str]:
    """Return subject and body; the subject is one line. Costs a query when there is an office.

    An office's wording that names what this message does not have any more is left aside.

    Raises:
        KeyError: no such kind, or a placeholder of the portal's wording without a value.
    """
    default = TEMPLATES[kind]
    subject, body = default.subject[language], default.body[language]
    if office is not None:
        own = MessageTemplate.objects.filter(office=office, kind=kind, language=language).first()
        if own is not None and placeholders(own.subject + own.body) <= set(values):
            subject, body = own.subject, own.body
    return " ".join(fill(subject, values).split()), fill(body, values)
