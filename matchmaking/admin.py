"""Support pages for trade contacts: to look things up. Officers work on the portal's own pages."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin import ReadOnlyAdmin
from matchmaking.models import Delegation, Inquiry, Interest, Pair, Participation, ProposalRun, TradeContact


class DelegationInline(admin.TabularInline):
    model = Delegation
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delegation]:
        return super().get_queryset(request).select_related("office", "trade_contact")

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(TradeContact)
class TradeContactAdmin(ReadOnlyAdmin):
    list_display = ("title", "starts_on", "place", "slug")
    search_fields = ("title", "slug")
    date_hierarchy = "starts_on"
    inlines = (DelegationInline,)


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    list_display = ("business", "delegation", "created_at")
    list_select_related = ("business", "delegation__office", "delegation__trade_contact")
    search_fields = ("business__name",)


@admin.register(Pair)
class PairAdmin(ReadOnlyAdmin):
    list_display = ("pk", "trade_contact", "business_a", "business_b", "answer_a", "answer_b", "origin")
    list_select_related = ("trade_contact", "business_a", "business_b")
    list_filter = ("origin", "trade_contact")
    search_fields = ("business_a__name", "business_b__name")


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdmin):
    list_display = ("pk", "pair", "business", "answer", "via", "at")
    list_select_related = ("pair__business_a", "pair__business_b", "business")
    list_filter = ("answer", "via")


@admin.register(ProposalRun)
class ProposalRunAdmin(ReadOnlyAdmin):
    list_display = ("pk", "trade_contact", "state", "requested_at", "finished_at")
    list_select_related = ("trade_contact",)
    list_filter = ("state",)


@admin.register(Inquiry)
class InquiryAdmin(ReadOnlyAdmin):
    """Without the sender's name, number and address, which only the seller's side may read."""

    fields = ("receipt_number", "business", "product", "region", "quantity", "unit", "pair", "created_at")
    list_display = ("receipt_number", "business", "product", "created_at")
    list_select_related = ("business", "product")
    search_fields = ("receipt_number",)
