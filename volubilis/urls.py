from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from core.health import healthz

urlpatterns = [path("healthz", healthz, name="healthz")]
urlpatterns += i18n_patterns(
    path("", include("core.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("dev/mail/", include("notifications.urls")),
    path("", include("taxonomy.urls")),
    path("admin/", admin.site.urls),
)

handler500 = "core.errors.server_error"
handler429 = "accounts.limits.too_many_requests"
