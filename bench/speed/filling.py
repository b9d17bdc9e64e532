"""A directory of any size: texts of the labelled set among filler words, names and facets drawn anew for each entry.

The index rows are what `directory.search` writes, made for some thousand texts and copied in with other names and facets;
reading every text anew would take an hour for a million and measure nothing more.
"""

import io
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from django.db import connection, transaction

from bench.quality.people import people
from bench.quality.publishing import fields_of
from directory.kinds import schema_of
from directory.models import PUBLIC_ID_ALPHABET, Entry, SearchWord
from directory.search import facets
from directory.search.lexemes import facet_lexeme, name_lexeme, quoted
from directory.search.reading import Reading, read
from directory.search.suggest import beginnings
from taxonomy.snapshot import sort_key
from taxonomy.vocabulary import vocabulary
from text.analyser import ANALYSER_VERSION, analyse, index_lexemes
from text.namekey import index_keys
from text.spelling import deletions

SEED = 2026
TEXTS, NAMES, WORDS = 2000, 6000, 6000
FILLER = 60  # words of each biography
NUMBER = schema_of("expert").number
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
NAME_POSITION = 15_900
COUNTRIES = (("MA", 50), ("FR", 15), ("TN", 10), ("DZ", 8), ("SN", 5), ("ES", 5), ("IT", 4), ("BE", 3))
INDEXES = ("search_lexemes",)


@dataclass(frozen=True)
class Text:
    fields: dict
    lexemes: str
    quality: int
    words: frozenset[str]


@dataclass(frozen=True)
class Name:
    latin: str
    arabic: str
    lexemes: str
    keys: tuple[str, ...]


def fill(count: int, say: Callable[[str], None]) -> None:
    dice = random.Random(SEED)
    texts, names = make_texts(dice), make_names(dice)
    say(f"{len(texts)} texts and {len(names)} names made")
    drawn = Facets(dice)
    with transaction.atomic():
        codes = facets.codes_for(drawn.all_values())
        words = sorted({word for text in texts for word in text.words})
        SearchWord.objects.bulk_create(SearchWord(word=word, shortened=sorted(deletions(word))) for word in words)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET synchronous_commit = off; DROP INDEX search_lexemes")
    started = time.perf_counter()
    for start in range(0, count, 10_000):
        rows = [Row(number, dice, texts, names, drawn, codes) for number in range(start + 1, min(count, start + 10_000) + 1)]
        for table, columns, lines in TABLES:
            copy(table, columns, (line for row in rows for line in lines(row)))
    say(f"{count} entries copied in {time.perf_counter() - started:.0f} s")
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("CREATE INDEX search_lexemes ON directory_searchdocument USING gin (lexemes) WITH (fastupdate = off)")
        say(f"GIN index built in {time.perf_counter() - started:.0f} s")
        cursor.execute("SELECT setval(pg_get_serial_sequence('directory_entry', 'id'), %s)", [count])
        for table, _columns, _lines in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("CHECKPOINT")
    connection.close()  # with the settings for filling


def make_texts(dice: random.Random) -> list[Text]:
    schema = schema_of("expert")
    words = make_words(dice)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    made = []
    for number in range(TEXTS):
        fields = {name: value for name, value in fields_of(people()[number % len(people())]).items() if name in schema.by_name}
        fields.pop("name")
        filler = " ".join(dice.choices(words, cum_weights=weights, k=FILLER))
        language = fields["biography"]["source"]
        fields["biography"] = fields["biography"] | {language: f"{fields['biography'][language]} {filler}."}
        entry = Entry(kind="expert", document=schema.build(fields, {}), confirmed_at=BEGINNING)
        reading: Reading = read(entry)
        made.append(Text(fields, reading.lexemes.tsvector(), reading.quality, frozenset(reading.words)))
    return made


def make_words(dice: random.Random) -> list[str]:
    """Filler that no vocabulary knows, the most frequent first."""
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in ("a", "i", "o", "u")]
    words = {"".join(dice.choices(syllables, k=dice.choice((2, 3, 4)))) for _ in range(2 * WORDS)}
    return sorted(words, key=lambda word: dice.random())[:WORDS]


def make_names(dice: random.Random) -> list[Name]:
    given = [
        (person.name.latin.split()[0], person.name.arabic.split()[0])
        for person in people()
        if person.name.latin and person.name.arabic
    ]
    family = [
        (person.name.latin.split(maxsplit=1)[1], person.name.arabic.split(maxsplit=1)[1])
        for person in people()
        if " " in person.name.latin and " " in person.name.arabic
    ]
    made = []
    for _ in range(NAMES):
        (first, first_ar), (last, last_ar) = dice.choice(given), dice.choice(family)
        latin, arabic = f"{first} {last}", f"{first_ar} {last_ar}"
        if dice.random() < 0.4:
            latin, arabic = dice.choice([("", arabic), (latin, "")])
        made.append(_name(latin, arabic))
    return made


