"""The hand-written material: subjects with their phrases, names, places, and what people say beside their subject."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("ar", "fr", "en")
GENDERED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
PASSING = re.compile(r"\s+#(\w+)$")


@dataclass(frozen=True)
class Phrase:
    text: str
    passing: frozenset[str] = frozenset()  # other topics of which it speaks by the way

    @classmethod
    def parse(cls, written: str) -> "Phrase":
        return cls(PASSING.sub("", written), frozenset(PASSING.findall(written)))

    def said_by(self, gender: str) -> str:
        return GENDERED.sub(r"\1" if gender == "f" else r"\2", self.text)


@dataclass(frozen=True)
class Wording:
    """One topic in one language."""

    headlines: tuple[Phrase, ...]
    texts: tuple[Phrase, ...]
    query: str
    ask: str = ""  # the same need as a sentence
    variant: str = ""  # the query in another Arabic spelling


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@cache
def topics() -> dict[str, dict[str, Wording]]:
    """{topic: {language: wording}}"""
    return {
        topic: {language: _wording(**wordings[language]) for language in LANGUAGES}
        for file in sorted((HERE / "bank").glob("*.toml"))
        for topic, wordings in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def _wording(*, headlines: list[str], texts: list[str], **questions: str) -> Wording:
    return Wording(tuple(map(Phrase.parse, headlines)), tuple(map(Phrase.parse, texts)), **questions)
