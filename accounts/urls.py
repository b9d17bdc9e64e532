from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("name/", views.account_name, name="name"),
    path("settings/", views.account_settings, name="settings"),
]
