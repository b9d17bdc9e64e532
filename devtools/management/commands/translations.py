import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from devtools import catalogues, translating


class Command(BaseCommand):
    help = "Keeps the message catalogues in step with the sources (docs/translating.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("update", help="find the messages in the sources, merge them into locale/, compile")
        actions.add_parser("compile", help="write what Django reads, where a catalogue changed")
        export = actions.add_parser("export", help="print the messages without a translation, as JSON")
        export.add_argument("language", choices=languages)
        taken_back = actions.add_parser("import", help="write translations from such a JSON file into the catalogue, compile")
        taken_back.add_argument("language", choices=languages)
        taken_back.add_argument("file", type=Path)

    def handle(self, *, action: str, **options) -> None:
        getattr(self, f"{action}_catalogues")(**options)

    def update_catalogues(self, **options) -> None:
        found = translating.extracted()
        for language, _name in settings.LANGUAGES:
            translating.save(translating.updated(found, language), language)
            missing = len(translating.untranslated(language))
            self.stdout.write(f"{language}: {len(found)} messages, {missing} without a translation")
        self.compile()

    def compile_catalogues(self, **options) -> None:
        self.compile()

    def export_catalogues(self, *, language: str, **options) -> None:
        self.stdout.write(json.dumps(translating.export_rows(language), ensure_ascii=False, indent=1))

    def import_catalogues(self, *, language: str, file: Path, **options) -> None:
        refused = translating.import_rows(json.loads(file.read_text(encoding="utf-8")), language)
        self.compile()
        self.stdout.write(f"{language}: {len(translating.untranslated(language))} without a translation")
        if refused:
            raise CommandError("Refused:\n" + "\n".join(refused))

    def compile(self) -> None:
        catalogues.compile_changed(settings.LOCALE_PATHS[0])
