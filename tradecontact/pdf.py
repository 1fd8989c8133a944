"""PDF documents: a typst template and its values. Values are data, never markup."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "pdf"


def compile_pdf(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return the PDF of a template under ``templates/pdf/`` filled with JSON values.

    The template reads them as ``json(bytes(sys.inputs.data))``, so that ``#import`` or ``*`` in a name
    stands on paper as it was typed. Only typst's own fonts are used: the same pages on every machine.
    ``made_at`` is written into the file, so that the same values give the same bytes. Costs about 0.2 s.

    Raises:
        typst.TypstError: the template is wrong.
    """
    pages: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(made_at.timestamp()),
    )
    return pages
