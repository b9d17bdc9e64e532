from django.urls import path

from taxonomy import views

app_name = "taxonomy"
urlpatterns = [
    path("goals/", views.goals, name="goals"),
    path("goals/<int:number>/", views.goal, name="goal"),
    path("themes/", views.themes, name="themes"),
    path("themes/<str:code>/", views.theme, name="theme"),
    path("credits/", views.credits, name="credits"),
]
