"""Pages behind a personal link for one product: begun by name, filled in step by step, sent to the office."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from matchmaking.views.holder import Holder, link_page
from products import access, drafting, revisions, showcase
from products.forms.card import ProductDeliveryForm, ProductPackForm, ProductSupplyForm, ProductTermsForm
from products.forms.drafting import NewProductForm
from products.forms.profiles import OneProductForm, ProductPriceForm, ProductTextForm
from products.listing_rules import missing_to_list
from products.models import Product
from products.profiles import StaleVersion
from products.views.saving import try_to_save
from tradecontact.web import PortalRequest


@dataclass(frozen=True)
class Step:
    """One topic of a product's card; ``slug`` stands in the address."""

    slug: str
    title: str | Promise
    form: type[OneProductForm]


STEPS = (
    Step("uraian", gettext_lazy("Nama dan keterangan"), ProductTextForm),
    Step("harga", gettext_lazy("Harga"), ProductPriceForm),
    Step("satuan", gettext_lazy("Isi satuan dan pesanan"), ProductPackForm),
    Step("kapasitas", gettext_lazy("Kapasitas dan waktu"), ProductSupplyForm),
    Step("contoh", gettext_lazy("Contoh dan titip jual"), ProductTermsForm),
    Step("pengiriman", gettext_lazy("Pengiriman"), ProductDeliveryForm),
)
PHOTO_STEP = len(STEPS) + 1
STEP_COUNT = PHOTO_STEP + 1  # the last one looks all over and sends
OPEN_TO_SEND = {Product.Status.DRAFT, Product.Status.SENT_BACK}


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_product_new(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Begin a product with its name and kind; sending the form twice begins one."""
    form = NewProductForm(_posted(request))
    if form.is_valid():
        try:
            product, _is_new = drafting.begin_product(
                actor=holder.actor, business=holder.business, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(step_url(holder, product, STEPS[0].slug))
    context = {"holder": holder, "form": form}
    return render(request, "matchmaking/link_product_new.html", context, status=422 if form.is_bound else 200)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_product_edit(request: PortalRequest, holder: Holder, product_id: int) -> HttpResponse:
    """Fill in or correct one step of a product; a script may save it each time a field is left."""
    product = revisions.as_proposed(access.get_own_product(holder.actor, product_id))
    number = _step_number(request.GET.get("bagian", ""))
    step = STEPS[number - 1]
    form = step.form(_posted(request), row=product)
    if "otomatis" in request.POST:
        return _save_what_holds(holder, product, form)
    attempt = try_to_save(
        form,
        product,
        lambda version: drafting.save_step(
            actor=holder.actor, product=product, version=version, changes=form.changes(), now=timezone.now()
        ),
    )
    if attempt.is_saved:
        return _after_saving(request, holder, product, number)
    context = {
        "holder": holder,
        "product": product,
        "step": step,
        "number": number,
        "count": STEP_COUNT,
        "previous": step_url(holder, product, STEPS[number - 2].slug) if number > 1 else "",
        "is_draft": product.status != Product.Status.LISTED,
        "form": form,
        "attempt": attempt,
    }
    return render(request, "matchmaking/link_product_edit.html", context, status=attempt.status)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_product_send(request: PortalRequest, holder: Holder, product_id: int) -> HttpResponse:
    """Show what is filled in and what is not, and hand the product to the office."""
    product = access.get_product_of(holder.actor, holder.business.pk, product_id)
    errors: list[str] = []
    if request.method == "POST":
        try:
            drafting.send_to_office(actor=holder.actor, product=product, now=timezone.now())
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, _("Produk dikirim ke dinas. Anda melihat hasilnya di halaman ini."))
            return to_products(holder, product)
    context = {
        "holder": holder,
        "product": showcase.with_place_names([product])[0],
        "usual": showcase.usual_certificates(product, timezone.localdate()),
        "missing": [(one, step_url(holder, product, one.step)) for one in missing_to_list(product)],
        "steps": [(step.title, step_url(holder, product, step.slug)) for step in STEPS],
        "errors": errors,
        "can_send": product.status in OPEN_TO_SEND,
        "count": STEP_COUNT,
        "previous": reverse("matchmaking:link_photos", args=[holder.token, product.pk]),
    }
    status = 422 if errors else 200
    return render(request, "matchmaking/link_product_send.html", context, status=status)


def step_url(holder: Holder, product: Product, slug: str) -> str:
    """Return the address of one step of a product."""
    page = reverse("matchmaking:link_product_edit", args=[holder.token, product.pk])
    return f"{page}?bagian={slug}"


def to_products(holder: Holder, product: Product) -> HttpResponse:
    """Go back to the own products, to the one that was worked on."""
    return redirect(f"{reverse('matchmaking:link_products', args=[holder.token])}#produk-{product.pk}")


def _step_number(slug: str) -> int:
    """Return the place of a step, from 1; an unknown one is the first."""
    return next((number for number, step in enumerate(STEPS, start=1) if step.slug == slug), 1)


def _after_saving(request: PortalRequest, holder: Holder, product: Product, number: int) -> HttpResponse:
    """Go on to the next step when that was pressed, else back to the own products."""
    if "lanjut" in request.POST:
        if number == len(STEPS):
            return redirect("matchmaking:link_photos", token=holder.token, product_id=product.pk)
        return redirect(step_url(holder, product, STEPS[number].slug))
    if revisions.must_wait(holder.actor, product) and revisions.is_waiting(product):
        messages.success(request, _("Perubahan dikirim ke dinas, dan tampil setelah disetujui."))
    else:
        messages.success(request, _("Perubahan produk disimpan."))
    return to_products(holder, product)


def _save_what_holds(holder: Holder, product: Product, form: OneProductForm) -> JsonResponse:
    """Save the fields without mistakes, and answer the version and what of the form is wrong."""
    form.is_valid()
    version = form.cleaned_data.get("version")
    if version is None:
        return JsonResponse({"wrong": {"version": list(form.errors["version"])}}, status=422)
    try:
        saved = drafting.save_step(
            actor=holder.actor, product=product, version=version, changes=form.savable(), now=timezone.now()
        )
    except StaleVersion as error:
        return JsonResponse({"message": error.messages[0]}, status=409)
    except ValidationError as error:
        return JsonResponse({"message": error.messages[0]}, status=422)
    return JsonResponse({"version": saved.version, "wrong": form.errors})


def _posted(request: PortalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
