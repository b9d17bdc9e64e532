from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from core.health import healthz
from directory.views import picture
from volubilis import sitemaps, views, well_known

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", well_known.security_text, name="security_text"),
    path(".well-known/change-password", well_known.change_password, name="well_known_change_password"),
    *(path(name, well_known.icon, {"name": name}, name=name) for name in well_known.ICONS),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemaps"),
    path("sitemap-<section>.xml", sitemaps.sitemap_section, name="sitemap"),
    path("api/v1/", include("directory.api_urls")),
    path("media/<str:folder>/<str:name>", picture, name="picture"),
]
urlpatterns += i18n_patterns(
    path("", include("demo.urls")),
    path("", include("privacy.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("dev/mail/", include("notifications.urls")),
    path("", include("taxonomy.urls")),
    path("", include("directory.urls")),
    path("experts/", include("experts.urls")),
    path("organizations/", include("organizations.urls")),
    path("projects/", include("projects.urls")),
    path("needs/", include("needs.urls")),
    path("team/", include("team.urls")),
    path("contact/", include("messaging.urls")),
    path("", views.home, name="home"),
    path("site.webmanifest", well_known.manifest, name="manifest"),
    path("about/", views.about, name="about"),
    path("legal/", views.legal, name="legal"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("me/", views.my_space, name="my_space"),
    path("admin/", admin.site.urls),
)

handler500 = "core.errors.server_error"
handler429 = "accounts.limits.too_many_requests"
