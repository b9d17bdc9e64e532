"""What an anonymous visitor reads of an entry, cut into passages: the texts that get a vector each.

A passage is what leads the page (headline, summary, the name of an organisation) followed by some neighbouring sentences of one
language, so that a sentence that says little by itself is read with what the person is.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from core.languages import LANGUAGES
from directory.document import DocumentField
from directory.kinds import schema_of
from directory.models import Entry
from directory.search.reading import Statement, statements
from directory.visibility import ANONYMOUS, visible_to
from text.sentences import passages as gather
from text.sentences import sentences

LEADS = frozenset("AB")  # weights of the texts that lead a page
MOST_PASSAGES = 8  # in each language, those of the weightiest fields


@dataclass(frozen=True)
class Sentence:
    item: DocumentField
    text: str


@dataclass(frozen=True)
class Passage:
    language: str
    lead: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def text(self) -> str:
        said = " ".join(sentence.text for sentence in self.sentences if sentence.text not in self.lead)
        return " ".join(filter(None, [_closed(self.lead), said]))

    @cached_property
    def digest(self) -> str:
        """The same as long as the passage reads the same."""
        told = "\n".join([self.language, self.lead, *(sentence.text for sentence in self.sentences)])
        return hashlib.md5(told.encode(), usedforsecurity=False).hexdigest()


def passages(entry: Entry) -> list[Passage]:
    """Everything to be encoded of a published entry; nothing of a hidden one, nor of whoever declined to be found by it."""
    if not entry.is_published:
        return []
    schema = schema_of(entry.kind)
    fields = visible_to(entry, ANONYMOUS)
    if any(fields.get(item.name) for item in schema if item.declines_meaning):
        return []
    told = [
        statement for statement in statements(schema, fields) if statement.text and statement.language and not statement.is_name
    ]
    return [passage for language in LANGUAGES for passage in islice(_of_language(told, language), MOST_PASSAGES)]


def _of_language(told: list[Statement], language: str) -> Iterator[Passage]:
    own = [statement for statement in told if statement.language == language]
    leading = [statement for statement in own if statement.weight in LEADS]
    lead = " ".join(_closed(statement.text) for statement in leading)
    cut = [Sentence(statement.item, text) for statement in own if statement not in leading for text in sentences(statement.text)]
    if not cut:
        cut = [Sentence(statement.item, text) for statement in leading for text in sentences(statement.text)]
    by_text = {sentence.text: sentence for sentence in cut}
    for together in gather(by_text):
        yield Passage(language, lead, tuple(by_text[text] for text in together))


def _closed(text: str) -> str:
    """With a full stop, so that what follows is a sentence of its own."""
    return text if not text or text[-1] in ".!?؟…" else f"{text}."
