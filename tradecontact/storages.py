"""Where files lie: in folders of this machine, or in a bucket that speaks S3.

``default`` holds photos, ``private`` holds what only an office and an owner may read. Neither is ever served
by the storage itself: every file goes through a view of the portal that asks who is looking.
"""

from pathlib import Path
from typing import Any

from tradecontact.environment import read_text

FOLDERS = "django.core.files.storage.FileSystemStorage"
S3 = "storages.backends.s3.S3Storage"
SECONDS_TO_CONNECT = 3
SECONDS_TO_READ = 8
ATTEMPTS = 3


def file_storages(*, media: Path, private: Path) -> dict[str, Any]:
    """Return ``STORAGES`` for the aliases ``default`` and ``private``; a file of the same name is replaced.

    Raises:
        ImproperlyConfigured: ``S3_BUCKET`` is set, and the keys to it are not.
    """
    bucket = read_text("S3_BUCKET", "")
    if bucket:
        access = _s3_access()
        return {
            "default": {"BACKEND": S3, "OPTIONS": access | {"bucket_name": bucket, "location": "publik"}},
            "private": {
                "BACKEND": S3,
                "OPTIONS": access
                | {"bucket_name": read_text("S3_PRIVATE_BUCKET", bucket), "location": "pribadi"},
            },
        }
    return {
        "default": {"BACKEND": FOLDERS, "OPTIONS": {"location": media, "allow_overwrite": True}},
        "private": {
            "BACKEND": FOLDERS,
            "OPTIONS": {
                "location": private,
                "allow_overwrite": True,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        },
    }


def _s3_access() -> dict[str, Any]:
    """Return how to reach the bucket, with time limits: a slow store must not hold a web worker."""
    from botocore.config import Config  # only where S3 is used: loading it takes half a second

    return {
        "access_key": read_text("S3_ACCESS_KEY_ID"),
        "secret_key": read_text("S3_SECRET_ACCESS_KEY"),
        "endpoint_url": read_text("S3_ENDPOINT_URL", "") or None,
        "region_name": read_text("S3_REGION", "us-east-1"),
        "default_acl": None,
        "file_overwrite": True,
        "client_config": Config(
            connect_timeout=SECONDS_TO_CONNECT,
            read_timeout=SECONDS_TO_READ,
            retries={"total_max_attempts": ATTEMPTS},
            s3={"addressing_style": read_text("S3_ADDRESSING_STYLE", "auto")},
            signature_version="s3v4",
        ),
    }
