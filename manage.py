#!/usr/bin/env python
"""Run Django's commands with the project's settings, and in a clone with its private PostgreSQL."""

import os
import sys

from tradecontact.embedded_postgres import ServerProblem
from tradecontact.local import load_local_settings, private_postgres


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecontact.settings")
    load_local_settings()
    from django.core.management import execute_from_command_line

    try:
        with private_postgres():
            execute_from_command_line(sys.argv)
    except ServerProblem as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
