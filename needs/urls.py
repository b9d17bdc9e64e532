from django.urls import path

from needs import feeds, matches, views

app_name = "needs"
urlpatterns = [
    path("", views.need_list, name="list"),
    path("new/", views.need_start, name="start"),
    path("begun/", views.need_begun, name="begun"),
    path("begun/keep/", views.need_keep, name="keep"),
    path("feed/", feeds.need_feed, name="feed"),
    path("calendar/", feeds.need_calendar, name="calendar"),
    path("embed/", feeds.need_embed, name="embed"),
    path("answer/<str:token>/", matches.proposal_answer, name="answer"),
    path("outcome/<str:token>/", matches.need_outcome, name="outcome"),
    path("mine/<str:public_id>/", views.need_overview, name="overview"),
    path("mine/<str:public_id>/submit/", views.need_submit, name="submit"),
    path("mine/<str:public_id>/withdraw/", views.need_withdraw, name="withdraw"),
    path("mine/<str:public_id>/take-down/", views.need_take_down, name="take_down"),
    path("mine/<str:public_id>/bring-back/", views.need_bring_back, name="bring_back"),
    path("mine/<str:public_id>/close/", views.need_close, name="close"),
    path("mine/<str:public_id>/see-as/<str:visitor>/", views.need_preview, name="preview"),
    path("mine/<str:public_id>/edit/<str:step>/", views.need_edit, name="edit"),
    path("mine/<str:public_id>/people/", matches.need_people, name="people"),
    path("mine/<str:public_id>/people/send/", matches.need_propose, name="propose"),
    path("mine/<str:public_id>/people/leave-out/", matches.need_exclude, name="exclude"),
    path("<slug:slug>/", views.need_detail, name="detail"),
]
