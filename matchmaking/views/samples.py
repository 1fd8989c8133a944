"""Pages of a pair's samples, behind both doors: agreeing on one, what became of it, judging it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from matchmaking import path_pages, samples
from matchmaking.forms.path import JudgeForm, ReportForm, SampleForm
from matchmaking.samples import Judgement
from matchmaking.views.doors import Door, only_post


def sample_new(door: Door) -> HttpResponse:
    """Agree on a sample: what, which way, who pays."""
    form = SampleForm(door.request.POST if door.request.method == "POST" else None, pair=door.pair)
    if form.is_valid():
        entered = form.cleaned_data
        sender = form.side()
        assert sender is not None  # noqa: S101 - required, and one of the two sides
        try:
            samples.agree_sample(
                actor=door.actor,
                pair=door.pair,
                sender=sender,
                what=entered["what"],
                payer=entered["payer"],
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(door.request, _("Contoh dicatat."))
            return redirect(f"{door.home}#contoh")
    return door.page("sample_new", {"form": form}, status=422 if form.is_bound else 200)


@only_post
def sample_report(door: Door, sample_id: int) -> HttpResponse:
    """Write down that a sample was sent or arrived; pressing twice is safe."""
    sample = path_pages.get_sample(door.pair, sample_id)
    form = ReportForm(door.request.POST, today=timezone.localdate())
    if form.is_valid():
        report = samples.report_sent if form.cleaned_data["kabar"] == "dikirim" else samples.report_received
        try:
            report(actor=door.actor, sample=sample, day=form.cleaned_data["day"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(door.request, _("Kabar contoh dicatat."))
            return redirect(f"{door.home}#contoh")
    return door.page("sample_report", {"form": form, "sample": sample}, status=422)


def sample_judge(door: Door, sample_id: int) -> HttpResponse:
    """Judge a sample, with a photo."""
    sample = path_pages.get_sample(door.pair, sample_id)
    data, files = (door.request.POST, door.request.FILES) if door.request.method == "POST" else (None, None)
    form = JudgeForm(data, files)
    if form.is_valid():
        entered = form.cleaned_data
        try:
            samples.judge_sample(
                actor=door.actor,
                sample=sample,
                judgement=Judgement(entered["verdict"], entered["lacking"], entered["note"]),
                photo=entered["photo"],
                today=timezone.localdate(),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(door.request, _("Penilaian contoh dicatat."))
            return redirect(f"{door.home}#contoh")
    context = {"form": form, "sample": sample}
    return door.page("sample_judge", context, status=422 if form.is_bound else 200)
