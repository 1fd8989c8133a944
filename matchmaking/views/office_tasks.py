"""The tasks of an office: the list, and one task handed over, moved or done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matchmaking import office_tasks as book
from matchmaking import path_pages
from matchmaking.filters import TaskFilter
from matchmaking.forms.office_tasks import TaskForm
from products.access import require_staff
from tradecontact.web import PortalRequest

PER_PAGE = 50


@require_safe
def office_tasks(request: PortalRequest) -> HttpResponse:
    """List what the office must do, undone tasks first, the nearest day first."""
    require_staff(request.actor)
    filters = TaskFilter(request.GET, book.tasks_for(request.actor), user_id=request.actor.user_id)
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "today": timezone.localdate()}
    return render(request, "matchmaking/office_tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def office_task(request: PortalRequest, task_id: int) -> HttpResponse:
    """Hand a task over, move its day, or say what was done."""
    task = path_pages.get_task(request.actor, task_id)
    data = request.POST if request.method == "POST" else None
    initial = {"owner": task.owner_id, "due_on": task.due_on, "done_note": task.done_note}
    form = TaskForm(data, owners=book.owners_of(task.office), initial=initial)
    if form.is_valid():
        try:
            saved = book.change_task(actor=request.actor, task=task, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Tugas selesai.") if saved.done_at else _("Tugas disimpan."))
            return redirect("matchmaking:office_tasks")
    context = {"task": task, "form": form, "today": timezone.localdate()}
    return render(request, "matchmaking/office_task.html", context, status=422 if form.is_bound else 200)
