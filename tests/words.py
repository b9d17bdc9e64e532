"""What an editor would mark: words, spaces, apostrophes and letters, for the gates of tests/test_words.py."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

from tests.sources import ROOT

GLOSSARY = ROOT / "docs/glossary.md"
UNTRANSLATED_BLOCKS = {"blocktranslate", "blocktrans", "comment", "verbatim"}
# Blocks of the admin's templates that hold names of classes.
CLASS_BLOCKS = {"body_class", "bodyclass", "coltype", "extrabodyclass"}
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
SPOKEN = re.compile(r"""\s(?:alt|title|aria-label|placeholder)=(?:"([^"]*)"|'([^']*)')""")
WORD = re.compile(r"[^\W\d_]{2,}")
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
ADDRESS = re.compile(r"https?://\S*|\S+@\S+|www\.\S+")
FRENCH_FAULTS = {
    "straight apostrophe": re.compile(r"[^\W\d_]'[^\W\d_]"),
    "straight quotation mark": re.compile(r'"'),
    "three dots": re.compile(r"\.\.\."),
    "breaking space": re.compile(r"\S [:;?!»%](?:\s|$)|« "),
    "missing space": re.compile(r"[^\W\d_)»][:;?!»](?:\s|$)|«[^\s\u00a0]"),
}
HYPHENATED_NUMBER = re.compile(r"\d[-\u2011]\d")
ISOLATED = re.compile("[\u2066\u2068][^\u2069]*\u2069")


def unused_words() -> dict[str, dict[str, re.Pattern]]:
    """{language: {what stands in the glossary: pattern}}, from its table of words that are not used."""
    table = GLOSSARY.read_text(encoding="utf-8").partition("## Words that are not used")[2]
    words: dict[str, dict[str, re.Pattern]] = {}
    for row in re.findall(r"^\| (ar|fr|en) \| (.+?) \| (.+?) \|$", table, re.MULTILINE):
        language, pattern, better = row[0], row[1].replace("\\|", "|"), row[2]
        words.setdefault(language, {})[better] = re.compile(pattern, re.IGNORECASE)
    return words


def without_markup(text: str) -> str:
    """The words of a message: its tags, addresses and placeholders are no prose."""
    return PLACEHOLDER.sub("x", ADDRESS.sub("x", html.unescape(MARKUP.sub("", text))))


def french_faults(text: str) -> list[str]:
    prose = without_markup(text)
    return [f"{name}: {found[0]!r}" for name, pattern in FRENCH_FAULTS.items() if (found := pattern.search(prose))]


def turned_numbers(text: str) -> list[str]:
    """Numbers with a hyphen: after an Arabic word, 09-08 is drawn 08-09 unless it is isolated."""
    return HYPHENATED_NUMBER.findall(ISOLATED.sub("", text))


def letters_outside_tags(source: str) -> list[str]:
    """The words of a template that no translator will ever see."""
    shown = UNSEEN.sub("", "".join(_text_outside_tags(source)))
    spoken = [double or single for double, single in SPOKEN.findall(shown)]
    return WORD.findall(html.unescape(" ".join([MARKUP.sub(" ", shown), *spoken])))


def _text_outside_tags(source: str) -> Iterator[str]:
    inside = ""
    for token in Lexer(source).tokenize():
        words = token.contents.split() if token.token_type is TokenType.BLOCK else []
        if inside:
            inside = "" if words[:1] in ([f"end{inside}"], ["endblock"]) else inside
        elif words and (words[0] in UNTRANSLATED_BLOCKS or (words[0] == "block" and words[1] in CLASS_BLOCKS)):
            inside = words[0]
        elif token.token_type is TokenType.TEXT:
            yield token.contents
        else:
            yield " "


def mail_prose(path: Path) -> str:
    """What a mail says: without the mark of its subject, and without its tags."""
    return TEMPLATE_TAG.sub("1", path.read_text(encoding="utf-8").removeprefix("Subject: "))
