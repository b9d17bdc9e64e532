"""Which messages a moderator reads before they leave."""

import re

from messaging.facts import ContactWay, reach_of
from messaging.models import ContactRequest, HeldExpression
from text.fold import fold

Held = ContactRequest.Held
MOST_LINKS = 1  # of somebody without an account
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{2})")


def reason_to_hold(request: ContactRequest) -> str:
    """A code of `ContactRequest.Held`, or "" for what leaves at once."""
    if _contains_held_words(request.message):
        return Held.WORDS
    if request.asked_by_id is None and len(LINK.findall(request.message)) > MOST_LINKS:
        return Held.LINKS
    return Held.COORDINATORS if reach_of(request.entry) is ContactWay.COORDINATORS else ""


def _contains_held_words(message: str) -> bool:
    """Accents, vowel signs and Arabic articles make no difference; whole words do."""
    said = f" {' '.join(_words(message))} "
    active = HeldExpression.objects.filter(is_active=True).values_list("text", flat=True)
    return any(f" {' '.join(words)} " in said for text in active if (words := _words(text)))


def _words(text: str) -> list[str]:
    return [ARTICLE.sub("", word) for word in re.findall(r"\w+", fold(text))]
