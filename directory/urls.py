from django.urls import path

from directory import views

app_name = "directory"
urlpatterns = [
    path("suggest/", views.suggest, name="suggest"),
    path("territories/", views.territory_list, name="territories"),
    path("territories/<str:code>/", views.territory, name="territory"),
]
