"""The WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecontact.settings")
os.environ.setdefault("STATEMENT_TIMEOUT_SECONDS", "5")  # a page that asks longer would hold its worker

application = get_wsgi_application()
