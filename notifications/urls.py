from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.demo_mailbox, name="demo_mailbox"),
    path("<int:pk>/", views.demo_mail, name="demo_mail"),
    path("<int:pk>/html/", views.demo_mail_html, name="demo_mail_html"),
]
