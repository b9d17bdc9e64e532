from django.urls import path

from tests.toys import views

app_name = "workshops"
urlpatterns = [
    path("", views.workshop_list, name="list"),
    path("new/", views.workshop_start, name="start"),
    path("mine/<str:public_id>/", views.workshop_overview, name="overview"),
    path("mine/<str:public_id>/submit/", views.workshop_submit, name="submit"),
    path("mine/<str:public_id>/withdraw/", views.workshop_withdraw, name="withdraw"),
    path("mine/<str:public_id>/see-as/<str:visitor>/", views.workshop_preview, name="preview"),
    path("mine/<str:public_id>/edit/<str:step>/", views.workshop_edit, name="edit"),
    path("<slug:slug>/", views.workshop_detail, name="detail"),
]
