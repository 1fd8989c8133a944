"""The support pages under ``/admin/``: for platform admins who have set up a second factor."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tradecontact.second_factor import has_second_factor


class SupportSite(AdminSite):
    """Opens only through the portal's own sign-in, with its limits and its second factor."""

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Tell someone who is signed in what is missing; there is no second form for passwords here.

        Raises:
            PermissionDenied: the user is no platform admin.
        """
        if self.has_permission(request):
            return redirect("admin:index")
        if not request.user.is_superuser:
            raise PermissionDenied
        messages.warning(request, _("Pasang faktor kedua dahulu, lalu buka halaman dukungan lagi."))
        return redirect("mfa_index")

    def has_permission(self, request: HttpRequest) -> bool:
        """Platform admins; outside one's own computer only with a second factor set up."""
        return request.user.is_active and request.user.is_superuser and has_second_factor(request)
