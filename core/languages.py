"""The three languages of the site, their direction, and texts that may exist in some of them only."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale
from babel.lists import format_list
from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

LANGUAGES = ("ar", "fr", "en")

# When a text exists neither in the page's language nor in its source language: the language most readers of the network share.
FALLBACK_ORDER = ("fr", "en", "ar")

RTL_LANGUAGES = frozenset({"ar", "dv", "fa", "ckb", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def text_direction(language: str) -> str:
    """ "rtl" or "ltr", for any language code ("ar", "ar-ma", "fr")."""
    return "rtl" if language.lower().partition("-")[0] in RTL_LANGUAGES else "ltr"


def language_name(code: str, language: str) -> str:
    """The name of one language in another: language_name("ar", "fr") is "arabe"; the bare code where none is known."""
    return Locale.parse(language).languages.get(code, code)


def day_of_the_month(written: DateFormat) -> int | str:
    """In French the first of a month is the "1er", wherever a date is written in words."""
    day = written.data.day
    return "1er" if day == 1 and get_language() == "fr" else day


def in_a_row(parts: Iterable[object]) -> str:
    """The parts as they stand in a sentence: "8, 12 and 13", British in English."""
    language = get_language()
    return format_list([str(part) for part in parts], locale="en_GB" if language == "en" else language)


def isolated(text: str) -> str:
    """The text between first-strong isolates, so that its script does not reorder the sentence around it."""
    return f"\u2068{text}\u2069" if text else ""


@dataclass(frozen=True)
class AuthoredText:
    """A text somebody wrote, and the language it is written in."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    @property
    def direction(self) -> str:
        return text_direction(self.language)

    def is_foreign(self, page_language: str) -> bool:
        """Whether the text needs its own lang and dir on this page."""
        return self.language != page_language


def languages_present(trilingual: dict | None) -> tuple[str, ...]:
    """The languages in which this trilingual text says something, in the order of LANGUAGES."""
    return tuple(language for language in LANGUAGES if (trilingual or {}).get(language, "").strip())


def best_text(trilingual: dict | None, language: str) -> AuthoredText | None:
    """The text for a page in `language`: that language, else the one it was written in, else FALLBACK_ORDER; None when empty."""
    present = languages_present(trilingual)
    if not present:
        return None
    wanted = (language, trilingual.get("source"), *FALLBACK_ORDER)
    chosen = next(candidate for candidate in wanted if candidate in present)
    return AuthoredText(trilingual[chosen], chosen)


def trilingual(instance: object, field: str) -> dict[str, str]:
    """The trilingual text of a translated model field, with the language it was written in under "source"; empty without text."""
    texts = {language: getattr(instance, f"{field}_{language}") for language in LANGUAGES}
    texts = {language: text for language, text in texts.items() if text.strip()}
    if not texts:
        return {}
    source = instance.source_language
    return texts | {"source": source if source in texts else next(code for code in FALLBACK_ORDER if code in texts)}
