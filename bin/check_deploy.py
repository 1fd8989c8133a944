"""Run Django's ``check --deploy`` with an environment as in production, whatever this computer's is."""

import os
import secrets
import subprocess
import sys

from tradecontact.local import BASE_DIR

PRODUCTION = {
    "DEBUG": "0",
    "LOCAL": "0",
    "ALLOWED_HOSTS": "tradecontact.example.test",
    "PUBLIC_URL": "https://tradecontact.example.test",
    "DATABASE_URL": "postgresql://tradecontact:unused@db.example.test/tradecontact",
    "DJANGO_SETTINGS_MODULE": "tradecontact.settings",
}


def main() -> None:
    """Exit with the status of the check; nothing is connected to."""
    environment = os.environ | PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(50)}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    sys.exit(subprocess.run(command, cwd=BASE_DIR, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
