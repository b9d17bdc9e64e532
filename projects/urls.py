from django.urls import path

from projects import partners, views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="list"),
    path("new/", views.project_start, name="start"),
    path("mine/<str:public_id>/", views.project_overview, name="overview"),
    path("mine/<str:public_id>/submit/", views.project_submit, name="submit"),
    path("mine/<str:public_id>/withdraw/", views.project_withdraw, name="withdraw"),
    path("mine/<str:public_id>/take-down/", views.project_take_down, name="take_down"),
    path("mine/<str:public_id>/bring-back/", views.project_bring_back, name="bring_back"),
    path("mine/<str:public_id>/see-as/<str:visitor>/", views.project_preview, name="preview"),
    path("mine/<str:public_id>/edit/<str:step>/", views.project_edit, name="edit"),
    path("mine/<str:public_id>/lead/", partners.project_lead, name="lead"),
    path("mine/<str:public_id>/name/", partners.project_name, name="name"),
    path("mine/<str:public_id>/remove/<int:pk>/", partners.project_remove, name="remove"),
    path("participation/by-mail/<str:token>/", partners.project_participation_by_mail, name="participation_by_mail"),
    path("participation/<int:pk>/", partners.project_participation, name="participation"),
    path("<slug:slug>/", views.project_detail, name="detail"),
]
