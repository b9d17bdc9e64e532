from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Daily, job
from directory.files import remove_orphans


@job("directory.remove_orphan_files", _("Remove the files that nothing refers to"), Daily(hour=4))
def remove_orphan_files() -> dict[str, int]:
    return {"files": remove_orphans(older_than=timezone.now() - timedelta(days=1))}
