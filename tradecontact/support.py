"""The support pages under ``/admin/``: for platform admins who signed in with their second factor."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse


class SupportSite(AdminSite):
    """Opens only through the portal's own sign-in, with its limits and its second factor."""

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Send the visitor to the portal's sign-in; Django's own would ask for the password alone."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)

    def has_permission(self, request: HttpRequest) -> bool:
        """Platform admins; outside one's own computer only with a second factor set up."""
        return (
            request.user.is_active
            and request.user.is_superuser
            and (settings.LOCAL or is_mfa_enabled(request.user))
        )
