"""The WSGI entry point for gunicorn."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from tradecontact.logs import HideSecretAddresses

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecontact.settings")
os.environ.setdefault("STATEMENT_TIMEOUT_SECONDS", "5")  # a page that asks longer would hold its worker

application = get_wsgi_application()

# Not in LOGGING: naming a logger there takes away the handlers that gunicorn has given it.
logging.getLogger("gunicorn.error").addFilter(HideSecretAddresses())
