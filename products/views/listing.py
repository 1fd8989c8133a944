"""The officers' queue: what waits to be listed, one product looked at, changes of listed products."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from products import access, listing, photo_changes, revisions, showcase
from products import listing_queue as queue
from products.forms.listing import REASONS, ListingForm, RevisionForm, changes_shown
from products.listing import Act
from products.models import Product
from regions.access import find_own_office
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def listing_queue(request: PortalRequest) -> HttpResponse:
    """Show the products of one state, and do one act with those that are ticked."""
    access.require_staff(request.actor)
    form = ListingForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _moved(request, form):
        query = request.GET.urlencode()
        return redirect(f"{reverse('products:listing_queue')}{'?' if query else ''}{query}")
    filters = queue.QueueFilter(request.GET, queryset=queue.own_products(request.actor))
    context = {
        "filters": filters,
        "page": Paginator(filters.qs, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "tabs": filters.tabs(),
        "acts": listing.acts_for(filters.status),
        "form": form,
        "reasons": REASONS,
        "revisions": queue.waiting_revisions(request.actor),
        "with_photos": queue.with_waiting_photos(request.actor),
        "office": find_own_office(request.actor),
    }
    return render(request, "products/listing_queue.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def product_review(request: PortalRequest, business_id: int, product_id: int) -> HttpResponse:
    """Look at one product as buyers would see it, and decide about it alone."""
    product = access.get_product_for_review(request.actor, business_id, product_id)
    form = ListingForm(_with_product(request, product_id))
    if form.is_valid() and _moved(request, form):
        return redirect("products:listing_queue")
    today = timezone.localdate()
    context = {
        "product": showcase.with_place_names([product])[0],
        "business": product.business,
        "photos": list(product.photos.in_order()),
        "certificates": showcase.certificates_of_product(product, today),
        "usual": showcase.usual_certificates(product, today),
        "acts": listing.acts_for(product.status),
        "form": form,
        "reasons": REASONS,
    }
    return render(request, "products/product_review.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def revision_review(request: PortalRequest, revision_id: int) -> HttpResponse:
    """Show what a business wants to change in a listed product, beside what stands there, and decide."""
    revision = access.get_own_revision(request.actor, revision_id)
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _decide(request, revision, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("products:listing_queue")
    context = {
        "revision": revision,
        "product": revision.product,
        "changes": changes_shown(revision),
        **_photos_of(revision),
        "form": form,
        "reasons": REASONS,
    }
    return render(request, "products/revision_review.html", context, status=422 if form.is_bound else 200)


@require_POST
def listing_rule(request: PortalRequest) -> HttpResponse:
    """Let the own office see changes of listed products first, or no longer."""
    access.require_staff(request.actor)
    office = find_own_office(request.actor)
    if office is None:
        raise PermissionDenied(_("Hanya petugas sebuah dinas yang mengatur hal ini."))
    is_wanted = request.POST.get("sees_changes_first") == "yes"
    listing.set_sees_changes_first(actor=request.actor, office=office, is_wanted=is_wanted)
    if is_wanted:
        messages.success(request, _("Perubahan produk yang sudah tampil kini menunggu persetujuan dinas."))
    else:
        messages.success(request, _("Perubahan produk kini langsung tampil."))
    return redirect("products:listing_queue")


def _moved(request: PortalRequest, form: ListingForm) -> bool:
    """Do the act with the ticked products; what went wrong goes into the form."""
    products = access.get_own_products(request.actor, form.ticked)
    try:
        moved = listing.move(
            actor=request.actor,
            products=products,
            act=form.act,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _told(form.act, len(moved)))
    return True


def _decide(request: PortalRequest, revision: revisions.ProductRevision, reason: str) -> None:
    now = timezone.now()
    if request.POST.get("decision") == "accept":
        product = revisions.accept(actor=request.actor, revision=revision, now=now)
        if product.status == Product.Status.LISTED:
            messages.success(request, _("Perubahan diterima dan tampil di katalog."))
        else:
            messages.success(request, _("Perubahan diterima."))
    else:
        revisions.refuse(actor=request.actor, revision=revision, reason=reason, now=now)
        messages.success(request, _("Perubahan ditolak. Pelaku usaha membaca alasannya di tautannya."))


def _photos_of(revision: revisions.ProductRevision) -> dict[str, object]:
    """Return the photos as they stand and as they are wanted, where a change of them waits."""
    if revision.state != revisions.WAITING or not revision.photos:
        return {}
    return {
        "photos": list(revision.product.photos.in_order()),
        "wanted": photo_changes.arranged(revision.product, revision.photos),
    }


def _with_product(request: PortalRequest, product_id: int) -> object:
    """Return what was posted, with the product of the address as the only one ticked."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    data.setlist("product", [str(product_id)])
    return data


def _told(act: Act, count: int) -> str:
    """Say what happened to how many products."""
    told = {
        Act.LIST: ngettext("%d produk kini tampil di katalog.", "%d produk kini tampil di katalog.", count),
        Act.SEND_BACK: ngettext("%d produk dikembalikan.", "%d produk dikembalikan.", count),
        Act.SUSPEND: ngettext("%d produk ditangguhkan.", "%d produk ditangguhkan.", count),
    }
    return told[act] % count
