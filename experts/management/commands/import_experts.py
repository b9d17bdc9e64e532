import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from experts.importing import Recap, UnusableFile, import_rows, read_rows
from experts.importing.actions import RIGHTS
from experts.models import ImportLine


class Command(BaseCommand):
    help = "Import experts from a UTF-8 CSV or an XLSX file (docs/import.md lists the columns)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")
        parser.add_argument("--publish", action="store_true", help="publish the good rows at once (coordinators only)")
        parser.add_argument("--reason", default="", help="kept with each published version; default: the name of the file")
        parser.add_argument("--by", metavar="EMAIL", help="the coordinator who answers for it; default: the first administrator")
        parser.add_argument("--language", default="en", choices=["ar", "fr", "en"], help="language of the report")

    def handle(self, *, file: Path, dry_run: bool, publish: bool, by: str | None, language: str, reason: str = "", **options):
        started = time.monotonic()
        with override(language):
            try:
                with file.open("rb") as content:
                    people = read_rows(content, file.name)
                    for note in people.notes:
                        self.stdout.write(note)
                    recap = import_rows(
                        people,
                        by=self._coordinator(by),
                        source=file.name,
                        reason=reason,
                        publish=publish,
                        dry_run=dry_run,
                        progress=self._progress,
                    )
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from error
            except UnusableFile as error:
                raise CommandError(f"{file.name}: {error}") from error
            self._report(recap, seconds=time.monotonic() - started, dry_run=dry_run)

    def _coordinator(self, email: str | None) -> User:
        if email:
            user = User.objects.filter(email__iexact=email).first()
            if user is None:
                raise CommandError(f"No account has the address {email}.")
            if not user.has_perms(RIGHTS):
                raise CommandError(f"{email} is not a coordinator.")
            return user
        user = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
        if user is None:
            raise CommandError("There is no administrator yet: create one, or name a coordinator with --by.")
        return user

    def _progress(self, done: int) -> None:
        if done % 50 == 0:
            self.stderr.write(f"\r{done} …", ending="" if sys.stderr.isatty() else "\n")
            self.stderr.flush()

    def _report(self, recap: Recap, *, seconds: float, dry_run: bool) -> None:
        self.stderr.write("")
        for fault in recap.faults:
            where = _("line %(line)d") % {"line": fault.line}
            self.stdout.write(f"{where}, {fault.column or '—'}: {fault.reason}")
        counts, Outcome = recap.counts, ImportLine.Outcome
        told = {
            "read": recap.lines,
            "created": counts[Outcome.CREATED],
            "changed": counts[Outcome.CHANGED],
            "unchanged": counts[Outcome.UNCHANGED],
            "published": recap.published,
            "refused": len(recap.bad_lines),
        }
        self.stdout.write(" · ".join(f"{word} {number}" for word, number in told.items()) + f" · {seconds:.1f} s")
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
