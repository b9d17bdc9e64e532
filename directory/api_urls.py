from django.urls import path

from directory import api

app_name = "api"
urlpatterns = [
    path("search", api.search_entries, name="search"),
    path("entries/<str:kind>/<str:key>", api.entry, name="entry"),
    path("vocabulary", api.lists, name="vocabulary"),
    path("openapi.json", api.openapi, name="openapi"),
]
