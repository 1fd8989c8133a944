"""Lists that leave the portal: who may take them along, and the line of history that says who did."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import history
from tradecontact.second_factor import has_second_factor
from tradecontact.web import PortalRequest
from tradecontact.workbooks import EXCEL, Sheet, workbook_of

EXPORTED = "exported"
FILE_TYPES = {"xlsx": EXCEL, "pdf": "application/pdf"}


def send_workbook(
    request: PortalRequest, *, name: str, back: str, sheets: Sequence[Sheet[Any]], is_private: bool
) -> HttpResponse:
    """Send tables as a file called ``name`` with the day, and write down who took how many rows.

    Downloads are posted, since they write that line: a GET leads ``back`` to the list. ``is_private``
    tables ask for a second factor; without one nothing is read and a page says how to set it up. The line
    stands under the officer, and holds the list's name and its size, never what was searched for.
    """
    return send_file(
        request, name=name, back=back, make=lambda: workbook_of(sheets), kind="xlsx", is_private=is_private
    )


def send_file(
    request: PortalRequest,
    *,
    name: str,
    back: str,
    make: Callable[[], tuple[bytes, int]],
    kind: str,
    is_private: bool,
) -> HttpResponse:
    """Send what ``make`` returns (a file and how many rows it has) as ``send_workbook`` does.

    ``kind`` is ``xlsx`` or ``pdf``. ``make`` is called only for those who may have the file.
    """
    query = request.GET.urlencode()
    back = f"{back}?{query}" if query else back
    if request.method != "POST":
        return redirect(back)
    if is_private and not has_second_factor(request):
        return render(request, "accounts/second_factor.html", {"back": back}, status=403)
    content, count = make()
    user = get_user_model().objects.get(pk=request.actor.user_id or 0)
    after = {"list": name, "rows": count}
    history.record(actor=request.actor, subject=user, action=EXPORTED, after=after)
    file_name = f"{name}-{timezone.localdate().isoformat()}.{kind}"
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=FILE_TYPES[kind], headers=headers)
