from django.urls import path

from experts import views

app_name = "experts"
urlpatterns = [
    path("", views.expert_list, name="list"),
    path("start/", views.expert_start, name="start"),
    path("mine/", views.expert_overview, name="overview"),
    path("mine/submit/", views.expert_submit, name="submit"),
    path("mine/withdraw/", views.expert_withdraw, name="withdraw"),
    path("mine/take-down/", views.expert_take_down, name="take_down"),
    path("mine/bring-back/", views.expert_bring_back, name="bring_back"),
    path("mine/cv/", views.expert_cv, name="cv"),
    path("mine/see-as/<str:visitor>/", views.expert_preview, name="preview"),
    path("edit/<str:step>/", views.expert_edit, name="edit"),
    path("<slug:slug>/", views.expert_detail, name="detail"),
]
