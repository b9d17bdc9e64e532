from django.urls import path

from team import views

app_name = "team"

urlpatterns = [path("invitation/<str:token>/", views.invitation, name="invitation")]
