"""WSGI entry point. Production unless `SITE_MODE` says otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cptpp_site.settings")
os.environ.setdefault("SITE_MODE", "production")

application = get_wsgi_application()

from cptpp_site import catalogues  # noqa: E402 (settings exist only now)

catalogues.verify()
