from django.urls import path

from privacy import views

app_name = "privacy"
urlpatterns = [
    path("accounts/close/", views.close_account, name="close_account"),
    path("organizations/mine/<str:public_id>/close/", views.close_organization, name="close_organization"),
]
