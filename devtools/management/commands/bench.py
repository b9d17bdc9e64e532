from importlib import import_module

from django.core.management.base import BaseCommand, CommandParser

BENCHES = {
    "search_quality": "bench.quality.run",
    "search_speed": "bench.speed.run",
    "matching": "bench.matching.speed",
    "matching_quality": "bench.matching.quality",
    "http": "bench.http.run",
    "names": "bench.names.__main__",
    "language_means": "bench.meaning.language_means",
    "paired": "bench.paired.run",
}


class Command(BaseCommand):
    help = "Measures the portal (bench/README.md). Benches make databases of their own and never touch the portal's data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bench", choices=BENCHES)

    def run_from_argv(self, argv: list[str]) -> None:
        """What follows the name of the bench is for the bench."""
        options, rest = self.create_parser(argv[0], argv[1], allow_abbrev=False).parse_known_args(argv[2:])
        import_module(BENCHES[options.bench]).main(rest)
