"""The addresses of the portal with those of the toy."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from volubilis.urls import handler429, handler500, urlpatterns  # noqa: F401  (Django reads them here)

urlpatterns = [*urlpatterns, *i18n_patterns(path("workshops/", include("tests.toys.urls")))]
