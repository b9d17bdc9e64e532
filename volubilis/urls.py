from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from core.health import healthz
from directory.views import picture
from volubilis.views import my_space

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("media/<str:folder>/<str:name>", picture, name="picture"),
]
urlpatterns += i18n_patterns(
    path("", include("core.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("dev/mail/", include("notifications.urls")),
    path("", include("taxonomy.urls")),
    path("experts/", include("experts.urls")),
    path("me/", my_space, name="my_space"),
    path("admin/", admin.site.urls),
)

handler500 = "core.errors.server_error"
handler429 = "accounts.limits.too_many_requests"
