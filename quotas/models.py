from django.db import models


class DeedCount(models.Model):
    """How often one thing was done by, or to, one person or address within one window of time.

    `whom` is a keyed hash: the row names nobody, and goes when its window has ended (quotas/jobs.py).
    """

    quota = models.CharField(max_length=60)
    whom = models.CharField(max_length=64)
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["quota", "whom", "since"], name="deeds_counted_once_a_window")]

    def __str__(self) -> str:
        return f"{self.quota}: {self.count}"
