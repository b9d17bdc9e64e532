import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volubilis.settings")
application = get_wsgi_application()

from directory import search  # noqa: E402 the applications must be ready

search.warm_up()
