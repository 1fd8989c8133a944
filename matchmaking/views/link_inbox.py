"""The inbox behind a personal link: the list, an answer right in it, and the daily e-mail."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking import access, digests, interest
from matchmaking.business_inbox import business_inbox
from matchmaking.forms.inbox import KindForm, QuickAnswerForm
from matchmaking.models import Pair
from matchmaking.views.holder import Holder, link_page
from products.models import LinkUse
from tradecontact.web import PortalRequest, render_page_or_partial


@link_page
@require_safe
def link_inbox(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Show everything that needs this business now, the oldest first."""
    return _list(request, holder)


@partial(link_page, posts_are=LinkUse.What.ANSWERED)
@require_http_methods(["GET", "HEAD", "POST"])
def link_inbox_answer(request: PortalRequest, holder: Holder, pair_id: int) -> HttpResponse:
    """Record an answer by one press in the list; opened instead of posted to, it leads to the list."""
    pair = access.get_offer(holder.actor, pair_id)
    if request.method == "POST":
        form = QuickAnswerForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Pilih Mau, Jam lain, atau Tidak."))
            return _list(request, holder, status=422)
        _answer(request, holder, pair, form)
        if request.htmx:
            return _list(request, holder)
    address = reverse("matchmaking:link_inbox", args=[holder.token])
    return redirect(f"{address}?{request.GET.urlencode()}")


@link_page
@require_POST
def link_digest(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Keep whether this business wants the daily e-mail."""
    is_wanted = request.POST.get("kirim") == "ya"
    setting = digests.setting_of(business_id=holder.business.pk)
    digests.set_digest(actor=holder.actor, setting=setting, is_wanted=is_wanted, now=timezone.now())
    sentence = _("Ringkasan dikirim paling banyak sekali sehari.") if is_wanted else _("Ringkasan dimatikan.")
    messages.success(request, sentence)
    return redirect("matchmaking:link_inbox", token=holder.token)


def _answer(request: PortalRequest, holder: Holder, pair: Pair, form: QuickAnswerForm) -> None:
    answer = form.cleaned_data["answer"]
    try:
        interest.record_answer(
            actor=holder.actor, pair=pair, business=holder.business, answer=answer, now=timezone.now()
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return
    partner = pair.partner_of(holder.business.pk).name
    sentence = _("Jawaban Anda untuk %(partner)s tercatat: %(answer)s.")
    messages.success(request, sentence % {"partner": partner, "answer": answer.label})


def _list(request: PortalRequest, holder: Holder, *, status: int = 200) -> HttpResponse:
    found = business_inbox(holder.actor, holder.business, token=holder.token, today=timezone.localdate())
    kinds = KindForm(request.GET, kinds=found.kinds)
    context = {
        "holder": holder,
        "page": found.page(request.GET.get("page"), kinds.kind),
        "kinds": kinds,
        "setting": digests.setting_of(business_id=holder.business.pk),
    }
    return render_page_or_partial(request, "matchmaking/link_inbox.html", "kotak", context, status=status)
