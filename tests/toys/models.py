from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from translated_fields import TranslatedField

from moderation.models import Publishable, PublishableQuerySet
from tests.toys.schema import WORKSHOP, Step


class WorkshopQuerySet(PublishableQuerySet):
    def acted_for_by(self, user):
        return self.filter(host=user)

    def with_document_rows(self):
        return self.select_related("entry")


class Workshop(Publishable):
    """One workshop as its host edits it."""

    document_schema = WORKSHOP

    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = TranslatedField(models.CharField("name", max_length=200, blank=True))
    source_language = models.CharField("language", max_length=2, default="fr")
    themes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    country = models.CharField("country", max_length=2, blank=True)
    is_full = models.BooleanField("fully booked", default=False)
    poster = models.ImageField("poster", upload_to="posters", blank=True)

    objects = WorkshopQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name_fr or "?"

    @property
    def opening_fact(self) -> dict[str, str]:
        return {"state": "full" if self.is_full else "open"}

    def people(self):
        return get_user_model().objects.filter(pk=self.host_id, is_active=True)

    def edit_url(self, step: str = "") -> str:
        return reverse("workshops:edit", kwargs={"public_id": self.public_id, "step": step or Step.ABOUT})
