"""What the journal tells of one page: of its draft and, once there is one, of its entry."""

from django.db.models import QuerySet

from directory.kinds import drafts
from directory.models import Entry
from journal.models import Record
from moderation.models import Submission


def records_of(entry: Entry) -> QuerySet[Record]:
    own = drafts()[entry.kind].objects.filter(public_id=entry.public_id)
    return Record.objects.of(entry, *own).with_people()


def records_of_submission(submission: Submission) -> QuerySet[Record]:
    own = drafts()[submission.kind].objects.filter(public_id=submission.public_id)
    return Record.objects.of(*own).filter(facts__submission=submission.pk).with_people()
