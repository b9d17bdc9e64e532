from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from experts.importing.files import UnusableFile
from needs.importing import BatchRecap, import_rows, read_rows


class Command(BaseCommand):
    help = "Import needs from a UTF-8 CSV file (docs/matching.md lists the columns)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")
        parser.add_argument("--publish", action="store_true", help="publish the good rows at once")
        parser.add_argument("--by", metavar="EMAIL", help="the coordinator who answers for it; default: the first administrator")
        parser.add_argument("--language", default="en", choices=["ar", "fr", "en"], help="language of the report")

    def handle(self, *, file: Path, dry_run: bool, publish: bool, by: str | None, language: str, **options):
        with override(language):
            try:
                recap = import_rows(
                    read_rows(file.read_bytes()),
                    by=self._coordinator(by),
                    source=f"import_needs {file.name}",
                    publish=publish,
                    dry_run=dry_run,
                )
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from error
            except UnusableFile as error:
                raise CommandError(f"{file.name}: {error}") from error
            self._report(recap, dry_run=dry_run)

    def _coordinator(self, email: str | None) -> User:
        staff = User.objects.filter(is_active=True)
        user = staff.filter(email__iexact=email).first() if email else staff.filter(is_superuser=True).order_by("pk").first()
        if user is None:
            raise CommandError(
                f"No account has the address {email}." if email else "There is no administrator yet: name one with --by."
            )
        if not user.has_perm("moderation.decide_submission"):
            raise CommandError(f"{email} is not a coordinator.")
        return user

    def _report(self, recap: BatchRecap, *, dry_run: bool) -> None:
        for fault in recap.faults:
            where = _("line %(line)d") % {"line": fault.line}
            self.stdout.write(f"{where}, {fault.column or '—'}: {fault.reason}")
        told = {
            "read": recap.lines,
            "created": recap.created,
            "changed": recap.changed,
            "unchanged": recap.unchanged,
            "published": recap.published,
            "refused": recap.refused,
        }
        self.stdout.write(" · ".join(f"{word} {number}" for word, number in told.items()))
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
