from django.urls import path

from messaging import answering, lists, reporting, sharing, views

app_name = "messaging"
urlpatterns = [
    path("", lists.contact_inbox, name="inbox"),
    path("preferences/", lists.contact_preferences, name="preferences"),
    path("preferences/<str:public_id>/", lists.contact_reach, name="reach"),
    path("preferences/<str:public_id>/unblock/<int:pk>/", lists.contact_unblock, name="unblock"),
    path("asked/", views.contact_asked, name="asked"),
    path("confirm/<str:token>/", views.contact_confirm, name="confirm"),
    path("answer/<str:token>/", answering.contact_answer_by_mail, name="answer_by_mail"),
    path("received/<int:pk>/", answering.contact_answer, name="answer"),
    path("follow/<str:token>/", views.contact_sent_by_mail, name="sent_by_mail"),
    path("sent/<int:pk>/", views.contact_sent, name="sent"),
    path("card/<str:public_id>.vcf", sharing.contact_card, name="card"),
    path("qr/<str:public_id>.svg", sharing.contact_qr, name="qr"),
    path("report/<str:public_id>/", reporting.contact_report, name="report"),
    path("<str:public_id>/", views.contact_write, name="write"),
]
