"""Pages of a pair's path, behind both doors: where it stands, the next step, closing, files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from matchmaking import access, office_tasks, path, path_pages, quotes
from matchmaking.forms.path import CloseForm, ReopenForm, StepForm
from matchmaking.models import Step
from matchmaking.views.doors import Door, only_post
from products.views.evidence import attachment


def pair_path(door: Door) -> HttpResponse:
    """Show where a pair stands, its samples, quotes and tasks; a POST writes down the next step."""
    rules = path.next_steps(door.actor, door.pair)
    data, files = (door.request.POST, door.request.FILES) if door.request.method == "POST" else (None, None)
    form = StepForm(data, files, rules=rules, stands=Step(door.pair.step))
    if form.is_valid():
        try:
            step = path.report_step(actor=door.actor, pair=door.pair, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                door.request, _("Langkah dicatat: %(step)s.") % {"step": step.get_to_step_display()}
            )
            return redirect(door.home)
    return _path_page(door, form, ReopenForm(), status=422 if form.is_bound else 200)


def pair_close(door: Door) -> HttpResponse:
    """End a pair with its reason; what an office can help with becomes its task."""
    form = CloseForm(door.request.POST if door.request.method == "POST" else None, pair=door.pair)
    if form.is_valid():
        try:
            office_tasks.close_pair(
                actor=door.actor,
                pair=door.pair,
                reason=form.cleaned_data["reason"],
                lacking=form.side(),
                note=form.cleaned_data["note"],
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(door.request, _("Pasangan ditutup. Dinas dapat membukanya lagi."))
            return redirect(door.home)
    return door.page("pair_close", {"form": form}, status=422 if form.is_bound else 200)


@only_post
def pair_reopen(door: Door) -> HttpResponse:
    """Open a closed pair again, with a note."""
    form = ReopenForm(door.request.POST)
    if form.is_valid():
        try:
            path.reopen_pair(actor=door.actor, pair=door.pair, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(door.request, _("Pasangan dibuka lagi."))
            return redirect(door.home)
    return _path_page(door, StepForm(rules=[], stands=Step(door.pair.step)), form, status=422)


def pair_file(door: Door, file_token: str) -> HttpResponse:
    """Hand a proof or a photo of this pair to either side and its office."""
    return attachment(path_pages.get_file(door.actor, door.pair, file_token))


def _path_page(door: Door, form: StepForm, reopen_form: ReopenForm, *, status: int) -> HttpResponse:
    steps = path_pages.steps_of(door.pair)
    is_closed = door.pair.step == Step.CLOSED
    is_open = door.pair.step not in {Step.PROPOSED, Step.CLOSED} and door.pair.hidden_at is None
    context = {
        "form": form,
        "reopen_form": reopen_form,
        "marks": path_pages.marks_of(door.pair, steps),
        "steps": [{"step": step, "file_url": _file_url(door, step.evidence)} for step in steps],
        "samples": [
            {
                "line": line,
                "report_url": door.url("sample_report", line.sample.pk),
                "judge_url": door.url("sample_judge", line.sample.pk),
                "photo_url": _file_url(door, line.sample.photo),
            }
            for line in path_pages.samples_of(door.actor, door.pair, is_open=is_open)
        ],
        "requests": [
            {"row": row, "url": door.url("quote_request", row.pk)} for row in quotes.requests_of(door.pair)
        ],
        "tasks": path_pages.tasks_of(door.actor, door.pair),
        "today": timezone.localdate(),
        "money_url": door.url("pair_money"),
        "is_open": is_open,
        "can_reopen": is_closed and door.holder is None,
        "can_close": path.is_allowed(door.actor, door.pair, Step.CLOSED),
        "urls": {
            name: door.url(name) for name in ("pair_close", "pair_reopen", "sample_new", "quote_request_new")
        },
        "partner": door.pair.partner_of(door.holder.business.pk) if door.holder else None,
        "has_own_side": access.has_own_side(door.actor, door.pair),
    }
    return door.page("pair_path", context, status=status)


def _file_url(door: Door, file: object) -> str:
    """Return where the reader gets a file; nothing for a third office, which reads none."""
    token = getattr(file, "token", "")
    return door.url("pair_file", token) if token and door.has_own_side else ""
