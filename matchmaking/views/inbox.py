"""The inbox of an office: the list, a task done right in it, and who wants it by e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking import digests, office_tasks, path_pages
from matchmaking.forms.inbox import KindForm, TaskDoneForm
from matchmaking.models import Task
from matchmaking.office_inbox import office_inbox
from products.access import require_staff
from tradecontact.web import PortalRequest, render_page_or_partial

LANGUAGES = {"id", "en"}


@require_safe
def inbox(request: PortalRequest) -> HttpResponse:
    """Show everything that needs the office now, the oldest first."""
    require_staff(request.actor)
    return _list(request)


@require_POST
def inbox_task_done(request: PortalRequest, task_id: int) -> HttpResponse:
    """Say what was done about a task, right in the list; a task without an owner becomes the actor's."""
    task = path_pages.get_task(request.actor, task_id)
    form = TaskDoneForm(request.POST)
    if form.is_valid():
        try:
            _finish(request, task, form.cleaned_data["done_note"])
        except ValidationError as error:
            form.add_error("done_note", error.messages[0])
        else:
            messages.success(request, _("Tugas selesai."))
    if form.errors:
        return _list(request, wrong_task=task.pk, form=form)
    return _list(request) if request.htmx else redirect(_back(request))


@require_POST
def inbox_digest(request: PortalRequest) -> HttpResponse:
    """Keep whether the officer wants the daily e-mail, and in which language."""
    require_staff(request.actor)
    chosen = request.POST.get("kirim", "")
    is_wanted = chosen in LANGUAGES
    digests.set_digest(
        actor=request.actor,
        setting=digests.setting_of(user_id=request.actor.user_id),
        is_wanted=is_wanted,
        language=chosen if is_wanted else "",
        now=timezone.now(),
    )
    sentence = _("Ringkasan dikirim paling banyak sekali sehari.") if is_wanted else _("Ringkasan dimatikan.")
    messages.success(request, sentence)
    return redirect("matchmaking:inbox")


@csrf_exempt  # mail programs post here for their reader; the address itself is the key
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest_stop(request: PortalRequest, token: str) -> HttpResponse:
    """End the daily e-mail of whoever got this address in it, or take it up again."""
    setting = digests.get_reader(token)
    if request.method == "POST":
        setting = digests.set_digest(
            actor=request.actor,
            setting=setting,
            is_wanted=request.POST.get("kirim") == "ya",
            now=timezone.now(),
        )
    return render(request, "matchmaking/digest_stop.html", {"setting": setting, "token": token})


def _finish(request: PortalRequest, task: Task, done_note: str) -> None:
    owner = task.owner or office_tasks.owners_of(task.office).filter(pk=request.actor.user_id or 0).first()
    if owner is None:
        raise ValidationError(_("Pilih penanggung jawabnya dahulu: buka tugasnya."))
    office_tasks.change_task(
        actor=request.actor,
        task=task,
        owner=owner,
        due_on=task.due_on,
        done_note=done_note,
        now=timezone.now(),
    )


def _list(
    request: PortalRequest, *, wrong_task: int | None = None, form: TaskDoneForm | None = None
) -> HttpResponse:
    now = timezone.now()
    found = office_inbox(request.actor, now=now, today=timezone.localdate(now))
    kinds = KindForm(request.GET, kinds=found.kinds)
    context = {
        "page": found.page(request.GET.get("page"), kinds.kind),
        "kinds": kinds,
        "wrong_task": wrong_task,
        "form": form,
        "setting": digests.setting_of(user_id=request.actor.user_id),
    }
    status = 200 if form is None else 422
    return render_page_or_partial(request, "matchmaking/inbox.html", "kotak", context, status=status)


def _back(request: PortalRequest) -> str:
    return f"{reverse('matchmaking:inbox')}?{request.GET.urlencode()}"
