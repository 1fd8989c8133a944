"""The project's settings for tests: the test server, fast passwords, and alarms for repeated queries."""

import copy
import os
import tempfile
from pathlib import Path

os.environ.update({"LOCAL": "1", "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests-only-for-tests"})
os.environ.setdefault("PUBLIC_URL", "http://testserver")

from tradecontact import settings as project
from tradecontact.embedded_postgres import private_server
from tradecontact.settings import *  # noqa: F403

if not os.environ.get("DATABASE_URL"):
    TEST_SERVER = private_server(project.BASE_DIR, "test-postgres", durable=False)
    DATABASES = {"default": project.DATABASES["default"] | {"HOST": str(TEST_SERVER.socket_folder)}}

# Several people or processes may test at once: each run has a database of its own.
DATABASES["default"]["TEST"] = {
    "NAME": f"test_tradecontact_{os.environ.get('TEST_DB_SUFFIX') or os.getpid()}"
}

INSTALLED_APPS = [*project.INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *project.MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Each run keeps its files in a folder of its own, which goes with it.
MEDIA_FOLDER = tempfile.TemporaryDirectory(prefix="tradecontact-media-", ignore_cleanup_errors=True)
STORAGES = {
    **project.STORAGES,
    **project.file_storages(
        media=Path(MEDIA_FOLDER.name) / "media", private=Path(MEDIA_FOLDER.name) / "private"
    ),
}

# Templates are read once.
TEMPLATES = copy.deepcopy(project.TEMPLATES)
TEMPLATES[0]["OPTIONS"]["loaders"] = [  # type: ignore[index]
    (
        "template_partials.loader.Loader",
        [("django.template.loaders.cached.Loader", project.TEMPLATE_LOADERS)],
    )
]
