import csv
import json
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from directory import matching
from directory.matching import Judgement, Matched
from experts.models import Expert
from needs.criteria import criteria_of
from needs.models import Need

COLUMNS = ("need", "list", "place", "external_id", "name", "score", "criterion", "state", "points", "weight", "sentence")


class Command(BaseCommand):
    help = "Who answers each open need, and why: to standard output (docs/matching.md)."

    def add_arguments(self, parser):
        parser.add_argument("--need", action="append", default=[], metavar="ID", help="external or public identifier; repeatable")
        parser.add_argument("--format", default="json", choices=["json", "csv"])
        parser.add_argument("--language", default="en", choices=["ar", "fr", "en"], help="language of the sentences")

    def handle(self, *, need: list[str], format: str, language: str, **options):
        needs = self._needs(need)
        with override(language):
            told = [self._told(each) for each in needs]
        if format == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self._write_csv(told)

    def _needs(self, wanted: list[str]) -> list[Need]:
        rows = Need.objects.with_document_rows().order_by("pk")
        if not wanted:
            return list(rows.published())
        found = {identifier: each for each in rows for identifier in (each.external_id, each.public_id) if identifier in wanted}
        if missing := [identifier for identifier in wanted if identifier not in found]:
            raise CommandError(f"There is no need {', '.join(missing)}.")
        return list(dict.fromkeys(found[identifier] for identifier in wanted))

    def _told(self, need: Need) -> dict:
        found = matching.match(criteria_of(need))
        names = self._identifiers([*found.ranked, *found.nearly])
        return {
            "external_id": need.external_id or need.public_id,
            "ranked": [self._ranked(one, names) for one in found.ranked],
            "nearly": [
                {"external_id": names[one.entry.public_id], "missing": [judgement.criterion.name for judgement in one.missing]}
                for one in found.nearly
            ],
        }

    def _identifiers(self, matches: list[Matched]) -> dict[str, str]:
        """{public id: the identifier of the import, else the public id}"""
        wanted = [one.entry.public_id for one in matches]
        imported = Expert.objects.filter(public_id__in=wanted).exclude(external_id=None).values_list("public_id", "external_id")
        return {public_id: public_id for public_id in wanted} | dict(imported)

    def _ranked(self, one: Matched, names: dict[str, str]) -> dict:
        return {
            "external_id": names[one.entry.public_id],
            "name": one.entry.title,
            "score": one.score,
            "criteria": [self._criterion(judgement) for judgement in one.judgements],
        }

    def _criterion(self, judgement: Judgement) -> dict:
        return {
            "criterion": judgement.criterion.name,
            "state": judgement.state.value,
            "points": judgement.points,
            "weight": judgement.criterion.weight,
            "sentence": matching.sentence(judgement),
        }

    def _write_csv(self, told: list[dict]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for need in told:
            writer.writerows(self._rows(need))

    def _rows(self, need: dict) -> Iterator[list]:
        for place, one in enumerate(need["ranked"], start=1):
            for criterion in one["criteria"]:
                yield [need["external_id"], "ranked", place, one["external_id"], one["name"], one["score"], *criterion.values()]
        for one in need["nearly"]:
            for missing in one["missing"]:
                yield [need["external_id"], "nearly", "", one["external_id"], "", "", missing, "", "", "", ""]
