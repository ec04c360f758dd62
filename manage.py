#!/usr/bin/env python
"""Command line entry point. `SITE_MODE` defaults to `local` here and to `production` in `cptpp_site.wsgi`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cptpp_site.settings")
    os.environ.setdefault("SITE_MODE", "local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
