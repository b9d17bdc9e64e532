from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.verbs import Verb


def verbs() -> list[tuple[str, str]]:
    """Named by the column instead of listed, so that a new verb is no migration."""
    return Verb.choices


def type_of(model: type[models.Model] | models.Model) -> str:
    """How the journal names a kind of row: "organizations.organization"; a proxy is the row it stands for."""
    return model._meta.concrete_model._meta.label_lower


class RecordQuerySet(models.QuerySet):
    def of(self, *subjects: models.Model):
        """What was done to any of these rows."""
        condition = models.Q(pk__in=[])
        for subject in subjects:
            condition |= models.Q(subject_type=type_of(subject), subject_id=str(subject.pk))
        return self.filter(condition)

    def with_people(self):
        return self.select_related("by", "on_behalf_of")

    def by_person(self, user):
        """What this person did, and what was done in this person's place."""
        return self.filter(models.Q(by=user) | models.Q(on_behalf_of=user))

    def in_period(self, since: datetime | None = None, until: datetime | None = None):
        """From `since` up to, and without, `until`."""
        records = self if since is None else self.filter(at__gte=since)
        return records if until is None else records.filter(at__lt=until)


class Record(models.Model):
    """One deed: who did what to which row, and when. The database refuses to change it, and to delete it within five years.

    It holds numbers and codes only. The names that a page shows beside it are read from the rows as they are today
    (`journal.reading.labels`), so that an erased person is a number here, and nothing needs to be blanked.
    """

    verb = models.CharField(_("what was done"), max_length=40, choices=verbs)
    subject_type = models.CharField(_("kind of row"), max_length=100)
    subject_id = models.CharField(_("number"), max_length=64)  # its key: a number, or a code of the vocabulary
    # Without a constraint: the number stays when the account is gone, and then says nothing about anybody.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("by"),
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("on behalf of"),
    )
    facts = models.JSONField(_("facts"), default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="journal_of_a_row"),
            models.Index(fields=["-at", "-id"], name="journal_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.subject_type} {self.subject_id}"
