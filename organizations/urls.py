from django.urls import path

from organizations import people, views

app_name = "organizations"
urlpatterns = [
    path("", views.organization_list, name="list"),
    path("new/", views.organization_start, name="start"),
    path("mine/<str:public_id>/", views.organization_overview, name="overview"),
    path("mine/<str:public_id>/submit/", views.organization_submit, name="submit"),
    path("mine/<str:public_id>/withdraw/", views.organization_withdraw, name="withdraw"),
    path("mine/<str:public_id>/take-down/", views.organization_take_down, name="take_down"),
    path("mine/<str:public_id>/bring-back/", views.organization_bring_back, name="bring_back"),
    path("mine/<str:public_id>/see-as/<str:visitor>/", views.organization_preview, name="preview"),
    path("mine/<str:public_id>/edit/<str:step>/", views.organization_edit, name="edit"),
    path("mine/<str:public_id>/people/", people.organization_people, name="people"),
    path("mine/<str:public_id>/people/invite/", people.organization_invite, name="invite"),
    path("mine/<str:public_id>/people/<int:pk>/role/", people.organization_change_role, name="change_role"),
    path("mine/<str:public_id>/people/<int:pk>/remove/", people.organization_remove, name="remove"),
    path("mine/<str:public_id>/invitations/<int:pk>/revoke/", people.organization_revoke, name="revoke"),
    path("mine/<str:public_id>/requests/<int:pk>/", people.organization_decide_request, name="decide_request"),
    path("invitation/<str:token>/", people.organization_invitation, name="invitation"),
    path("<slug:slug>/", views.organization_detail, name="detail"),
    path("<slug:slug>/join/", people.organization_join, name="join"),
]