def _name(latin: str, arabic: str) -> Name:
    texts = [text for text in (latin, arabic) if text]
    placed = {
        lexeme: f"{quoted(lexeme)}:{NAME_POSITION + position}A"
        for text in texts
        for lexeme, position in index_lexemes(analyse(text))
    }
    bare = {name_lexeme(key) for text in texts for key in index_keys(text)} | {f"h:{lexeme}" for lexeme in placed}
    keys = tuple(sorted({key for text in texts for key in beginnings(text)}))
    return Name(latin, arabic, " ".join([*placed.values(), *map(quoted, bare)]), keys)


class Facets:
    """Facet values as people declare them: few of many, some often."""

    def __init__(self, dice: random.Random):
        known = vocabulary()
        self.dice = dice
        self.themes = [
            (code, *(theme.code for theme in known.broader_themes(code))) for code, theme in known.themes.items() if theme.parent
        ]
        self.weights = list(accumulate(1 / rank**0.7 for rank in range(1, len(self.themes) + 1)))
        self.milieux = list(known.lists["milieux"])
        self.regions = {
            country: [row.code for row in known.subdivisions_of(country) if not row.parent] or [""] for country, _ in COUNTRIES
        }

    def all_values(self) -> set[tuple[str, str]]:
        values = {("goal", str(number)) for number in range(1, 18)} | {("milieu", code) for code in self.milieux}
        values |= {("theme", code) for codes in self.themes for code in codes} | {("country", code) for code, _ in COUNTRIES}
        values |= {("region", code) for codes in self.regions.values() for code in codes if code}
        values |= {("language", code) for code in ("ar", "fr", "en", "es")}
        return values | {("availability", state) for state in ("now", "closed", "later", "2027-05-01")}

    def draw(self) -> set[tuple[str, str]]:
        dice = self.dice
        (country,) = dice.choices([code for code, _ in COUNTRIES], [weight for _, weight in COUNTRIES])
        values = {("country", country), ("milieu", dice.choice(self.milieux))}
        if region := dice.choice(self.regions[country]):
            values.add(("region", region))
        values |= {("goal", str(number)) for number in dice.sample(range(1, 18), dice.randint(1, 4))}
        values |= {("language", code) for code in dice.sample(("ar", "fr", "en", "es"), dice.randint(1, 3))}
        chosen = dice.choices(self.themes, cum_weights=self.weights, k=dice.randint(1, 4))
        values |= {("theme", code) for codes in chosen for code in codes}
        (state,) = dice.choices(("now", "closed", "later", "2027-05-01"), (60, 15, 15, 10))
        return values | {("availability", state)}


class Row:
    def __init__(self, number: int, dice: random.Random, texts: list[Text], names: list[Name], drawn: Facets, codes: dict):
        self.number = number
        self.text, self.name = dice.choice(texts), dice.choice(names)
        self.values = drawn.draw()
        self.strip = facets.strip(codes[value] for value in self.values)
        self.quality = self.text.quality + dice.randint(0, 60)
        self.at = (BEGINNING + timedelta(minutes=dice.randint(0, 1_500_000))).isoformat()

    def entry(self) -> Iterator[tuple]:
        public_id = "".join(PUBLIC_ID_ALPHABET[self.number // 30**place % 30] for place in range(10))
        name = {script: text for script, text in (("latin", self.name.latin), ("arabic", self.name.arabic)) if text}
        document = {"schema": 1, "fields": self.text.fields | {"name": name}, "audiences": audiences()}
        yield (
            self.number, "expert", public_id, f"expert-{self.number}", "published", json.dumps(document, ensure_ascii=False),
            1, self.at, self.at, self.at, "{}", "",
        )  # fmt: skip

    def document(self) -> Iterator[tuple]:
        bare = " ".join(quoted(facet_lexeme(facet, value)) for facet, value in sorted(self.values))
        lexemes = f"{self.text.lexemes} {self.name.lexemes} {bare}"
        yield (self.number, self.at, self.at, NUMBER, self.quality, rf"\x{self.strip.hex()}", lexemes)

    def card(self) -> Iterator[tuple]:
        latin, arabic = self.name.latin, self.name.arabic
        yield (
            self.number,
            NUMBER,
            latin,
            arabic,
            sort_key(latin or arabic),
            sort_key(arabic or latin),
            ANALYSER_VERSION,
        )

    def suggestions(self) -> Iterator[tuple]:
        for key in self.name.keys:
            yield (self.number, NUMBER, key)


def audiences() -> dict[str, str]:
    return {group.name: group.audience.value for group in schema_of("expert").groups}


TABLES = (
    (
        "directory_entry",
        "id, kind, public_id, slug, status, document, version, first_published_at, updated_at, confirmed_at, facts, image",
        Row.entry,
    ),
    (
        "directory_searchdocument",
        "entry_id, first_published_at, confirmed_at, kind, quality, strip, lexemes",
        Row.document,
    ),
    ("directory_searchcard", "entry_id, kind, latin, arabic, sort_latin, sort_ar, analyser", Row.card),
    ("directory_searchsuggestion", "entry_id, kind, key", Row.suggestions),
)
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy(table: str, columns: str, rows: Iterator[tuple]) -> None:
    buffer = io.StringIO()
    for row in rows:
        buffer.write("\t".join(str(value).translate(_ESCAPES) for value in row) + "\n")
    buffer.seek(0)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", buffer)
