"""The same questions, asked of tantivy and of Django's ORM, on the very lexemes that the portal stores.

Both get the portal's reading of a question (its tsquery), so that all three find the same entries; each then does in its own way
what a full page needs: the first 20, the exact count, and the counts of all facets.
"""

import re
import tempfile
from collections.abc import Callable, Iterator

import numpy
import tantivy
from django.contrib.postgres.search import SearchQueryField, SearchRank
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, CharField, Count, F, Func, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast

from directory import kinds, search
from directory.models import SearchDocument
from directory.search.facets import CODE
from directory.search.lexemes import facet_lexeme, name_lexeme, quoted
from directory.search.question import any_of
from text.namekey import query_keys

Page = Callable[[search.Query], int]
_TSQUERY = re.compile(r"'((?:[^'\\]|''|\\.)*)'|([&|!()])|\s+")


def asked(query: search.Query, without: str = "") -> str:
    """The question with its filters as one tsquery; names as their keys; `without` one facet's filter."""
    match = search.Answer(query).match
    words = match.condition or " & ".join(any_of(map(name_lexeme, sorted(keys))) for keys in query_keys(query.text))
    filters = (
        "(" + " | ".join(quoted(facet_lexeme(facet, value)) for value in values) + ")"
        for facet, values in query.chosen.items()
        if facet != without
    )
    return " & ".join(part for part in (f"({words})" if words else "", *filters) if part)


# tantivy


class Tantivy:
    """An index in a folder of its own: every lexeme one term, facet codes and quality as fast fields."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True)
        builder.add_integer_field("quality", fast=True)
        builder.add_unsigned_field("facets", fast=True)
        builder.add_text_field("lexemes", tokenizer_name="whitespace", index_option="freq")
        self._index = tantivy.Index(builder.build(), path=self._folder.name)
        writer = self._index.writer(heap_size=256_000_000, num_threads=2)
        for number, quality, strip, lexemes in _documents():
            document = tantivy.Document()
            document.add_integer("id", number)
            document.add_integer("quality", quality)
            for code in numpy.frombuffer(strip, CODE).tolist():
                document.add_unsigned("facets", code)
            document.add_text("lexemes", lexemes)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def page(self, query: search.Query) -> int:
        wanted = self._parsed(asked(query))
        best = {"order_by_field": "quality"} if not query.text else {}
        found = self._searcher.search(wanted, limit=query.limit, offset=query.offset, count=True, **best)
        for _score, address in found.hits:
            self._searcher.doc(address)["id"]
        for facet in (None, *query.chosen):
            counted = wanted if facet is None else self._parsed(asked(query, without=facet))
            self._searcher.aggregate(counted, {"codes": {"terms": {"field": "facets", "size": 5000, "segment_size": 5000}}})
        return found.count

    def _parsed(self, tsquery: str) -> tantivy.Query:
        return _Parser(self._index.schema, tsquery).query() if tsquery else tantivy.Query.all_query()


class _Parser:
    """A tsquery of lexemes, & | ! and brackets -> a tantivy query."""

    def __init__(self, schema: tantivy.Schema, text: str):
        self.schema = schema
        self.tokens = [(lexeme.replace("''", "'"), sign) for lexeme, sign in _TSQUERY.findall(text) if lexeme or sign]

    def query(self) -> tantivy.Query:
        return self._joined("|", lambda: self._joined("&", self._one, tantivy.Occur.Must), tantivy.Occur.Should)

    def _joined(self, sign: str, read: Callable[[], tantivy.Query], occur: tantivy.Occur) -> tantivy.Query:
        parts = [read()]
        while self.tokens and self.tokens[0][1] == sign:
            self.tokens.pop(0)
            parts.append(read())
        return parts[0] if len(parts) == 1 else tantivy.Query.boolean_query([(occur, part) for part in parts])

    def _one(self) -> tantivy.Query:
        lexeme, sign = self.tokens.pop(0)
        if sign == "(":
            inner = self.query()
            self.tokens.pop(0)
            return inner
        if sign == "!":
            everything = (tantivy.Occur.Must, tantivy.Query.all_query())
            return tantivy.Query.boolean_query([everything, (tantivy.Occur.MustNot, self._one())])
        return tantivy.Query.term_query(self.schema, "lexemes", lexeme, index_option="freq")


def _documents() -> Iterator[tuple[int, int, bytes, str]]:
    with connection.connection.cursor(name="bench_documents", withhold=True) as cursor:
        cursor.itersize = 2000
        cursor.execute(
            "SELECT entry_id, quality, strip, array_to_string(tsvector_to_array(lexemes), ' ') FROM directory_searchdocument"
        )
        yield from cursor


# The ORM, as most portals do it


class Tag(Model):
    """One facet value of an entry. Django wants a primary key; the table has none."""

    entry_id = BigIntegerField(primary_key=True)
    code = IntegerField()
    facet = CharField(max_length=20)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_tag"

    def __str__(self) -> str:
        return f"{self.facet} {self.code}"


def make_tags() -> None:
    """A row for each facet value of an entry, indexed both ways."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_tag (entry_id bigint NOT NULL, code integer NOT NULL, facet text NOT NULL)")
        cursor.execute(
            """INSERT INTO bench_tag SELECT entry_id, code.id, code.facet FROM (
                   SELECT entry_id, get_byte(strip, place) + 256 * get_byte(strip, place + 1) AS number
                   FROM directory_searchdocument, generate_series(0, length(strip) - 2, 2) AS place
               ) found JOIN directory_facetcode code ON code.id = number"""
        )
        cursor.execute("CREATE INDEX ON bench_tag (entry_id); CREATE INDEX ON bench_tag (facet, code, entry_id)")
        cursor.execute("VACUUM ANALYZE bench_tag")


def plain_page(query: search.Query) -> int:
    """Rank all that match, count them, and group once for each facet. With the portal's hint to go by the index: else it reads
    all lexemes of the table for every broad question."""
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off; SET jit = off")
        count = _plain_page(query)
        cursor.execute("RESET enable_seqscan; RESET jit")
    return count


def _plain_page(query: search.Query) -> int:
    wanted = _matching(query)
    count = wanted.count()
    if query.text:
        rank = SearchRank(F("lexemes"), _tsquery(asked(query)))
        wanted_first = wanted.annotate(rank=rank).order_by("-rank", "-quality", "pk")
    else:
        wanted_first = wanted.order_by("-confirmed_at", "pk")
    list(wanted_first.values_list("pk", flat=True)[query.offset : query.offset + query.limit])
    for facet in kinds.facets():
        _tags(facet, _matching(query, without=facet))
    return count


def _matching(query: search.Query, without: str = "") -> QuerySet[SearchDocument]:
    found = SearchDocument.objects.filter(kind=0)
    if tsquery := asked(query, without):
        matches = Func(
            F("lexemes"), _tsquery(tsquery), template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField()
        )
        found = found.filter(matches)
    return found


def _tsquery(text: str) -> Cast:
    return Cast(Value(text), output_field=SearchQueryField())


def _tags(facet: str, entries: QuerySet[SearchDocument]) -> list[tuple[int, int]]:
    tags = Tag.objects.filter(facet=facet, entry_id__in=entries.values("pk"))
    return list(tags.values_list("code").annotate(entries=Count("*")))
