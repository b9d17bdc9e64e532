from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.schedule import jobs


class RunQuerySet(models.QuerySet):
    def ended(self):
        """The runs that came to an end of their own, good or bad. What is broken off counts as not run."""
        return self.filter(status__in=[Run.Status.DONE, Run.Status.FAILED])

    def latest_by_job(self) -> dict[str, "Run"]:
        """The last run of each job that ended."""
        return {run.job: run for run in self.ended().order_by("job", "-started_at", "-pk").distinct("job")}


class Run(models.Model):
    """One time that a job was run: when, how it ended, and what it did."""

    class Status(models.TextChoices):
        RUNNING = "running", pgettext_lazy("job", "Running")
        DONE = "done", pgettext_lazy("job", "Done")
        FAILED = "failed", pgettext_lazy("job", "Failed")
        BROKEN_OFF = "broken_off", pgettext_lazy("job", "Broken off")

    job = models.CharField(_("job"), max_length=60)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RUNNING)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["job", "-started_at", "-id"], name="run_latest_of_job")]
        constraints = [
            models.UniqueConstraint(fields=["job"], condition=Q(status="running"), name="run_one_running_per_job"),
            models.CheckConstraint(
                condition=Q(status="running", finished_at=None) | (~Q(status="running") & Q(finished_at__isnull=False)),
                name="run_end_is_dated",
            ),
            models.CheckConstraint(condition=Q(status__in=["running", "done", "failed", "broken_off"]), name="run_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.get_status_display()}"

    @property
    def label(self) -> str:
        """The name that the room gives its job; the bare name of a job that no longer exists."""
        job = jobs().get(self.job)
        return str(job.label) if job else self.job

    def finish(self, status: str, *, counts: dict | None = None, error: str = "") -> None:
        self.status, self.counts, self.error = status, counts or {}, error[:2000]
        self.finished_at: datetime | None = timezone.now()
        self.save(update_fields=["status", "counts", "error", "finished_at"])
